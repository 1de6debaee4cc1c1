package dev.storewatch.uptime;

import dev.storewatch.interval.Micros;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** The polls of one store in the order of their instants, no two at one instant. */
public final class PollSeries {
  private final long[] packed;

  private PollSeries(long[] packed) {
    this.packed = packed;
  }

  /**
   * Returns the series of the given polls, in any order; of two at one instant, the later in the
   * list replaces the other.
   */
  public static PollSeries of(List<Poll> polls) {
    TreeMap<Long, Boolean> byInstant = new TreeMap<>();
    polls.forEach(poll -> byInstant.put(Micros.of(poll.at()), poll.active()));
    return new PollSeries(
        byInstant.entrySet().stream()
            .mapToLong(poll -> PackedPoll.of(poll.getKey(), poll.getValue()))
            .toArray());
  }

  /**
   * Returns the series of packed polls (see {@link PackedPoll}), in any order but with no two at
   * one instant.
   */
  public static PollSeries ofPacked(long... polls) {
    long[] sorted = polls.clone();
    Arrays.sort(sorted);
    return new PollSeries(sorted);
  }

  /** Returns the number of polls. */
  public int size() {
    return packed.length;
  }

  /** Returns the polls in order, packed as {@link PackedPoll} says. */
  public long[] toPacked() {
    return packed.clone();
  }
}
