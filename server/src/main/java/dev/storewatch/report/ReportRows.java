package dev.storewatch.report;

import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** The rows of a complete report, yet to be read and written. */
public final class ReportRows {
  private final Reports reports;
  private final Report report;
  private final Detail detail;

  /**
   * Takes a complete report.
   *
   * @throws IllegalArgumentException if the detail is standard and the report's windows are not
   */
  public ReportRows(Reports reports, Report report, Detail detail) {
    if (detail == Detail.STANDARD) {
      RowWriters.requireStandardWindows(report.spec());
    }
    this.reports = reports;
    this.report = report;
    this.detail = detail;
  }

  /** Returns the detail to choose when none is asked for: standard, if the windows allow it. */
  public static Detail usualDetail(Report report) {
    return report.spec().hasStandardWindows() ? Detail.STANDARD : Detail.FULL;
  }

  /**
   * Writes the rows to a stream, which stays open.
   *
   * @throws IOException if the stream refuses them, or the report was deleted meanwhile
   */
  public void writeTo(OutputStream out, Format format) throws IOException {
    try {
      reports.writeRows(report, RowWriters.of(report.spec(), detail, format, out));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (Reports.RowsGone e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
