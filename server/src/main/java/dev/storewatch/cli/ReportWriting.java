package dev.storewatch.cli;

import dev.storewatch.csv.RowWriter;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.AsOf;
import dev.storewatch.poll.PollScan;
import dev.storewatch.quality.Notice;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportTable;
import dev.storewatch.report.RowWriters;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a report is made in this process, of what is in a database or in memory.
 *
 * @param polls the polls, as they are known at the revision that is asked for
 */
record ReportWriting(FleetReport fleet, Stores stores, PollScan polls, Clock clock) {
  /**
   * Computes a report and writes its rows.
   *
   * @param revision the revision of the data; null for the data as it is
   * @return what to know about the data that they rest on
   */
  List<Notice> write(ReportOptions request, @Nullable Integer revision, OutputStream out) {
    long now = Micros.of(clock.instant());
    OptionalLong asOf = AsOf.parse(request.asOf()).resolve(polls, stores, Scope.EVERYTHING, now);
    // Without any poll there is no as-of instant, and no store to report.
    ReportSpec spec =
        fleet.accept(
            request.toRequest(revision), asOf, Micros.of(clock.instant()), request.lateClose());
    RowWriter writer = rows(spec, request, request.detail(), stores, out);
    ReportTable table =
        asOf.isEmpty() ? fleet.empty(spec) : fleet.compute(spec, FleetReport.Progress.NONE);
    table.writeTo(writer);
    return table.findings().notices();
  }

  /** Returns what writes the rows of a report, and the totals that are wanted. */
  static RowWriter rows(
      ReportSpec spec, ReportOptions request, Detail detail, Stores stores, OutputStream out) {
    return request.grouping().isWanted()
        ? RowWriters.withTotals(
            spec, request.format(), stores.registry(), Scope.EVERYTHING, request.grouping(), out)
        : RowWriters.of(spec, detail, request.format(), out);
  }
}
