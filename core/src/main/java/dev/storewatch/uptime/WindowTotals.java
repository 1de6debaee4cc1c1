package dev.storewatch.uptime;

/**
 * What the polls of one store, or of a group of stores, say about one window. All times are
 * microseconds of open time.
 *
 * <p>{@code scheduled = up + down + unknown + excluded}, always.
 *
 * @param scheduled open time of the window
 * @param up time estimated up
 * @param down time estimated down
 * @param unknown time that no poll speaks for
 * @param excluded open time inside a planned closure
 * @param surelyUp time between two active polls, each within the carry limit
 * @param surelyDown time between two inactive polls, each within the carry limit
 * @param polls in-hours polls after the window's start, up to and at its end
 */
public record WindowTotals(
    long scheduled,
    long up,
    long down,
    long unknown,
    long excluded,
    long surelyUp,
    long surelyDown,
    long polls) {
  /**
   * The number of values that the totals of a window have in a packed array, in the order of the
   * record's components.
   */
  public static final int FIELDS = 8;

  /** Where up time stands among those values. */
  public static final int UP = 1;

  /** Where down time stands among those values. */
  public static final int DOWN = 2;

  /** The totals of nothing. */
  public static final WindowTotals ZERO = new WindowTotals(0, 0, 0, 0, 0, 0, 0, 0);

  /** Returns the totals that stand at a place of a packed array. */
  public static WindowTotals read(long[] packed, int offset) {
    return new WindowTotals(
        packed[offset],
        packed[offset + 1],
        packed[offset + 2],
        packed[offset + 3],
        packed[offset + 4],
        packed[offset + 5],
        packed[offset + 6],
        packed[offset + 7]);
  }

  /** Returns the sum of both totals: of two windows that share no time, or of two stores. */
  public WindowTotals plus(WindowTotals other) {
    return new WindowTotals(
        scheduled + other.scheduled,
        up + other.up,
        down + other.down,
        unknown + other.unknown,
        excluded + other.excluded,
        surelyUp + other.surelyUp,
        surelyDown + other.surelyDown,
        polls + other.polls);
  }

  /**
   * Returns the least time the store was up, if its status does not change twice between two polls.
   */
  public long upAtLeast() {
    return surelyUp;
  }

  /**
   * Returns the most time the store was up, if its status does not change twice between two polls.
   */
  public long upAtMost() {
    return scheduled - excluded - surelyDown;
  }
}
