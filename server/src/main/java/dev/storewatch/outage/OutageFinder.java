package dev.storewatch.outage;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.Outage;
import dev.storewatch.uptime.OutagesSince;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.PollSeries;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Segment;
import dev.storewatch.uptime.Timeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/**
 * The search for the outages of stores since something of them was changed, in the data of now.
 *
 * <p>Some days before the change are enough for most stores. For those of which they do not tell
 * everything, longer and longer times are looked at.
 */
final class OutageFinder {
  /** How many times longer the time before the change is at each further look. */
  private static final int LONGER = 4;

  /** In so much time after the last poll most stores are open once. */
  private static final long DAYS_AFTER = 8 * Micros.DAY;

  /** How much time is looked through at once for an instant at which a store is open. */
  private static final long DAYS_AT_ONCE = 32 * Micros.DAY;

  /** The polls of so many stores are looked up; of more, those of all between them are read. */
  private static final int FEW = 4_000;

  private final Registry registry;
  private final Polls polls;
  private final Rule rule;
  private final LateClose lateClose;
  private final long now;
  private final SettledStores settled;

  OutageFinder(
      Registry registry,
      Polls polls,
      Rule rule,
      LateClose lateClose,
      long now,
      SettledStores settled) {
    this.registry = registry;
    this.polls = polls;
    this.rule = rule;
    this.lateClose = lateClose;
    this.now = now;
    this.settled = settled;
  }

  /** Whoever is given the outages of each store. */
  interface Receiver {
    /**
     * Called for each store.
     *
     * @param key the store
     * @param since only outages that began at or after this instant are told
     * @param outages these outages, in order; without ids
     */
    void take(int key, long since, List<KeptOutage> outages);
  }

  /**
   * Finds the outages of stores that are there.
   *
   * @param keys the stores, in order
   * @param changed since when something of them may differ
   * @param kept the outages of a store that may be touched by the change, in order
   */
  void find(
      int[] keys, ChangedStores changed, IntFunction<List<KeptOutage>> kept, Receiver receiver) {
    int[] left = keys;
    for (long reach = rule.carryMicros() / LONGER; left.length > 0; reach = LONGER * reach) {
      left = new Look(changed, kept, receiver, reach, left).left();
    }
  }

  /** One look at a time before the change, which tells everything of most stores. */
  private final class Look {
    private final ChangedStores changed;
    private final IntFunction<List<KeptOutage>> kept;
    private final Receiver receiver;
    private final int[] keys;
    private final long from;
    private final Span horizon;
    private final long asOf;
    private final GroupedPolls grouped = new GroupedPolls();
    private final Clocks clocks;

    Look(
        ChangedStores changed,
        IntFunction<List<KeptOutage>> kept,
        Receiver receiver,
        long reach,
        int[] keys) {
      this.changed = changed;
      this.kept = kept;
      this.receiver = receiver;
      this.keys = keys;
      this.from = Arrays.stream(keys).mapToLong(changed::since).min().orElseThrow() - reach;
      this.horizon = Timeline.horizon(rule, now, new Span(from, Math.max(from, now)));
      PollRows rows = scan();
      grouped.group(rows, keys[0], keys[keys.length - 1]);
      this.asOf = Math.min(now, newest(rows) + rule.carryMicros() + DAYS_AFTER);
      this.clocks = new Clocks(new Span(horizon.start(), asOf + 1));
    }

    private PollRows scan() {
      PollRows rows = new PollRows(1024);
      if (keys.length <= FEW) {
        polls.scan(horizon, keys, rows::add);
        return rows;
      }
      BitSet wanted = new BitSet();
      Arrays.stream(keys).forEach(wanted::set);
      polls.scan(
          horizon,
          keys[0],
          keys[keys.length - 1],
          (store, poll) -> {
            if (wanted.get(store)) {
              rows.add(store, poll);
            }
          });
      return rows;
    }

