package dev.storewatch.outage;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.PackedPoll;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of stores whose outages are found, so that most new polls need no search: an
 * active poll of a store that is up changes no outage, and neither does a poll outside its hours.
 * Sixteen bytes for each store.
 */
final class SettledStores {
  private static final long UNKNOWN = Long.MAX_VALUE;

  private final Polls polls;
  private final LateClose lateClose;

  /**
   * For each store, an in-hours poll that is active, and so are all in-hours polls after it; {@link
   * #UNKNOWN} for a store that is down, or of which that is not known.
   */
  private long[] upSince = {};

  /** For each store, an instant after which it has no in-hours poll; {@link #UNKNOWN} likewise. */
  private long[] noPollAfter = {};

  /** The revision up to which that is right. */
  private int revision = -1;

  SettledStores(Polls polls, LateClose lateClose) {
    this.polls = polls;
    this.lateClose = lateClose;
  }

  /** Forgets all. */
  void forget() {
    Arrays.fill(upSince, UNKNOWN);
    Arrays.fill(noPollAfter, UNKNOWN);
  }

  /** Returns the revision up to which it is known what has changed of stores. */
  int revision() {
    return revision;
  }

  /** Says that the changes up to a revision are in, for all stores that are not forgotten. */
  void reach(int latest, int stores) {
    revision = latest;
    int before = upSince.length;
    if (before <= stores) {
      upSince = Arrays.copyOf(upSince, stores + 1);
      noPollAfter = Arrays.copyOf(noPollAfter, stores + 1);
      Arrays.fill(upSince, before, stores + 1, UNKNOWN);
      Arrays.fill(noPollAfter, before, stores + 1, UNKNOWN);
    }
  }

  /** Forgets what is known of a store, because more than its polls is another. */
  void forget(int key) {
    if (key < upSince.length) {
      upSince[key] = UNKNOWN;
      noPollAfter[key] = UNKNOWN;
    }
  }

  /**
   * Remembers what is known of a store once its outages are found.
   *
   * @param last its last in-hours poll up to now; or its last poll, if it is active and so are
   *     those before it since any outage
   */
  void settle(int key, long last) {
    if (key < upSince.length) {
      noPollAfter[key] = PackedPoll.at(last);
      upSince[key] = PackedPoll.isActive(last) ? PackedPoll.at(last) : UNKNOWN;
    }
  }

  /** Remembers that a store has no in-hours poll after an instant. */
  void settleWithoutPolls(int key, long after) {
    if (key < upSince.length) {
      noPollAfter[key] = after;
      upSince[key] = UNKNOWN;
    }
  }

  /**
   * Returns those of some stores whose outages may be others after a change of their polls alone.
   *
   * @param keys the stores, in order
   */
  int[] unsettled(int[] keys, Registry registry, ChangedStores changed, long now) {
    int[] known = Arrays.stream(keys).filter(key -> isKnown(key, changed.since(key))).toArray();
    if (known.length == 0) {
      return keys;
    }
    long from = Arrays.stream(known).mapToLong(changed::since).min().orElseThrow();
    Span period = new Span(from, Math.max(from, now) + 1);
    GroupedPolls grouped = new GroupedPolls();
    grouped.load(polls, period, known[0], known[known.length - 1]);
    Clocks clocks = new Clocks(period);
    return Arrays.stream(keys)
        .filter(
            key ->
                !isKnown(key, changed.since(key))
                    || mayDiffer(key, grouped, registry, changed.since(key), clocks))
        .toArray();
  }

  private boolean isKnown(int key, long since) {
    return key < upSince.length && (upSince[key] < since || noPollAfter[key] < since);
  }

  /** Returns whether new polls of a store may change its outages, and remembers them if not. */
  private boolean mayDiffer(
      int key, GroupedPolls grouped, Registry registry, long since, Clocks clocks) {
    boolean up = upSince[key] < since;
    if (up && areActive(grouped, key, null)) {
      see(key, newest(grouped, key));
      return false;
    }
    SpanSet inHours = registry.schedule(key, lateClose).inHours(clocks);
    if (up && areActive(grouped, key, inHours)) {
      see(key, newest(grouped, key));
      return false;
    }
    return noPollAfter[key] >= since || hasAny(grouped, key, since, inHours);
  }

  /** Takes in polls of which it was not asked whether they are in hours. */
  private void see(int key, long newest) {
    noPollAfter[key] = Math.max(noPollAfter[key], newest);
  }

  private static boolean areActive(GroupedPolls grouped, int key, @Nullable SpanSet inHours) {
    for (int i = grouped.from(key); i < grouped.to(key); i++) {
      long poll = grouped.array()[i];
      if (!PackedPoll.isActive(poll)
          && (inHours == null || inHours.contains(PackedPoll.at(poll)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasAny(GroupedPolls grouped, int key, long since, SpanSet inHours) {
    for (int i = grouped.from(key); i < grouped.to(key); i++) {
      long at = PackedPoll.at(grouped.array()[i]);
      if (at >= since && inHours.contains(at)) {
        return true;
      }
    }
    return false;
  }

  private static long newest(GroupedPolls grouped, int key) {
    int end = grouped.to(key);
    return end == grouped.from(key) ? Long.MIN_VALUE : PackedPoll.at(grouped.array()[end - 1]);
  }
}
