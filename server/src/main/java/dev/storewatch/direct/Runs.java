package dev.storewatch.direct;

import dev.storewatch.interval.Span;
import dev.storewatch.poll.DistinctPolls;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.ranges.Piece;
import dev.storewatch.ranges.Workers;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Polls that are too many for the memory: runs of them, each sorted by store and put aside in a
 * temporary file, and then merged store by store into another one. Both files are gone when this is
 * closed, or the process ends.
 */
final class Runs implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Path folder;
  private final boolean ofSeveralFiles;
  private final FileChannel aside;
  private final FileChannel merged;
  private final List<Run> runs = new ArrayList<>();

  /**
   * Runs without any so far.
   *
   * @param folder where the temporary files go
   */
  Runs(Path folder, boolean ofSeveralFiles) throws IOException {
    this.folder = folder;
    this.ofSeveralFiles = ofSeveralFiles;
    this.aside = temporary(folder);
    this.merged = temporary(folder);
  }

  private static FileChannel temporary(Path folder) throws IOException {
    return FileChannel.open(
        Files.createTempFile(folder, "storewatch-polls", ".run"),
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }

  /**
   * Where a run lies: for each key a count, then the polls, then their files if there are several.
   */
  private record Run(int keys, long counts, long polls, long files) {}

  /** Puts pieces aside, which come after those of the runs before. */
  void putAside(List<Piece> pieces, int keys, Workers workers) throws IOException {
    SortedPolls sorted = SortedPolls.of(pieces, keys, ofSeveralFiles, workers);
    long start = aside.position();
    Out out = new Out(aside);
    for (int key = 0; key <= keys; key++) {
      out.putInt(sorted.starts()[key + 1] - sorted.starts()[key]);
    }
    for (long poll : sorted.polls()) {
      out.putLong(poll);
    }
    for (int file : sorted.files()) {
      out.putInt(file);
    }
    out.flush();
    long polls = start + (long) Integer.BYTES * (keys + 1);
    runs.add(new Run(keys, start, polls, polls + (long) Long.BYTES * sorted.polls().length));
  }

  /** What is written to a file, through a buffer. */
  private final class Out {
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16 * BUFFER);

    Out(FileChannel file) {
      this.file = file;
    }

    void putInt(int value) throws IOException {
      if (buffer.remaining() < Integer.BYTES) {
        flush();
      }
      buffer.putInt(value);
    }

    void putLong(long value) throws IOException {
      if (buffer.remaining() < Long.BYTES) {
        flush();
      }
      buffer.putLong(value);
    }

    void flush() throws IOException {
      buffer.flip();
      try {
        while (buffer.hasRemaining()) {
          file.write(buffer);
        }
      } catch (IOException e) {
        throw new IOException("cannot put polls aside in " + folder + ": is the disk full?", e);
      }
      buffer.clear();
    }
  }

  /** What is read of a file from a place on, in its order. */
  private static final class In {
    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private long next;

    In(FileChannel file, long from) {
      this.file = file;
      this.next = from;
    }

    int takeInt() throws IOException {
      fill(Integer.BYTES);
      return buffer.getInt();
    }

    long takeLong() throws IOException {
      fill(Long.BYTES);
      return buffer.getLong();
    }

    private void fill(int bytes) throws IOException {
      if (buffer.remaining() >= bytes) {
        return;
      }
      buffer.compact();
      while (buffer.position() < bytes) {
        int read = file.read(buffer, next);
        if (read < 0) {
          throw new EOFException("a temporary file is shorter than what was written to it");
        }
        next += read;
      }
      buffer.flip();
    }
  }

  /** A run that is read key by key. */
  private final class Cursor {
    private final int keys;
    private final In counts;
    private final In polls;
    private final In files;

    Cursor(Run run) {
      keys = run.keys;
      counts = new In(aside, run.counts);
      polls = new In(aside, run.polls);
      files = new In(aside, run.files);
    }

    int count(int key) throws IOException {
      return key <= keys ? counts.takeInt() : 0;
    }
  }

  /**
   * Merges all runs.
   *
   * @param keys the largest key of a store
   * @param tallies for each file, where what repeats or replaces a row before it is counted
   * @param atATime how many polls are to be read at a time afterwards
   */
  FilePolls merge(int keys, RowCounts.Tally[] tallies, int onlyFile, int atATime)
      throws IOException {
    List<Cursor> cursors = runs.stream().map(Cursor::new).toList();
    Out out = new Out(merged);
    DistinctPolls distinct = new DistinctPolls();
    long[] starts = new long[keys + 2];
    long[] firsts = new long[keys + 1];
    long[] polls = new long[1024];
    int[] files = new int[1024];
    long place = 0;
    for (int key = 0; key <= keys; key++) {
      starts[key] = place;
      int size = 0;
      for (Cursor cursor : cursors) {
        int count = cursor.count(key);
        if (size + count > polls.length) {
          polls = Arrays.copyOf(polls, Math.max(size + count, 2 * polls.length));
          files = Arrays.copyOf(files, polls.length);
        }
        for (int i = size; i < size + count; i++) {
          polls[i] = cursor.polls.takeLong();
          files[i] = ofSeveralFiles ? cursor.files.takeInt() : 0;
        }
        size += count;
      }
      int end =
          ofSeveralFiles
              ? distinct.of(polls, files, 0, size, tallies)
              : distinct.of(polls, 0, size, tallies[onlyFile], null);
      for (int i = 0; i < end; i++) {
        out.putLong(polls[i]);
      }
      firsts[key] = end > 0 ? PackedPoll.at(polls[0]) : Stores.NEVER;
      place += end;
    }
    starts[keys + 1] = place;
    out.flush();
    aside.truncate(0);
    return new OnDisk(merged, starts, firsts, atATime);
  }

  @Override
  public void close() throws IOException {
    try (aside) {
      merged.close();
    }
  }

  /** Merged polls, which are read a range of stores at a time. */
  private static final class OnDisk extends FilePolls {
    private final FileChannel file;
    private final long[] starts;
    private final int atATime;

    OnDisk(FileChannel file, long[] starts, long[] firsts, int atATime) {
      super(firsts, starts[starts.length - 1]);
      this.file = file;
      this.starts = starts;
      this.atATime = atATime;
    }

    @Override
    public boolean show(Span period, int firstKey, int lastKey, GroupedPolls into) {
      int last = Math.min(lastKey, keys());
      int[] from = new int[lastKey - firstKey + 1];
      int[] to = new int[lastKey - firstKey + 1];
      long start = starts[firstKey];
      int count = Math.toIntExact(starts[last + 1] - start);
      long[] polls = new long[count];
      try {
        In in = new In(file, start * Long.BYTES);
        for (int i = 0; i < count; i++) {
          polls[i] = in.takeLong();
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read back what was put aside", e);
      }
      for (int key = firstKey; key <= last; key++) {
        int place = key - firstKey;
        int begin = (int) (starts[key] - start);
        int end = (int) (starts[key + 1] - start);
        from[place] = PackedPoll.firstFrom(period.start(), polls, begin, end);
        to[place] = PackedPoll.firstFrom(period.end(), polls, from[place], end);
      }
      into.take(firstKey, polls, from, to);
      return true;
    }

    @Override
    int atATime() {
      return atATime;
    }

    @Override
    public int scanSize() {
      return atATime;
    }
  }
}
