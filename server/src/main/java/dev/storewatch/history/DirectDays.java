package dev.storewatch.history;

import dev.storewatch.database.Database;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.DatedHours;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.PollScan;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.UptimeEngine;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Dates;
import dev.storewatch.window.Stretch;
import dev.storewatch.work.Ranges;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The computation of days from the polls, by the engine: for days that are not kept, and for those
 * that are to be kept.
 *
 * <p>Days of all stores are worked on month by month, and of a month in ranges of stores, each by
 * one thread from the scan on. So the memory for polls is bounded.
 */
final class DirectDays {
  /** The polls of so many stores are looked up; of more, those of all between them are read. */
  private static final int FEW = 500;

  /**
   * So many polls are in memory for each thread, of 33 bytes. A report has fewer on DuckDB; where
   * polls are not sorted by store, each range of stores reads all polls of the month.
   */
  private static final int POLLS = 2_000_000;

  private final Database database;
  private final PollScan polls;
  private final Registry registry;
  private final Rule rule;
  private final LateClose lateClose;
  private final long asOf;
  private final int threads;

  /** The days of stores that have the same, by their zones and dates. */
  private final Map<ZoneDays, Days> ofZones = new HashMap<>();

  /** Whole periods of stores that have the same. */
  private final Map<Whole, Days> wholes = new HashMap<>();

  /** The figures of stores without closures before any poll, by their hours, which many share. */
  private final IdentityHashMap<DatedHours, Map<Days, long[]>> ofUnpolled = new IdentityHashMap<>();

  /** The days of stores whose nights go on past midnight, by where they begin. */
  private final Map<List<Long>, Days> others = new HashMap<>();

  DirectDays(
      Database database,
      PollScan polls,
      Registry registry,
      Rule rule,
      LateClose lateClose,
      long asOf,
      int threads) {
    this.database = database;
    this.polls = polls;
    this.registry = registry;
    this.rule = rule;
    this.lateClose = lateClose;
    this.asOf = asOf;
    this.threads = threads;
  }

  /**
   * Days of a store that follow each other, all of one month.
   *
   * @param first the date of the first, in days since 1970
   * @param days how many there are
   */
  record Piece(int key, long first, int days) {}

  /** Whoever receives what is computed; several threads may call it at once. */
  interface Receiver {
    /**
     * Called with each piece.
     *
     * @param totals the figures of its days as {@link WindowTotals} orders them; not to be changed
     */
    void take(Piece piece, long[] totals);
  }

  private record ZoneDays(Zone zone, long first, int days) {}

  /** Where the days of a piece are, of which many stores have the same. */
  private final class Days {
    private final long[] edges;
    private final List<Span> spans;
    private final Span horizon;
    private final Clocks clocks;

    /** For the one thread that computes days before any poll. */
    private @Nullable UptimeEngine own;

    Days(long[] edges) {
      this(edges, between(edges));
    }

    Days(long[] edges, List<Span> whole) {
      this.edges = edges;
      this.spans = whole.stream().map(span -> Stretch.upTo(asOf, span)).toList();
      this.horizon = engine().horizon();
      this.clocks = new Clocks(horizon);
    }

    UptimeEngine engine() {
      return new UptimeEngine(rule, asOf, spans);
    }
  }

  private static List<Span> between(long[] edges) {
    return IntStream.range(1, edges.length)
        .mapToObj(day -> new Span(edges[day - 1], edges[day]))
        .toList();
  }

  private record Work(Piece piece, Schedule schedule, Days days) {}

  /**
   * Returns when the days of a piece begin and, as the last number, end; not clipped to the as-of
   * instant.
   */
  long[] edges(Piece piece) {
    return days(piece, registry.schedule(piece.key, lateClose)).edges;
  }

  private Days days(Piece piece, Schedule schedule) {
    return schedule.beginsDaysAtMidnight()
        ? ofZones.computeIfAbsent(
            new ZoneDays(schedule.zone(), piece.first, piece.days),
            dates -> new Days(edges(schedule, piece)))
        : ofNights(edges(schedule, piece));
  }

  private Days ofNights(long[] edges) {
    return others.computeIfAbsent(Arrays.stream(edges).boxed().toList(), same -> new Days(edges));
  }

  private static long[] edges(Schedule schedule, Piece piece) {
    long[] edges = new long[piece.days + 1];
    for (int day = 0; day <= piece.days; day++) {
      edges[day] = schedule.dayStart(LocalDate.ofEpochDay(piece.first + day));
    }
    return edges;
  }

  /**
   * Returns the figures of a whole period of a store before any poll of it; null if a poll may tell
   * something of it. Not to be changed.
   */
  long @Nullable [] unpolled(int key, Dates period) {
    Schedule schedule = registry.schedule(key, lateClose);
    Days whole =
        schedule.beginsDaysAtMidnight()
            ? wholes.computeIfAbsent(
                new Whole(schedule.zone(), period), _ -> whole(schedule, period))
            : whole(schedule, period);
    return registry.hasPollBy(key, whole.horizon.end()) ? null : withoutPolls(schedule, whole);
  }

  private record Whole(Zone zone, Dates period) {}

  private Days whole(Schedule schedule, Dates period) {
    return new Days(new long[0], List.of(period.span(asOf, schedule)));
  }

