package dev.storewatch.report;

import dev.storewatch.csv.RowWriter;
import dev.storewatch.database.Database;
import dev.storewatch.entry.StoreIds;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.Polls;
import dev.storewatch.report.ComparisonView.Difference;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revision;
import dev.storewatch.revision.Revisions;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of complete reports with what the data of now says: which figures would be printed
 * otherwise, and what was changed since of that on which they rest.
 */
public final class ReportComparison {
  private final Database database;
  private final FleetReport fleetReport;
  private final Reports reports;
  private final Stores stores;
  private final Polls polls;
  private final Revisions revisions;

  /** The comparison with the data of a database. */
  public ReportComparison(
      Database database, FleetReport fleetReport, Reports reports, Stores stores, Polls polls) {
    this.database = database;
    this.fleetReport = fleetReport;
    this.reports = reports;
    this.stores = stores;
    this.polls = polls;
    this.revisions = new Revisions(database);
  }

  /**
   * Computes a report anew and compares it; this takes as long as the report did.
   *
   * @param report a complete report
   * @param scope only the stores that are in it now
   * @param most how many differences are listed; all are counted
   */
  public ComparisonView compare(Report report, Scope scope, int most) {
    return database.inSnapshot(() -> compareInSnapshot(report, scope, most));
  }

  private ComparisonView compareInSnapshot(Report report, Scope scope, int most) {
    Registry registry = stores.registry();
    ReportSpec spec = now(registry, report.spec());
    Integer revision =
        report.state() instanceof ReportState.Complete complete ? complete.revision() : null;
    ReportTable anew =
        report.asOf().isEmpty()
            ? fleetReport.empty(spec)
            : fleetReport.compute(spec, FleetReport.Progress.NONE);
    Causes causes = new Causes(registry, spec, revision == null ? 0 : revision);
    Rows rows = new Rows(windows(spec), new OfTable(anew, registry, scope), causes::of, most);
    reports.writeRows(report, scope, rows);
    return new ComparisonView(
        report.id(), null, revision, anew.revision(), rows.stores, rows.figures, rows.differences);
  }

  private static List<String> windows(ReportSpec spec) {
    return spec.windows().stream().map(window -> window.format()).toList();
  }

  /**
   * Compares two complete reports, the windows of one with those of the other in their order.
   *
   * @param scope only the stores that are in it now
   * @param most how many differences are listed; all are counted
   * @throws WrongInput if one has more windows than the other
   */
  public ComparisonView compare(Report report, Report other, Scope scope, int most) {
    List<String> windows = windows(report.spec());
    List<String> others = windows(other.spec());
    if (windows.size() != others.size()) {
      throw new WrongInput(
          "the reports have the windows %s and %s: compare reports with as many windows"
              .formatted(String.join(",", windows), String.join(",", others)));
    }
    List<String> both =
        IntStream.range(0, windows.size())
            .mapToObj(
                i ->
                    windows.get(i).equals(others.get(i))
                        ? windows.get(i)
                        : "%s | %s".formatted(windows.get(i), others.get(i)))
            .toList();
    return database.inSnapshot(
        () -> {
          KeptRows kept = new KeptRows(windows.size());
          reports.writeRows(other, scope, kept);
          Rows rows = new Rows(both, kept, _ -> List.of(), most);
          reports.writeRows(report, scope, rows);
          return new ComparisonView(
              report.id(),
              other.id(),
              revision(report),
              revision(other),
              rows.stores,
              rows.figures,
              rows.differences);
        });
  }

  private static @Nullable Integer revision(Report report) {
    return report.state() instanceof ReportState.Complete complete ? complete.revision() : null;
  }

  /** What a report is compared with, in the order of the ids of stores. */
  private interface Other {
    int size();

    String storeId(int row);

    WindowTotals totals(int row, int window);

    /** Returns whether the reader may see the store of a row. */
    boolean isSeen(int row);
  }

  /** What was computed just now. */
  private record OfTable(ReportTable table, Registry registry, Scope scope) implements Other {
    @Override
    public int size() {
      return table.size();
    }

    @Override
    public String storeId(int row) {
      return table.storeId(row);
    }

    @Override
    public WindowTotals totals(int row, int window) {
      return table.totals(row, window);
    }

    @Override
    public boolean isSeen(int row) {
      return scope.includes(registry, table.store(row));
    }
  }

  /** The rows of another report that its reader may see. */
  private static final class KeptRows implements RowWriter, Other {
    private final int fields;
    private final List<String> ids = new ArrayList<>();
    private long[] all = new long[0];

    KeptRows(int windows) {
      this.fields = windows * WindowTotals.FIELDS;
    }

    @Override
    public void row(String storeId, long[] totals, int offset, long[] ends, int firstEnd) {
      int at = ids.size() * fields;
      if (at + fields > all.length) {
        all = Arrays.copyOf(all, Math.max(64 * fields, Math.multiplyExact(2, at)));
      }
      System.arraycopy(totals, offset, all, at, fields);
      ids.add(storeId);
    }

    @Override
    public void finish() {
      // All of it is in memory.
    }

    @Override
    public int size() {
      return ids.size();
    }

    @Override
    public String storeId(int row) {
      return ids.get(row);
    }

    @Override
    public WindowTotals totals(int row, int window) {
      return WindowTotals.read(all, row * fields + window * WindowTotals.FIELDS);
    }

    @Override
    public boolean isSeen(int row) {
      return true;
    }
  }

