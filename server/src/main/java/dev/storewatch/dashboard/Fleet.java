package dev.storewatch.dashboard;

import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.http.Encoded;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.outage.OutageBook;
import dev.storewatch.outage.OutageQuery;
import dev.storewatch.outage.OutageView;
import dev.storewatch.quality.Notice;
import dev.storewatch.report.ReportTable;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.States;
import dev.storewatch.store.States.StoreState;
import dev.storewatch.uptime.WindowTotals;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is known of all stores, as the page of the fleet shows it. */
final class Fleet {
  private static final int ROWS = 50;
  private static final int MOST_OUT = 8;
  private static final int MOST_TABLES = 4;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEE d MMM HH:mm xxx", Locale.ENGLISH);
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final States states;
  private final FleetFigures figures;
  private final Strips strips;
  private final OutageBook outages;
  private final LateClose lateClose;

  /** What was made of the last moment of each scope. */
  private final LastAsked<Scope, Look> looks = new LastAsked<>(FleetFigures.MOST_SCOPES);

  Fleet(
      States states, FleetFigures figures, Strips strips, OutageBook outages, LateClose lateClose) {
    this.lateClose = lateClose;
    this.states = states;
    this.figures = figures;
    this.strips = strips;
    this.outages = outages;
  }

  /**
   * All of the page, at one moment.
   *
   * @param now what is known of the fleet
   * @param table the stores
   */
  record Whole(FleetView now, FleetView.Table table) {}

  /** Returns what somebody may see of all stores, and a table of some. */
  Whole look(Scope scope, FleetFilter filter) {
    Look look = at(scope);
    return new Whole(now(scope, look), look.page(filter));
  }

  /** Returns what somebody may see of all stores, without the table. */
  FleetView now(Scope scope) {
    return now(scope, at(scope));
  }

  private static FleetView now(Scope scope, Look look) {
    return new FleetView(
        clock(look.instant),
        look.counts,
        look.keys.length,
        look.uptimes(),
        look.table.findings().notices().stream()
            .filter(Notice::standsInTheList)
            .map(Notice::text)
            .toList(),
        look.out(scope),
        look.worst());
  }

  /** Finds what has changed of what somebody looked at lately, before they ask for it again. */
  void refresh() {
    for (Scope scope : figures.refresh()) {
      List<FleetFilter> asked = looks.find(scope).map(Look::asked).orElse(List.of());
      Look now = at(scope);
      asked.forEach(now::page);
    }
  }

  /** Returns what is known now, made anew if polls or stores have changed. */
  private Look at(Scope scope) {
    States.Moment moment = states.at(scope, "latest");
    FleetFigures.Figures found = figures.of(scope);
    return looks.get(
        scope, known -> known.isOf(moment, found), () -> new Look(scope, moment, found));
  }

  /** Returns the table alone. */
  FleetView.Table table(Scope scope, FleetFilter filter) {
    return at(scope).page(filter);
  }

  private static String clock(long instant) {
    return UTC.format(Micros.toInstant(instant));
  }

  static String wallClock(Zone zone, Instant instant) {
    return CLOCK.format(zone.wallClock(instant));
  }

  /** Returns an instant as a clock in UTC shows it: of what is of no store, or of several. */
  static String inUtc(Instant instant) {
    return wallClock(ZoneTable.inUse().zone("UTC"), instant);
  }

  /** Returns the path of a store's page. */
  static String link(String id) {
    return "/stores/" + Encoded.segment(id);
  }

  /** All of it at one moment, for one who looks after the other. */
  private final class Look {
    private final States.Moment moment;
    private final FleetFigures.Figures found;
    private final Registry registry;
    private final long instant;
    private final ReportTable table;

    /** The keys of the stores in the scope, by their ids. */
    private final int[] keys;

    /** For each store in the scope what it is, by its key. */
    private final @Nullable Now[] now;

    /** For each store its row in the table, and one; 0 for one that is not in it. */
    private final int[] rowOf;

    private final Map<Now, Integer> counts;
    private final List<String> tags;
    private final List<String> zones;

    /** The tables that were made. */
    private final LastAsked<FleetFilter, FleetView.Table> tables = new LastAsked<>(MOST_TABLES);

