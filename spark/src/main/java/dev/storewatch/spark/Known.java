package dev.storewatch.spark;

import dev.storewatch.hours.Closure;
import dev.storewatch.interval.Span;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Something that is known of a store, as a text that travels with its polls: a letter and fields,
 * none of which has the character that separates them.
 */
final class Known {
  static final char ZONE = 'z';
  static final char HOURS = 'h';
  static final char CLOSED = 'c';
  static final char REFUSED_HOURS = 'r';
  static final char REFUSED_ZONE = 'R';
  static final char SPECIAL_HOURS = 's';
  static final char SPECIAL_CLOSED = 'S';
  static final char REFUSED_DAY = 'd';
  static final char FIXED_CLOSURE = 'f';
  static final char LOCAL_CLOSURE = 'l';
  static final char TAG = 't';
  static final char HOURS_FLAGGED = 'F';
  static final char ZONE_FLAGGED = 'G';

  /** It was polled by the as-of instant, before the time that the report reads. */
  static final char POLLED_EARLY = 'p';

  /** It was polled after the as-of instant. */
  static final char POLLED_LATE = 'P';

  /** Its first poll, as the lake tells it. */
  static final char FIRST_POLL = '1';

  /** What is of special days or closures, which may be of several stores. */
  static final String OF_CALENDAR =
      String.valueOf(
          new char[] {SPECIAL_HOURS, SPECIAL_CLOSED, REFUSED_DAY, FIXED_CLOSURE, LOCAL_CLOSURE});

  private static final String SEPARATOR = "\u001F";

  private Known() {}

  static String text(char what, Object... fields) {
    StringBuilder text = new StringBuilder().append(what);
    for (Object field : fields) {
      text.append(SEPARATOR).append(field);
    }
    return text.toString();
  }

  /** Returns the fields of a text; the first one is the letter. */
  static String[] fields(String text) {
    return text.split(SEPARATOR, -1);
  }

  /** Returns hours of a week that hold from a date on; {@link LocalDate#MIN} for always. */
  static String hours(LocalDate from, int day, int opens, int closes) {
    return text(HOURS, date(from), day, opens, closes);
  }

  static String closed(LocalDate from, int day) {
    return text(CLOSED, date(from), day);
  }

  static String refusedHours(LocalDate from, int day) {
    return text(REFUSED_HOURS, date(from), day);
  }

  static String specialHours(LocalDate date, int opens, int closes) {
    return text(SPECIAL_HOURS, date, opens, closes);
  }

  static String closure(Closure closure) {
    return switch (closure) {
      case Closure.Fixed fixed -> text(FIXED_CLOSURE, fixed.span().start(), fixed.span().end());
      case Closure.Local local ->
          text(
              LOCAL_CLOSURE,
              local.from(),
              local.to(),
              local.repeat(),
              local.until() == null ? "" : local.until());
    };
  }

  /** Reads a closure; its reason is nothing that figures need. */
  static Closure closure(String[] fields) {
    if (fields[0].charAt(0) == FIXED_CLOSURE) {
      return new Closure.Fixed(
          new Span(Long.parseLong(fields[1]), Long.parseLong(fields[2])), "planned");
    }
    return new Closure.Local(
        LocalDateTime.parse(fields[1]),
        LocalDateTime.parse(fields[2]),
        Closure.Repeat.valueOf(fields[3]),
        nullableDate(fields[4]),
        "planned");
  }

  private static @Nullable LocalDate nullableDate(String text) {
    return text.isEmpty() ? null : LocalDate.parse(text);
  }

  private static String date(LocalDate from) {
    return from.equals(LocalDate.MIN) ? "" : from.toString();
  }

  /** Reads the date from which hours hold. */
  static LocalDate from(String text) {
    return text.isEmpty() ? LocalDate.MIN : LocalDate.parse(text);
  }
}
