package dev.storewatch.hours;

import java.time.DayOfWeek;
import java.time.LocalTime;

/**
 * One interval of a weekday in which a store is open, by the wall clock of its zone: {@code [opens,
 * closes)}.
 *
 * <p>A closing time at or before the opening time belongs to the next day, so 22:00-02:00 ends at
 * night and 10:00-10:00 is a whole day.
 *
 * @param day the weekday on which the interval begins
 * @param opens seconds after midnight, 0 to 86,399
 * @param closes seconds after midnight, 0 to 86,400 (24:00, the same instant as 00:00 of the next
 *     day)
 */
public record OpeningInterval(DayOfWeek day, int opens, int closes) {
  /** Seconds in a day. */
  public static final int DAY_SECONDS = 86_400;

  private static final int LATE_CLOSE = DAY_SECONDS - 60;

  /**
   * Checks the times.
   *
   * @throws IllegalArgumentException if a time is outside its range
   */
  public OpeningInterval {
    if (opens < 0 || opens >= DAY_SECONDS) {
      throw new IllegalArgumentException(
          "opens at second " + opens + " of the day, not 0 to 86399");
    }
    if (closes < 0 || closes > DAY_SECONDS) {
      throw new IllegalArgumentException(
          "closes at second " + closes + " of the day, not 0 to 86400");
    }
  }

  /**
   * Returns the interval between two times of day; a closing time of 00:00 is the midnight that
   * ends the day. A fraction of a second is cut off.
   */
  public static OpeningInterval of(DayOfWeek day, LocalTime opens, LocalTime closes) {
    return new OpeningInterval(day, opens.toSecondOfDay(), closes.toSecondOfDay());
  }

  /**
   * Returns how long the interval lasts on a day without a clock change, in seconds: 1 to 86,400.
   */
  public int seconds() {
    return closes > opens ? closes - opens : closes + DAY_SECONDS - opens;
  }

  /**
   * Returns the interval with a closing time of 23:59 or later read as midnight, for data in which
   * 23:59 stands for the end of the day. An interval that closes at 23:59 of the day after its own
   * is left alone: it lasts a day already.
   */
  public OpeningInterval withLateCloseAsMidnight() {
    return closes >= LATE_CLOSE && closes > opens
        ? new OpeningInterval(day, opens, DAY_SECONDS)
        : this;
  }

  /** Returns the second of the week at which the interval begins, counted from Monday 00:00. */
  int startOfWeekSecond() {
    return (day.getValue() - 1) * DAY_SECONDS + opens;
  }
}
