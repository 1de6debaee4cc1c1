package dev.storewatch.hours;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of when a store should be online, as a question gives it to the product and to
 * the definition.
 *
 * @param weekly its intervals from the beginning of time; null for a store that never closes
 * @param later its intervals by the date from which they hold
 * @param special the intervals of special days, whatever their weekday
 * @param closures its planned closures, in any order
 */
public record Plan(
    @Nullable List<OpeningInterval> weekly,
    NavigableMap<LocalDate, List<OpeningInterval>> later,
    SortedMap<LocalDate, List<OpeningInterval>> special,
    List<Closure> closures) {
  /** Hours that are the same every week. */
  public static Plan of(@Nullable List<OpeningInterval> weekly) {
    return new Plan(weekly, new TreeMap<>(), new TreeMap<>(), List.of());
  }

  /** Returns the schedule of it, as the product understands it. */
  public Schedule schedule(Zone zone) {
    return new Schedule(hours(), zone, Closures.of(closures));
  }

  private DatedHours hours() {
    Map<LocalDate, WeeklyHours> all = new HashMap<>();
    if (weekly != null) {
      all.put(LocalDate.MIN, WeeklyHours.of(weekly));
    }
    later.forEach((from, intervals) -> all.put(from, WeeklyHours.of(intervals)));
    return DatedHours.of(
        all,
        special.entrySet().stream()
            .map(
                day ->
                    SpecialDay.of(
                        day.getKey(),
                        day.getValue(),
                        LateClose.AS_GIVEN,
                        null,
                        SpecialDay.Of.STORE))
            .toList());
  }

  /** Returns the intervals that begin on a date, whatever their weekday; null for the whole day. */
  @Nullable List<OpeningInterval> on(LocalDate date) {
    List<OpeningInterval> own = special.get(date);
    if (own != null) {
      return own;
    }
    Map.Entry<LocalDate, List<OpeningInterval>> held = later.floorEntry(date);
    List<OpeningInterval> week = held == null ? weekly : held.getValue();
    return week == null
        ? null
        : week.stream().filter(interval -> interval.day() == date.getDayOfWeek()).toList();
  }

  /** Returns all intervals. */
  Stream<OpeningInterval> intervals() {
    return Stream.of(Stream.ofNullable(weekly), later.values().stream(), special.values().stream())
        .flatMap(lists -> lists)
        .flatMap(List::stream);
  }
}
