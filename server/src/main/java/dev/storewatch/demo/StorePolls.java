package dev.storewatch.demo;

import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.util.ArrayList;
import java.util.List;

/**
 * The polls of one store in the order of time.
 *
 * @param at when, in microseconds since the epoch
 * @param active what each found
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and made for every store
record StorePolls(long[] at, boolean[] active) {
  private static final double ACTIVE_WHILE_CLOSED = 0.08;

  /** Draws what a store was found to be at the given instants. */
  static StorePolls draw(Dice dice, long[] at, SpanSet open, SpanSet down) {
    boolean[] active = new boolean[at.length];
    for (int i = 0; i < at.length; i++) {
      active[i] = open.contains(at[i]) ? !down.contains(at[i]) : dice.chance(ACTIVE_WHILE_CLOSED);
    }
    return new StorePolls(at, active);
  }

  /** Draws when a store is down. */
  static SpanSet down(
      Dice dice, Storefront store, Span period, List<RegionalOutage> regionalOutages) {
    List<Span> outages = new ArrayList<>(Temper.draw(dice).outages(dice, period));
    for (RegionalOutage regional : regionalOutages) {
      regional.at(store, dice).ifPresent(outages::add);
    }
    return SpanSet.of(outages);
  }

  int size() {
    return at.length;
  }
}
