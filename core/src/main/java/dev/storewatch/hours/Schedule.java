package dev.storewatch.hours;

import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

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

  /** Returns what each stretch of the clocks' period rests on. */
  public Bases bases(Clocks clocks) {
    return Bases.of(this, clocks);
  }

  /**
   * Returns the first instant of a business day, which is that of the end of the day before: when
   * the night before has ended, or at midnight if none goes on past it. Where the clocks show that
   * time twice, the second counts, since the night has ended for good only then. So each instant
   * belongs to one business day, and what is open after midnight to the date on which it began.
   */
  public long dayStart(LocalDate date) {
    return zone.resolveLast(date.atStartOfDay().plus(hours.nightInto(date), ChronoUnit.MICROS));
  }

  /**
   * Returns whether each business day begins at midnight, because no night goes on past one: then
   * all stores of the zone for which this holds have the same days.
   */
  public boolean beginsDaysAtMidnight() {
    return hours.endsByMidnight();
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

  /** Returns the instants of a span alone at which the store should be online. */
  public SpanSet inHours(Span span) {
    return inHours(new Clocks(span)).intersection(span);
  }
}
