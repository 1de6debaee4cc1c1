package dev.storewatch.system;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all of an installation's data, held by one process at a time.
 *
 * <p>The operating system frees the lock when the process ends, however it ends, so a killed
 * process never has to be cleaned up after.
 */
public final class DataFolder implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path path, FileChannel channel, FileLock lock) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * The process that holds a data folder.
   *
   * @param pid its process id
   * @param command what it was started to do, for example {@code serve}
   * @param url where it answers, when it is a server that is ready; else null
   */
  public record Holder(long pid, String command, @Nullable String url) {}

  /** Says that another process holds the folder. */
  public static final class InUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Holder holder;

    private InUse(Path path, Holder holder) {
      super(
          "the data folder %s is in use by process %d (storewatch %s): wait for it to end, or use another folder with --data"
              .formatted(path, holder.pid(), holder.command()));
      this.holder = holder;
    }

    /** Returns the process that holds the folder. */
    public Holder holder() {
      return holder;
    }
  }

  /**
   * Takes a data folder, and makes it if it is not there.
   *
   * @param path the folder
   * @param command what this process does, for the message that a second one gets
   * @throws InUse if another process holds it
   * @throws UncheckedIOException if the folder cannot be made or written to
   */
  public static DataFolder take(Path path, String command) {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new InUse(path, readHolder(path));
      }
      DataFolder folder = new DataFolder(path, channel, lock);
      folder.announce(command, null);
      folder.clearTemporary();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the data folder " + path + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static Holder readHolder(Path path) throws IOException {
    Properties holder = new Properties();
    Path file = path.resolve("holder.properties");
    if (Files.exists(file)) {
      try (Reader in = Files.newBufferedReader(file)) {
        holder.load(in);
      }
    }
    return new Holder(
        Long.parseLong(holder.getProperty("pid", "0")),
        holder.getProperty("command", "unknown"),
        holder.getProperty("url"));
  }

  /**
   * Tells other processes what this one does and where it answers.
   *
   * @param url the address of this server; null when it is none or not ready yet
   */
  public void announce(String command, @Nullable String url) {
    Properties holder = new Properties();
    holder.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
    holder.setProperty("command", command);
    if (url != null) {
      holder.setProperty("url", url);
    }
    try {
      write(holder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to the data folder " + path, e);
    }
  }

  /** Writes beside the file first: another process may read it at any moment. */
  private void write(Properties holder) throws IOException {
    Path partial = path.resolve("holder.part");
    try (Writer out = Files.newBufferedWriter(partial)) {
      holder.store(out, null);
    }
    Files.move(partial, path.resolve("holder.properties"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void clearTemporary() throws IOException {
    try (Stream<Path> left = Files.list(temporary())) {
      for (Path file : left.toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Returns the folder. */
  public Path path() {
    return path;
  }

  /**
   * Returns a folder for files that need not outlive this process; it is emptied when the data
   * folder is taken.
   */
  public Path temporary() throws IOException {
    return Files.createDirectories(path.resolve("tmp"));
  }

  /** Lets other processes take the folder. */
  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot let go of the data folder " + path, e);
    }
  }
}
