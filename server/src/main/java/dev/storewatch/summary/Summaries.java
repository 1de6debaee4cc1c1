package dev.storewatch.summary;

import dev.storewatch.csv.RowWriter;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.outage.OutageBook;
import dev.storewatch.outage.OutageQuery;
import dev.storewatch.outage.OutageView;
import dev.storewatch.quality.Notice;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportRequest;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportTable;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.store.UnknownStore;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.WindowTotals;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The summaries of stores, each made when it is asked for. */
public final class Summaries {
  private static final int MOST_OUTAGES = 6;
  private static final int MOST_HOURS = 5;
  private static final int MOST_STORES = 6;
  private static final int HOURS = 24;

  private final FleetReport fleetReport;
  private final Stores stores;
  private final OutageBook outages;
  private final LateClose lateClose;
  private final Clock clock;

  /**
   * The summaries of a database.
   *
   * @param lateClose how a closing time of 23:59 or later is read
   */
  public Summaries(
      FleetReport fleetReport,
      Stores stores,
      OutageBook outages,
      LateClose lateClose,
      Clock clock) {
    this.fleetReport = fleetReport;
    this.stores = stores;
    this.outages = outages;
    this.lateClose = lateClose;
    this.clock = clock;
  }

  /**
   * Makes a summary of the stores that somebody may see.
   *
   * @throws UnknownStore if there is no store of the id in the scope
   * @throws dev.storewatch.input.WrongInput if no store has the tags, or the period is not known
   */
  public OwnerSummary make(Scope scope, SummaryQuery query) {
    Registry registry = stores.registry();
    String store = query.store();
    if (store != null && scope.key(registry, store).isEmpty()) {
      throw new UnknownStore(store);
    }
    ReportRequest request =
        new ReportRequest(
            query.asOf(),
            Rule.standard(),
            List.of(query.period(), query.period().before()),
            store == null ? null : List.of(store),
            lateClose,
            scope,
            query.tags(),
            null);
    long now = Micros.of(clock.instant());
    OptionalLong asOf = fleetReport.asOf(request, now);
    ReportSpec spec = fleetReport.accept(request, asOf, now, lateClose);
    ReportTable table =
        asOf.isEmpty()
            ? fleetReport.empty(spec)
            : fleetReport.compute(spec, FleetReport.Progress.NONE);
    return new Making(scope, query, registry, spec, asOf, table).summary();
  }

  /** The summary of a computed report. */
  private final class Making {
    private final Scope scope;
    private final SummaryQuery query;
    private final Registry registry;
    private final ReportSpec spec;
    private final OptionalLong asOf;
    private final ReportTable table;
    private final Map<String, Integer> rows = new HashMap<>();
    private final Span[] periods;

    private WindowTotals totals = WindowTotals.ZERO;
    private WindowTotals before = WindowTotals.ZERO;
    private final long[] lostByHour = new long[7 * HOURS];
    private int count;
    private int ongoing;
    private long lost;

    /** Those that cost the most; of these the least first. */
    private final PriorityQueue<OwnerSummary.Outage> longest =
        new PriorityQueue<>(WORST_OUTAGE.reversed());

    Making(
        Scope scope,
        SummaryQuery query,
        Registry registry,
        ReportSpec spec,
        OptionalLong asOf,
        ReportTable table) {
      this.scope = scope;
      this.query = query;
      this.registry = registry;
      this.spec = spec;
      this.asOf = asOf;
      this.table = table;
      this.periods = new Span[table.size()];
      for (int row = 0; row < periods.length; row++) {
        rows.put(table.storeId(row), row);
        totals = totals.plus(table.totals(row, 0));
        before = before.plus(table.totals(row, 1));
      }
      table.writeTo(new Periods());
    }

    /** Takes the period of each store out of its row. */
    private final class Periods implements RowWriter {
      private int next;

      @Override
      public void row(String storeId, long[] sums, int offset, long[] ends, int firstEnd) {
        periods[next++] = new Span(ends[firstEnd], ends[firstEnd + 1]);
      }

      @Override
      public void finish() {
        // All rows were there.
      }
    }

    OwnerSummary summary() {
      Span whole = whole();
      if (whole != null && !whole.isEmpty()) {
        addOutages(whole);
      }
      return new OwnerSummary(
          about(),
          spec.windows().getFirst().format(),
          whole == null ? null : Micros.toInstant(whole.start()),
          whole == null ? null : Micros.toInstant(whole.end()),
          asOf.isEmpty() ? null : Micros.toInstant(asOf.getAsLong()),
          totals,
          before,
          new OwnerSummary.Outages(
              count, ongoing, lost, longest.stream().sorted(WORST_OUTAGE).toList()),
          worstHours(),
          query.store() == null ? worstStores() : List.of(),
          table.findings().notices().stream().map(Notice::text).toList(),
          new OwnerSummary.Basis(
              spec.rule().name(),
              Micros.of(spec.rule().carry()),
              totals.polls(),
              table.revision(),
              ZoneTable.inUse().version()));
    }

