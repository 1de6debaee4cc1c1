package dev.storewatch.store;

import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.SpecialDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The special days of all stores, and which of them are those of a store.
 *
 * <p>For one date, what is said of a store itself holds, else what is said of its tags, else what
 * is said of all stores. What is said more than once in one of these ways adds up: intervals are a
 * set.
 */
final class StoreDays {
  private final List<PlannedDay> all;
  private final List<PlannedDay> ofAll;
  private final Map<String, List<PlannedDay>> byTag;
  private final Map<Integer, List<PlannedDay>> byStore;

  StoreDays(List<PlannedDay> all) {
    this.all = List.copyOf(all);
    this.ofAll = all.stream().filter(day -> day.target().isAll()).toList();
    this.byTag = grouped(all, Target::tag);
    this.byStore = grouped(all, Target::storeKey);
  }

  private static <K> Map<K, List<PlannedDay>> grouped(
      List<PlannedDay> all, Function<Target, @Nullable K> by) {
    Map<K, List<PlannedDay>> groups = new HashMap<>();
    for (PlannedDay day : all) {
      K group = by.apply(day.target());
      if (group != null) {
        groups.computeIfAbsent(group, first -> new ArrayList<>()).add(day);
      }
    }
    return groups;
  }

  List<PlannedDay> all() {
    return all;
  }

  /** Returns whether a store has any. */
  boolean has(int key, Set<String> tags) {
    return !all.isEmpty()
        && (!ofAll.isEmpty()
            || byStore.containsKey(key)
            || tags.stream().anyMatch(byTag::containsKey));
  }

  /** Returns those of a store, one for each date. */
  Collection<SpecialDay> of(int key, Set<String> tags, LateClose lateClose) {
    Map<LocalDate, SpecialDay> days = new TreeMap<>();
    days.putAll(byDate(ofAll.stream(), lateClose));
    days.putAll(
        byDate(
            tags.stream().flatMap(tag -> byTag.getOrDefault(tag, List.of()).stream()), lateClose));
    days.putAll(byDate(byStore.getOrDefault(key, List.of()).stream(), lateClose));
    return days.values();
  }

  private static Map<LocalDate, SpecialDay> byDate(Stream<PlannedDay> days, LateClose lateClose) {
    Map<LocalDate, SpecialDay> found = new HashMap<>();
    days.collect(Collectors.groupingBy(PlannedDay::date))
        .forEach((date, same) -> found.put(date, together(date, same, lateClose)));
    return found;
  }

  private static SpecialDay together(LocalDate date, List<PlannedDay> same, LateClose lateClose) {
    if (same.size() == 1) {
      return same.getFirst().special(lateClose);
    }
    List<OpeningInterval> hours = same.stream().flatMap(day -> day.hours().stream()).toList();
    String labels =
        same.stream()
            .map(PlannedDay::label)
            .flatMap(Stream::ofNullable)
            .distinct()
            .collect(Collectors.joining("; "));
    return SpecialDay.of(date, hours, lateClose, labels.isEmpty() ? null : labels);
  }
}
