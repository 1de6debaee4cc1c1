package dev.storewatch.timeline;

import dev.storewatch.cost.Cost;
import dev.storewatch.cost.Costs;
import dev.storewatch.database.Database;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.Schedule;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.uptime.PollSeries;
import dev.storewatch.uptime.UptimeEngine;
import dev.storewatch.uptime.WindowTotals;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The measurement of stores' uptime during a request, without a report. */
final class UptimeMeter {
  /** The most polls in memory at a time; each takes 28 bytes. */
  private static final int MOST_POLLS = 2_000_000;

  private final Database database;
  private final Stores stores;
  private final Polls polls;
  private final Costs costs;
  private final int mostPolls;

  UptimeMeter(Database database, Stores stores, Polls polls, Costs costs) {
    this(database, stores, polls, costs, MOST_POLLS);
  }

  UptimeMeter(Database database, Stores stores, Polls polls, Costs costs, int mostPolls) {
    this.database = database;
    this.stores = stores;
    this.polls = polls;
    this.costs = costs;
    this.mostPolls = mostPolls;
  }

  /**
   * Returns what the polls of a store say about each of some windows.
   *
   * @param scope the stores that may be asked about
   * @param asked at least one window, none ending after the as-of instant
   * @throws UnknownStore if there is no store of that id in the scope
   * @throws WrongInput if there are too many polls in the windows
   */
  Measured measure(Scope scope, String storeId, Terms terms, AskedWindow.Asked asked) {
    return database.inSnapshot(
        () -> {
          Registry registry = stores.registry();
          int key = scope.key(registry, storeId).orElseThrow(() -> new UnknownStore(storeId));
          return measure(registry, key, terms, asked);
        });
  }

  /** What was measured of a store: the totals of each of its windows, and what they cost. */
  record Measured(
      String id,
      @Nullable String name,
      List<AskedWindow> windows,
      List<WindowTotals> totals,
      List<Optional<Cost>> costs) {}

  /** What was measured of some stores, in the order of their ids, and whether others follow. */
  record Page(List<Measured> stores, boolean hasMore) {}

  /**
   * Returns what the polls of some stores say about each of some windows, all of one state of the
   * database.
   *
   * @param tags the tags that the stores have, all of them
   * @param after the id after which the stores begin; null for the first
   * @param most how many stores at most
   */
  Page measurePage(
      Scope scope,
      List<String> tags,
      @Nullable String after,
      int most,
      Terms terms,
      AskedWindow.Asked asked) {
    return database.inSnapshot(
        () -> {
          Registry registry = stores.registry();
          int[] keys =
              registry
                  .keysAfter(after)
                  .filter(
                      key -> scope.includes(registry, key) && registry.tags(key).containsAll(tags))
                  .limit(most + 1L)
                  .toArray();
          List<Measured> measured =
              Arrays.stream(keys)
                  .limit(most)
                  .mapToObj(key -> measure(registry, key, terms, asked))
                  .toList();
          return new Page(measured, keys.length > most);
        });
  }

  private Measured measure(
      Registry registry, int key, Terms terms, AskedWindow.Asked askedWindows) {
    Schedule schedule = registry.schedule(key, terms.lateClose());
    List<AskedWindow> asked = askedWindows.on(schedule);
    List<Span> windows = asked.stream().map(AskedWindow::span).toList();
    UptimeEngine engine = new UptimeEngine(terms.rule(), terms.asOf(), windows);
    Span horizon = engine.horizon();
    Clocks clocks = new Clocks(horizon);
    List<WindowTotals> totals =
        engine.measure(schedule.open(clocks), schedule.closed(clocks), polls(key, horizon));
    return new Measured(
        registry.id(key),
        registry.name(key),
        asked,
        totals,
        totals.stream().map(each -> costs.of(registry, key, each)).toList());
  }

  private PollSeries polls(int key, Span horizon) {
    PollRows rows = new PollRows(256);
    polls.scan(
        horizon,
        key,
        key,
        (store, poll) -> {
          if (rows.size() == mostPolls) {
            throw new WrongInput(
                "the store has more than %d polls there: ask for a shorter period, for example windows=P7D"
                    .formatted(mostPolls));
          }
          rows.add(store, poll);
        });
    return PollSeries.ofPacked(IntStream.range(0, rows.size()).mapToLong(rows::poll).toArray());
  }
}
