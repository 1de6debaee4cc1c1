package dev.storewatch.uptime;

import java.util.Arrays;

/**
 * A poll in one {@code long}: the instant in microseconds since the epoch, shifted by one, and the
 * status in the lowest bit (1 is active).
 *
 * <p>A poll takes eight bytes, and the order of the numbers is the order of the instants, so a
 * fleet's polls fit into one array and are sorted as plain numbers.
 */
public final class PackedPoll {
  private PackedPoll() {}

  /** Returns a poll as a number; the instant must be less than 146,000 years from the epoch. */
  public static long of(long at, boolean active) {
    return (at << 1) | (active ? 1 : 0);
  }

  /** Returns the instant of a poll in microseconds since the epoch. */
  public static long at(long poll) {
    return poll >> 1;
  }

  /** Returns whether the store was online. */
  public static boolean isActive(long poll) {
    return (poll & 1) == 1;
  }

  /**
   * Returns where the first poll at or after an instant is in {@code [from, to)} of sorted polls.
   */
  public static int firstFrom(long instant, long[] polls, int from, int to) {
    int found = Arrays.binarySearch(polls, from, to, of(instant, false));
    return found < 0 ? -found - 1 : found;
  }

  /** Returns 1 if the store was online, else 0. */
  static int activeBit(long poll) {
    return (int) (poll & 1);
  }
}
