package dev.storewatch.calendar;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.Closure;
import dev.storewatch.hours.Closures;
import dev.storewatch.hours.DatedHours;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.store.PlannedClosure;
import dev.storewatch.store.PlannedDay;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Target;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What a special day or a planned closure would change: the open time of each of fourteen days,
 * before and after.
 *
 * @param stores how many stores it is of
 * @param unit the unit of all lengths of time
 * @param days the days, with the times of all of these stores together
 * @param examples the first of the stores by id, with their own days
 */
public record CalendarPreview(
    int stores,
    @Schema(allowableValues = "seconds") String unit,
    List<Day> days,
    List<StoreDays> examples) {
  private static final int DAYS = 14;
  private static final int MOST_EXAMPLES = 100;

  /**
   * A date on the clocks of each store.
   *
   * @param openBefore the time in which the store should be online as it is
   * @param openAfter the same with the closure
   */
  public record Day(LocalDate date, double openBefore, double openAfter) {}

  /** The days of a store. */
  public record StoreDays(String storeId, List<Day> days) {}

  /**
   * Returns the preview of a closure. Its days begin on the first date of the closure, or today if
   * it repeats since an earlier one.
   */
  static CalendarPreview of(Registry registry, PlannedClosure planned, Instant now) {
    return of(
        registry,
        planned.target(),
        first(planned.closure(), LocalDate.ofInstant(now, ZoneOffset.UTC)),
        (key, schedule) -> with(schedule, planned.closure()));
  }

  /** Returns the preview of a special day; its days begin on the date before. */
  static CalendarPreview of(Registry registry, PlannedDay day) {
    IntFunction<DatedHours> hours = registry.hoursWith(day);
    return of(
        registry,
        day.target(),
        day.date().minusDays(1),
        (key, schedule) -> new Schedule(hours.apply(key), schedule.zone(), schedule.closures()));
  }

  /** What becomes of the schedule of a store. */
  private interface Change {
    Schedule of(int key, Schedule schedule);
  }

  private static CalendarPreview of(
      Registry registry, Target target, LocalDate first, Change change) {
    Fortnight dates = new Fortnight(first);
    int[] keys = target.keys(registry).toArray();
    long[] before = new long[DAYS];
    long[] after = new long[DAYS];
    List<StoreDays> examples = new ArrayList<>();
    for (int key : keys) {
      Schedule schedule = registry.schedule(key, LateClose.AS_GIVEN);
      long[] had = dates.open(schedule);
      long[] gets = dates.open(change.of(key, schedule));
      for (int day = 0; day < DAYS; day++) {
        before[day] += had[day];
        after[day] += gets[day];
      }
      if (examples.size() < MOST_EXAMPLES) {
        examples.add(new StoreDays(registry.id(key), days(first, had, gets)));
      }
    }
    return new CalendarPreview(keys.length, "seconds", days(first, before, after), examples);
  }

  private static LocalDate first(Closure closure, LocalDate today) {
    return switch (closure) {
      case Closure.Fixed fixed ->
          LocalDate.ofInstant(Micros.toInstant(fixed.span().start()), ZoneOffset.UTC).minusDays(1);
      case Closure.Local local -> {
        LocalDate start = local.from().toLocalDate();
        boolean goesOn = local.repeat() != Closure.Repeat.ONCE && start.isBefore(today);
        yield goesOn ? today : start;
      }
    };
  }

  private static Schedule with(Schedule schedule, Closure closure) {
    List<Closure> all = new ArrayList<>(schedule.closures().all());
    all.add(closure);
    return new Schedule(schedule.hours(), schedule.zone(), Closures.of(all));
  }

  private static List<Day> days(LocalDate first, long[] before, long[] after) {
    return IntStream.range(0, DAYS)
        .mapToObj(
            day ->
                new Day(
                    first.plusDays(day),
                    (double) before[day] / Micros.SECOND,
                    (double) after[day] / Micros.SECOND))
        .toList();
  }

  /** Fourteen dates on the clocks of each zone. */
  private static final class Fortnight {
    private final LocalDate first;
    private final Map<Zone, long[]> midnights = new HashMap<>();
    private final Map<Zone, Clocks> clocks = new HashMap<>();

    Fortnight(LocalDate first) {
      this.first = first;
    }

    /** Returns how long a store should be online on each date, in microseconds. */
    long[] open(Schedule schedule) {
      long[] edges = midnights.computeIfAbsent(schedule.zone(), this::edges);
      Clocks period =
          clocks.computeIfAbsent(
              schedule.zone(), zone -> new Clocks(new Span(edges[0], edges[DAYS])));
      SpanSet open = schedule.inHours(period);
      long[] times = new long[DAYS];
      for (int day = 0; day < DAYS; day++) {
        times[day] = open.intersection(new Span(edges[day], edges[day + 1])).length();
      }
      return times;
    }

    private long[] edges(Zone zone) {
      return IntStream.rangeClosed(0, DAYS)
          .mapToLong(day -> zone.resolve(first.plusDays(day).atStartOfDay()))
          .toArray();
    }
  }
}
