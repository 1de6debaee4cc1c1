package dev.storewatch.store;

import dev.storewatch.hours.Closures;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The planned closures of all stores, and which of them are those of a store. */
final class StoreClosures {
  private final ByTarget<PlannedClosure> entries;

  /** What was put together for each store; null as long as nobody asked. */
  private final @Nullable Closures[] known;

  /**
   * The closures of a fleet.
   *
   * @param keys one more than the largest key of a store
   */
  StoreClosures(List<PlannedClosure> all, int keys) {
    this.entries = new ByTarget<>(all);
    this.known = new Closures[all.isEmpty() ? 0 : keys];
  }

  List<PlannedClosure> all() {
    return entries.all();
  }

  /** Returns those of a store; two threads that ask at once come to equal results. */
  Closures of(int key, Set<String> tags) {
    if (entries.all().isEmpty()) {
      return Closures.NONE;
    }
    Closures own = known[key];
    if (own == null) {
      own =
          Closures.of(
              Stream.of(entries.ofAll(), entries.ofTags(tags), entries.ofStore(key))
                  .flatMap(found -> found)
                  .map(PlannedClosure::closure)
                  .toList());
      known[key] = own;
    }
    return own;
  }
}
