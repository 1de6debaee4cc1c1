package dev.storewatch.history;

import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.Polls;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedTotals;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.WindowTotals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What brings the days that are kept up to date: it computes the months of stores in which
 * something was changed since the last time, or of which more days are over.
 */
public final class HistoryTracker {
  static final Rule RULE = Rule.standard();

  /**
   * A poll that comes later than this is late: it has days computed again. Polls that come sooner
   * cost nothing.
   */
  private static final long LATE = 6 * Micros.HOUR;

  /** How often days that are over are added. */
  private static final long BETWEEN = 10 * 60 * Micros.SECOND;

  /** Stands for the newest poll of a fleet without polls. */
  private static final long NEVER = Change.ALWAYS.start();

  /** No business day is farther from that of UTC. */
  private static final int FARTHEST_DAYS = 3;

  private final Database database;
  private final Stores stores;
  private final Polls polls;
  private final Revisions revisions;
  private final HistoryRows rows;
  private final LateClose lateClose;
  private final Clock clock;
  private final int threads;
  private final ReentrantLock updating = new ReentrantLock();
  private final String writer = UUID.randomUUID().toString();
  private volatile @Nullable Building last;

  /**
   * A time at which days were computed and written.
   *
   * @param end when it ended
   * @param took how long it took
   */
  public record Building(Instant end, Duration took) {}

  /** A tracker of the days of a database. */
  public HistoryTracker(
      Database database, Stores stores, Polls polls, LateClose lateClose, Clock clock) {
    this.database = database;
    this.stores = stores;
    this.polls = polls;
    this.revisions = new Revisions(database);
    this.rows = new HistoryRows(database);
    this.lateClose = lateClose;
    this.clock = clock;
    this.threads = Runtime.getRuntime().availableProcessors();
  }

  /** Returns what the figures rest on beside the data. */
  static String basis(LateClose lateClose) {
    return "1 %s %s %s".formatted(RULE.name(), RULE.carry(), lateClose);
  }

  /**
   * Brings the days up to date with all that is committed, and adds those that are over.
   *
   * @return how many months of stores were computed
   */
  public long update() {
    updating.lock();
    try {
      long start = System.nanoTime();
      long written = database.inSnapshot(this::round).run();
      if (written > 0) {
        last = new Building(clock.instant(), Duration.ofNanos(System.nanoTime() - start));
      }
      return written;
    } finally {
      updating.unlock();
    }
  }

  /** Returns when this process last computed days, if it did. */
  public Optional<Building> lastBuilding() {
    return Optional.ofNullable(last);
  }

  /** Returns how far the days are kept. */
  public KeptNow kept() {
    OptionalLong newest = polls.newest(Micros.of(clock.instant()));
    HistoryRows.Progress progress =
        rows.progress().filter(kept -> kept.knownTo() != NEVER).orElse(null);
    if (progress == null) {
      return new KeptNow(Double.NaN, Double.NaN, false);
    }
    double knownTo = seconds(progress.knownTo());
    return new KeptNow(
        knownTo,
        newest.isEmpty() ? Double.NaN : seconds(newest.getAsLong()) - knownTo,
        progress.isComplete()
            && progress.basis().equals(basis(lateClose))
            && progress.revision() == revisions.latest());
  }

  private static double seconds(long micros) {
    return (double) micros / Micros.SECOND;
  }

  private Round round() {
    Registry registry = stores.registry();
    int latest = revisions.latest();
    HistoryRows.Progress progress =
        rows.progress()
            .filter(kept -> kept.basis().equals(basis(lateClose)) && kept.revision() <= latest)
            .orElse(null);
    OptionalLong newest = polls.newest(Micros.of(clock.instant()));
    return new Round(
        registry,
        latest,
        newest.isEmpty() ? NEVER : newest.getAsLong() - LATE,
        GoneDays.of(revisions, RULE),
        progress,
        progress == null
            ? ChangedDays.none(registry, RULE.carryMicros())
            : ChangedDays.since(progress, latest, registry, revisions, polls, RULE.carryMicros()));
  }

