package dev.storewatch.report;

import dev.storewatch.database.BinaryCopyReader;
import dev.storewatch.database.BinaryCopyWriter;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.WindowTotals;
import java.sql.SQLException;
import java.util.function.Supplier;

/** Reports in PostgreSQL. */
final class PostgresReports extends SqlReports {
  private final PostgresDatabase database;

  PostgresReports(PostgresDatabase database, Stores stores) {
    super(database, stores);
    this.database = database;
  }

  @Override
  void insertRows(int number, ReportTable rows) {
    database.copyIn(
        "COPY report_row (%s) FROM STDIN (FORMAT binary)"
            .formatted(String.join(", ", ReportRowFeed.names(rows))),
        out -> write(number, rows, out));
  }

  private static void write(int number, ReportTable rows, BinaryCopyWriter out)
      throws SQLException {
    int count = rows.size() * rows.windows();
    int columns = ReportRowFeed.names(rows).size();
    for (int row = 0; row < count; row++) {
      out.row(columns)
          .int4(number)
          .int4(row)
          .int4(rows.store(row / rows.windows()))
          .int2(row % rows.windows());
      for (int field = 0; field < WindowTotals.FIELDS; field++) {
        out.int8(rows.array()[row * WindowTotals.FIELDS + field]);
      }
      if (rows.hasOwnEnds()) {
        out.int8(rows.ends()[2 * row]).int8(rows.ends()[2 * row + 1]);
      }
    }
  }

  @Override
  void readRows(int number, int from, int to, Page page) {
    database.copyOut(
        """
        COPY (
          SELECT %s FROM report_row
          WHERE report_number = %d AND row_number >= %d AND row_number < %d ORDER BY row_number
        ) TO STDOUT (FORMAT binary)\
        """
            .formatted(page.columns(), number, from, to),
        row -> give(row, page));
  }

  private static void give(BinaryCopyReader row, Page page) {
    page.store(0, row.int4());
    for (int field = 0; field < WindowTotals.FIELDS; field++) {
      page.total(0, field, row.int8());
    }
    for (int end = 0; end < page.ends(); end++) {
      page.end(0, end, row.int8());
    }
    page.taken(1);
  }

  @Override
  <T> T changing(Supplier<T> work) {
    return database.inTransaction(work);
  }

  @Override
  String passingLocked() {
    return "FOR UPDATE SKIP LOCKED";
  }

  @Override
  String withinTags() {
    return "CAST(scope AS jsonb) <@ CAST(:tags AS jsonb)";
  }
}
