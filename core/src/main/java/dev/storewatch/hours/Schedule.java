package dev.storewatch.hours;

import dev.storewatch.interval.SpanSet;
import java.time.ZoneId;

/**
 * When a store should be online: its weekly hours, the zone whose wall clock they are read on, and
 * its planned closures.
 *
 * @param hours the weekly hours
 * @param zone the zone of the store
 * @param closures instants at which the store is closed on purpose; open time inside is excluded
 *     from up and down time
 */
public record Schedule(WeeklyHours hours, ZoneId zone, SpanSet closures) {
  /** The zone that is assumed for a store whose zone is not known. */
  public static final ZoneId DEFAULT_ZONE = ZoneId.of("America/Chicago");

  /**
   * The schedule of a store about which nothing is known: always open, in the default zone, no
   * closures.
   */
  public static final Schedule DEFAULT =
      new Schedule(WeeklyHours.always(), DEFAULT_ZONE, SpanSet.empty());

  /**
   * Returns the instants of the clocks' period at which the weekly hours say open, planned closures
   * included. This is the only way from wall-clock hours to instants.
   */
  public SpanSet open(Clocks clocks) {
    return hours.open(clocks.of(zone));
  }
}
