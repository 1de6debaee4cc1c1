package dev.storewatch.window;

import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.instant.InstantReader;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reading of windows as people and programs write them. */
final class Windows {
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern WEEK = Pattern.compile("(?i)\\d{4}-W\\d{2}");
  private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");

  private static final String EXAMPLE =
      "use for example from=2023-01-24T00:00:00Z and to=2023-01-25T00:00:00Z, in UTC unless they"
          + " have an offset, or dates on the clocks of each store, from=2023-01-24 and"
          + " to=2023-01-31, of which the last is inside";

  private Windows() {}

  static Window read(String text) {
    String stripped = text.strip();
    int middle = stripped.indexOf('/');
    if (middle >= 0) {
      return between(stripped.substring(0, middle), stripped.substring(middle + 1));
    }
    if (Durations.isOfCalendar(stripped)) {
      return calendar(stripped);
    }
    try {
      return dates(stripped).<Window>map(dates -> dates).orElseGet(() -> elapsed(text));
    } catch (DateTimeException e) {
      throw new WrongInput(
          "the period '%s' is not in the calendar: use for example 2026-03-04, 2026-W10 or 2026-03"
              .formatted(text),
          e);
    }
  }

  private static Window elapsed(String text) {
    return Window.of(
        Durations.parse(
            "the window",
            text,
            "PT1H, P7D or P1M, or for a period 2026-03-04, 2026-W10 or 2026-03"));
  }

  private static Window calendar(String text) {
    try {
      return new Window.Calendar(Period.parse(text.toUpperCase(Locale.ROOT)));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new WrongInput(
          "the window '%s' has months or years beside parts of a day, or too many: use for example P1M, P1Y or PT36H"
              .formatted(text),
          e);
    }
  }

  /** Returns a day, week or month; empty if the text has the form of none. */
  private static Optional<Dates> dates(String text) {
    if (DATE.matcher(text).matches()) {
      return Optional.of(Dates.day(LocalDate.parse(text)));
    }
    if (WEEK.matcher(text).matches()) {
      String monday = text.toUpperCase(Locale.ROOT) + "-1";
      return Optional.of(Dates.week(LocalDate.parse(monday, DateTimeFormatter.ISO_WEEK_DATE)));
    }
    return MONTH.matcher(text).matches()
        ? Optional.of(Dates.month(YearMonth.parse(text)))
        : Optional.empty();
  }

  static Window between(@Nullable String from, @Nullable String to) {
    if (from == null || to == null) {
      throw new WrongInput("a period needs both from and to: " + EXAMPLE);
    }
    Optional<LocalDate> first = date(from);
    Optional<LocalDate> last = date(to);
    if (first.isPresent() && last.isPresent()) {
      return new Dates(first.get(), last.get());
    }
    if (first.isPresent() || last.isPresent()) {
      throw new WrongInput(
          "from is '%s' and to is '%s', of which only one is a date alone: %s"
              .formatted(from, to, EXAMPLE));
    }
    long start = instant("from", from);
    long end = instant("to", to);
    if (end <= start) {
      throw new WrongInput(
          "to is %s, not after from, which is %s: %s".formatted(to, from, EXAMPLE));
    }
    return new Between(new Span(start, end));
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(text.strip())
          .filter(date -> DATE.matcher(date).matches())
          .map(LocalDate::parse);
    } catch (DateTimeException e) {
      throw new WrongInput("'%s' is not in the calendar: %s".formatted(text, EXAMPLE), e);
    }
  }

  private static long instant(String name, String text) {
    return InstantReader.parameter(text)
        .filter(Windows::isInRange)
        .map(Micros::of)
        .orElseThrow(
            () ->
                new WrongInput(
                    "%s is '%s', which is not an instant of the years 1900 to 9999: %s"
                        .formatted(name, text, EXAMPLE)));
  }

  private static boolean isInRange(Instant instant) {
    return !instant.isBefore(Instant.parse("1900-01-01T00:00:00Z"))
        && instant.isBefore(Instant.parse("+10000-01-01T00:00:00Z"));
  }
}
