package dev.storewatch.report;

import dev.storewatch.input.WrongInput;
import java.io.OutputStream;

/** The forms in which the rows of a report can be had. */
public final class RowWriters {
  /** Where up time stands among the totals of a window. */
  static final int UP = 1;

  /** Where down time stands among the totals of a window. */
  static final int DOWN = 2;

  private RowWriters() {}

  /** How much of each row is written. */
  public enum Detail {
    /** One row for each store, the columns that every client knows. */
    STANDARD,
    /** One row for each store and window, every figure. */
    FULL
  }

  /** How the rows are written. */
  public enum Format {
    /** Comma-separated values. */
    CSV,
    /** A JSON array. */
    JSON
  }

  /**
   * Returns a writer of the rows of a report.
   *
   * @throws WrongInput if the detail is standard and the windows are not
   */
  public static RowWriter of(ReportSpec spec, Detail detail, Format format, OutputStream out) {
    return switch (format) {
      case CSV -> detail == Detail.STANDARD ? CsvRows.standard(spec, out) : CsvRows.full(spec, out);
      case JSON ->
          detail == Detail.STANDARD ? JsonRows.standard(spec, out) : JsonRows.full(spec, out);
    };
  }

  static void requireStandardWindows(ReportSpec spec) {
    if (!spec.hasStandardWindows()) {
      throw new WrongInput(
          "the standard columns are for the windows PT1H,P1D,P7D: ask for full detail to have other"
              + " windows");
    }
  }
}