    private long newest(PollRows rows) {
      long newest = from;
      for (int i = 0; i < rows.size(); i++) {
        newest = Math.max(newest, PackedPoll.at(rows.poll(i)));
      }
      return newest;
    }

    /** Tells what is found, and returns the stores of which more must be looked at. */
    int[] left() {
      return Arrays.stream(keys).filter(key -> !isTold(key)).toArray();
    }

    private boolean isTold(int key) {
      long[] own = Arrays.copyOfRange(grouped.array(), grouped.from(key), grouped.to(key));
      Arrays.sort(own);
      List<KeptOutage> known = kept.apply(key);
      if (known.isEmpty() && Arrays.stream(own).allMatch(PackedPoll::isActive)) {
        settle(key, own);
        return true;
      }
      Schedule schedule = registry.schedule(key, lateClose);
      SpanSet open = schedule.open(clocks);
      SpanSet closed = schedule.closed(clocks);
      OutagesSince since =
          OutagesSince.of(
              rule,
              asOf,
              from,
              changed.since(key),
              open,
              closed,
              PollSeries.ofPacked(own),
              registry.hasPollBy(key, horizon.start() - 1));
      List<KeptOutage> outages =
          new ArrayList<>(
              since.outages().stream().map(found -> kept(key, found, schedule)).toList());
      long first;
      if (since.isComplete()) {
        first = since.since().orElseThrow();
      } else {
        OptionalInt earlier = earlier(known, since);
        if (earlier.isEmpty()) {
          return false;
        }
        KeptOutage whole = known.get(earlier.getAsInt());
        outages.set(0, continuing(outages.getFirst(), whole, schedule));
        first = whole.start();
      }
      receiver.take(key, first, outages);
      settle(key, inHours(own, open.minus(closed)));
      return true;
    }

    private void settle(int key, long[] own) {
      if (own.length > 0) {
        settled.settle(key, own[own.length - 1]);
      } else {
        settled.settleWithoutPolls(key, horizon.start());
      }
    }

    private static long[] inHours(long[] own, SpanSet available) {
      return Arrays.stream(own).filter(poll -> available.contains(PackedPoll.at(poll))).toArray();
    }

    private KeptOutage kept(int key, OutagesSince.Found found, Schedule schedule) {
      KeptOutage outage = KeptOutage.of(key, found, now);
      return outage.isOngoing() && asOf < now && isOpenIn(schedule, asOf, now)
          ? KeptOutage.of(key, new OutagesSince.Found(found.outage(), Segment.State.UNKNOWN), now)
          : outage;
    }

    /**
     * Returns which of the outages that were known goes on in the first that is found: its
     * beginning is as it was.
     */
    private OptionalInt earlier(List<KeptOutage> known, OutagesSince since) {
      if (since.outages().isEmpty()) {
        return OptionalInt.empty();
      }
      Outage first = since.outages().getFirst().outage();
      for (int i = 0; i < known.size(); i++) {
        KeptOutage one = known.get(i);
        boolean goesOn =
            since.since().isEmpty()
                ? first.clippedStart()
                    && one.start() < from
                    && one.end().orElse(Long.MAX_VALUE) > from
                : one.firstDown() == first.firstDown();
        if (goesOn && one.firstDown() < changed.since(one.store())) {
          return OptionalInt.of(i);
        }
      }
      return OptionalInt.empty();
    }

    private KeptOutage continuing(KeptOutage outage, KeptOutage earlier, Schedule schedule) {
      long open =
          outage.isOngoing()
              ? 0
              : schedule.inHours(new Span(earlier.start(), outage.end().orElseThrow())).length();
      return outage.continuing(earlier, open);
    }
  }

  static boolean isOpenIn(Schedule schedule, long start, long end) {
    for (long from = start; from < end; from += DAYS_AT_ONCE) {
      Span span = new Span(from, Math.min(end, from + DAYS_AT_ONCE));
      if (!schedule.inHours(span).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