  /** Returns the report on those of its stores that are there now. */
  private static ReportSpec now(Registry registry, ReportSpec spec) {
    List<String> ids = spec.storeIds();
    boolean noneTagged =
        registry
            .keysAfter(null)
            .filter(key -> spec.scope().includes(registry, key))
            .noneMatch(key -> registry.tags(key).containsAll(spec.tags()));
    if (noneTagged) {
      return spec.on(List.of(), List.of());
    }
    return ids == null
        ? spec
        : spec.on(
            ids.stream().filter(id -> spec.scope().key(registry, id).isPresent()).toList(),
            spec.tags());
  }

  /** What was changed of each store since a revision. */
  private final class Causes {
    private final Registry registry;
    private final List<Revision> ofStores;
    private final StoreSet ofPolls;

    Causes(Registry registry, ReportSpec spec, int since) {
      Span time = Restatements.horizon(registry, spec);
      this.registry = registry;
      this.ofStores = revisions.ofStoresSince(since, time);
      this.ofPolls = polls.storesChangedSince(since, time);
    }

    List<String> of(String storeId) {
      int key = registry.keyEver(storeId).orElse(0);
      Set<String> words = new TreeSet<>();
      if (ofPolls.contains(key)) {
        words.add(Kind.POLLS.word());
      }
      StoreSet store = new StoreSet();
      store.add(key);
      ofStores.stream()
          .map(Revision::change)
          .filter(change -> change.touches(store))
          .forEach(change -> words.add(change.kind().word()));
      return List.copyOf(words);
    }
  }

  /** The rows of the report, each compared with the other one. */
  private static final class Rows implements RowWriter {
    private final List<String> windows;
    private final Other now;
    private final Function<String, List<String>> causes;
    private final int most;
    private final List<Difference> differences = new ArrayList<>();
    private int next;
    private int stores;
    private int figures;

    /**
     * The rows to come.
     *
     * @param causes returns the kinds of changes that touch a store
     */
    Rows(List<String> windows, Other now, Function<String, List<String>> causes, int most) {
      this.windows = windows;
      this.now = now;
      this.causes = causes;
      this.most = most;
    }

    @Override
    public void row(String storeId, long[] totals, int offset, long[] ends, int firstEnd) {
      while (next < now.size() && isBefore(now.storeId(next), storeId)) {
        onlyNow();
      }
      if (next < now.size() && now.storeId(next).equals(storeId)) {
        compare(storeId, totals, offset);
        next++;
      } else {
        stores++;
        add(storeId, null, "row", BigDecimal.ONE, null);
      }
    }

    /** Ids are in the order of their code points. */
    private static boolean isBefore(String one, String other) {
      return StoreIds.ORDER.compare(one, other) < 0;
    }

    private void onlyNow() {
      if (now.isSeen(next)) {
        stores++;
        add(now.storeId(next), null, "row", null, BigDecimal.ONE);
      }
      next++;
    }

    private void compare(String storeId, long[] totals, int offset) {
      int before = figures;
      for (int window = 0; window < windows.size(); window++) {
        Map<String, @Nullable BigDecimal> said =
            figures(WindowTotals.read(totals, offset + window * WindowTotals.FIELDS));
        Map<String, @Nullable BigDecimal> is = figures(now.totals(next, window));
        for (Map.Entry<String, @Nullable BigDecimal> figure : said.entrySet()) {
          BigDecimal other = is.get(figure.getKey());
          if (differ(figure.getValue(), other)) {
            add(storeId, windows.get(window), figure.getKey(), figure.getValue(), other);
          }
        }
      }
      stores += figures > before ? 1 : 0;
    }

    private static boolean differ(@Nullable BigDecimal one, @Nullable BigDecimal other) {
      if (one == null || other == null) {
        return one != null || other != null;
      }
      return one.compareTo(other) != 0;
    }

    private void add(
        String storeId,
        @Nullable String window,
        String figure,
        @Nullable BigDecimal reported,
        @Nullable BigDecimal is) {
      figures++;
      if (differences.size() < most) {
        differences.add(
            new Difference(storeId, window, figure, reported, is, causes.apply(storeId)));
      }
    }

    @Override
    public void finish() {
      while (next < now.size()) {
        onlyNow();
      }
    }

    /** Returns the figures as full detail prints them, by the names of its columns. */
    private static Map<String, @Nullable BigDecimal> figures(WindowTotals totals) {
      Map<String, @Nullable BigDecimal> figures = new LinkedHashMap<>();
      figures.put("scheduled_minutes", minutes(totals.scheduled()));
      figures.put("uptime_minutes", minutes(totals.up()));
      figures.put("downtime_minutes", minutes(totals.down()));
      figures.put("unknown_minutes", minutes(totals.unknown()));
      figures.put("excluded_minutes", minutes(totals.excluded()));
      figures.put("uptime_percent", percent(totals));
      figures.put("uptime_minutes_low", minutes(totals.upAtLeast()));
      figures.put("uptime_minutes_high", minutes(totals.upAtMost()));
      figures.put("polls", BigDecimal.valueOf(totals.polls()));
      return figures;
    }

    private static BigDecimal minutes(long micros) {
      return BigDecimal.valueOf(Figures.hundredthsOfMinutes(micros), 2);
    }

    private static @Nullable BigDecimal percent(WindowTotals totals) {
      OptionalLong hundredths = Figures.hundredthsOfPercent(totals.up(), totals.down());
      return hundredths.isPresent() ? BigDecimal.valueOf(hundredths.getAsLong(), 2) : null;
    }
  }
}
