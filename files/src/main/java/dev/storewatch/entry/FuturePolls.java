package dev.storewatch.entry;

import dev.storewatch.interval.Micros;

/**
 * The rule for polls from the future, for all who bring polls: one that is more than a day after
 * the clock is refused, because it would hide what its store is until then. A day is left, because
 * a sender may have written its local time for UTC.
 */
public final class FuturePolls {
  private FuturePolls() {}

  /**
   * Returns the latest instant of a poll that is accepted, in microseconds since the epoch.
   *
   * @param now the clock, in microseconds since the epoch
   */
  public static long latest(long now) {
    return now + Micros.DAY;
  }

  /**
   * Returns what is wrong with a poll after the {@linkplain #latest latest} instant, and what would
   * be right.
   *
   * @param now the clock, in microseconds since the epoch
   */
  public static String problem(long now) {
    return "timestamp_utc is more than a day after the server's clock, which says %s: set the clock that it comes from"
        .formatted(Micros.toInstant(now));
  }
}
