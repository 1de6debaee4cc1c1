package dev.storewatch.importing;

import dev.storewatch.database.DataFolder;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.ranges.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Files that are imported one after the other, and are read meanwhile: the database is opened, and
 * the files before are written, while another thread reads.
 *
 * <p>What waits for its turn is bounded: some files by their size, and polls by their number. Files
 * that cannot be read by themselves are left to whoever writes them.
 */
public final class FilesAhead implements AutoCloseable {
  /** The most bytes of files that wait, read, for their turn: some 12 MB of memory in every 40. */
  private static final long MOST_WAITING = 160L << 20;

  /** The most bytes of a file that tells all about stores in memory. */
  private static final long MOST_OF_FACTS = 40L << 20;

  /** The bytes for which polls count at most: of more, no more are in memory. */
  private static final long MOST_OF_POLLS = 64L << 20;

  private final List<Planned> files = new ArrayList<>();
  private final List<@Nullable FileAhead> begun = new ArrayList<>();
  private @Nullable Thread reader;
  private long waiting;
  private int next;
  private boolean closed;

  /**
   * A file to come.
   *
   * @param bytes what it counts for while it waits; -1 if it is not read ahead
   */
  private record Planned(Path path, ReadOptions options, long bytes) {}

  /** No files: all are read when they are written. */
  public static FilesAhead none() {
    return new FilesAhead();
  }

  private FilesAhead() {}

  /**
   * Files to come, of which none is read yet.
   *
   * @param kinds what each holds
   * @param options how to read what they do not say themselves
   * @throws IOException if one is not there
   */
  public static FilesAhead of(List<Path> files, List<FileKind> kinds, ReadOptions options)
      throws IOException {
    FilesAhead ahead = new FilesAhead();
    for (int i = 0; i < files.size(); i++) {
      ahead.files.add(
          new Planned(files.get(i), options, bytes(files.get(i), kinds.get(i), options)));
    }
    return ahead;
  }

  private static long bytes(Path file, FileKind kind, ReadOptions options) throws IOException {
    long size = Files.size(file);
    if (!FileAhead.isPossible(kind, options)) {
      return -1;
    }
    if (kind == FileKind.POLLS) {
      return Math.min(size, MOST_OF_POLLS);
    }
    return size <= MOST_OF_FACTS ? size : -1;
  }

  /**
   * Begins to read.
   *
   * @param folder where temporary files go
   * @param clock the one after which no poll may be more than a day
   */
  public void begin(DataFolder folder, Clock clock) {
    begin(folder, clock, PollRuns.RUN);
  }

  /**
   * Begins to read.
   *
   * @param pollsInMemory how many polls of a file may be in memory before it is its turn
   */
  void begin(DataFolder folder, Clock clock, int pollsInMemory) {
    for (Planned file : files) {
      begun.add(
          file.bytes < 0
              ? null
              : new FileAhead(file.path, file.options, folder, pollsInMemory, clock));
    }
    if (!files.isEmpty()) {
      reader = Thread.ofPlatform().name("reading-ahead").daemon().start(this::readAll);
    }
  }

  private void readAll() {
    for (int i = 0; i < files.size(); i++) {
      FileAhead file = begun.get(i);
      if (file != null) {
        if (!hasRoom(files.get(i).bytes)) {
          return;
        }
        file.read();
      }
    }
  }

  /** Waits for room; returns whether there is any, because otherwise nobody wants more. */
  private synchronized boolean hasRoom(long bytes) {
    boolean interrupted = false;
    while (!closed && waiting > 0 && waiting + bytes > MOST_WAITING) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    waiting += bytes;
    return !closed;
  }

  /** Returns the next file, whose turn it is; empty if it was not read ahead. */
  public synchronized Optional<FileAhead> take() {
    if (next >= begun.size()) {
      return Optional.empty();
    }
    FileAhead file = begun.get(next);
    waiting -= Math.max(0, files.get(next).bytes);
    next++;
    notifyAll();
    return Optional.ofNullable(file);
  }

  /** Ends reading, and frees what was read and not written. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    for (FileAhead file : begun) {
      if (file != null) {
        file.giveUp();
      }
    }
    if (reader != null) {
      Workers.join(reader);
    }
    for (FileAhead file : begun) {
      if (file != null) {
        file.free();
      }
    }
  }
}
