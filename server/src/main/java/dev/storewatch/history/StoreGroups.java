package dev.storewatch.history;

import dev.storewatch.cost.Costs;
import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.outage.Outages;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Grouping;
import dev.storewatch.store.Groups;
import dev.storewatch.store.LocalDates;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Dates;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Groups of stores in a period of days and in the one before, for those who ask. */
public final class StoreGroups {
  /** A week of days that are over. */
  private static final int USUAL_DAYS = 7;

  private static final int MOST_LOWEST = 1_000;

  private final History history;
  private final Outages outages;
  private final Stores stores;
  private final Polls polls;
  private final Costs costs;
  private final LateClose lateClose;
  private final Clock clock;

  /**
   * The groups of the stores of a database, without costs: their rates are settings of a server.
   */
  public StoreGroups(
      Database database,
      History history,
      Stores stores,
      Polls polls,
      LateClose lateClose,
      Clock clock) {
    this(database, history, stores, polls, Costs.NONE, lateClose, clock);
  }

  /**
   * The groups of the stores of a database.
   *
   * @param costs what their outages cost
   * @param lateClose how a closing time of 23:59 is read unless somebody says otherwise
   */
  StoreGroups(
      Database database,
      History history,
      Stores stores,
      Polls polls,
      Costs costs,
      LateClose lateClose,
      Clock clock) {
    this.history = history;
    this.outages = new Outages(database);
    this.stores = stores;
    this.polls = polls;
    this.costs = costs;
    this.lateClose = lateClose;
    this.clock = clock;
  }

  /**
   * What somebody asks for, as texts.
   *
   * @param from the first date; null, as the last, for the seven days up to yesterday
   * @param to the last date
   * @param window a period instead of two dates, such as {@code last-week} or {@code 2026-03}
   * @param tags the tags that the stores have, all of them
   * @param groupBy what the tags of groups begin with; empty for a group of each tag
   * @param lowest how many stores are ranked
   */
  public record Asked(
      @Nullable String from,
      @Nullable String to,
      @Nullable String window,
      List<String> tags,
      List<String> groupBy,
      int lowest,
      AskedTerms terms) {
    /** Copies the lists. */
    public Asked {
      tags = List.copyOf(tags);
      groupBy = List.copyOf(groupBy);
    }
  }

  /**
   * Returns the groups.
   *
   * @throws WrongInput if something is wrong with what is asked
   */
  public GroupsView of(Scope scope, Asked asked) {
    List<String> tags = StoreDetails.checkTags(asked.tags);
    Grouping grouping = Grouping.of(true, asked.groupBy);
    if (asked.lowest < 0 || asked.lowest > MOST_LOWEST) {
      throw new WrongInput(
          "lowest is %d: use a whole number from 0 to %,d".formatted(asked.lowest, MOST_LOWEST));
    }
    History.Terms terms =
        asked.terms.read(scope, polls, stores, lateClose, Micros.of(clock.instant()));
    return history.inSnapshot(
        (registry, reading) -> {
          int[] keys = keys(registry, scope, tags, terms.asOf());
          Dates period = period(asked, registry, keys, terms.asOf());
          period.requireKnown(terms.asOf());
          Dates before = period.before();
          Figures figures =
              new Figures(
                  registry,
                  reading.of(keys, List.of(before, period), terms),
                  counts(registry, keys, List.of(before, period), terms));
          return new GroupsView(
              Micros.toInstant(terms.asOf()),
              terms.rule().name(),
              Durations.format(terms.rule().carry()),
              HistoryView.SECONDS,
              view(period),
              view(before),
              figures.groups(keys, grouping),
              figures.lowest(keys, asked.lowest));
        });
  }

  /** Returns the stores that were polled by an instant, in the order of their ids. */
  private static int[] keys(Registry registry, Scope scope, List<String> tags, long asOf) {
    return registry
        .keysAfter(null)
        .filter(key -> scope.includes(registry, key))
        .filter(key -> registry.tags(key).containsAll(tags))
        .filter(key -> registry.hasPollBy(key, asOf))
        .toArray();
  }

