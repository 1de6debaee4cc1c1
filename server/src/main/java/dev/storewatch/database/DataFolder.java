package dev.storewatch.database;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * The folder that holds all of an installation's data, held by one process at a time.
 *
 * <p>The operating system frees the lock when the process ends, however it ends, so a killed
 * process never has to be cleaned up after.
 */
public final class DataFolder implements AutoCloseable {
  /** What a process that serves the folder is started to do. */
  public static final String SERVE = "serve";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;
  private boolean passing;

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
   * @param ticket what opens the server to whoever can read the folder; null when it is not a
   *     server
   */
  public record Holder(long pid, String command, @Nullable String url, @Nullable String ticket) {
    /** Leaves the ticket out. */
    @Override
    public String toString() {
      return "Holder[pid=%d, command=%s, url=%s]".formatted(pid, command, url);
    }
  }

  /** Another process holds the folder. */
  public static final class InUse extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Holder holder;

    private InUse(Path path, Holder holder, String command) {
      super(
          "the data folder %s is in use by %s: %s"
              .formatted(path, words(holder), wayOut(holder, command)));
      this.holder = holder;
    }

    private static String words(Holder holder) {
      return holder.pid() == 0
          ? "another process, which has not said yet what it does"
          : "process %d (storewatch %s)".formatted(holder.pid(), holder.command());
    }

    private static String wayOut(Holder holder, String command) {
      boolean servers =
          command.equals(SERVE) && (holder.command().equals(SERVE) || holder.pid() == 0);
      return servers
          ? "each server of this machine needs a folder of its own, servers that share one"
              + " PostgreSQL database too: name one with --data, for example --data data-2"
          : "wait for it to end, or use another folder with --data";
    }

    /** Returns the process that holds the folder. */
    public Holder holder() {
      return holder;
    }
  }

  /**
   * Acquires a data folder for this process, and makes it if it is not there.
   *
   * @param path the folder
   * @param command what this process does, for the message that a second one gets
   * @throws InUse if another process holds it
   * @throws UncheckedIOException if the folder cannot be made or written to
   */
  public static DataFolder take(Path path, String command) {
    try {
      create(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new InUse(path, awaitHolder(path), command);
      }
      DataFolder folder = new DataFolder(path, channel, lock);
      folder.announce(command);
      folder.clearTemporary();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the data folder " + path + " cannot be used: " + e.getMessage(), e);
    }
  }

  /**
   * Acquires a new folder for the files of a short command; it is deleted when it is closed.
   *
   * @throws UncheckedIOException if it cannot be made
   */
  public static DataFolder temporary(String command) {
    try {
      DataFolder folder = take(Files.createTempDirectory("storewatch"), command);
      folder.passing = true;
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary folder cannot be made: " + e.getMessage(), e);
    }
  }

  /**
   * Makes a folder that only its owner can open; a folder that is there keeps the rights that its
   * owner gave it.
   */
  private static void create(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path);
      if (knowsOwners(path)) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }

  private static boolean knowsOwners(Path path) throws IOException {
    return Files.getFileStore(path).supportsFileAttributeView(PosixFileAttributeView.class);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /**
   * Returns who holds the folder. Whoever has just acquired it says so a moment later; until then
   * the file is missing, or tells of a process that has ended.
   */
  private static Holder awaitHolder(Path path) throws IOException {
    Holder holder = readHolder(path);
    for (int tries = 0; tries < 20 && holder.url() == null && !isRunning(holder); tries++) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      holder = readHolder(path);
    }
    return holder;
  }

  private static boolean isRunning(Holder holder) {
    return ProcessHandle.of(holder.pid()).isPresent();
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
        holder.getProperty("url"),
        holder.getProperty("ticket"));
  }

  /** Tells other processes what this one does, and that it does not answer. */
  public void announce(String command) {
    announce(command, new Properties());
  }

  /**
   * Tells other processes what this one does and where it answers.
   *
   * @param url the address of this server
   * @param ticket what opens it to whoever can read the folder
   */
  public void announce(String command, String url, String ticket) {
    Properties holder = new Properties();
    holder.setProperty("url", url);
    holder.setProperty("ticket", ticket);
    announce(command, holder);
  }

  private void announce(String command, Properties holder) {
    holder.setProperty("pid", Long.toString(ProcessHandle.current().pid()));
    holder.setProperty("command", command);
    try {
      write(holder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to the data folder " + path, e);
    }
  }

  /**
   * Writes to a second file and moves it into place, because another process may read at any
   * moment.
   */
  private void write(Properties holder) throws IOException {
    Path partial = path.resolve("holder.part");
    Files.deleteIfExists(partial);
    Files.write(ownersAlone(partial), lines(holder));
    Files.move(partial, path.resolve("holder.properties"), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Returns the lines of the file. {@link Properties#store} would write the date above them, for
   * which Java looks for names of time zones in all libraries; that takes longer than a short
   * command.
   */
  private static List<String> lines(Properties holder) {
    return holder.stringPropertyNames().stream()
        .sorted()
        .map(name -> name + "=" + holder.getProperty(name).replace("\\", "\\\\"))
        .toList();
  }

  /** Makes a file that only its owner can read, where the file system knows owners. */
  private Path ownersAlone(Path file) throws IOException {
    return knowsOwners(path)
        ? Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
        : Files.createFile(file);
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

  /** Lets other processes acquire the folder. */
  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
      if (passing) {
        FileSystemUtils.deleteRecursively(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot let go of the data folder " + path, e);
    }
  }
}
