package dev.storewatch.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Entries of one kind, found by the stores that they are of. */
final class ByTarget<E extends CalendarEntry> {
  private final List<E> all;
  private final List<E> ofAll;
  private final Map<String, List<E>> byTag;
  private final Map<Integer, List<E>> byStore;

  ByTarget(List<E> all) {
    this.all = List.copyOf(all);
    this.ofAll = all.stream().filter(entry -> entry.target().isAll()).toList();
    this.byTag = grouped(all, Target::tag);
    this.byStore = grouped(all, Target::storeKey);
  }

  private static <K, E extends CalendarEntry> Map<K, List<E>> grouped(
      List<E> all, Function<Target, @Nullable K> by) {
    Map<K, List<E>> groups = new HashMap<>();
    for (E entry : all) {
      K group = by.apply(entry.target());
      if (group != null) {
        groups.computeIfAbsent(group, first -> new ArrayList<>()).add(entry);
      }
    }
    return groups;
  }

  /** Returns all entries, in the order in which they were entered. */
  List<E> all() {
    return all;
  }

  /** Returns those that are of all stores. */
  Stream<E> ofAll() {
    return ofAll.stream();
  }

  /** Returns those that are of the stores with any of some tags. */
  Stream<E> ofTags(Set<String> tags) {
    return tags.stream().flatMap(tag -> byTag.getOrDefault(tag, List.of()).stream());
  }

  /** Returns those that are of one store itself. */
  Stream<E> ofStore(int key) {
    return byStore.getOrDefault(key, List.of()).stream();
  }

  /** Returns whether any is of a store with some tags. */
  boolean has(int key, Set<String> tags) {
    return !all.isEmpty()
        && (!ofAll.isEmpty()
            || byStore.containsKey(key)
            || tags.stream().anyMatch(byTag::containsKey));
  }

  /** Returns whether a store has the same ones in other entries, where it has the same tags. */
  boolean isAsIn(ByTarget<E> other, int key, Set<String> tags) {
    return ofAll.equals(other.ofAll)
        && Objects.equals(byStore.get(key), other.byStore.get(key))
        && tags.stream().allMatch(tag -> Objects.equals(byTag.get(tag), other.byTag.get(tag)));
  }
}
