package dev.storewatch.poll;

import dev.storewatch.interval.Span;
import dev.storewatch.uptime.PackedPoll;
import java.util.Optional;

/**
 * A poll and the key of its store in one whole number, which is how they cross the border to a
 * database: its driver takes about as long for each value as for a row of two. From the lowest bit
 * on: the status, the microseconds since a start, and the key less the first one.
 *
 * @param firstKey the smallest key
 * @param start the earliest instant, in microseconds since the epoch
 * @param keyShift the place of the lowest bit of the key
 */
record PollCode(int firstKey, long start, int keyShift) {
  /** A number in a database has a sign, and the shifts of DuckDB refuse to change it. */
  private static final int BITS = Long.SIZE - 1;

  /**
   * The columns of a poll as one number, in the SQL of DuckDB. Its parameters are the first key,
   * the value of the lowest bit of the key, and the start; to multiply takes less time than to
   * shift, which is checked.
   */
  static final String FROM_COLUMNS =
      "(CAST(store_key AS BIGINT) - ?) * ? + (polled_at - ?) * 2 + CAST(active AS BIGINT)";

  /**
   * Returns the code for the polls of a period and of the stores with keys from {@code firstKey} to
   * {@code lastKey}; empty if a number has not enough bits for them, as it has for 10,000 stores in
   * eight years, and for a million in fifty days.
   */
  static Optional<PollCode> of(Span period, int firstKey, int lastKey) {
    if (period.isEmpty() || lastKey < firstKey) {
      return Optional.empty();
    }
    long last = period.length() - 1;
    int keyShift = bits(last) + 1;
    // The length of a span of all time has no room in its type, and seems to be negative.
    boolean fits = last >= 0 && keyShift + bits((long) lastKey - firstKey) <= BITS;
    return fits ? Optional.of(new PollCode(firstKey, period.start(), keyShift)) : Optional.empty();
  }

  /** Returns the code for some polls; empty if a number has not enough bits for them. */
  static Optional<PollCode> of(PollRows polls) {
    int firstKey = Integer.MAX_VALUE;
    int lastKey = Integer.MIN_VALUE;
    long earliest = Long.MAX_VALUE;
    long latest = Long.MIN_VALUE;
    for (int i = 0; i < polls.size(); i++) {
      firstKey = Math.min(firstKey, polls.store(i));
      lastKey = Math.max(lastKey, polls.store(i));
      earliest = Math.min(earliest, polls.poll(i));
      latest = Math.max(latest, polls.poll(i));
    }
    return earliest > latest
        ? Optional.empty()
        : of(new Span(PackedPoll.at(earliest), PackedPoll.at(latest) + 1), firstKey, lastKey);
  }

  private static int bits(long number) {
    return Long.SIZE - Long.numberOfLeadingZeros(number);
  }

  /** Returns a poll of a store as a number, which is never negative. */
  long encode(int key, long poll) {
    return (((long) key - firstKey) << keyShift) | (poll - PackedPoll.of(start, false));
  }

  /** Returns the key of the store. */
  int key(long code) {
    return firstKey + (int) (code >> keyShift);
  }

  /** Returns the poll. */
  long poll(long code) {
    return PackedPoll.of(start, false) + (code & mask());
  }

  private long mask() {
    return (1L << keyShift) - 1;
  }

  /**
   * Returns the key of the store, the instant and the status, in the SQL of DuckDB, of a column of
   * numbers.
   */
  String toColumns(String column) {
    return "CAST((%1$s >> %2$d) + %3$d AS INTEGER), ((%1$s & %4$d) >> 1) + %5$d, %1$s & 1 = 1"
        .formatted(column, keyShift, firstKey, mask(), start);
  }
}
