package dev.storewatch.poll;

import dev.storewatch.interval.Span;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.util.OptionalLong;

/** Polls to be read by time and store: those of now, or those known at a revision. */
public interface PollScan {
  /**
   * Returns the instant of the newest poll of all stores that is not after an instant, if there is
   * any. It is as quick as the newest of all while no poll is after the instant; else it is
   * searched.
   *
   * @param notAfter microseconds since the epoch
   */
  OptionalLong newest(long notAfter);

  /**
   * Returns the instant of the newest poll of the stores of a scope that is not after an instant,
   * if there is any: what others were polled at is not told to whoever may not see them.
   *
   * @param notAfter microseconds since the epoch
   */
  default OptionalLong newest(Registry registry, Scope scope, long notAfter) {
    return new NewestInScope(this, registry, scope).find(notAfter);
  }

  /**
   * Returns how many polls there are in a period: never too few, and somewhat more where the exact
   * number would take long to find.
   */
  long countRoughly(Span period);

  /**
   * Passes on every poll in a period of the stores with keys from {@code firstKey} to {@code
   * lastKey}.
   */
  void scan(Span period, int firstKey, int lastKey, Polls.Receiver receiver);

  /**
   * Passes on every poll in a period of some stores, which are few: their keys become part of a
   * query.
   */
  default void scan(Span period, int[] keys, Polls.Receiver receiver) {
    for (int key : keys) {
      scan(period, key, key, receiver);
    }
  }

  /**
   * Shows the polls of a period of some stores where they are, if they lie together and in order.
   *
   * @param into gets them, if so
   * @return whether they do; else they have to be scanned
   */
  default boolean show(Span period, int firstKey, int lastKey, GroupedPolls into) {
    return false;
  }

  /** Returns how many polls are best scanned at a time, by a range of stores. */
  int scanSize();
}
