package dev.storewatch.hours;

import dev.storewatch.interval.SpanSet;

/**
 * When a store should be online: its hours on each date, the zone whose wall clock they are read
 * on, and its planned closures.
 *
 * @param hours the hours
 * @param zone the zone of the store
 * @param closures when the store is closed on purpose; open time inside is excluded from up and
 *     down time
 */
public record Schedule(DatedHours hours, Zone zone, Closures closures) {
  private static final String ASSUMED_ZONE = "America/Chicago";

  /** A schedule that is the same every week, without closures. */
  public Schedule(WeeklyHours hours, Zone zone) {
    this(DatedHours.of(hours), zone, Closures.NONE);
  }

  /**
   * Returns the schedule of a store about which nothing is known: always open, in the default zone,
   * no closures.
   */
  public static Schedule unknown() {
    return new Schedule(WeeklyHours.always(), defaultZone());
  }

  /** Returns the zone that is assumed for a store whose zone is not known. */
  public static Zone defaultZone() {
    return Zone.of(ASSUMED_ZONE);
  }

  /**
   * Returns the instants of the clocks' period at which the hours say open, planned closures
   * included. This is the only way from wall-clock hours to instants.
   */
  public SpanSet open(Clocks clocks) {
    return hours.open(clocks.of(zone));
  }

  /** Returns the instants inside the planned closures that have a part in the clocks' period. */
  public SpanSet closed(Clocks clocks) {
    return closures.in(zone, clocks.period());
  }

  /**
   * Returns the instants of the clocks' period at which the store should be online: open, and in no
   * planned closure. A poll made at another instant does not count.
   */
  public SpanSet inHours(Clocks clocks) {
    return open(clocks).minus(closed(clocks));
  }
}
