package dev.storewatch.timeline;

import dev.storewatch.database.Database;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.DatedHours;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.PollSeries;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Timeline;
import dev.storewatch.uptime.UptimeEngine;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The explanation of one store's numbers. */
public final class Explainer {
  /** The most polls, and the most segments, in one explanation. */
  private static final int MOST = 100_000;

  private final Database database;
  private final Stores stores;
  private final Polls polls;
  private final int most;

  /** The explanation from the data of a database. */
  public Explainer(Database database, Stores stores, Polls polls) {
    this(database, stores, polls, MOST);
  }

  Explainer(Database database, Stores stores, Polls polls, int most) {
    this.database = database;
    this.stores = stores;
    this.polls = polls;
    this.most = most;
  }

  /**
   * Explains a store's numbers in a period. Under the rule ratio, which does not say when a store
   * was up, there are neither segments nor outages, but the polls that it counts.
   *
   * @param scope the stores that may be asked about
   * @param asOf the instant after which nothing is known yet, in microseconds since the epoch
   * @param period the period on the clocks of the store, not ending after {@code asOf}
   * @throws UnknownStore if there is no store of that id in the scope
   * @throws WrongInput if the period ends after {@code asOf}, or there is too much in it
   */
  public Explanation explain(
      Scope scope,
      String storeId,
      long asOf,
      Rule rule,
      Function<Schedule, Span> period,
      LateClose lateClose) {
    return database.inSnapshot(
        () -> {
          Registry registry = stores.registry();
          int key = scope.key(registry, storeId).orElseThrow(() -> new UnknownStore(storeId));
          return explain(registry, key, asOf, rule, period, lateClose);
        });
  }

  /** Explains a store's numbers in a period that is the same for every store. */
  public Explanation explain(
      Scope scope, String storeId, long asOf, Rule rule, Span period, LateClose lateClose) {
    return explain(scope, storeId, asOf, rule, _ -> period, lateClose);
  }

  private Explanation explain(
      Registry registry,
      int key,
      long asOf,
      Rule rule,
      Function<Schedule, Span> asked,
      LateClose lateClose) {
    Schedule schedule = registry.schedule(key, lateClose);
    Span period = asked.apply(schedule);
    Span horizon = Timeline.horizon(rule, asOf, period);
    Clocks clocks = new Clocks(horizon);
    SpanSet open = schedule.open(clocks);
    SpanSet closed = schedule.closed(clocks);
    SpanSet inHours = open.minus(closed);
    long[] packed = polls(key, horizon, period.end() + rule.carryMicros(), inHours);
    PollSeries series = PollSeries.ofPacked(packed);
    UptimeEngine engine = new UptimeEngine(rule, asOf, List.of(period));
    Timeline timeline =
        rule instanceof Rule.Ratio
            ? new Timeline(period, List.of(), List.of())
            : Timeline.of(rule, asOf, period, open, closed, series);
    if (timeline.segments().size() > most) {
      throw tooMuch("segments");
    }
    return new Explanation(
        registry.id(key),
        schedule.zone(),
        registry.zone(key) == null,
        registry.zoneFlagged(key),
        ZoneTable.inUse().version(),
        registry.intervals(key),
        !registry.hasHours(key),
        registry.hoursFlagged(key),
        lateClose,
        asOf,
        rule,
        timeline,
        statuses(packed),
        looks(packed, period, inHours),
        engine.measure(open, closed, series).getFirst(),
        schedule.bases(new Clocks(period)),
        otherDays(schedule, period));
  }

  /** Returns the dates of a period whose hours are not those of the week before. */
  private static List<DatedHours.Day> otherDays(Schedule schedule, Span period) {
    LocalDate first = date(schedule, period.start());
    return first
        .datesUntil(date(schedule, period.end()).plusDays(1))
        .map(schedule.hours()::on)
        .filter(day -> day.special() != null || day.date().equals(day.since()))
        .toList();
  }

  private static LocalDate date(Schedule schedule, long instant) {
    return schedule.zone().wallClock(Micros.toInstant(instant)).toLocalDate();
  }

  /**
   * Returns the polls of a store that matter for a period: those up to the last instant from which
   * a poll can speak for it, and the first in-hours poll after that, which tells when an outage had
   * ended.
   */
  private long[] polls(int key, Span horizon, long last, SpanSet inHours) {
    PollRows near = new PollRows(256);
    long[] next = {Long.MAX_VALUE};
    polls.scan(
        horizon,
        key,
        key,
        (store, poll) -> {
          long at = PackedPoll.at(poll);
          if (at <= last) {
            add(near, store, poll);
          } else if (poll < next[0] && inHours.contains(at)) {
            next[0] = poll;
          }
        });
    if (next[0] != Long.MAX_VALUE) {
      near.add(key, next[0]);
    }
    return IntStream.range(0, near.size()).mapToLong(near::poll).sorted().toArray();
  }

  private void add(PollRows near, int store, long poll) {
    if (near.size() == most) {
      throw tooMuch("polls");
    }
    near.add(store, poll);
  }

  private WrongInput tooMuch(String what) {
    return new WrongInput(
        "the explanation would have more than %d %s: ask for a shorter period, for example P7D"
            .formatted(most, what));
  }

  private static Map<Long, Boolean> statuses(long[] packed) {
    Map<Long, Boolean> statuses = new TreeMap<>();
    Arrays.stream(packed)
        .forEach(poll -> statuses.put(PackedPoll.at(poll), PackedPoll.isActive(poll)));
    return statuses;
  }

  private static List<Explanation.Look> looks(long[] packed, Span period, SpanSet inHours) {
    return Arrays.stream(packed)
        .filter(poll -> period.start() < PackedPoll.at(poll))
        .filter(poll -> PackedPoll.at(poll) <= period.end())
        .mapToObj(
            poll ->
                new Explanation.Look(
                    PackedPoll.at(poll),
                    PackedPoll.isActive(poll),
                    inHours.contains(PackedPoll.at(poll))))
        .toList();
  }
}
