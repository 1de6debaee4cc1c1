package dev.storewatch.state;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.PackedPoll;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The search for the last in-hours poll of stores at or before an instant, not farther back than a
 * poll speaks.
 */
final class LastPolls {
  /** The value for no poll; it is earlier than any poll. */
  static final long NONE = Long.MIN_VALUE;

  /** Stores whose open time is in memory at a time. */
  private static final int STORES_AT_A_TIME = 50_000;

  private final Registry registry;
  private final Polls polls;
  private final LateClose lateClose;
  private final Span horizon;
  private final int storesAtATime;
  private final Clocks clocks;

  LastPolls(Registry registry, Polls polls, LateClose lateClose, long instant, long carry) {
    this(registry, polls, lateClose, instant, carry, STORES_AT_A_TIME);
  }

  LastPolls(
      Registry registry,
      Polls polls,
      LateClose lateClose,
      long instant,
      long carry,
      int storesAtATime) {
    this.registry = registry;
    this.polls = polls;
    this.lateClose = lateClose;
    this.storesAtATime = storesAtATime;
    // A poll speaks from its own instant on, for less than the carry limit.
    this.horizon = new Span(instant - carry + 1, instant + 1);
    this.clocks = new Clocks(horizon);
  }

  /** Returns the poll of a store, packed as {@link PackedPoll} says, or {@link #NONE}. */
  long of(int key) {
    return find(key, key)[0];
  }

  /** Returns the poll of every store; the key of the store is the index. */
  long[] ofAll() {
    long[] all = new long[registry.size() + 1];
    for (int first = 1; first <= registry.size(); first += storesAtATime) {
      int last = Math.min(registry.size(), first + storesAtATime - 1);
      System.arraycopy(find(first, last), 0, all, first, last - first + 1);
    }
    return all;
  }

  private long[] find(int firstKey, int lastKey) {
    long[] found = new long[lastKey - firstKey + 1];
    Arrays.fill(found, NONE);
    @Nullable SpanSet[] open = new SpanSet[found.length];
    polls.scan(
        horizon,
        firstKey,
        lastKey,
        (key, poll) -> {
          int place = key - firstKey;
          if (poll > found[place]) {
            SpanSet hours = open[place];
            if (hours == null) {
              hours = inHours(key);
              open[place] = hours;
            }
            if (hours.contains(PackedPoll.at(poll))) {
              found[place] = poll;
            }
          }
        });
    return found;
  }

  private SpanSet inHours(int key) {
    return registry.schedule(key, lateClose).inHours(clocks);
  }
}
