package dev.storewatch.direct;

import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.ImportFile;
import dev.storewatch.file.PollRange;
import dev.storewatch.importing.Reject;
import dev.storewatch.uptime.PackedPoll;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A plain file of polls that several threads read at once, in ranges of bytes that each takes as it
 * has done with the one before. Each numbers stores by itself; the numbers become keys in the order
 * in which the file names the stores, as if one thread had read it.
 */
final class RangeReading {
  /** A wrong row takes as much memory as so many polls. */
  private static final int POLLS_OF_A_REJECT = 40;

  private final ImportFile file;
  private final FileChannel channel;
  private final int number;
  private final long start;
  private final long size;
  private final int range;
  private final StoreIdIndex ids;
  private final Reader[] readers;

  /**
   * A file that is to be read.
   *
   * @param number the number of the file, in the order of files
   * @param start where the rows begin
   * @param range how many bytes are read at a time
   * @param ids gets the stores
   * @param latest the latest instant of a poll, in microseconds since the epoch
   * @param tooLate what is wrong with a later one
   */
  RangeReading(
      ImportFile file,
      FileChannel channel,
      int number,
      long start,
      int range,
      StoreIdIndex ids,
      int threads,
      long latest,
      String tooLate)
      throws IOException {
    this.file = file;
    this.channel = channel;
    this.number = number;
    this.start = start;
    this.size = channel.size();
    this.range = range;
    this.ids = ids;
    this.readers = new Reader[threads];
    for (int i = 0; i < threads; i++) {
      readers[i] = new Reader(latest, tooLate);
    }
  }

  /** What a thread has read of a range. */
  private record Part(Reader reader, Piece piece, PollRange.Outcome outcome, int storesSoFar) {}

  /** One thread's part. */
  private final class Reader implements PollRange.Sink {
    private final StoreIdIndex own = new StoreIdIndex();
    private final Piece.Numbering numbering = new Piece.Numbering();
    private final Piece.Draft draft = new Piece.Draft();
    private final PollRange rows;

    Reader(long latest, String tooLate) {
      if (ids.isClosed()) {
        own.close();
      }
      rows = file.range(channel, own, this, latest, tooLate);
    }

    @Override
    public void poll(int store, long at, boolean active) {
      draft.add(store, PackedPoll.of(at, active));
    }

    @Nullable Part read(int index) throws IOException {
      long from = start + (long) index * range;
      PollRange.Outcome outcome = rows.read(from, Math.min(size, from + range), index == 0);
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
   * @param polls gets the polls
   * @param rejects gets the wrong rows
   * @return where the rest begins, which must be read as one; the end of the file if there is none
   */
  long read(Workers workers, PollReading polls, Consumer<Reject> rejects) throws IOException {
    int count = Math.toIntExact((size - start + range - 1) / range);
    int next = 0;
    while (next < count) {
      Part[] parts = new Part[count - next];
      int stopped = readSome(workers, next, parts, polls.room());
      for (int i = 0; i < stopped - next; i++) {
        take(parts[i], polls, rejects);
      }
      if (stopped < count && parts[stopped - next] == null && isBad(stopped)) {
        return rowsFrom(stopped);
      }
      next = stopped;
    }
    return size;
  }

  /** The first range that cannot be read by itself; none if it is larger than any. */
  private final AtomicInteger bad = new AtomicInteger(Integer.MAX_VALUE);

  private boolean isBad(int index) {
    return index == bad.get();
  }

  /** Reads ranges until there is no room for more, and returns the first that was not read. */
  private int readSome(Workers workers, int first, Part[] parts, long room) throws IOException {
    AtomicInteger next = new AtomicInteger(first);
    AtomicLong taken = new AtomicLong();
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
                part.piece.size() + (long) POLLS_OF_A_REJECT * part.outcome.rejected().size() + 1);
          }
        });
    int end = first;
    while (end - first < parts.length && parts[end - first] != null) {
      end++;
    }
    return end;
  }

  private void take(Part part, PollReading polls, Consumer<Reject> rejects) throws IOException {
    Piece.Numbering numbering = part.reader.numbering;
    while (numbering.known() < part.storesSoFar) {
      int place = part.reader.own.copyTo(ids, numbering.known());
      numbering.add(place + 1);
    }
    long before = file.line();
    part.outcome
        .rejected()
        .forEach(row -> rejects.accept(new Reject(before + row.line(), row.reason(), row.text())));
    file.took(part.outcome);
    polls.add(part.piece, ids);
  }

  /** Returns where the first row begins that begins in a range. */
  private long rowsFrom(int index) throws IOException {
    long at = start + (long) index * range;
    if (index == 0) {
      return at;
    }
    ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    at--;
    while (channel.read(buffer.clear(), at) > 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        at++;
        if (buffer.get() == '\n') {
          return at;
        }
      }
    }
    return size;
  }
}
