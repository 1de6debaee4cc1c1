package dev.storewatch.hours;

import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A planned closure: open time inside is excluded, neither up nor down, and a poll made inside says
 * nothing.
 */
public sealed interface Closure {
  /** The longest closure. */
  Duration LONGEST = Duration.ofDays(400);

  /** Returns why the store is closed, as somebody wrote it. */
  String reason();

  /**
   * Returns the spans of the closure that have a part in a period, in order.
   *
   * @param zone the zone of the store
   */
  List<Span> in(Zone zone, Span period);

  /** How often a closure comes again. */
  enum Repeat {
    /** It comes once. */
    ONCE,
    /** It comes at the same time of each week. */
    WEEKLY,
    /** It comes on the same date of each year; on February 28th where there is no 29th. */
    YEARLY;

    /** Returns the name in small letters. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static void checkLength(boolean isAfter, Duration length, Object from, Object to) {
    if (!isAfter) {
      throw new WrongInput(
          "the closure ends at %s, which is not after its start %s: use a later end"
              .formatted(to, from));
    }
    if (length.compareTo(LONGEST) > 0) {
      throw new WrongInput(
          "the closure from %s to %s lasts over %d days: enter a shorter one, or delete the store if it does not open again"
              .formatted(from, to, LONGEST.toDays()));
    }
  }

  /**
   * A closure between two instants, the same for every store.
   *
   * @param span when, in microseconds since the epoch
   */
  record Fixed(Span span, String reason) implements Closure {
    /**
     * Checks the ends.
     *
     * @throws WrongInput if it ends before it starts, or lasts over {@link #LONGEST}
     */
    public Fixed {
      checkLength(
          span.length() > 0,
          Duration.ofSeconds(span.length() / Micros.SECOND),
          Micros.toInstant(span.start()),
          Micros.toInstant(span.end()));
    }

    @Override
    public List<Span> in(Zone zone, Span period) {
      return span.overlaps(period) ? List.of(span) : List.of();
    }
  }

  /**
   * A closure between two local times, on the clocks of each store. An end that the clocks skip is
   * the first instant after the gap; one that they show twice is the first.
   *
   * @param repeat how often it comes again
   * @param until the last date on which it may start; null for ever
   */
  record Local(
      LocalDateTime from, LocalDateTime to, Repeat repeat, @Nullable LocalDate until, String reason)
      implements Closure {
    /** No clocks are farther from those of UTC, a day that a zone skips included. */
    private static final long FARTHEST = 2 * Micros.DAY;

    /**
     * Checks the ends.
     *
     * @throws WrongInput if it ends before it starts, or lasts over {@link #LONGEST}, or longer
     *     than the time after which it comes again, or the last date is before the first
     */
    public Local {
      checkLength(to.isAfter(from), Duration.between(from, to), from, to);
      LocalDateTime next = times(from, repeat, 1);
      if (repeat != Repeat.ONCE && to.isAfter(next)) {
        throw new WrongInput(
            "the closure from %s to %s lasts longer than the time after which it repeats (%s): use an earlier end"
                .formatted(from, to, repeat.word()));
      }
      if (until != null && until.isBefore(from.toLocalDate())) {
        throw new WrongInput(
            "the closure repeats until %s, before it starts on %s: use a later date"
                .formatted(until, from.toLocalDate()));
      }
    }

    @Override
    public List<Span> in(Zone zone, Span period) {
      return occurrences(period)
          .filter(number -> mayBeIn(period, number) && mayStart(times(from, repeat, number)))
          .mapToObj(number -> span(zone, number))
          .filter(span -> span.overlaps(period))
          .toList();
    }

    /** Returns whether some clocks may show an occurrence in a period, which is soon told. */
    private boolean mayBeIn(Span period, long number) {
      return micros(times(to, repeat, number)) > period.start() - FARTHEST
          && micros(times(from, repeat, number)) < period.end() + FARTHEST;
    }

    private static long micros(LocalDateTime time) {
      return Micros.of(time.toInstant(ZoneOffset.UTC));
    }

    /** Returns an occurrence; an empty one if the clocks, or a year, skip all of it. */
    private Span span(Zone zone, long number) {
      long start = zone.resolve(times(from, repeat, number));
      return new Span(start, Math.max(start, zone.resolve(times(to, repeat, number))));
    }

    private boolean mayStart(LocalDateTime start) {
      return until == null || !start.toLocalDate().isAfter(until);
    }

    /** Returns the numbers of all occurrences that may have a part in a period, and some more. */
    private LongStream occurrences(Span period) {
      if (repeat == Repeat.ONCE) {
        return LongStream.of(0);
      }
      long length = repeat == Repeat.WEEKLY ? 7 * Micros.DAY : 365 * Micros.DAY;
      long start = micros(from);
      // Both ends are moved by more than an occurrence, the clocks and all leap days can make up.
      long first = Math.floorDiv(period.start() - start, length) - 2 - leapDays(period, start);
      long last = Math.floorDiv(period.end() - start, length) + 2;
      return LongStream.rangeClosed(Math.max(0, first), last);
    }

    private long leapDays(Span period, long start) {
      long years = Math.max(0, period.start() - start) / (365 * Micros.DAY);
      return repeat == Repeat.YEARLY ? years / 1_461 + 1 : 0;
    }

    private static LocalDateTime times(LocalDateTime time, Repeat repeat, long number) {
      return switch (repeat) {
        case ONCE -> time;
        case WEEKLY -> time.plusWeeks(number);
        case YEARLY -> time.plusYears(number);
      };
    }
  }
}
