package dev.storewatch.hours;

import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.util.Collection;
import java.util.List;

/**
 * The planned closures of a store, those of its tags and of all stores among them.
 *
 * @param all in any order; they may overlap
 */
public record Closures(List<Closure> all) {
  /** No closure. */
  public static final Closures NONE = new Closures(List.of());

  /** Copies the list. */
  public Closures {
    all = List.copyOf(all);
  }

  /** Returns some closures. */
  public static Closures of(Collection<? extends Closure> closures) {
    return closures.isEmpty() ? NONE : new Closures(List.copyOf(closures));
  }

  /** A closure and when it is. */
  public record Occurrence(Span span, Closure closure) {}

  /**
   * Returns when each closure has a part in a period.
   *
   * @param zone the zone of the store
   */
  public List<Occurrence> occurrences(Zone zone, Span period) {
    return all.stream()
        .flatMap(
            closure -> closure.in(zone, period).stream().map(span -> new Occurrence(span, closure)))
        .toList();
  }

  /** Returns why stores are closed in some closures, each reason once. */
  public static List<String> reasons(List<Occurrence> closures) {
    return closures.stream().map(occurrence -> occurrence.closure().reason()).distinct().toList();
  }

  /** Returns the instants inside any closure that has a part in a period. */
  SpanSet in(Zone zone, Span period) {
    return all.isEmpty()
        ? SpanSet.empty()
        : SpanSet.of(all.stream().flatMap(one -> one.in(zone, period).stream()).toList());
  }
}
