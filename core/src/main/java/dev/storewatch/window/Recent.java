package dev.storewatch.window;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/**
 * A business day, week or month by its distance from the present one, such as yesterday.
 *
 * @param unit a day, week or month
 * @param back how many before the present one
 */
public record Recent(Unit unit, int back) implements Asked {
  /** What is counted. */
  public enum Unit {
    /** A business day. */
    DAY("today", "yesterday"),
    /** A week from Monday on. */
    WEEK("this-week", "last-week"),
    /** A month of the calendar. */
    MONTH("this-month", "last-month");

    private final String present;
    private final String last;

    Unit(String present, String last) {
      this.present = present;
      this.last = last;
    }
  }

  /** Returns the one that a text names, if it names one. */
  static Optional<Recent> read(String text) {
    String word = text.strip().toLowerCase(Locale.ROOT);
    for (Unit unit : Unit.values()) {
      if (word.equals(unit.present)) {
        return Optional.of(new Recent(unit, 0));
      }
      if (word.equals(unit.last)) {
        return Optional.of(new Recent(unit, 1));
      }
    }
    return Optional.empty();
  }

  /** Returns the period that it is where it is some date. */
  Dates on(LocalDate today) {
    return switch (unit) {
      case DAY -> Dates.day(today.minusDays(back));
      case WEEK -> Dates.week(monday(today).minusWeeks(back));
      case MONTH -> Dates.month(YearMonth.from(today).minusMonths(back));
    };
  }

  private static LocalDate monday(LocalDate date) {
    return date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  @Override
  public Recent before() {
    return new Recent(unit, back + 1);
  }

  @Override
  public String format() {
    return back == 0 ? unit.present : unit.last + Before.SUFFIX.repeat(back - 1);
  }
}