    /** Returns the time that holds the periods of all stores; null without any store. */
    private @Nullable Span whole() {
      if (periods.length == 0) {
        return null;
      }
      return new Span(
          Arrays.stream(periods).mapToLong(Span::start).min().orElseThrow(),
          Arrays.stream(periods).mapToLong(Span::end).max().orElseThrow());
    }

    private OwnerSummary.About about() {
      String id = query.store();
      if (id == null) {
        return new OwnerSummary.About(null, query.tags(), table.size());
      }
      int key = registry.keyEver(id).orElseThrow();
      return new OwnerSummary.About(
          new OwnerSummary.Store(id, registry.name(key), registry.zoneInUse(key).name(), totals),
          List.of(),
          table.size());
    }

    private void addOutages(Span whole) {
      outages.forEach(
          scope,
          OutageQuery.parse(
              null,
              query.store(),
              query.tags(),
              Micros.toInstant(whole.start()).toString(),
              Micros.toInstant(whole.end()).toString()),
          outage -> {
            Integer row = rows.get(outage.storeId());
            if (row != null) {
              add(outage, row);
            }
            return true;
          });
    }

    private void add(OutageView outage, int row) {
      Span period = periods[row];
      Instant to = outage.to();
      boolean goesOn = to == null || Micros.of(to) > spec.asOf();
      long ended = to == null ? period.end() : Micros.of(to);
      long start = Math.max(period.start(), Micros.of(outage.from()));
      long end = Math.min(period.end(), ended);
      if (end <= start) {
        return;
      }
      int key = table.store(row);
      Schedule schedule = registry.schedule(key, lateClose);
      long ofOutage = 0;
      for (Span open : schedule.inHours(new Span(start, end)).spans()) {
        ofOutage += open.length();
        addHours(registry.zoneInUse(key), open);
      }
      if (ofOutage == 0) {
        return;
      }
      count++;
      ongoing += goesOn ? 1 : 0;
      lost += ofOutage;
      longest.add(
          new OwnerSummary.Outage(
              outage.storeId(),
              outage.storeName(),
              registry.zoneInUse(key).name(),
              outage.from(),
              goesOn ? null : to,
              ofOutage));
      if (longest.size() > MOST_OUTAGES) {
        longest.remove();
      }
    }

    /** Adds a stretch of lost time to the hours of the clock in which it lies. */
    private void addHours(Zone zone, Span open) {
      long at = open.start();
      while (at < open.end()) {
        OffsetDateTime local = zone.wallClock(Micros.toInstant(at));
        long inHour =
            (local.getMinute() * 60L + local.getSecond()) * Micros.SECOND + local.getNano() / 1_000;
        long change = zone.nextChange(at).orElse(Long.MAX_VALUE);
        long next = Math.min(open.end(), Math.min(at + Micros.HOUR - inHour, change));
        lostByHour[(local.getDayOfWeek().getValue() - 1) * HOURS + local.getHour()] += next - at;
        at = next;
      }
    }

    private List<OwnerSummary.Hour> worstHours() {
      return IntStream.range(0, lostByHour.length)
          .filter(hour -> lostByHour[hour] > 0)
          .boxed()
          .sorted(
              Comparator.comparingLong((Integer hour) -> -lostByHour[hour])
                  .thenComparingInt(hour -> hour))
          .limit(MOST_HOURS)
          .map(
              hour ->
                  new OwnerSummary.Hour(
                      DayOfWeek.of(hour / HOURS + 1), hour % HOURS, lostByHour[hour]))
          .toList();
    }

    private List<OwnerSummary.Store> worstStores() {
      List<Integer> some = new ArrayList<>();
      for (int row = 0; row < table.size(); row++) {
        if (table.totals(row, 0).down() > 0) {
          some.add(row);
        }
      }
      return some.stream()
          .sorted(
              Comparator.comparingLong((Integer row) -> percent(table.totals(row, 0)))
                  .thenComparingInt(row -> row))
          .limit(MOST_STORES)
          .map(
              row -> {
                int key = table.store(row);
                return new OwnerSummary.Store(
                    table.storeId(row),
                    registry.name(key),
                    registry.zoneInUse(key).name(),
                    table.totals(row, 0));
              })
          .toList();
    }
  }

  private static long percent(WindowTotals totals) {
    return Figures.hundredthsOfPercent(totals.up(), totals.down()).orElse(Long.MAX_VALUE);
  }

  private static final Comparator<OwnerSummary.Outage> WORST_OUTAGE =
      Comparator.comparingLong((OwnerSummary.Outage outage) -> -outage.lost())
          .thenComparing(OwnerSummary.Outage::from)
          .thenComparing(OwnerSummary.Outage::storeId);
}
