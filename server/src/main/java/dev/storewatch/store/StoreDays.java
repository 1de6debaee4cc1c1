package dev.storewatch.store;

import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.SpecialDay;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The special days of all stores, and which of them are those of a store.
 *
 * <p>For one date, what is said of a store itself holds, else what is said of its tags, else what
 * is said of all stores. What is said more than once in one of these ways adds up: intervals are a
 * set.
 */
final class StoreDays {
  private final ByTarget<PlannedDay> entries;

  StoreDays(List<PlannedDay> all) {
    this.entries = new ByTarget<>(all);
  }

  List<PlannedDay> all() {
    return entries.all();
  }

  /** Returns whether a store has any. */
  boolean has(int key, Set<String> tags) {
    return entries.has(key, tags);
  }

  /** Returns whether a store has the same ones in others, where it has the same tags. */
  boolean isAsIn(StoreDays other, int key, Set<String> tags) {
    return entries.isAsIn(other.entries, key, tags);
  }

  /** Returns those of a store, one for each date. */
  Collection<SpecialDay> of(int key, Set<String> tags, LateClose lateClose) {
    Map<LocalDate, SpecialDay> days = new TreeMap<>();
    days.putAll(byDate(entries.ofAll(), lateClose, SpecialDay.Of.ALL));
    days.putAll(byDate(entries.ofTags(tags), lateClose, SpecialDay.Of.TAG));
    days.putAll(byDate(entries.ofStore(key), lateClose, SpecialDay.Of.STORE));
    return days.values();
  }

  private static Map<LocalDate, SpecialDay> byDate(
      Stream<PlannedDay> days, LateClose lateClose, SpecialDay.Of of) {
    Map<LocalDate, SpecialDay> found = new HashMap<>();
    days.collect(Collectors.groupingBy(PlannedDay::date))
        .forEach((date, same) -> found.put(date, together(date, same, lateClose, of)));
    return found;
  }

  private static SpecialDay together(
      LocalDate date, List<PlannedDay> same, LateClose lateClose, SpecialDay.Of of) {
    List<OpeningInterval> hours = same.stream().flatMap(day -> day.hours().stream()).toList();
    String labels =
        same.stream()
            .map(PlannedDay::label)
            .flatMap(Stream::ofNullable)
            .distinct()
            .collect(Collectors.joining("; "));
    return SpecialDay.of(date, hours, lateClose, labels.isEmpty() ? null : labels, of);
  }
}
