package dev.storewatch.importing;

import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.PollRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The polls of a file, brought from the order of the file into ranges of stores, in bounded memory.
 *
 * <p>A file of some millions of polls stays in memory. Of a larger one, runs are sorted by store
 * and put aside in a temporary file, from which each range of stores is gathered again; so a range
 * never meets another one's stores, and each is written to the database once and in order. The
 * order of two polls of one store is kept.
 */
final class PollRuns implements AutoCloseable {
  /** Polls in memory at a time: 28 bytes each. */
  static final int RUN = 2_000_000;

  /**
   * How many stores always stay together, so that a run has one position in the file for all of
   * them.
   */
  private static final int GRANULE = 16;

  private static final int BYTES = Integer.BYTES + Long.BYTES;

  private final Path folder;
  private final int capacity;
  private final PollRows rows = new PollRows(1024);
  private GroupedPolls grouped = new GroupedPolls();
  private final List<long[]> runs = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES * 65_536);
  private @Nullable FileChannel aside;
  private long written;
  private int largestStore = -1;
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  /**
   * Runs without polls.
   *
   * @param folder where the temporary file goes, which is deleted when this is closed or the
   *     process ends
   * @param capacity the most polls in memory
   */
  PollRuns(Path folder, int capacity) {
    this.folder = folder;
    this.capacity = capacity;
  }

  /** Makes room for polls that are about to come, or as many of them as are in memory at a time. */
  void makeRoomFor(long polls) {
    rows.makeRoomFor((int) Math.min(polls, capacity));
  }

  /** Returns whether there is no room in memory for another poll. */
  boolean isFull() {
    return rows.size() == capacity;
  }

  /**
   * Gives stores other numbers.
   *
   * @throws IllegalStateException if polls were put aside, which is done by the number of the store
   */
  void renumber(Renumbering numbers) {
    if (!runs.isEmpty()) {
      throw new IllegalStateException("polls that were put aside keep the numbers of their stores");
    }
    rows.renumber(numbers::of);
    largestStore = -1;
    for (int i = 0; i < rows.size(); i++) {
      largestStore = Math.max(largestStore, rows.store(i));
    }
  }

  /** Adds a poll of a store, by the store's number in the file. */
  void add(int store, long poll) {
    if (isFull()) {
      putAside();
    }
    rows.add(store, poll);
    largestStore = Math.max(largestStore, store);
    earliest = Math.min(earliest, poll);
    latest = Math.max(latest, poll);
  }

  /** Returns the earliest poll, packed; meaningless when there is none. */
  long earliest() {
    return earliest;
  }

  /** Returns the latest poll, packed; meaningless when there is none. */
  long latest() {
    return latest;
  }

  /** Whoever receives the polls of ranges of stores. */
  interface Range {
    /**
     * Called with all polls of the stores from {@code first} to {@code last}; each store's in the
     * order of the file.
     */
    void take(PollRows polls, int first, int last);
  }

  /** Passes on all polls, a range of stores at a time. */
  void forEachRange(Range range) {
    if (runs.isEmpty()) {
      if (rows.size() > 0) {
        range.take(rows, 0, largestStore);
      }
      return;
    }
    putAside();
    grouped = new GroupedPolls(); // frees the memory, which the receiver needs
    int granules = largestStore / GRANULE + 1;
    for (int first = 0; first < granules; ) {
      int last = lastThatFits(first, granules);
      gather(first, last);
      range.take(rows, first * GRANULE, Math.min(largestStore, last * GRANULE + GRANULE - 1));
      first = last + 1;
    }
  }

  private int lastThatFits(int first, int granules) {
    long polls = size(first);
    int last = first;
    while (last + 1 < granules && polls + size(last + 1) <= capacity / 2) {
      last++;
      polls += size(last);
    }
    return last;
  }

  private long size(int granule) {
    return runs.stream().mapToLong(run -> end(run, granule) - start(run, granule)).sum();
  }

  /**
   * Returns the position of a granule in the temporary file; a granule that a run did not know yet
   * begins at the end of the run.
   */
  private static long start(long[] run, int granule) {
    return run[Math.min(granule, run.length - 1)];
  }

  private static long end(long[] run, int granule) {
    return start(run, granule + 1);
  }

  private void putAside() {
    grouped.group(rows, 0, largestStore);
    long[] starts = new long[largestStore / GRANULE + 2];
    for (int store = 0; store <= largestStore; store++) {
      if (store % GRANULE == 0) {
        starts[store / GRANULE] = written;
      }
      write(store);
    }
    starts[starts.length - 1] = written;
    flush();
    runs.add(starts);
    rows.clear();
  }

  private void write(int store) {
    for (int i = grouped.from(store); i < grouped.to(store); i++) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      buffer.putInt(store).putLong(grouped.array()[i]);
      written++;
    }
  }

  private void flush() {
    buffer.flip();
    try {
      FileChannel file = file();
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot put polls aside in " + folder + ": is the disk full?", e);
    }
    buffer.clear();
  }

  private FileChannel file() throws IOException {
    FileChannel file = aside;
    if (file == null) {
      file =
          FileChannel.open(
              Files.createTempFile(folder, "polls", ".run"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      aside = file;
    }
    return file;
  }

  private void gather(int firstGranule, int lastGranule) {
    rows.clear();
    for (long[] run : runs) {
      try {
        read(start(run, firstGranule), end(run, lastGranule));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read back what was put aside in " + folder, e);
      }
    }
  }

  private void read(long from, long to) throws IOException {
    for (long at = from; at < to; ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), (to - at) * BYTES));
      while (buffer.hasRemaining()) {
        if (file().read(buffer, at * BYTES + buffer.position()) < 0) {
          throw new IOException("the temporary file is shorter than what was written to it");
        }
      }
      buffer.flip();
      at += buffer.remaining() / BYTES;
      while (buffer.hasRemaining()) {
        rows.add(buffer.getInt(), buffer.getLong());
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (aside != null) {
      aside.close();
    }
  }
}
