package dev.storewatch.window;

import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;

/**
 * A period of business days, on the clocks of each store: it begins when the night before the first
 * one has ended, and ends when the night of the last one has. If it is not over at as-of, the part
 * until then counts.
 *
 * @param first the first date
 * @param last the last date, not before the first
 */
public record Dates(LocalDate first, LocalDate last) implements Window {
  /** The first year that a date may have. */
  static final int FIRST_YEAR = 1900;

  /** The last year that a date may have. */
  static final int LAST_YEAR = 9_998;

  private static final int WEEK = 7;

  /** Two days, since a night may last to the end of the day after it, and clocks may go back. */
  private static final long LATEST_NIGHT = 2 * Micros.DAY;

  /**
   * Checks the dates.
   *
   * @throws WrongInput if they are not in order, too far apart, or not of the years 1900 to 9998
   */
  public Dates {
    if (first.getYear() < FIRST_YEAR || last.getYear() > LAST_YEAR) {
      throw new WrongInput(
          "the dates %s to %s are not of the years %d to %d"
              .formatted(first, last, FIRST_YEAR, LAST_YEAR));
    }
    long days = days(first, last);
    if (days < 1 || days > LONGEST.toDays()) {
      throw new WrongInput(
          "the dates %s to %s are %s: use 1 to %,d days, for example 2026-03-01 to 2026-03-15"
              .formatted(
                  first, last, days < 1 ? "not in order" : days + " days", LONGEST.toDays()));
    }
  }

  private static long days(LocalDate first, LocalDate last) {
    return ChronoUnit.DAYS.between(first, last) + 1;
  }

  /** Returns the period of one business day. */
  public static Dates day(LocalDate date) {
    return new Dates(date, date);
  }

  /** Returns the period of the seven days from a Monday on. */
  static Dates week(LocalDate monday) {
    return new Dates(monday, monday.plusDays(WEEK - 1));
  }

  /** Returns the period of a month of the calendar. */
  public static Dates month(YearMonth month) {
    return new Dates(month.atDay(1), month.atEndOfMonth());
  }

  @Override
  public Span whole(long asOf, Schedule schedule) {
    return new Span(schedule.dayStart(first), schedule.dayStart(last.plusDays(1)));
  }

  @Override
  public Span reach(long asOf, Zone zone) {
    Span days = whole(asOf, new Schedule(WeeklyHours.always(), zone));
    return Stretch.upTo(asOf, new Span(days.start(), days.end() + LATEST_NIGHT));
  }

  @Override
  public boolean isLocal() {
    return true;
  }

  @Override
  public void requireKnown(long asOf) {
    long earliest =
        Micros.of(first.atStartOfDay().toInstant(ZoneOffset.ofHours(14))); // the easternmost clocks
    if (earliest > asOf) {
      throw new WrongInput(
          "the period %s begins after the as-of instant %s: use an earlier one, or a later as-of, for example now"
              .formatted(format(), Micros.toInstant(asOf)));
    }
  }

  @Override
  public Dates before() {
    if (isMonth()) {
      return month(YearMonth.from(first).minusMonths(1));
    }
    long days = days(first, last);
    return new Dates(first.minusDays(days), first.minusDays(1));
  }

  private boolean isMonth() {
    return equals(month(YearMonth.from(first)));
  }

  private boolean isWeek() {
    return first.getDayOfWeek() == DayOfWeek.MONDAY && days(first, last) == WEEK;
  }

  /**
   * Returns a day as {@code 2026-03-04}, a week from Monday on as {@code 2026-W10}, a month as
   * {@code 2026-03}, and other dates as {@code 2026-03-01/2026-03-15}.
   */
  @Override
  public String format() {
    if (first.equals(last)) {
      return first.toString();
    }
    if (isMonth()) {
      return YearMonth.from(first).toString();
    }
    return isWeek() ? weekOf(first) : first + "/" + last;
  }

  private static String weekOf(LocalDate monday) {
    return "%04d-W%02d"
        .formatted(
            monday.get(IsoFields.WEEK_BASED_YEAR), monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }
}
