package dev.storewatch.entry;

import dev.storewatch.hours.Closure;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.InstantReader;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The dates and times of special days and closures as people write them. One with an offset or a Z
 * is an instant; one without is a time on the clocks of each store, and a date alone its midnight,
 * or as an end the midnight after it.
 */
public final class CalendarTimes {
  static final String EXAMPLE =
      "use for example 2026-07-04T00:00 for a time on the clocks of each store, 2026-07-04 for a"
          + " whole day, or 2026-07-04T05:00:00Z for an instant";

  private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

  private CalendarTimes() {}

  /**
   * Returns a closure.
   *
   * @param until the last date on which it may start; null for ever
   * @throws WrongInput if something is not a time, or the times make no closure
   */
  public static Closure closure(
      String from, String to, Closure.Repeat repeat, @Nullable String until, String reason) {
    return closure(from, to, "", repeat, until, reason);
  }

  /**
   * Returns a closure.
   *
   * @param zone what stands behind a time without an offset: nothing, or Z for UTC
   * @param until the last date on which it may start; null for ever
   * @throws WrongInput if something is not a time, or the times make no closure
   */
  public static Closure closure(
      String givenFrom,
      String givenTo,
      String zone,
      Closure.Repeat repeat,
      @Nullable String until,
      String reason) {
    String from = withZone(givenFrom, false, zone);
    String to = withZone(givenTo, true, zone);
    Optional<LocalDateTime> start = local(from, false);
    Optional<LocalDateTime> end = local(to, true);
    if (start.isPresent() != end.isPresent()) {
      throw new WrongInput(
          "one of from (%s) and to (%s) has an offset and the other has none: give both the one way or the other, %s"
              .formatted(from, to, EXAMPLE));
    }
    if (start.isPresent()) {
      return new Closure.Local(
          start.get(), end.get(), repeat, until == null ? null : date("until", until), reason);
    }
    if (repeat != Closure.Repeat.ONCE) {
      throw new WrongInput(
          "a closure that repeats has times on the clocks of each store, without an offset: use for"
              + " example from 2026-07-05T02:00 to 2026-07-05T04:00");
    }
    if (until != null) {
      throw new WrongInput("until goes with a closure that repeats: leave it out, or repeat it");
    }
    long first = instant("from", from);
    long last = instant("to", to);
    if (last < first) {
      throw new WrongInput(
          "the closure ends at %s, which is not after its start %s: use a later end"
              .formatted(to, from));
    }
    return new Closure.Fixed(new Span(first, last), reason);
  }

  private static String withZone(String text, boolean isEnd, String zone) {
    return zone.isEmpty() ? text : local(text, isEnd).map(time -> time + zone).orElse(text);
  }

  /** Returns a time without an offset; empty if the text is none. */
  static Optional<LocalDateTime> local(String text, boolean isEnd) {
    String stripped = text.strip();
    try {
      LocalDate date = LocalDate.parse(stripped);
      return checked((isEnd ? date.plusDays(1) : date).atStartOfDay());
    } catch (DateTimeException e) {
      // no date alone
    }
    int day = stripped.lastIndexOf('T') < 0 ? stripped.indexOf(' ') : stripped.indexOf('T');
    if (day < 0) {
      return Optional.empty();
    }
    try {
      LocalDate date = LocalDate.parse(stripped.substring(0, day));
      String time = stripped.substring(day + 1);
      return time.equals("24:00")
          ? checked(date.plusDays(1).atStartOfDay())
          : checked(date.atTime(LocalTime.parse(time).truncatedTo(ChronoUnit.MICROS)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDateTime> checked(LocalDateTime time) {
    if (time.getYear() < 1900 || time.getYear() > 9998) {
      throw new WrongInput("%s is not in the years 1900 to 9998: %s".formatted(time, EXAMPLE));
    }
    return Optional.of(time);
  }

  static long instant(String name, String text) {
    return InstantReader.parameter(text)
        .filter(instant -> !instant.isBefore(FIRST) && instant.isBefore(LAST))
        .map(Micros::of)
        .orElseThrow(
            () ->
                new WrongInput(
                    "%s is '%s', which is not a time of the years 1900 to 9998: %s"
                        .formatted(name, text, EXAMPLE)));
  }

  /**
   * Returns a date.
   *
   * @param name what it is, for the message
   * @throws WrongInput if the text is none of the years 1900 to 9998
   */
  public static LocalDate date(String name, String text) {
    try {
      LocalDate date = LocalDate.parse(text.strip());
      if (date.getYear() >= 1900 && date.getYear() <= 9998) {
        return date;
      }
    } catch (DateTimeException e) {
      throw wrongDate(name, text, e);
    }
    throw wrongDate(name, text, null);
  }

  private static WrongInput wrongDate(String name, String text, @Nullable Exception cause) {
    return new WrongInput(
        "%s is '%s', which is not a date of the years 1900 to 9998: use for example 2026-11-27"
            .formatted(name, text),
        cause);
  }

  /** Returns how often a closure comes again, by its word. */
  public static Closure.Repeat repeat(String word) {
    for (Closure.Repeat repeat : Closure.Repeat.values()) {
      if (repeat.word().equalsIgnoreCase(word.strip())) {
        return repeat;
      }
    }
    throw new WrongInput("repeat is '%s': use once, weekly or yearly".formatted(word));
  }

  /** Returns the start of a closure as it is read: local times without an offset. */
  public static String from(Closure closure) {
    return switch (closure) {
      case Closure.Fixed fixed -> Micros.toInstant(fixed.span().start()).toString();
      case Closure.Local local -> local.from().toString();
    };
  }

  /** Returns the end of a closure as it is read: local times without an offset. */
  public static String to(Closure closure) {
    return switch (closure) {
      case Closure.Fixed fixed -> Micros.toInstant(fixed.span().end()).toString();
      case Closure.Local local -> local.to().toString();
    };
  }
}
