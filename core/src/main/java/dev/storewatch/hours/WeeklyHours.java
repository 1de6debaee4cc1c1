package dev.storewatch.hours;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.LongStream;

/**
 * The wall-clock times of a week at which a store is open, the same every week.
 *
 * <p>The intervals are a set: an overlap counts once. What is open in real time follows from the
 * wall clock alone, so 01:00-04:00 lasts two hours on the day the clocks go forward in between and
 * 00:00-03:00 four on the day they go back.
 */
public final class WeeklyHours {
  private static final long WEEK = 7 * Micros.DAY;

  /** Monday 00:00 of the week that holds the epoch, a Thursday. */
  private static final long FIRST_MONDAY = -3 * Micros.DAY;

  private static final WeeklyHours ALWAYS = new WeeklyHours(wholeDays());

  /**
   * Start and end of each span in turn, in microseconds after Monday 00:00, as they begin; no two
   * of one day overlap or touch. The spans of two stores may be the same time and yet begin on
   * other days.
   */
  private final long[] spans;

  /** Microseconds after Monday 00:00 of the wall clock. */
  private final SpanSet openInWeek;

  private WeeklyHours(long[] spans) {
    this.spans = spans;
    this.openInWeek = inWeek(spans);
  }

  private static long[] wholeDays() {
    return LongStream.range(0, 7)
        .flatMap(day -> LongStream.of(day * Micros.DAY, (day + 1) * Micros.DAY))
        .toArray();
  }

  /** Returns spans as a set of one week, to whose start goes what crosses from Sunday to Monday. */
  private static SpanSet inWeek(long[] spans) {
    long crossed = 0;
    for (int i = 1; i < spans.length; i += 2) {
      crossed = Math.max(crossed, spans[i] - WEEK);
    }
    SpanSet.Builder open = new SpanSet.Builder(1 + spans.length / 2);
    open.add(0, crossed);
    for (int i = 0; i < spans.length; i += 2) {
      open.add(spans[i], Math.min(WEEK, spans[i + 1]));
    }
    return open.build();
  }

  /**
   * Returns the hours of a store that never closes. A store without any business hours counts as
   * one.
   */
  public static WeeklyHours always() {
    return ALWAYS;
  }

  /** Returns the hours made of the given intervals as they are; a day without one is closed. */
  public static WeeklyHours of(Collection<OpeningInterval> intervals) {
    return of(intervals, LateClose.AS_GIVEN);
  }

  /**
   * Returns the hours made of the given intervals; a day without one is closed.
   *
   * @param lateClose how a closing time of 23:59 or later is read
   */
  public static WeeklyHours of(Collection<OpeningInterval> intervals, LateClose lateClose) {
    long[] starts = new long[intervals.size()];
    int count = 0;
    for (OpeningInterval given : intervals) {
      OpeningInterval interval = lateClose.read(given);
      // A start and a length of at most a day, in seconds, in the order of the starts.
      starts[count++] = ((long) interval.startOfWeekSecond() << 20) | interval.seconds();
    }
    Arrays.sort(starts);
    return new WeeklyHours(joined(starts));
  }

  /**
   * Returns the spans of packed starts and lengths; those of one day that overlap or touch are one.
   */
  private static long[] joined(long[] packed) {
    long[] spans = new long[2 * packed.length];
    int size = 0;
    for (long one : packed) {
      long start = (one >> 20) * Micros.SECOND;
      long end = start + (one & 0xFFFFF) * Micros.SECOND;
      boolean isSameDay = size > 0 && spans[size - 2] / Micros.DAY == start / Micros.DAY;
      if (isSameDay && start <= spans[size - 1]) {
        spans[size - 1] = Math.max(spans[size - 1], end);
      } else {
        spans[size++] = start;
        spans[size++] = end;
      }
    }
    return size == spans.length ? spans : Arrays.copyOf(spans, size);
  }

  /** Returns intervals of one day in microseconds after its midnight. */
  static SpanSet ofDay(Collection<OpeningInterval> intervals, LateClose lateClose) {
    return SpanSet.of(
        intervals.stream()
            .map(lateClose::read)
            .map(interval -> span(interval.opens(), interval.seconds()))
            .toList());
  }

  private static Span span(int opens, int seconds) {
    return new Span(opens * Micros.SECOND, (opens + seconds) * Micros.SECOND);
  }

  /** Returns whether the store never closes. */
  public boolean isAlways() {
    return openInWeek.equals(ALWAYS.openInWeek);
  }

  /** Returns whether all that begins on a day ends by the midnight after it. */
  boolean endsByMidnight() {
    for (int i = 0; i < spans.length; i += 2) {
      if (Math.floorDiv(spans[i], Micros.DAY) * Micros.DAY + Micros.DAY < spans[i + 1]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns what begins on a day, in microseconds after its midnight; it may go on after the next.
   */
  SpanSet on(DayOfWeek day) {
    long midnight = (day.getValue() - 1) * Micros.DAY;
    SpanSet.Builder own = new SpanSet.Builder(1);
    for (int i = 0; i < spans.length; i += 2) {
      if (spans[i] / Micros.DAY == day.getValue() - 1) {
        own.add(spans[i] - midnight, spans[i + 1] - midnight);
      }
    }
    return own.build();
  }

  /** Returns the instants of a period, on the clocks of a zone, at which the store is open. */
  SpanSet open(ZoneOffsets clocks) {
    SpanSet.Builder open = new SpanSet.Builder(2 * openInWeek.size() + clocks.size());
    for (int i = 0; i < clocks.size(); i++) {
      addOpen(open, clocks.start(i), clocks.end(i), clocks.offset(i));
    }
    return open.build();
  }

  /**
   * Adds the open instants of {@code [from, to)}, during which the wall clock is a fixed offset
   * ahead of UTC. No local time is resolved to an instant, so the gaps and overlaps of a wall clock
   * need no rule.
   */
  private void addOpen(SpanSet.Builder open, long from, long to, long offset) {
    long week = Math.floorDiv(from + offset - FIRST_MONDAY, WEEK) * WEEK + FIRST_MONDAY - offset;
    for (; week < to; week += WEEK) {
      for (int i = 0; i < openInWeek.size(); i++) {
        open.add(
            Math.max(from, week + openInWeek.start(i)), Math.min(to, week + openInWeek.end(i)));
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WeeklyHours hours && Arrays.equals(spans, hours.spans);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(spans);
  }
}
