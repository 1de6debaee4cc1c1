package dev.storewatch.hours;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.joda.time.DateTimeZone;
import org.jspecify.annotations.Nullable;

/**
 * The definition of open and closed, asked of the wall clock one instant at a time: slow, and
 * without any code of the product in it. The offsets come from Joda-Time, which has a table of its
 * own.
 *
 * @param zone whose wall clock is looked at
 * @param plan when the store should be online
 */
public record WallClock(DateTimeZone zone, Plan plan) {
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  /** The wall clock of an IANA zone. */
  public static WallClock of(String zone, @Nullable List<OpeningInterval> hours) {
    return of(zone, Plan.of(hours));
  }

  /** The wall clock of an IANA zone. */
  public static WallClock of(String zone, Plan plan) {
    return new WallClock(DateTimeZone.forID(zone), plan);
  }

  /** Returns whether the wall clock shows an open time at an instant, in a closure or not. */
  public boolean isOpen(long instant) {
    LocalDateTime shown = shown(instant);
    return IntStream.of(0, 1, 2)
        .mapToObj(shown.toLocalDate()::minusDays)
        .anyMatch(date -> isInside(date, shown));
  }

  private LocalDateTime shown(long instant) {
    return LocalDateTime.ofInstant(toInstant(instant + offset(instant)), ZoneOffset.UTC);
  }

  /**
   * Returns the date on which what is open at an instant began, the earlier of two; null if closed.
   */
  public @Nullable LocalDate began(long instant) {
    LocalDateTime shown = shown(instant);
    return Stream.of(2, 1, 0)
        .map(shown.toLocalDate()::minusDays)
        .filter(date -> isInside(date, shown))
        .findFirst()
        .orElse(null);
  }

  /** Returns whether the clocks change within two days of an instant. */
  public boolean changesNear(long instant) {
    return offset(instant - 2 * DAY) != offset(instant)
        || offset(instant + 2 * DAY) != offset(instant);
  }

  /**
   * Returns the first instant from which on the clock never shows a time before the end of the
   * night into a date, or before its midnight.
   */
  public long dayStart(LocalDate date) {
    LocalDateTime end = date.atStartOfDay().plusSeconds(secondsOfNight(date));
    long near = ChronoUnit.MICROS.between(Instant.EPOCH, end.toInstant(ZoneOffset.UTC));
    long start = Long.MAX_VALUE;
    for (long edge : edges(near - 3 * DAY, near + 3 * DAY).descendingSet()) {
      if (shown(edge).isBefore(end)) {
        return start;
      }
      start = edge;
    }
    throw new AssertionError("no time before " + end);
  }

  private int secondsOfNight(LocalDate date) {
    List<OpeningInterval> before = plan.on(date.minusDays(1));
    return before == null
        ? 0
        : before.stream()
            .filter(interval -> interval.closes() <= interval.opens())
            .mapToInt(OpeningInterval::closes)
            .max()
            .orElse(0);
  }

  /** Returns whether an interval that begins on a date holds at what the wall clock shows. */
  private boolean isInside(LocalDate date, LocalDateTime shown) {
    long second = Math.floorDiv(ChronoUnit.MICROS.between(date.atStartOfDay(), shown), SECOND);
    List<OpeningInterval> intervals = plan.on(date);
    return intervals == null
        ? second < 86_400
        : intervals.stream()
            .anyMatch(
                interval ->
                    interval.opens() <= second
                        && second
                            < (interval.closes() > interval.opens()
                                ? interval.closes()
                                : interval.closes() + 86_400));
  }

  /** Returns the start and the end of all closures that start before an instant. */
  public List<long[]> closures(long before) {
    return plan.closures().stream().flatMap(closure -> ends(closure, before).stream()).toList();
  }

  /** Returns the starts and ends of a closure that start before an instant. */
  private List<long[]> ends(Closure closure, long before) {
    return switch (closure) {
      case Closure.Fixed fixed -> List.of(new long[] {fixed.span().start(), fixed.span().end()});
      case Closure.Local local -> ends(local, before);
    };
  }

  private List<long[]> ends(Closure.Local closure, long before) {
    List<long[]> all = new ArrayList<>();
    LocalDateTime from = closure.from();
    LocalDateTime to = closure.to();
    for (int number = 1; all.isEmpty() || first(from) < before; number++) {
      boolean ended = closure.until() != null && from.toLocalDate().isAfter(closure.until());
      if (ended) {
        return all;
      }
      all.add(new long[] {first(from), first(to)});
      switch (closure.repeat()) {
        case ONCE -> {
          return all;
        }
        case WEEKLY -> {
          from = closure.from().plusDays(7L * number);
          to = closure.to().plusDays(7L * number);
        }
        case YEARLY -> {
          from = closure.from().plusYears(number);
          to = closure.to().plusYears(number);
        }
      }
    }
    return all;
  }

  /** Returns the first instant at which the wall clock shows a local time, or a later one. */
  private long first(LocalDateTime local) {
    long wanted = ChronoUnit.MICROS.between(Instant.EPOCH, local.toInstant(ZoneOffset.UTC));
    NavigableSet<Long> candidates = new TreeSet<>();
    addClockChanges(wanted - 3 * DAY, wanted + 3 * DAY, candidates);
    LongStream.of(wanted - 2 * DAY, wanted, wanted + 2 * DAY)
        .map(near -> wanted - offset(near))
        .forEach(candidates::add);
    return candidates.stream()
        .filter(instant -> instant + offset(instant) >= wanted)
        .findFirst()
        .orElseThrow();
  }

  private long offset(long instant) {
    return zone.getOffset(Math.floorDiv(instant, 1_000)) * 1_000L;
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
    closures(to)
        .forEach(
            ends -> {
              edges.add(ends[0]);
              edges.add(ends[1]);
            });
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
    return IntStream.concat(
            IntStream.of(0),
            plan.intervals()
                .flatMapToInt(interval -> IntStream.of(interval.opens(), interval.closes())))
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
