package dev.storewatch.hours;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  private static final WeeklyHours ALWAYS =
      new WeeklyHours(Collections.nCopies(7, SpanSet.of(new Span(0, Micros.DAY))));

  /**
   * What begins on each day, from Monday on, in microseconds after its midnight: the nights of two
   * stores may be open at the same times and yet belong to other days.
   */
  private final List<SpanSet> days;

  /** Microseconds after Monday 00:00 of the wall clock. */
  private final SpanSet openInWeek;

  private WeeklyHours(List<SpanSet> days) {
    this.days = List.copyOf(days);
    this.openInWeek =
        SpanSet.of(
            IntStream.range(0, 7)
                .boxed()
                .flatMap(day -> days.get(day).spans().stream().flatMap(s -> inWeek(day, s)))
                .toList());
  }

  /** Returns a span of a day as spans of one week, in two when it goes from Sunday to Monday. */
  private static Stream<Span> inWeek(int day, Span span) {
    long start = day * Micros.DAY + span.start();
    long end = day * Micros.DAY + span.end();
    return end <= WEEK
        ? Stream.of(new Span(start, end))
        : Stream.of(new Span(start, WEEK), new Span(0, end - WEEK));
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
    Map<DayOfWeek, List<OpeningInterval>> byDay =
        intervals.stream().collect(Collectors.groupingBy(OpeningInterval::day));
    return new WeeklyHours(
        Arrays.stream(DayOfWeek.values())
            .map(day -> ofDay(byDay.getOrDefault(day, List.of()), lateClose))
            .toList());
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

  /**
   * Returns what begins on a day, in microseconds after its midnight; it may go on after the next.
   */
  SpanSet on(DayOfWeek day) {
    return days.get(day.getValue() - 1);
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
    return other instanceof WeeklyHours hours && days.equals(hours.days);
  }

  @Override
  public int hashCode() {
    return days.hashCode();
  }
}
