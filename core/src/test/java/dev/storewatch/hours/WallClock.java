package dev.storewatch.hours;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The definition of open, asked of the wall clock one instant at a time: slow, and without any code
 * of the product in it.
 *
 * @param zone whose wall clock is looked at
 * @param hours the intervals; null for a store that never closes
 */
public record WallClock(ZoneId zone, @Nullable List<OpeningInterval> hours) {
  /** Returns whether the wall clock shows an open time at an instant. */
  public boolean isOpen(long instant) {
    LocalDateTime shown = LocalDateTime.ofInstant(toInstant(instant), zone);
    return hours == null || hours.stream().anyMatch(interval -> isInside(interval, shown));
  }

  private static boolean isInside(OpeningInterval interval, LocalDateTime shown) {
    DayOfWeek day = shown.getDayOfWeek();
    int second = shown.toLocalTime().toSecondOfDay();
    boolean afterOpening = day == interval.day() && second >= interval.opens();
    if (interval.opens() < interval.closes()) {
      return afterOpening && second < interval.closes();
    }
    return afterOpening || (day == interval.day().plus(1) && second < interval.closes());
  }

  /**
   * Returns all instants of {@code [from, to]} at which the store may open or close, and others at
   * which it does not.
   */
  public NavigableSet<Long> edges(long from, long to) {
    NavigableSet<Long> edges = new TreeSet<>();
    LocalDate last = LocalDate.ofInstant(toInstant(to), ZoneOffset.UTC).plusDays(2);
    LocalDate date = LocalDate.ofInstant(toInstant(from), ZoneOffset.UTC).minusDays(2);
    for (; date.isBefore(last); date = date.plusDays(1)) {
      addTimesOfDay(date, edges);
    }
    addClockChanges(from, to, edges);
    return new TreeSet<>(edges.subSet(from, true, to, true));
  }

  private void addTimesOfDay(LocalDate date, NavigableSet<Long> edges) {
    for (int second : timesOfDay()) {
      LocalDateTime shown = date.atStartOfDay().plusSeconds(second);
      for (ZoneOffset offset : zone.getRules().getValidOffsets(shown)) {
        edges.add(toMicros(shown.toInstant(offset)));
      }
    }
  }

  private int[] timesOfDay() {
    return hours == null
        ? new int[0]
        : hours.stream()
            .flatMapToInt(interval -> IntStream.of(interval.opens(), interval.closes()))
            .distinct()
            .toArray();
  }

  private void addClockChanges(long from, long to, NavigableSet<Long> edges) {
    ZoneOffsetTransition change = zone.getRules().nextTransition(toInstant(from - 1));
    while (change != null && toMicros(change.getInstant()) <= to) {
      edges.add(toMicros(change.getInstant()));
      change = zone.getRules().nextTransition(change.getInstant());
    }
  }

  private static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  private static long toMicros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }
}
