package dev.storewatch.report;

import dev.storewatch.csv.CsvRows;
import dev.storewatch.csv.RowWriter;
import dev.storewatch.input.WrongInput;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.store.Grouping;
import dev.storewatch.store.Groups;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The rows of a complete report that a caller may see; they are read only when they are written.
 */
public final class ReportRows {
  private final Reports reports;
  private final Report report;
  private final Form form;
  private final Scope scope;
  private final boolean whole;

  /** How rows become bytes. */
  public interface Form {
    /** Returns a writer to a stream. */
    RowWriter writer(ReportSpec spec, Format format, OutputStream out);
  }

  /**
   * The rows of a complete report, in one of the usual forms.
   *
   * @param scope the stores that the caller may see
   * @throws IllegalArgumentException if the detail is standard and the report's windows are not
   */
  public ReportRows(Reports reports, Report report, Detail detail, Scope scope) {
    this(reports, report, scope, (spec, format, out) -> RowWriters.of(spec, detail, format, out));
    if (detail == Detail.STANDARD) {
      CsvRows.requireStandardWindows(report.spec().windows());
    }
  }

  /** The rows of a complete report, in a form of the caller's own. */
  public ReportRows(Reports reports, Report report, Scope scope, Form form) {
    this.reports = reports;
    this.report = report;
    this.form = form;
    this.whole =
        reports
            .countRows(List.of(report), scope)
            .equals(reports.countRows(List.of(report), Scope.EVERYTHING));
    // Decided once: an answer that is called whole stays whole, even if tags of stores change
    // meanwhile.
    this.scope = whole ? Scope.EVERYTHING : scope;
  }

  /**
   * Returns the rows of a complete report in full detail, with totals after them.
   *
   * @param scope the stores that the caller may see
   * @throws WrongInput if there is nothing to group by
   */
  static ReportRows withTotals(
      Reports reports, Report report, Scope scope, Registry registry, Grouping wanted) {
    var _ =
        Groups.of(
            registry,
            key -> scope.includes(registry, key),
            wanted); // refused now, not in the middle of an answer
    return new ReportRows(
        reports,
        report,
        scope,
        (spec, format, out) -> RowWriters.withTotals(spec, format, registry, scope, wanted, out));
  }

  /** Returns the detail for a request that names none: standard, if the windows allow it. */
  public static Detail usualDetail(Report report) {
    return report.spec().hasStandardWindows() ? Detail.STANDARD : Detail.FULL;
  }

  /** Returns whether these are all rows of the report. */
  public boolean isWhole() {
    return whole;
  }

  /**
   * Writes the rows to a stream, which stays open.
   *
   * @throws IOException if the stream refuses them, or the report was deleted meanwhile
   */
  public void writeTo(OutputStream out, Format format) throws IOException {
    try {
      reports.writeRows(report, scope, form.writer(report.spec(), format, out));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (Reports.RowsGone e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