  /**
   * What somebody asks for of the history of stores, as texts.
   *
   * @param tags the tags that the stores have, all of them
   * @param from the first date; null, as the last, for the 90 days, 26 weeks or 12 months up to
   *     today
   * @param to the last date; null for today
   * @param by day, week or month
   */
  public record HistoryAsked(
      List<String> tags, @Nullable String from, @Nullable String to, String by, AskedTerms terms) {
    /** Copies the tags. */
    public HistoryAsked {
      tags = List.copyOf(tags);
    }
  }

  /**
   * Returns the history of stores together.
   *
   * @throws WrongInput if something is wrong with what is asked
   */
  public GroupHistoryView history(Scope scope, HistoryAsked asked) {
    List<String> tags = StoreDetails.checkTags(asked.tags);
    StoreHistories.By by = StoreHistories.By.of(asked.by);
    History.Terms terms =
        asked.terms.read(scope, polls, stores, lateClose, Micros.of(clock.instant()));
    return history.inSnapshot(
        (registry, reading) -> {
          int[] keys = keys(registry, scope, tags, terms.asOf());
          LocalDate today = LocalDates.earliest(registry, Arrays.stream(keys), terms.asOf());
          Dates dates = StoreHistories.dates(asked.from, asked.to, by, today);
          dates.requireKnown(terms.asOf());
          HistoryTable table = reading.of(keys, by.parts(dates), terms);
          return new GroupHistoryView(
              Micros.toInstant(terms.asOf()),
              terms.rule().name(),
              Durations.format(terms.rule().carry()),
              HistoryView.SECONDS,
              by.word(),
              keys.length,
              IntStream.range(0, table.parts().size())
                  .mapToObj(
                      part ->
                          new GroupHistoryView.Entry(
                              view(table.parts().get(part)), FiguresView.of(sum(table, part))))
                  .toList());
        });
  }

  private static Sum sum(HistoryTable table, int part) {
    Sum sum = new Sum();
    for (int row = 0; row < table.size(); row++) {
      sum.add(table.totals(row, part));
    }
    return sum;
  }

  private static GroupsView.Period view(Dates dates) {
    return new GroupsView.Period(dates.format(), dates.first(), dates.last());
  }

  private static Dates period(Asked asked, Registry registry, int[] keys, long asOf) {
    LocalDate today = LocalDates.earliest(registry, Arrays.stream(keys), asOf);
    if (asked.window != null) {
      if (asked.from != null || asked.to != null) {
        throw new WrongInput(
            "from and to do not go together with window: ask for the one or the other");
      }
      return dev.storewatch.window.Asked.parse(asked.window).at(today) instanceof Dates dates
          ? dates
          : throwNoDates(asked.window);
    }
    return asked.from == null && asked.to == null
        ? new Dates(today.minusDays(USUAL_DAYS), today.minusDays(1))
        : StoreHistories.between(asked.from, asked.to);
  }

  private static Dates throwNoDates(String window) {
    throw new WrongInput(
        "window is '%s': groups are of whole days, so use for example yesterday, last-week, 2026-W10 or 2026-03"
            .formatted(window));
  }

  /** Returns for each store how many of its outages lasted in each period. */
  private Map<Integer, int[]> counts(
      Registry registry, int[] keys, List<Dates> periods, History.Terms terms) {
    Map<Zone, List<Span>> ofZones = new HashMap<>();
    return outages.countIn(
        keys,
        key -> {
          Schedule schedule = registry.schedule(key, terms.lateClose());
          return schedule.beginsDaysAtMidnight()
              ? ofZones.computeIfAbsent(schedule.zone(), _ -> spans(periods, schedule, terms))
              : spans(periods, schedule, terms);
        });
  }

  private static List<Span> spans(List<Dates> periods, Schedule schedule, History.Terms terms) {
    return periods.stream().map(dates -> dates.span(terms.asOf(), schedule)).toList();
  }

  /** The figures of stores, and what is made of them. */
  private final class Figures {
    private static final int BEFORE = 0;
    private static final int PERIOD = 1;
    private static final int[] NONE = {0, 0};

    /** Stands for the share of those of whom nothing is known. */
    private static final double UNKNOWN = -1;

    private final Registry registry;
    private final HistoryTable table;
    private final Map<Integer, int[]> outages;

