package dev.storewatch.window;

import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A window that ends at an as-of instant: so much elapsed time, the same for every store, or so
 * many months on the clocks of a store.
 */
public sealed interface Window {
  /** The longest window: about ten years. */
  Duration LONGEST = Duration.ofDays(3_660);

  /** The last hour, day and week: 1, 24 and 168 elapsed hours. */
  List<Window> STANDARD =
      List.of(
          new Elapsed(Duration.ofHours(1)),
          new Elapsed(Duration.ofDays(1)),
          new Elapsed(Duration.ofDays(7)));

  /**
   * Returns the span of the window.
   *
   * @param asOf the instant at which it ends, in microseconds since the epoch
   * @param zone the zone of the store; elapsed time does not depend on it
   */
  Span endingAt(long asOf, Zone zone);

  /** Returns the length: of elapsed time a {@link Duration}, of the calendar a {@link Period}. */
  TemporalAmount length();

  /** Returns whether it begins at another instant in another zone. */
  boolean isLocal();

  /**
   * Returns the length as ISO 8601 writes it, whole days of elapsed time as days: {@code PT1H},
   * {@code P7D}, {@code P1M}.
   */
  String format();

  /** Returns the windows of a store as spans, in the same order. */
  static List<Span> endingAt(long asOf, List<Window> windows, Zone zone) {
    return windows.stream().map(window -> window.endingAt(asOf, zone)).toList();
  }

  /**
   * Reads a window: elapsed time, such as {@code PT1H} or {@code P7D}, or years and months of the
   * calendar, such as {@code P1M} or {@code P1Y6M}.
   *
   * @throws WrongInput if the text is neither, or no window can have that length
   */
  static Window parse(String text) {
    if (!Durations.isOfCalendar(text)) {
      return of(Durations.parse("the window", text, "PT1H, P7D or P1M"));
    }
    try {
      return new Calendar(Period.parse(text.strip().toUpperCase(Locale.ROOT)));
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new WrongInput(
          "the window '%s' has months or years beside parts of a day, or too many: use for example P1M, P1Y or PT36H"
              .formatted(text),
          e);
    }
  }

  /**
   * Reads windows separated by commas: {@code PT1H,P1D,P7D}.
   *
   * @throws WrongInput if one is none
   */
  static List<Window> parseAll(String text) {
    return Arrays.stream(text.split(",", -1)).map(Window::parse).toList();
  }

  /** Returns a window of elapsed time. */
  static Window of(Duration length) {
    return new Elapsed(length);
  }

  private static WrongInput wrongLength(String text) {
    return new WrongInput(
        "a window lasts %s: use a positive length of at most %s, for example PT1H or P7D"
            .formatted(text, Durations.format(LONGEST)));
  }

  /**
   * Elapsed time.
   *
   * @param length positive, at most {@link #LONGEST}
   */
  record Elapsed(Duration length) implements Window {
    /**
     * Checks the length.
     *
     * @throws WrongInput if it is not positive, more than {@link #LONGEST}, or not a whole number
     *     of microseconds
     */
    public Elapsed {
      if (!length.isPositive()
          || length.compareTo(LONGEST) > 0
          || length.toNanosPart() % 1_000 != 0) {
        throw wrongLength(Durations.format(length));
      }
    }

    @Override
    public Span endingAt(long asOf, Zone zone) {
      return Span.endingAt(asOf, Micros.of(length));
    }

    @Override
    public boolean isLocal() {
      return false;
    }

    @Override
    public String format() {
      return Durations.format(length);
    }
  }

  /**
   * Years, months and days of the calendar: it begins at the same time of day on the clocks of the
   * store. Where the month has no such day, on its last one; where the clocks skip that time, at
   * the first instant after the gap; where they show it twice, at the first.
   *
   * @param length positive, at most {@link #LONGEST}; in years and less than twelve months
   */
  record Calendar(Period length) implements Window {
    /**
     * Checks the length, and writes twelve months as a year.
     *
     * @throws WrongInput if it is not positive, or more than {@link #LONGEST}
     */
    public Calendar {
      if (Math.abs(length.toTotalMonths()) > LONGEST.toDays() || !isAllowed(days(length))) {
        throw wrongLength(length.toString());
      }
      length = length.normalized();
    }

    /** Returns how many days it lasts from some day on. */
    private static long days(Period length) {
      return LocalDate.EPOCH.plus(length).toEpochDay();
    }

    private static boolean isAllowed(long days) {
      return days > 0 && days <= LONGEST.toDays();
    }

    @Override
    public Span endingAt(long asOf, Zone zone) {
      LocalDateTime end = zone.wallClock(Micros.toInstant(asOf)).toLocalDateTime();
      return new Span(zone.resolve(end.minus(length)), asOf);
    }

    @Override
    public boolean isLocal() {
      return true;
    }

    @Override
    public String format() {
      return length.toString();
    }
  }
}