    Look(Scope scope, States.Moment moment, FleetFigures.Figures found) {
      this.moment = moment;
      this.found = found;
      this.registry = moment.registry();
      this.instant = moment.instant();
      this.table = found.table();
      this.keys =
          Arrays.stream(registry.keysById()).filter(key -> scope.includes(registry, key)).toArray();
      this.now = new Now[registry.size() + 1];
      IntFunction<StoreState> state = moment.ofAll();
      for (int key : keys) {
        now[key] = Now.of(registry, key, instant, state.apply(key).state());
      }
      this.rowOf = new int[registry.size() + 1];
      for (int row = 0; row < table.size(); row++) {
        if (table.store(row) <= registry.size()) { // not one that came after the registry
          rowOf[table.store(row)] = row + 1;
        }
      }
      this.counts = countsOf();
      this.tags = tagsOf();
      this.zones = zonesOf();
    }

    boolean isOf(States.Moment otherMoment, FleetFigures.Figures others) {
      return found.equals(others) && moment.equals(otherMoment);
    }

    /** Returns the outages that go on at the moment of all figures. */
    List<FleetView.Out> out(Scope scope) {
      List<FleetView.Out> out = new ArrayList<>();
      String at = Micros.toInstant(instant).toString();
      String after = Micros.toInstant(instant + 1).toString();
      outages.forEach(
          scope,
          OutageQuery.parse(null, null, List.of(), at, after),
          outage -> {
            out.add(out(outage));
            return out.size() < MOST_OUT;
          });
      return out;
    }

    private FleetView.Out out(OutageView outage) {
      int key = registry.keyEver(outage.storeId()).orElseThrow();
      long start = Math.min(instant, Micros.of(outage.from()));
      return new FleetView.Out(
          outage.storeId(),
          link(outage.storeId()),
          outage.storeName(),
          wallClock(registry.zoneInUse(key), outage.from()),
          Lengths.of(registry.schedule(key, lateClose).inHours(new Span(start, instant)).length()));
    }

    private Now now(int key) {
      return Objects.requireNonNull(now[key]);
    }

    private Map<Now, Integer> countsOf() {
      Map<Now, Integer> all = new EnumMap<>(Now.class);
      for (Now each : Now.values()) {
        all.put(each, 0);
      }
      for (int key : keys) {
        all.merge(now(key), 1, Integer::sum);
      }
      return Collections.unmodifiableMap(all);
    }

    Map<String, Percent> uptimes() {
      Map<String, Percent> uptimes = new LinkedHashMap<>();
      uptimes.put("today so far", sum(FleetFigures.TODAY));
      uptimes.put("last 7 days", sum(FleetFigures.WEEK));
      uptimes.put("last 30 days", sum(FleetFigures.MONTH));
      return uptimes;
    }

    private Percent sum(int window) {
      return Percent.of(found.sums().get(window));
    }

    /** Returns the row of a store in the table; -1 for one that is not in it. */
    private int rowOf(int key) {
      return key < rowOf.length ? rowOf[key] - 1 : -1;
    }

    private WindowTotals totals(int key, int window) {
      int row = rowOf(key);
      return row < 0 ? WindowTotals.ZERO : table.totals(row, window);
    }

    private Percent percent(int key, int window) {
      return Percent.of(totals(key, window));
    }

    List<FleetView.Worst> worst() {
      return found.worst().stream()
          .map(table::store)
          .filter(key -> rowOf(key) >= 0 && !registry.isDeleted(key))
          .map(
              key ->
                  new FleetView.Worst(
                      registry.id(key),
                      link(registry.id(key)),
                      registry.name(key),
                      percent(key, FleetFigures.WEEK),
                      Lengths.of(totals(key, FleetFigures.WEEK).down())))
          .toList();
    }

    /** Returns what tables were asked for. */
    List<FleetFilter> asked() {
      return tables.keys();
    }

    FleetView.Table page(FleetFilter filter) {
      return tables.get(filter, known -> true, () -> make(filter));
    }

