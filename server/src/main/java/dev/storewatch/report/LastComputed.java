package dev.storewatch.report;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The report that was computed last, for those who ask for the same of the same data: between two
 * hours' polls that is what most ask for, many at once.
 */
final class LastComputed {
  /** A report with more than these numbers, 32 MB of them, is not kept. */
  private static final int MOST_NUMBERS = 4_000_000;

  private final FleetReport reports;
  private final AtomicReference<@Nullable Kept> last = new AtomicReference<>();

  LastComputed(FleetReport reports) {
    this.reports = reports;
  }

  /**
   * What is computed of a report.
   *
   * @param checksum that of the full CSV of the rows
   */
  record Computed(ReportTable rows, String checksum) {}

  private record Kept(ReportSpec spec, FleetReport.Basis basis, Computed computed) {}

  /**
   * Returns the report of now, computed only if the last one was another or the data have changed.
   */
  Computed of(ReportSpec spec, Supplier<ReportTable> computation) {
    // What the data are is asked before they are read: a later change makes it another basis.
    FleetReport.Basis basis = reports.basis();
    Kept known = last.get();
    if (known != null && known.spec.equals(spec) && known.basis.equals(basis)) {
      return known.computed;
    }
    ReportTable rows = computation.get();
    Computed computed = new Computed(rows, Checksum.of(spec, rows));
    last.set(rows.array().length <= MOST_NUMBERS ? new Kept(spec, basis, computed) : null);
    return computed;
  }
}
