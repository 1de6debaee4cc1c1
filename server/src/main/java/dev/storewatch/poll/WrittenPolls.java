package dev.storewatch.poll;

import java.util.HashMap;
import java.util.Map;

/**
 * Which stores got polls in a transaction or lost some, and for each the earliest instant at which
 * a poll was added, replaced or deleted: what was computed from earlier polls only is still valid.
 */
public final class WrittenPolls {
  private final Map<Integer, Long> earliest = new HashMap<>();

  WrittenPolls() {}

  /** Whoever receives the stores whose polls are new, have another status now, or are gone. */
  public interface Receiver {
    /**
     * Called for each store, in no particular order.
     *
     * @param store its key
     * @param from the earliest instant, in microseconds since the epoch
     */
    void take(int store, long from);
  }

  void see(int store, long at) {
    earliest.merge(store, at, Math::min);
  }

  boolean isEmpty() {
    return earliest.isEmpty();
  }

  /** Returns how many stores there are. */
  public int size() {
    return earliest.size();
  }

  /** Passes on each store with its earliest instant. */
  public void forEach(Receiver receiver) {
    earliest.forEach(receiver::take);
  }
}