  /** All that is done at once. */
  private final class Round {
    private final Registry registry;
    private final int latest;
    private final long asOf;
    private final GoneDays gone;
    private final HistoryRows.@Nullable Progress before;
    private final ChangedDays changed;
    private final boolean isTimeGoneOn;
    private long written;

    Round(
        Registry registry,
        int latest,
        long asOf,
        GoneDays gone,
        HistoryRows.@Nullable Progress before,
        ChangedDays changed) {
      this.registry = registry;
      this.latest = latest;
      this.asOf = asOf;
      this.gone = gone;
      this.before = before;
      this.changed = changed;
      this.isTimeGoneOn =
          before == null || !before.isComplete() || asOf >= before.knownTo() + BETWEEN;
    }

    /** Does all, and returns how many months were written. */
    long run() {
      if (before != null && !isTimeGoneOn && changed.isEmpty()) {
        if (before.revision() < latest) {
          boolean _ =
              rows.end(
                  new HistoryRows.Progress(
                      latest, before.knownTo(), true, before.basis(), before.writer()));
        }
        return 0;
      }
      long knownTo = before == null ? asOf : Math.max(asOf, before.knownTo());
      String basis = basis(lateClose);
      rows.begin(
          new HistoryRows.Progress(
              before == null ? latest : before.revision(), knownTo, false, basis, writer),
          before == null ? gone.firstMonth() : null);
      boolean isDone =
          deleteGone()
              && writeAll(knownTo)
              && rows.end(new HistoryRows.Progress(latest, knownTo, true, basis, writer));
      return isDone ? written : 0;
    }

    /** Deletes months of stores that are there no more, and those before a store's first poll. */
    private boolean deleteGone() {
      List<Integer> keys = new ArrayList<>();
      List<Integer> until = new ArrayList<>();
      for (int key = 1; key <= registry.size() && !changed.isEmpty(); key++) {
        if (registry.isDeleted(key)
            ? changed.mayBeGone(key)
            : changed.first(key) <= changed.last(key)) {
          keys.add(key);
          until.add(registry.isDeleted(key) ? Integer.MAX_VALUE : firstMonth(key));
        }
      }
      return keys.isEmpty() || rows.delete(ints(keys), ints(until), gone.firstMonth(), writer);
    }

