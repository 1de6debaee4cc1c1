package dev.storewatch.ranges;

import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.BadFileException;
import dev.storewatch.file.ImportFile;
import dev.storewatch.file.PollRange;
import dev.storewatch.file.RowSink;
import dev.storewatch.uptime.PackedPoll;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A plain file of polls that several threads read at once, in ranges of bytes that each takes as it
 * has done with the one before. Each numbers stores by itself; the numbers become keys in the order
 * in which the file names the stores, as if one thread had read it.
 */
public final class RangeReading {
  /** A wrong row takes as much memory as so many polls. */
  private static final int POLLS_OF_A_REJECT = 40;

  private final ImportFile file;
  private final PollRange.Source bytes;
  private final int number;
  private final long start;
  private final long size;
  private final int range;
  private final StoreIdIndex ids;
  private final Workers workers;
  private final Reader[] readers;

  private RangeReading(
      ImportFile file,
      FileChannel channel,
      int number,
      Plan plan,
      long start,
      StoreIdIndex ids,
      Limit limit)
      throws IOException {
    this.file = file;
    this.bytes = PollRange.Source.of(channel);
    this.number = number;
    this.start = start;
    this.size = channel.size();
    this.range = plan.range;
    this.ids = ids;
    this.workers = plan.workers;
    this.readers = new Reader[workers.count()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = new Reader(limit);
    }
  }

  /**
   * How files are read.
   *
   * @param range how many bytes a thread reads at a time
   */
  public record Plan(Workers workers, int range) {
    /** The bytes that a thread reads at a time, unless there is a reason for others. */
    public static final int RANGE = 1 << 20;
  }

  /**
   * How late polls may be.
   *
   * @param latest the latest instant of a poll, in microseconds since the epoch
   * @param tooLate what is wrong with a later one, and what would be right
   */
  public record Limit(long latest, String tooLate) {}

  /**
   * Reads a file: by several threads as far as that can be, the rest by this one.
   *
   * @param file the file, of which nothing is read but its header
   * @param path where it lies; what is no regular file is read by this thread alone
   * @param number the number of the file, in the order of files
   * @param ids gets the stores
   * @param receiver gets what several threads read
   * @param rest gets what this thread reads, after that
   * @throws IOException if it cannot be read to its end; the message says at which line
   */
  public static void read(
      ImportFile file,
      Path path,
      int number,
      Plan plan,
      StoreIdIndex ids,
      Limit limit,
      Receiver receiver,
      RowSink rest)
      throws IOException {
    OptionalLong start = file.rangesFrom();
    // Each thread numbers the stores that it meets, so it cannot know which are there already.
    boolean wantsKnownStores = ids.isClosed() && ids.size() > 0;
    if (start.isEmpty() || wantsKnownStores || !Files.isRegularFile(path)) {
      file.read(rest, limit.latest, limit.tooLate);
      return;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      RangeReading reading =
          new RangeReading(file, channel, number, plan, start.getAsLong(), ids, limit);
      long end = reading.readRanges(receiver);
      if (end < channel.size()) {
        InputStream bytes = Channels.newInputStream(channel.position(end));
        file.readRest(end, file.line(), bytes, rest, limit.latest, limit.tooLate);
      }
    }
  }

  /** Whoever receives what is read, in the order of the file and on one thread. */
  public interface Receiver {
    /** Returns how many polls may be read before they are given. */
    long room();

    /**
     * Called with polls, whose numbers of stores have keys: those of the index, from 1 on.
     *
     * @param ids all stores that were named so far
     */
    void take(Piece piece, StoreIdIndex ids) throws IOException;

    /** Called with each wrong row. */
    void rejected(long line, String reason, String text);
  }

  /** What a thread has read of a range. */
  private record Part(Reader reader, Piece piece, PollRange.Outcome outcome, int storesSoFar) {}

  /** One thread's part. */
  private final class Reader implements PollRange.Sink {
    private final StoreIdIndex own = new StoreIdIndex();
    private final Piece.Numbering numbering = new Piece.Numbering();
    private final Piece.Draft draft = new Piece.Draft();
    private final PollRange rows;

    Reader(Limit limit) {
      if (ids.isClosed()) {
        own.close();
      }
      rows = file.range(bytes, own, this, limit.latest, limit.tooLate);
    }

    @Override
    public void poll(int store, long at, boolean active) {
      draft.add(store, PackedPoll.of(at, active));
    }

    @Nullable Part read(int index) throws IOException {
      long from = start + (long) index * range;
      PollRange.Outcome outcome = rows.read(from, endOf(index), index == 0);
      if (outcome == null) {
        draft.clear();
        return null;
      }
      return new Part(this, draft.take(number, numbering), outcome, own.size());
    }
  }

  /**
   * Reads the file as far as it can be read in ranges.
   *
   * @return where the rest begins, which must be read as one; the end of the file if there is none
   */
  private long readRanges(Receiver receiver) throws IOException {
    int count = Math.toIntExact((size - start + range - 1) / range);
    int next = 0;
    while (next < count) {
      Part[] parts = new Part[count - next];
      int stopped = readSome(next, parts, receiver.room());
      for (int i = 0; i < stopped - next; i++) {
        take(parts[i], endOf(next + i), receiver);
      }
      if (stopped < count && parts[stopped - next] == null && isBad(stopped)) {
        return PollRange.firstRow(bytes, start + (long) stopped * range, stopped == 0);
      }
      next = stopped;
    }
    return size;
  }

  /** The first range that cannot be read by itself; none if it is larger than any. */
  private final AtomicInteger bad = new AtomicInteger(Integer.MAX_VALUE);

  private long endOf(int index) {
    return Math.min(size, start + (long) (index + 1) * range);
  }

  private boolean isBad(int index) {
    return index == bad.get();
  }

  /** Reads ranges until there is no room for more, and returns the first that was not read. */
  private int readSome(int first, Part[] parts, long room) throws IOException {
    AtomicInteger next = new AtomicInteger(first);
    AtomicLong taken = new AtomicLong();
    try {
      workers.run(
          thread -> {
            while (taken.get() < room) {
              int index = next.getAndIncrement();
              if (index - first >= parts.length || index > bad.get()) {
                return;
              }
              Part part = readers[thread].read(index);
              if (part == null) {
                bad.accumulateAndGet(index, Math::min);
                return;
              }
              parts[index - first] = part;
              taken.addAndGet(
                  part.piece.size()
                      + (long) POLLS_OF_A_REJECT * part.outcome.rejected().size()
                      + 1);
            }
          });
    } catch (BadFileException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(file.broken(e), e);
    }
    int end = first;
    while (end - first < parts.length && parts[end - first] != null) {
      end++;
    }
    return end;
  }

  private void take(Part part, long end, Receiver receiver) throws IOException {
    Piece.Numbering numbering = part.reader.numbering;
    while (numbering.known() < part.storesSoFar) {
      int place = part.reader.own.copyTo(ids, numbering.known());
      numbering.add(place + 1);
    }
    long before = file.line();
    part.outcome
        .rejected()
        .forEach(row -> receiver.rejected(before + row.line(), row.reason(), row.text()));
    file.took(part.outcome, end);
    receiver.take(part.piece, ids);
  }
}
