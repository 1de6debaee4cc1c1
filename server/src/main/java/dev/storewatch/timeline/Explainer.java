package dev.storewatch.timeline;

import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import dev.storewatch.system.Database;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.PollSeries;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Timeline;
import dev.storewatch.uptime.UptimeEngine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Explains the numbers of one store. */
public final class Explainer {
  private final Database database;
  private final Stores stores;
  private final Polls polls;

  /** Takes where the data is. */
  public Explainer(Database database, Stores stores, Polls polls) {
    this.database = database;
    this.stores = stores;
    this.polls = polls;
  }

  /** Says that there is no such store. */
  public static final class UnknownStore extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnknownStore(String id) {
      super("there is no store with the id " + id);
    }
  }

  /**
   * Explains a store's numbers in a period.
   *
   * @param asOf the instant after which nothing is known yet, in microseconds since the epoch
   * @param period the period, not ending after {@code asOf}
   * @throws UnknownStore if there is no store of that id
   * @throws IllegalArgumentException if the rule has no timeline or the period ends after {@code
   *     asOf}
   */
  public Explanation explain(
      String storeId, long asOf, Rule rule, Span period, boolean lateCloseAsMidnight) {
    return database.readSteadily(
        () -> {
          Registry registry = stores.registry();
          OptionalInt key = registry.key(storeId);
          if (key.isEmpty()) {
            throw new UnknownStore(storeId);
          }
          return explain(registry, key.getAsInt(), asOf, rule, period, lateCloseAsMidnight);
        });
  }

  private Explanation explain(
      Registry registry, int key, long asOf, Rule rule, Span period, boolean lateCloseAsMidnight) {
    Schedule schedule = registry.schedule(key, lateCloseAsMidnight);
    Span horizon = Timeline.horizon(rule, asOf, period);
    SpanSet open = schedule.open(horizon);
    long[] packed = polls(key, horizon);
    PollSeries series = PollSeries.ofPacked(packed);
    UptimeEngine engine = new UptimeEngine(rule, asOf, List.of(period));
    return new Explanation(
        registry.id(key),
        schedule.zone(),
        registry.zone(key) == null,
        registry.intervals(key),
        lateCloseAsMidnight,
        asOf,
        rule,
        Timeline.of(rule, asOf, period, open, schedule.closures(), series),
        statuses(packed),
        outsideHours(packed, period, open),
        engine.measure(open, schedule.closures(), series).getFirst());
  }

  private long[] polls(int key, Span horizon) {
    PollRows rows = new PollRows(256);
    polls.scan(horizon, key, key, rows::add);
    return IntStream.range(0, rows.size()).mapToLong(rows::poll).sorted().toArray();
  }

  private static Map<Long, Boolean> statuses(long[] packed) {
    Map<Long, Boolean> statuses = new TreeMap<>();
    Arrays.stream(packed)
        .forEach(poll -> statuses.put(PackedPoll.at(poll), PackedPoll.isActive(poll)));
    return statuses;
  }

  private static long outsideHours(long[] packed, Span period, SpanSet open) {
    return Arrays.stream(packed)
        .map(PackedPoll::at)
        .filter(at -> period.start() < at && at <= period.end() && !open.contains(at))
        .count();
  }
}
