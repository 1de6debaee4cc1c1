package dev.storewatch.dashboard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What was made for those who asked last; what was asked for the longest ago goes when there is
 * more. Threads that ask for the same at once may make it more than once.
 */
final class LastAsked<K, V> {
  private final int most;
  private final Map<K, V> kept;

  /**
   * Nothing yet.
   *
   * @param most how much is kept
   */
  LastAsked(int most) {
    this.most = most;
    this.kept = new LinkedHashMap<>(most, 0.75f, true);
  }

  /** Returns what is kept, if it is still good; else it is made. */
  V get(K key, Predicate<? super V> isGood, Supplier<? extends V> making) {
    Optional<V> known = find(key).filter(isGood);
    if (known.isPresent()) {
      return known.get();
    }
    V made = making.get();
    keep(key, made);
    return made;
  }

  /** Returns what is kept, good or not. */
  synchronized Optional<V> find(K key) {
    return Optional.ofNullable(kept.get(key));
  }

  private synchronized void keep(K key, V made) {
    kept.put(key, made);
    if (kept.size() > most) {
      kept.remove(kept.keySet().iterator().next());
    }
  }

  /** Returns what is kept, the one that was asked for the longest ago first. */
  synchronized List<K> keys() {
    return List.copyOf(kept.keySet());
  }
}
