package dev.storewatch.revision;

import dev.storewatch.interval.Span;
import org.jspecify.annotations.Nullable;

/**
 * A change of one kind.
 *
 * @param kind what was changed
 * @param stores the stores whose figures may differ; null for all
 * @param time the time whose figures may differ
 * @param count how many polls, stores or entries were changed
 */
public record Change(Kind kind, @Nullable StoreSet stores, Span time, long count) {
  /** All time. */
  public static final Span ALWAYS = new Span(Long.MIN_VALUE / 4, Long.MAX_VALUE / 4);

  /** Returns one change that is both. */
  Change and(Change other) {
    return new Change(
        kind,
        both(stores, other.stores),
        new Span(
            Math.min(time.start(), other.time.start()), Math.max(time.end(), other.time.end())),
        count + other.count);
  }

  private static @Nullable StoreSet both(@Nullable StoreSet one, @Nullable StoreSet other) {
    if (one == null || other == null) {
      return null;
    }
    StoreSet all = new StoreSet();
    all.addAll(one);
    all.addAll(other);
    return all;
  }

  /** Returns whether figures of a time may differ. */
  public boolean touches(Span period) {
    return time.overlaps(period);
  }

  /** Returns whether figures of some stores may differ; null for all stores. */
  public boolean touches(@Nullable StoreSet some) {
    if (some == null) {
      return true;
    }
    return stores == null ? !some.isEmpty() : stores.meets(some);
  }
}
