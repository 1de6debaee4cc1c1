package dev.storewatch.hours;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The offsets of a zone in every year to come, as the footer of a TZif file tells them: {@code
 * CST6CDT,M3.2.0,M11.1.0}.
 *
 * @param standard the standard offset, in seconds ahead of UTC
 * @param summer the offset between the two changes of a year
 * @param start when the summer offset begins, on the standard wall clock; null for never
 * @param end when it ends, on the summer wall clock; null for never
 */
record PosixRule(int standard, int summer, @Nullable Change start, @Nullable Change end) {
  private static final String NAME = "(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]{3,}>)";
  private static final String TIME = "([+-]?\\d{1,3}(?::\\d{2}){0,2})";
  private static final Pattern RULE =
      Pattern.compile(
          NAME
              + TIME
              + "(?:"
              + NAME
              + TIME
              + "?,([MJ0-9.]+)(?:/"
              + TIME
              + ")?,([MJ0-9.]+)(?:/"
              + TIME
              + ")?)?");
  private static final int HOUR = 3_600;

  /** The years around an instant in which the change before and after it are found. */
  private static final int YEARS = 2;

  /**
   * One of the two changes of a year.
   *
   * @param date {@code Mm.w.d}, {@code Jn} or {@code n}, as POSIX has it
   * @param second seconds after midnight; may lie outside the day
   */
  record Change(String date, int second) {
    /** Returns the wall clock's seconds since the epoch in a year. */
    private long in(int year) {
      return day(year).toEpochDay() * OpeningInterval.DAY_SECONDS + second;
    }

    private LocalDate day(int year) {
      return switch (date.charAt(0)) {
        case 'M' -> weekday(year, date.substring(1).split("\\.", -1));
        case 'J' -> julian(year, Integer.parseInt(date.substring(1)));
        default -> LocalDate.ofYearDay(year, 1).plusDays(Integer.parseInt(date));
      };
    }

    /** The n-th day of a year that never has a 29th of February. */
    private static LocalDate julian(int year, int day) {
      return LocalDate.ofYearDay(2001, day).withYear(year);
    }

    /** The w-th weekday d of the month m; the fifth is the last. */
    private static LocalDate weekday(int year, String[] parts) {
      YearMonth month = YearMonth.of(year, Integer.parseInt(parts[0]));
      int week = Integer.parseInt(parts[1]);
      DayOfWeek weekday = DayOfWeek.SUNDAY.plus(Integer.parseInt(parts[2]));
      return week == 5
          ? month.atEndOfMonth().with(TemporalAdjusters.previousOrSame(weekday))
          : month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(week, weekday));
    }
  }

  /**
   * Reads a footer.
   *
   * @throws IllegalArgumentException if it is not a rule
   */
  static PosixRule parse(String text) {
    Matcher parts = RULE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a rule like CST6CDT,M3.2.0,M11.1.0");
    }
    int standard = -seconds(parts.group(1), 0);
    if (parts.group(3) == null) {
      return new PosixRule(standard, standard, null, null);
    }
    return new PosixRule(
        standard,
        -seconds(parts.group(2), -standard - HOUR),
        new Change(parts.group(3), seconds(parts.group(4), 2 * HOUR)),
        new Change(parts.group(5), seconds(parts.group(6), 2 * HOUR)));
  }

  private static int seconds(@Nullable String time, int usual) {
    if (time == null) {
      return usual;
    }
    String[] parts = time.replaceFirst("^[+-]", "").split(":", -1);
    int seconds = 0;
    for (int i = 0; i < 3; i++) {
      seconds = seconds * 60 + (i < parts.length ? Integer.parseInt(parts[i]) : 0);
    }
    return time.startsWith("-") ? -seconds : seconds;
  }

  /** Returns the offset at an instant, both in seconds. */
  int offset(long instant) {
    int offset = standard;
    for (At change : around(instant)) {
      if (change.instant() > instant) {
        break;
      }
      offset = change.offset();
    }
    return offset;
  }

  /**
   * Returns the first instant after a given one from which on the offset is another than a given
   * one, in seconds, or null if there is none.
   */
  @Nullable Long changeAfter(long instant, int offset) {
    List<At> changes = around(instant);
    for (int i = 0; i < changes.size(); i++) {
      At change = changes.get(i);
      // The summer of a year that is all summer ends when the next one begins.
      boolean undone = i + 1 == changes.size() || changes.get(i + 1).instant() <= change.instant();
      if (change.instant() > instant && change.offset() != offset && !undone) {
        return change.instant();
      }
    }
    return null;
  }

  private record At(long instant, int offset) {}

  private List<At> around(long instant) {
    if (start == null || end == null) {
      return List.of();
    }
    int year = LocalDate.ofEpochDay(Math.floorDiv(instant, OpeningInterval.DAY_SECONDS)).getYear();
    List<At> changes = new ArrayList<>();
    for (int each = year - YEARS; each <= year + YEARS; each++) {
      changes.add(new At(start.in(each) - standard, summer));
      changes.add(new At(end.in(each) - summer, standard));
    }
    changes.sort(Comparator.comparingLong(At::instant));
    return changes;
  }
}
