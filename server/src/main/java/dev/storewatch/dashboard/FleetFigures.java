package dev.storewatch.dashboard;

import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.AsOf;
import dev.storewatch.poll.Polls;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportRequest;
import dev.storewatch.report.ReportTable;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Asked;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The uptime of all stores that somebody may see, up to the newest poll, kept until polls or stores
 * change.
 */
final class FleetFigures {
  /** The windows, in the order of {@link ReportTable#totals}. */
  static final List<String> WINDOWS = List.of("PT1H", "P1D", "P7D", "P30D", "today");

  static final int HOUR = 0;
  static final int DAY = 1;
  static final int WEEK = 2;
  static final int MONTH = 3;
  static final int TODAY = 4;

  private static final int MOST_WORST = 8;

  /** Whose figures are kept; those of whoever looked the longest ago are dropped. */
  static final int MOST_SCOPES = 8;

  /** Polls may come all the time, and nobody sees a change of a second. */
  private static final Duration LEAST_LIFE = Duration.ofSeconds(1);

  /** Then they are computed ahead, so that who asks when their time is over need not wait. */
  private static final Duration AHEAD = Duration.ofMillis(500);

  /** For so long after somebody looked, figures are computed before they are asked for. */
  private static final Duration IN_USE = Duration.ofMinutes(1);

  private final FleetReport report;
  private final Polls polls;
  private final Stores stores;
  private final LateClose lateClose;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final Map<Scope, Kept> kept = new LinkedHashMap<>(MOST_SCOPES, 0.75f, true);

  /** One computation at a time: it has all processors, and who waits gets what was computed. */
  private final ReentrantLock computing = new ReentrantLock();

  private final AtomicLong renewals = new AtomicLong();

  private record Kept(
      long version, Registry registry, long computedAt, long askedAt, Figures figures) {
    Kept asked(long now) {
      return new Kept(version, registry, computedAt, now, figures);
    }
  }

  /**
   * What was computed.
   *
   * @param asOf the instant of the newest poll, or now without any
   * @param table the totals of each store
   * @param sums those of all stores, for each window
   * @param worst the rows of the stores with the lowest uptime in the last week, the lowest first
   */
  record Figures(long asOf, ReportTable table, List<WindowTotals> sums, List<Integer> worst) {
    Figures(long asOf, ReportTable table) {
      this(asOf, table, sums(table), worst(table));
    }

    private static List<Integer> worst(ReportTable table) {
      return IntStream.range(0, table.size())
          .filter(row -> table.totals(row, WEEK).down() > 0)
          .mapToLong(row -> Percent.orderOf(table.totals(row, WEEK)) << Integer.SIZE | row)
          .sorted()
          .limit(MOST_WORST)
          .mapToObj(packed -> (int) packed)
          .toList();
    }

    private static List<WindowTotals> sums(ReportTable table) {
      WindowTotals[] sums = new WindowTotals[WINDOWS.size()];
      Arrays.fill(sums, WindowTotals.ZERO);
      for (int row = 0; row < table.size(); row++) {
        for (int window = 0; window < sums.length; window++) {
          sums[window] = sums[window].plus(table.totals(row, window));
        }
      }
      return List.of(sums);
    }
  }

  /**
   * The figures of the stores of a database.
   *
   * @param nanoTime a clock that only goes forward, for how old figures are
   */
  FleetFigures(
      FleetReport report,
      Polls polls,
      Stores stores,
      LateClose lateClose,
      Clock clock,
      LongSupplier nanoTime) {
    this.report = report;
    this.polls = polls;
    this.stores = stores;
    this.lateClose = lateClose;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Returns the figures of the stores in a scope, at most a second older than the data. */
  Figures of(Scope scope) {
    computing.lock();
    try {
      long now = nanoTime.getAsLong();
      Kept known = upToDate(scope, kept.get(scope), now, LEAST_LIFE).asked(now);
      var _ = kept.put(scope, known);
      if (kept.size() > MOST_SCOPES) {
        kept.remove(kept.keySet().iterator().next());
      }
      return known.figures;
    } finally {
      computing.unlock();
    }
  }

  /**
   * Computes what has changed of the figures that somebody asked for lately.
   *
   * @return the scopes of those that changed
   */
  List<Scope> refresh() {
    computing.lock();
    try {
      long now = nanoTime.getAsLong();
      List<Scope> changed = new ArrayList<>();
      for (Map.Entry<Scope, Kept> entry : kept.entrySet()) {
        Kept before = entry.getValue();
        if (now - before.askedAt < IN_USE.toNanos()) {
          entry.setValue(upToDate(entry.getKey(), before, now, AHEAD));
          if (entry.getValue().computedAt != before.computedAt) {
            changed.add(entry.getKey());
          }
        }
      }
      return changed;
    } finally {
      computing.unlock();
    }
  }

  /** Returns how often newer figures took the place of some that somebody had got. */
  long renewals() {
    return renewals.get();
  }

  private Kept upToDate(Scope scope, @Nullable Kept known, long now, Duration life) {
    if (known != null && now - known.computedAt < life.toNanos()) {
      return known;
    }
    // The version is read before the polls: a later change raises it.
    long version = polls.version();
    Registry registry = stores.registry();
    if (known != null && known.version == version && known.registry.equals(registry)) {
      return known;
    }
    Figures computed = compute(scope);
    if (known == null) {
      return new Kept(version, registry, now, now, computed);
    }
    var _ = renewals.incrementAndGet();
    return new Kept(version, registry, now, known.askedAt, computed);
  }

  private Figures compute(Scope scope) {
    long now = Micros.of(clock.instant());
    AsOf latest = new AsOf.Latest();
    OptionalLong asOf = latest.resolve(polls, stores, scope, now);
    List<Asked> windows = WINDOWS.stream().map(Asked::parse).toList();
    ReportRequest request =
        new ReportRequest(latest, Rule.standard(), windows, null, lateClose, scope);
    var spec = report.accept(request, asOf, now, lateClose);
    ReportTable table =
        asOf.isEmpty() ? report.empty(spec) : report.compute(spec, FleetReport.Progress.NONE);
    return new Figures(asOf.orElse(now), table);
  }
}
