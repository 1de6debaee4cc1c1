package dev.storewatch.hours;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
      // Sunday is 0 here and 7 there, which makes no difference to the days until it.
      int firstWeekday = month.atDay(1).getDayOfWeek().getValue();
      int first = 1 + Math.floorMod(Integer.parseInt(parts[2]) - firstWeekday, 7);
      int day = first + 7 * (Integer.parseInt(parts[1]) - 1);
      return month.atDay(day > month.lengthOfMonth() ? day - 7 : day);
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
      int seconds = number(1, 3) * HOUR;
      if (skip(':')) {
        seconds += number(2, 2) * 60;
        seconds += skip(':') ? number(2, 2) : 0;
      }
      return negative ? -seconds : seconds;
    }

    private int number(int fewest, int most) {
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
      int from = at;
      while (at < text.length() && "MJ.0123456789".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      require(at > from);
      return new Change(text.substring(from, at), skip('/') ? time() : 2 * HOUR);
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
    List<At> changes = new ArrayList<>();
    for (int each = year - YEARS; each <= year + YEARS; each++) {
      changes.add(new At(start.in(each) - standard, summer));
      changes.add(new At(end.in(each) - summer, standard));
    }
    changes.sort(Comparator.comparingLong(At::instant));
    return changes;
  }
}
