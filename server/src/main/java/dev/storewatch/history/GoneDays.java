package dev.storewatch.history;

import dev.storewatch.interval.Micros;
import dev.storewatch.revision.Revisions;
import dev.storewatch.uptime.Rule;
import java.util.OptionalLong;

/**
 * The days of which polls were deleted because they were older than is kept: they cannot be
 * computed again, so they stay as they are kept.
 *
 * @param before the first date that can be computed again, wherever the store is
 */
record GoneDays(long before) {
  private static final long NONE = Long.MIN_VALUE;

  /** How far a business day may begin before the midnight of UTC of its date. */
  private static final int BEFORE = 1;

  static GoneDays of(Revisions revisions, Rule rule) {
    OptionalLong gone = revisions.pollsGoneBefore();
    return new GoneDays(
        gone.isEmpty()
            ? NONE
            : Math.ceilDiv(gone.getAsLong() + rule.carryMicros(), Micros.DAY) + BEFORE);
  }

  /** Returns whether a day stays as it is kept. */
  boolean stays(long date) {
    return date < before;
  }

  /** Returns the first month of which some day can be computed again. */
  int firstMonth() {
    return before == NONE ? 0 : Months.of(before);
  }

  /** Returns how many days of a month stay, from its first on. */
  int daysThatStay(int month) {
    return before == NONE ? 0 : Math.clamp(before - Months.first(month), 0, Months.days(month));
  }
}
