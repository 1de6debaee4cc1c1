package dev.storewatch.poll;

import java.util.HashMap;
import java.util.Map;

/**
 * Which stores got polls in a transaction, and for each the earliest instant at which a poll was
 * added or replaced: what was made of earlier polls alone still holds.
 */
public final class WrittenPolls {
  private final Map<Integer, Long> earliest = new HashMap<>();

  WrittenPolls() {}

  /** Takes the store and the instant of polls that are new or have another status now. */
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

  /** Gives each store with the earliest instant. */
  public void forEach(Receiver receiver) {
    earliest.forEach(receiver::take);
  }
}
