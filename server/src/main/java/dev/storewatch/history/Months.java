package dev.storewatch.history;

import dev.storewatch.interval.Micros;
import java.time.LocalDate;

/**
 * Months as numbers: how many there were since January of the year 0. Dates are days since 1970.
 */
final class Months {
  private static final int IN_YEAR = 12;

  private Months() {}

  /** Returns the month of a date. */
  static int of(long date) {
    LocalDate day = LocalDate.ofEpochDay(date);
    return day.getYear() * IN_YEAR + day.getMonthValue() - 1;
  }

  /** Returns the month that clocks of UTC show at an instant. */
  static int at(long instant) {
    return of(Math.floorDiv(instant, Micros.DAY));
  }

  /** Returns the first date of a month. */
  static long first(int month) {
    return LocalDate.of(Math.floorDiv(month, IN_YEAR), Math.floorMod(month, IN_YEAR) + 1, 1)
        .toEpochDay();
  }

  /** Returns the last date of a month. */
  static long last(int month) {
    return first(month + 1) - 1;
  }

  /** Returns how many days a month has. */
  static int days(int month) {
    return (int) (first(month + 1) - first(month));
  }
}
