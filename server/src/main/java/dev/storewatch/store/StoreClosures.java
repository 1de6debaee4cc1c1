package dev.storewatch.store;

import dev.storewatch.hours.Closure;
import dev.storewatch.hours.Closures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The planned closures of all stores, and which of them are those of a store. */
final class StoreClosures {
  private final List<PlannedClosure> all;
  private final List<Closure> ofAll;
  private final Map<String, List<Closure>> byTag;
  private final Map<Integer, List<Closure>> byStore;

  /** What was put together for each store; null as long as nobody asked. */
  private final @Nullable Closures[] known;

  /**
   * The closures of a fleet.
   *
   * @param keys one more than the largest key of a store
   */
  StoreClosures(List<PlannedClosure> all, int keys) {
    this.all = List.copyOf(all);
    this.ofAll =
        all.stream()
            .filter(planned -> planned.target().isAll())
            .map(PlannedClosure::closure)
            .toList();
    this.byTag = grouped(all, Target::tag);
    this.byStore = grouped(all, Target::storeKey);
    this.known = new Closures[all.isEmpty() ? 0 : keys];
  }

  private static <K> Map<K, List<Closure>> grouped(
      List<PlannedClosure> all, Function<Target, @Nullable K> by) {
    Map<K, List<Closure>> groups = new HashMap<>();
    for (PlannedClosure planned : all) {
      K group = by.apply(planned.target());
      if (group != null) {
        groups.computeIfAbsent(group, first -> new ArrayList<>()).add(planned.closure());
      }
    }
    return groups;
  }

  List<PlannedClosure> all() {
    return all;
  }

  /** Returns those of a store; two threads that ask at once come to equal results. */
  Closures of(int key, Set<String> tags) {
    if (all.isEmpty()) {
      return Closures.NONE;
    }
    Closures own = known[key];
    if (own == null) {
      List<Closure> found = new ArrayList<>(ofAll);
      tags.forEach(tag -> found.addAll(byTag.getOrDefault(tag, List.of())));
      found.addAll(byStore.getOrDefault(key, List.of()));
      own = Closures.of(found);
      known[key] = own;
    }
    return own;
  }
}