    Figures(Registry registry, HistoryTable table, Map<Integer, int[]> outages) {
      this.registry = registry;
      this.table = table;
      this.outages = outages;
    }

    /** The sums of a group in both periods. */
    private final class Both {
      private final Costs.Sum cost = costs.sum();
      private final Sum[] sums = {new Sum(), new Sum()};
      private final int[] outages = new int[2];
    }

    private void add(Both both, int key) {
      int[] counts = outages.getOrDefault(key, NONE);
      for (int part = BEFORE; part <= PERIOD; part++) {
        both.sums[part].add(table.totals(table.row(key), part));
        both.outages[part] += counts[part];
      }
      both.cost.add(registry, key, table.totals(table.row(key), PERIOD));
    }

    List<GroupsView.Group> groups(int[] keys, Grouping grouping) {
      boolean[] included = new boolean[registry.size() + 1];
      Arrays.stream(keys).forEach(key -> included[key] = true);
      Groups groups =
          grouping.by().isEmpty()
              ? Groups.ofEachTag(registry, key -> included[key])
              : Groups.of(registry, key -> included[key], grouping);
      List<Groups.Group> all = groups.all();
      List<Both> sums = all.stream().map(each -> new Both()).toList();
      for (int key : keys) {
        groups.of(key, place -> add(sums.get(place), key));
      }
      DownShare share = new DownShare(sums.getFirst().sums[PERIOD]);
      double[] shares = new double[all.size()];
      for (int place = 0; place < shares.length; place++) {
        shares[place] =
            place == 0 ? UNKNOWN : share.of(sums.get(place).sums[PERIOD]).orElse(UNKNOWN);
      }
      return IntStream.range(0, all.size())
          .filter(place -> place == 0 || sums.get(place).sums[PERIOD].stores() > 0)
          .mapToObj(
              place ->
                  group(all.get(place), sums.get(place), shares[place], rank(all, shares, place)))
          .toList();
    }

    /** Returns how many groups of its kind have a greater share, and one. */
    private static @Nullable Integer rank(List<Groups.Group> all, double[] shares, int place) {
      if (shares[place] < 0) {
        return null;
      }
      int rank = 1;
      for (int other = 1; other < shares.length; other++) {
        if (Objects.equals(all.get(other).by(), all.get(place).by())
            && shares[other] > shares[place]) {
          rank++;
        }
      }
      return rank;
    }

    private GroupsView.Group group(
        Groups.Group group, Both both, double share, @Nullable Integer rank) {
      BigDecimal now = both.sums[PERIOD].percent();
      BigDecimal before = both.sums[BEFORE].percent();
      return new GroupsView.Group(
          group.word(),
          group.by(),
          group.tag(),
          both.sums[PERIOD].stores(),
          both.outages[PERIOD],
          both.outages[BEFORE],
          FiguresView.of(both.sums[PERIOD]),
          FiguresView.of(both.sums[BEFORE]),
          now == null || before == null ? null : now.subtract(before),
          rank,
          share < 0 ? null : DownShare.percent(share),
          both.cost.cost().orElse(null));
    }

    List<GroupsView.Store> lowest(int[] keys, int most) {
      Sum all = new Sum();
      for (int key : keys) {
        all.add(table.totals(table.row(key), PERIOD));
      }
      DownShare share = new DownShare(all);
      List<Ranked> ranked = new ArrayList<>();
      for (int key : keys) {
        WindowTotals totals = table.totals(table.row(key), PERIOD);
        if (totals.down() > 0) {
          share.of(totals).ifPresent(found -> ranked.add(new Ranked(key, found)));
        }
      }
      // Those of one share stay in the order of their ids.
      ranked.sort(Comparator.comparingDouble(Ranked::share).reversed());
      return IntStream.range(0, Math.min(most, ranked.size()))
          .mapToObj(place -> store(place + 1, ranked.get(place)))
          .toList();
    }

    private record Ranked(int key, double share) {}

    private GroupsView.Store store(int rank, Ranked ranked) {
      int key = ranked.key;
      return new GroupsView.Store(
          rank,
          registry.id(key),
          registry.name(key),
          FiguresView.of(Sum.of(table.totals(table.row(key), PERIOD))),
          DownShare.percent(ranked.share));
    }
  }
}