  /** Computes pieces, in a snapshot of the database that the caller has begun. */
  void compute(List<Piece> pieces, Receiver receiver) {
    Map<Integer, List<Work>> byMonth = new TreeMap<>();
    List<Piece> byStore = new ArrayList<>(pieces);
    byStore.sort(Comparator.comparingInt(Piece::key));
    Schedule schedule = null;
    int last = 0;
    for (Piece piece : byStore) {
      if (schedule == null || piece.key != last) {
        schedule = registry.schedule(piece.key, lateClose);
        last = piece.key;
      }
      Days days = days(piece, schedule);
      if (registry.hasPollBy(piece.key, days.horizon.end())) {
        byMonth
            .computeIfAbsent(Months.of(piece.first), first -> new ArrayList<>())
            .add(new Work(piece, schedule, days));
      } else {
        receiver.take(piece, withoutPolls(schedule, days));
      }
    }
    byMonth.values().forEach(works -> computeMonth(works, receiver));
  }

  /** Returns the totals of days before any poll of a store: all of its open time is unknown. */
  private long[] withoutPolls(Schedule schedule, Days days) {
    return schedule.closures().all().isEmpty()
        ? ofUnpolled
            .computeIfAbsent(schedule.hours(), first -> new HashMap<>())
            .computeIfAbsent(days, same -> measured(schedule, days))
        : measured(schedule, days);
  }

  private static long[] measured(Schedule schedule, Days days) {
    long[] totals = new long[days.spans.size() * WindowTotals.FIELDS];
    if (days.own == null) {
      days.own = days.engine();
    }
    days.own.measure(
        schedule.open(days.clocks), schedule.closed(days.clocks), new long[0], 0, 0, totals, 0);
    return totals;
  }

  /**
   * Computes spans of stores that are the same for all stores of a zone, in a snapshot of the
   * database that the caller has begun. All polls of the time are in memory by ranges of stores, so
   * the time is to be a month at most.
   *
   * @param keys the stores in the order of their keys
   */
  void compute(int[] keys, Function<Zone, List<Span>> spans, Receiver receiver) {
    Map<Zone, Days> days = new HashMap<>();
    List<Work> works = new ArrayList<>();
    for (int key : keys) {
      Schedule schedule = registry.schedule(key, lateClose);
      Days own =
          days.computeIfAbsent(schedule.zone(), zone -> new Days(new long[0], spans.apply(zone)));
      works.add(new Work(new Piece(key, 0, own.spans.size()), schedule, own));
    }
    if (!works.isEmpty()) {
      computeMonth(works, receiver);
    }
  }

  private void computeMonth(List<Work> works, Receiver receiver) {
    Span horizon = horizon(works);
    List<List<Work>> ranges = ranges(works, horizon);
    if (ranges.size() == 1) {
      new Worker(horizon, receiver).work(works);
      return;
    }
    Ranges.inParallel(
        ranges, threads, () -> new Worker(horizon, receiver)::work, database::sharingSnapshot);
  }

  private static Span horizon(List<Work> works) {
    long start = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (Work work : works) {
      start = Math.min(start, work.days.horizon.start());
      end = Math.max(end, work.days.horizon.end());
    }
    return new Span(start, end);
  }

  private List<List<Work>> ranges(List<Work> works, Span horizon) {
    if (works.size() <= FEW) {
      return List.of(works);
    }
    long wanted = Math.max(threads, polls.countRoughly(horizon) / POLLS + 1);
    int count = (int) Math.min(works.size(), wanted);
    List<List<Work>> ranges = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ranges.add(
          works.subList(
              (int) ((long) works.size() * i / count),
              (int) ((long) works.size() * (i + 1) / count)));
    }
    return ranges;
  }

  /** One thread's part, in memory of its own. */
  private final class Worker {
    private final Span horizon;
    private final Receiver receiver;
    private final GroupedPolls grouped = new GroupedPolls();
    private final Map<Days, UptimeEngine> engines = new HashMap<>();

    Worker(Span horizon, Receiver receiver) {
      this.horizon = horizon;
      this.receiver = receiver;
    }

    void work(List<Work> works) {
      load(works);
      for (Work each : works) {
        compute(each);
      }
    }

    private void load(List<Work> works) {
      int first = works.getFirst().piece.key;
      int last = works.getLast().piece.key;
      if (works.size() > FEW) {
        grouped.load(polls, horizon, first, last);
        return;
      }
      PollRows rows = new PollRows(1024);
      int[] keys = works.stream().mapToInt(work -> work.piece.key).distinct().toArray();
      polls.scan(horizon, keys, rows::add);
      grouped.group(rows, first, last);
      for (int key : keys) {
        Arrays.sort(grouped.array(), grouped.from(key), grouped.to(key));
      }
    }

    private void compute(Work work) {
      Days days = work.days;
      int key = work.piece.key;
      int to = grouped.to(key);
      int from = PackedPoll.firstFrom(days.horizon.start(), grouped.array(), grouped.from(key), to);
      long[] totals = new long[work.piece.days * WindowTotals.FIELDS];
      engines
          .computeIfAbsent(days, Days::engine)
          .measure(
              work.schedule.open(days.clocks),
              work.schedule.closed(days.clocks),
              grouped.array(),
              from,
              to,
              totals,
              0);
      receiver.take(work.piece, totals);
    }
  }
}
