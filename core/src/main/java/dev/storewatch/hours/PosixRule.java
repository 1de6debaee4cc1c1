package dev.storewatch.hours;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The offsets of a zone in every year to come, as the footer of a TZif file tells them: {@code
 * CST6CDT,M3.2.0,M11.1.0}.
 */
final class PosixRule {
  private static final int HOUR = 3_600;

  /** The years around an instant in which the change before and after it are found. */
  private static final int YEARS = 2;

  /** How many years are kept, a power of two. */
  private static final int KEPT = 16;

  private final int standard;
  private final int summer;
  private final @Nullable Change start;
  private final @Nullable Change end;

  /**
   * The changes around some years, each in a place of its own: the closures of a fleet ask for
   * those of few years again and again.
   */
  private final AtomicReferenceArray<@Nullable Year> years = new AtomicReferenceArray<>(KEPT);

  /**
   * A rule.
   *
   * @param standard the standard offset, in seconds ahead of UTC
   * @param summer the offset between the two changes of a year
   * @param start when the summer offset begins, on the standard wall clock; null for never
   * @param end when it ends, on the summer wall clock; null for never
   */
  private PosixRule(int standard, int summer, @Nullable Change start, @Nullable Change end) {
    this.standard = standard;
    this.summer = summer;
    this.start = start;
    this.end = end;
  }

  /** The changes of the years around one, in order. */
  private record Year(int year, List<At> around) {}

  /** A day of every year, in one of the three ways in which POSIX has it. */
  sealed interface Day {
    /** Returns the day in a year. */
    LocalDate in(int year);

    /** {@code Mm.w.d}: the w-th weekday d of the month m; the fifth is the last. */
    record Weekday(int month, int week, int weekday) implements Day {
      @Override
      public LocalDate in(int year) {
        YearMonth months = YearMonth.of(year, month);
        // Sunday is 0 here and 7 there, which makes no difference to the days until it.
        int firstWeekday = months.atDay(1).getDayOfWeek().getValue();
        int first = 1 + Math.floorMod(weekday - firstWeekday, 7);
        int day = first + 7 * (week - 1);
        return months.atDay(day > months.lengthOfMonth() ? day - 7 : day);
      }
    }

    /** {@code Jn}: the n-th day of a year that never has a 29th of February. */
    record Julian(int number) implements Day {
      @Override
      public LocalDate in(int year) {
        return LocalDate.ofYearDay(2001, number).withYear(year);
      }
    }

    /** {@code n}: so many days after the first of the year. */
    record AfterFirst(int days) implements Day {
      @Override
      public LocalDate in(int year) {
        return LocalDate.ofYearDay(year, 1).plusDays(days);
      }
    }
  }

  /**
   * One of the two changes of a year.
   *
   * @param day the day
   * @param second seconds after midnight; may lie outside the day
   */
  record Change(Day day, int second) {
    /** Returns the wall clock's seconds since the epoch in a year. */
    private long in(int year) {
      return day.in(year).toEpochDay() * OpeningInterval.DAY_SECONDS + second;
    }
  }

  /**
   * Reads a footer.
   *
   * @throws IllegalArgumentException if it is not a rule
   */
  static PosixRule parse(String text) {
    return new Footer(text).read();
  }

  /**
   * A footer that is read from left to right. A regular expression would be shorter, but to compile
   * it takes longer at the start of the program than all else that is done with a zone.
   */
  private static final class Footer {
    private final String text;
    private int at;

    Footer(String text) {
      this.text = text;
    }

    PosixRule read() {
      name();
      int standard = -time();
      if (at == text.length()) {
        return new PosixRule(standard, standard, null, null);
      }
      name();
      int summer = at < text.length() && text.charAt(at) != ',' ? -time() : standard + HOUR;
      PosixRule rule = new PosixRule(standard, summer, change(), change());
      require(at == text.length());
      return rule;
    }

    private void require(boolean right) {
      if (!right) {
        throw new IllegalArgumentException(
            "'" + text + "' is not a rule like CST6CDT,M3.2.0,M11.1.0");
      }
    }

    private boolean skip(char wanted) {
      boolean found = at < text.length() && text.charAt(at) == wanted;
      at += found ? 1 : 0;
      return found;
    }

    /** Skips letters, at least three; between angle brackets digits and signs too. */
    private void name() {
      boolean quoted = skip('<');
      int from = at;
      while (at < text.length() && isOfName(text.charAt(at), quoted)) {
        at++;
      }
      require(at - from >= 3 && (!quoted || skip('>')));
    }

    private static boolean isOfName(char letter, boolean quoted) {
      return ('A' <= letter && letter <= 'Z')
          || ('a' <= letter && letter <= 'z')
          || (quoted && (isDigit(letter) || letter == '+' || letter == '-'));
    }

    private static boolean isDigit(char letter) {
      return '0' <= letter && letter <= '9';
    }

    /** Reads hours, which may be followed by minutes and seconds, as seconds. */
    private int time() {
      boolean negative = skip('-');
      boolean _ = !negative && skip('+');
      int seconds = digits(1, 3) * HOUR;
      if (skip(':')) {
        seconds += digits(2, 2) * 60;
        seconds += skip(':') ? digits(2, 2) : 0;
      }
      return negative ? -seconds : seconds;
    }

    private int digits(int fewest, int most) {
      int from = at;
      int number = 0;
      while (at < text.length() && at - from < most && isDigit(text.charAt(at))) {
        number = 10 * number + text.charAt(at) - '0';
        at++;
      }
      require(at - from >= fewest);
      return number;
    }

    private Change change() {
      require(skip(','));
      return new Change(day(), skip('/') ? time() : 2 * HOUR);
    }

    private Day day() {
      if (skip('M')) {
        int month = number(1, 12);
        require(skip('.'));
        int week = number(1, 5);
        require(skip('.'));
        return new Day.Weekday(month, week, number(0, 6));
      }
      return skip('J') ? new Day.Julian(number(1, 365)) : new Day.AfterFirst(number(0, 365));
    }

    /** Reads a number of up to three digits. */
    private int number(int least, int most) {
      int number = digits(1, 3);
      require(least <= number && number <= most);
      return number;
    }
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
    Year known = years.get(year & (KEPT - 1));
    if (known == null || known.year != year) {
      known = new Year(year, around(start, end, year));
      years.set(year & (KEPT - 1), known);
    }
    return known.around;
  }

  private List<At> around(Change begins, Change ends, int year) {
    List<At> changes = new ArrayList<>();
    for (int each = year - YEARS; each <= year + YEARS; each++) {
      changes.add(new At(begins.in(each) - standard, summer));
      changes.add(new At(ends.in(each) - summer, standard));
    }
    changes.sort(Comparator.comparingLong(At::instant));
    return List.copyOf(changes);
  }
}
