package dev.storewatch.incident;

import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportTable;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Window;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The uptimes that are too low, by a report on all stores that is computed now and then. The uptime
 * is that of reports: time up out of the time up or down; a store of which nothing is known has
 * none. Not for several threads.
 */
final class ReportedUptimes implements LowUptimes {
  private static final long BETWEEN = Micros.of(Duration.ofMinutes(10));

  private final double least;
  private final Window window;
  private final FleetReport report;
  private final LateClose lateClose;
  private Map<Integer, Double> low = Map.of();
  private long next = Long.MIN_VALUE;

  private ReportedUptimes(double least, Window window, FleetReport report, LateClose lateClose) {
    this.least = least;
    this.window = window;
    this.report = report;
    this.lateClose = lateClose;
  }

  /** Returns what finds uptimes that are too low by the rules; nothing if they set no limit. */
  static LowUptimes by(AlertRules rules, FleetReport report, LateClose lateClose) {
    Double least = rules.uptimeBelow();
    return least == null
        ? LowUptimes.NONE
        : new ReportedUptimes(least, Window.of(rules.uptimeWindow()), report, lateClose);
  }

  @Override
  public Map<Integer, Double> at(long now) {
    if (now >= next || now < next - BETWEEN) {
      low = compute(now);
      next = now + BETWEEN;
    }
    return low;
  }

  private Map<Integer, Double> compute(long now) {
    ReportTable table =
        report.compute(
            new ReportSpec(now, Rule.standard(), List.of(window), null, lateClose),
            FleetReport.Progress.NONE);
    Map<Integer, Double> found = new HashMap<>();
    for (int row = 0; row < table.size(); row++) {
      WindowTotals totals = table.totals(row, 0);
      long known = totals.up() + totals.down();
      double uptime = known == 0 ? 100 : 100.0 * totals.up() / known;
      if (uptime < least) {
        found.put(table.store(row), uptime);
      }
    }
    return found;
  }
}