    private static int[] ints(List<Integer> values) {
      return values.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns the first month of a store in which a poll may speak for a day. */
    private int firstMonth(int key) {
      OptionalLong first = registry.firstPoll(key);
      return first.isEmpty()
          ? Integer.MAX_VALUE
          : Months.of(
              Math.floorDiv(first.getAsLong() - RULE.carryMicros(), Micros.DAY) - FARTHEST_DAYS);
    }

    private boolean writeAll(long knownTo) {
      for (Map.Entry<Integer, BitSet> month : toWrite(knownTo).entrySet()) {
        int[] keys = month.getValue().stream().toArray();
        HistoryRows.Batch batch =
            database.inSnapshot(() -> compute(stores.registry(), month.getKey(), keys));
        if (Thread.currentThread().isInterrupted() || !rows.write(batch, writer)) {
          return false;
        }
        written += batch.size();
      }
      return true;
    }

    private SortedMap<Integer, BitSet> toWrite(long knownTo) {
      SortedMap<Integer, BitSet> months = new TreeMap<>();
      int end = Months.at(Math.max(knownTo, 0));
      int start = Integer.MAX_VALUE;
      for (int key = 1; key <= registry.size(); key++) {
        if (!registry.isDeleted(key) && registry.firstPoll(key).isPresent()) {
          start = Math.min(start, firstMonth(key));
          addChanged(key, end, months);
        }
      }
      if (before == null || !before.isComplete()) {
        for (int month = Math.max(start, gone.firstMonth()); month <= end; month++) {
          addMissing(month, months);
        }
      } else if (isTimeGoneOn) {
        int first =
            Math.max(
                start,
                Months.of(
                    Math.floorDiv(before.knownTo() - RULE.carryMicros(), Micros.DAY)
                        - FARTHEST_DAYS));
        for (int month = first; month <= end; month++) {
          addGrown(month, months);
        }
      }
      return months;
    }

    private void addChanged(int key, int end, SortedMap<Integer, BitSet> months) {
      if (changed.first(key) <= changed.last(key)) {
        int first = Math.max(firstMonth(key), gone.firstMonth());
        int from = Math.max(first, Months.of(Math.max(changed.first(key), -900_000)));
        int to = Math.min(end, Months.of(Math.min(changed.last(key), 9_000_000)));
        for (int month = from; month <= to; month++) {
          add(month, key, months);
        }
      }
    }

    private static void add(int month, int key, SortedMap<Integer, BitSet> months) {
      months.computeIfAbsent(month, first -> new BitSet()).set(key);
    }

    /** Adds the stores of which days of a month are missing. */
    private void addMissing(int month, SortedMap<Integer, BitSet> months) {
      int[] kept = new int[registry.size() + 1];
      rows.read(
          null,
          month,
          month,
          false,
          (store, itsMonth, days, sums, figures) -> {
            if (store < kept.length) {
              kept[store] = days;
            }
          });
      addWhere(month, months, (key, direct) -> kept[key] < settled(direct, key, month, asOf));
    }

    /** Adds the stores of which more days of a month are over than before. */
    private void addGrown(int month, SortedMap<Integer, BitSet> months) {
      long knownTo = before == null ? NEVER : before.knownTo();
      addWhere(
          month,
          months,
          (key, direct) ->
              settled(direct, key, month, knownTo) < settled(direct, key, month, asOf));
    }

    private interface Condition {
      boolean holds(int key, DirectDays direct);
    }

    private void addWhere(int month, SortedMap<Integer, BitSet> months, Condition condition) {
      DirectDays direct = direct(registry);
      for (int key = 1; key <= registry.size(); key++) {
        if (!registry.isDeleted(key)
            && registry.firstPoll(key).isPresent()
            && firstMonth(key) <= month
            && condition.holds(key, direct)) {
          add(month, key, months);
        }
      }
    }

    private DirectDays direct(Registry at) {
      return new DirectDays(database, polls, at, RULE, lateClose, asOf, threads);
    }

    /** Returns how many days of a month no poll after an instant tells anything of. */
    private static int settled(DirectDays direct, int key, int month, long instant) {
      long[] edges = direct.edges(whole(key, month));
      int days = 0;
      while (days + 1 < edges.length && edges[days + 1] <= instant - RULE.carryMicros()) {
        days++;
      }
      return days;
    }

    private static DirectDays.Piece whole(int key, int month) {
      return new DirectDays.Piece(key, Months.first(month), Months.days(month));
    }

    /** Computes a month of stores, in a snapshot that may be of a later revision. */
    private HistoryRows.Batch compute(Registry at, int month, int[] keys) {
      HistoryRows.Batch batch = new HistoryRows.Batch(month, keys);
      DirectDays direct = direct(at);
      Map<Integer, long[]> stay = daysThatStay(month, keys);
      List<DirectDays.Piece> pieces = new ArrayList<>();
      for (int key : keys) {
        int days = at.isDeleted(key) ? 0 : settled(direct, key, month, asOf);
        if (days > 0) {
          pieces.add(new DirectDays.Piece(key, Months.first(month), days));
        }
      }
      direct.compute(
          pieces,
          (piece, totals) -> {
            long[] old = stay.get(piece.key());
            long[] figures = old == null ? totals : totals.clone();
            if (old != null) {
              System.arraycopy(old, 0, figures, 0, Math.min(old.length, figures.length));
            }
            batch.add(piece.key(), figures, piece.days());
          });
      return batch;
    }

    /** Returns the days of a month that cannot be computed again, as they are kept. */
    private Map<Integer, long[]> daysThatStay(int month, int[] keys) {
      Map<Integer, long[]> stay = new HashMap<>();
      int count = gone.daysThatStay(month);
      if (count > 0) {
        rows.read(
            keys,
            month,
            month,
            true,
            (store, itsMonth, days, sums, figures) -> {
              long[] totals = new long[days * WindowTotals.FIELDS];
              int _ = PackedTotals.unpack(String.valueOf(figures), totals);
              stay.put(store, Arrays.copyOf(totals, Math.min(days, count) * WindowTotals.FIELDS));
            });
      }
      return stay;
    }
  }
}
