package dev.storewatch.window;

import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A window in which uptime is measured: so much elapsed time, or so many months on the clocks of a
 * store, up to an as-of instant; the same length of time before that; or a period with a fixed
 * start and end, given by instants or by business days.
 */
public sealed interface Window extends Asked, Stretch
    permits Window.Elapsed, Window.Calendar, Before, Between, Dates {
  /** The longest window: about ten years. */
  Duration LONGEST = Duration.ofDays(3_660);

  /** The last hour, day and week: 1, 24 and 168 elapsed hours. */
  List<Window> STANDARD =
      List.of(
          new Elapsed(Duration.ofHours(1)),
          new Elapsed(Duration.ofDays(1)),
          new Elapsed(Duration.ofDays(7)));

  @Override
  Window before();

  /**
   * Returns it as text: a length as ISO 8601 writes it, with whole days of elapsed time as days,
   * such as {@code PT1H}, {@code P7D} and {@code P1M}; the time before it as {@code P7D-before}; a
   * period as {@code 2026-03-04}, {@code 2026-W10}, {@code 2026-03}, {@code 2026-03-01/2026-03-15}
   * or {@code 2026-03-01T00:00:00Z/2026-03-02T00:00:00Z}.
   */
  @Override
  String format();

  /** Returns the windows of a store as spans, in the same order. */
  static List<Span> spans(long asOf, List<Window> windows, Schedule schedule) {
    return windows.stream().map(window -> window.span(asOf, schedule)).toList();
  }

  /**
   * Reads a window: what {@link #format} writes, in any form that is said there.
   *
   * @throws WrongInput if the text is something else, or no window can have that length
   */
  static Window parse(String text) {
    return Asked.parse(text) instanceof Window window ? window : throwRelative(text);
  }

  private static Window throwRelative(String text) {
    throw new WrongInput(
        "the window '%s' is another one each day: name dates, for example 2026-03-04"
            .formatted(text));
  }

  /**
   * Reads windows separated by commas: {@code PT1H,P1D,P7D}.
   *
   * @throws WrongInput if one is none
   */
  static List<Window> parseAll(String text) {
    return Arrays.stream(text.split(",", -1)).map(Window::parse).toList();
  }

  /**
   * Reads a period from its two ends: both instants, in UTC unless they have an offset, of which
   * the second is the first after the period; or both dates on the clocks of each store, the first
   * and the last.
   *
   * @throws WrongInput if one is missing or neither, they are of two kinds, or not in order
   */
  static Window between(@Nullable String from, @Nullable String to) {
    return Windows.between(from, to);
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
    public Span whole(long asOf, Schedule schedule) {
      return Span.endingAt(asOf, Micros.of(length));
    }

    // Written out, because what Java makes of a record is put together at run time, which takes
    // longer than all else that a short command does before it opens the database.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Elapsed window && length.equals(window.length);
    }

    @Override
    public int hashCode() {
      return length.hashCode();
    }

    @Override
    public Window before() {
      return new Before(this);
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
    public Window before() {
      return new Before(this);
    }

    @Override
    public Span whole(long asOf, Schedule schedule) {
      Zone zone = schedule.zone();
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
