package dev.storewatch.report;

import dev.storewatch.csv.CsvRows;
import dev.storewatch.csv.RowWriter;
import dev.storewatch.input.WrongInput;
import dev.storewatch.store.Grouping;
import dev.storewatch.store.Groups;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.io.OutputStream;

/** The forms in which the rows of a report can be had. */
public final class RowWriters {
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
      case CSV ->
          detail == Detail.STANDARD
              ? CsvRows.standard(spec.windows(), out)
              : CsvRows.full(spec.windows(), out);
      case JSON ->
          detail == Detail.STANDARD ? JsonRows.standard(spec, out) : JsonRows.full(spec, out);
    };
  }

  /**
   * Returns a writer of the rows of a report in full detail, with totals after them.
   *
   * @param scope the stores that the reader may see
   * @throws WrongInput if there is nothing to group by
   */
  public static RowWriter withTotals(
      ReportSpec spec,
      Format format,
      Registry registry,
      Scope scope,
      Grouping wanted,
      OutputStream out) {
    Groups groups = Groups.of(registry, key -> scope.includes(registry, key), wanted);
    return new TotalRows(
        spec,
        groups,
        switch (format) {
          case CSV -> CsvRows.withTotals(spec.windows(), out);
          case JSON -> JsonRows.withTotals(spec, out);
        });
  }
}