    private FleetView.Table make(FleetFilter filter) {
      int[] found =
          Arrays.stream(keys)
              .filter(key -> filter.includes(registry, key))
              .filter(key -> filter.state() == null || now(key) == filter.state())
              .toArray();
      int pages = Math.max(1, (found.length + ROWS - 1) / ROWS);
      FleetFilter shown =
          new FleetFilter(
              filter.search(),
              filter.state(),
              filter.tag(),
              filter.zone(),
              filter.sort(),
              filter.bounds(),
              Math.min(pages, filter.page()));
      int[] some =
          sorted(found, filter.sort()).stream()
              .skip((long) ROWS * (shown.page() - 1))
              .limit(ROWS)
              .mapToInt(Integer::intValue)
              .toArray();
      Map<Integer, Strips.Week> weeks = strips.of(registry, some, instant);
      return new FleetView.Table(
          shown,
          Arrays.stream(some).mapToObj(key -> row(key, weeks)).toList(),
          found.length,
          pages,
          tags,
          zones);
    }

    private List<Integer> sorted(int[] some, FleetFilter.Sort sort) {
      boolean turned = sort.isDescending();
      return switch (sort.order()) {
        case STORE -> {
          List<Integer> byId = Arrays.stream(some).boxed().toList();
          yield turned ? byId.reversed() : byId;
        }
        case STATE -> ranked(some, key -> turned ? -urgency(now(key)) : urgency(now(key)));
        case HOUR -> ranked(some, key -> ofUptime(key, FleetFigures.HOUR, turned));
        case DAY -> ranked(some, key -> ofUptime(key, FleetFigures.DAY, turned));
        case WEEK -> ranked(some, key -> ofUptime(key, FleetFigures.WEEK, turned));
      };
    }

    /** Returns stores in the order of their ranks, and of one rank as they come: by id. */
    private List<Integer> ranked(int[] some, IntUnaryOperator rank) {
      long[] ranked = new long[some.length];
      for (int place = 0; place < some.length; place++) {
        ranked[place] = (long) rank.applyAsInt(some[place]) << Integer.SIZE | place;
      }
      Arrays.sort(ranked);
      return Arrays.stream(ranked).mapToObj(each -> some[(int) each]).toList();
    }

    /** Those of which nothing is known come last, from whichever end the others are ordered. */
    private int ofUptime(int key, int window, boolean turned) {
      int order = (int) Percent.orderOf(totals(key, window)); // of hundredths of a percent
      if (order < 0) {
        return Integer.MAX_VALUE;
      }
      return turned ? -order : order;
    }

    private StoreRow row(int key, Map<Integer, Strips.Week> weeks) {
      Strips.Week week = Objects.requireNonNull(weeks.get(key));
      Zone zone = registry.zoneInUse(key);
      String offset =
          DateTimeFormatter.ofPattern("xxx", Locale.ENGLISH)
              .format(zone.wallClock(Micros.toInstant(instant)));
      return new StoreRow(
          registry.id(key),
          link(registry.id(key)),
          registry.name(key),
          "%s %s".formatted(zone.name(), offset),
          now(key),
          percent(key, FleetFigures.HOUR),
          percent(key, FleetFigures.DAY),
          percent(key, FleetFigures.WEEK),
          week.strip(),
          lastPoll(key, zone, week));
    }

    private String lastPoll(int key, Zone zone, Strips.Week week) {
      if (week.lastPoll().isPresent()) {
        return wallClock(zone, Micros.toInstant(week.lastPoll().getAsLong()));
      }
      return registry.hasPollBy(key, instant) ? "over 7 days ago" : "never";
    }

    private List<String> tagsOf() {
      TreeSet<String> all = new TreeSet<>();
      for (int key : keys) {
        all.addAll(registry.tags(key));
      }
      return List.copyOf(all);
    }

    private List<String> zonesOf() {
      Set<Zone> all = new HashSet<>();
      for (int key : keys) {
        all.add(registry.zoneInUse(key));
      }
      return all.stream().map(Zone::name).sorted().toList();
    }
  }

  private static int urgency(Now now) {
    return switch (now) {
      case DOWN -> 0;
      case UNKNOWN -> 1;
      case UP -> 2;
      case PLANNED -> 3;
      case CLOSED -> 4;
    };
  }
}
