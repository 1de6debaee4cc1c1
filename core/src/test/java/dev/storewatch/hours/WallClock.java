package dev.storewatch.hours;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.joda.time.DateTimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The definition of open, asked of the wall clock one instant at a time: slow, and without any code
 * of the product in it. The offsets come from Joda-Time, which has a table of its own.
 *
 * @param zone whose wall clock is looked at
 * @param hours the intervals; null for a store that never closes
 */
public record WallClock(DateTimeZone zone, @Nullable List<OpeningInterval> hours) {
  private static final long SECOND = 1_000_000;

  /** The wall clock of an IANA zone. */
  public static WallClock of(String zone, @Nullable List<OpeningInterval> hours) {
    return new WallClock(DateTimeZone.forID(zone), hours);
  }

  /** Returns whether the wall clock shows an open time at an instant. */
  public boolean isOpen(long instant) {
    LocalDateTime shown =
        LocalDateTime.ofInstant(toInstant(instant + offset(instant)), ZoneOffset.UTC);
    return hours == null || hours.stream().anyMatch(interval -> isInside(interval, shown));
  }

  private long offset(long instant) {
    return zone.getOffset(Math.floorDiv(instant, 1_000)) * 1_000L;
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
      long shown = (date.toEpochDay() * 86_400 + second) * SECOND;
      // The offsets of the days around are all that there can be.
      LongStream.of(shown - 86_400 * SECOND, shown, shown + 86_400 * SECOND)
          .map(near -> shown - offset(near))
          .forEach(edges::add);
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
    long millis = Math.floorDiv(from, 1_000) - 1;
    long change = zone.nextTransition(millis);
    while (change != millis && change * 1_000 <= to) {
      edges.add(change * 1_000);
      millis = change;
      change = zone.nextTransition(millis);
    }
  }

  private static Instant toInstant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
