package dev.storewatch.cli;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The first ones of many things by some order, of which no more are kept than are wanted.
 *
 * @param <T> what they are
 */
final class Foremost<T> {
  private final int most;
  private final Comparator<T> order;

  /** The last one first, for it is the next to go. */
  private final PriorityQueue<T> kept;

  Foremost(int most, Comparator<T> order) {
    this.most = most;
    this.order = order;
    this.kept = new PriorityQueue<>(order.reversed());
  }

  void add(T one) {
    kept.add(one);
    if (kept.size() > most) {
      kept.remove();
    }
  }

  /** Returns them in order. */
  List<T> list() {
    return kept.stream().sorted(order).toList();
  }
}
