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
  private static final int KEYS = 4;

  private final PostgresDatabase database;

  PostgresReports(PostgresDatabase database, Stores stores) {
    super(database, stores);
    this.database = database;
  }

  @Override
  void insertRows(int number, ReportTable rows) {
    database.copyIn(
        "COPY report_row (report_number, row_number, store_key, window_number, %s) FROM STDIN (FORMAT binary)"
            .formatted(ROW_COLUMNS),
        out -> write(number, rows, out));
  }

  private static void write(int number, ReportTable rows, BinaryCopyWriter out)
      throws SQLException {
    int count = rows.size() * rows.windows();
    for (int row = 0; row < count; row++) {
      out.row(KEYS + WindowTotals.FIELDS)
          .int4(number)
          .int4(row)
          .int4(rows.store(row / rows.windows()))
          .int2(row % rows.windows());
      for (int field = 0; field < WindowTotals.FIELDS; field++) {
        out.int8(rows.array()[row * WindowTotals.FIELDS + field]);
      }
    }
  }

  @Override
  void readRows(int number, int from, int to, Page page) {
    database.copyOut(
        """
        COPY (
          SELECT store_key, %s FROM report_row
          WHERE report_number = %d AND row_number >= %d AND row_number < %d ORDER BY row_number
        ) TO STDOUT (FORMAT binary)\
        """
            .formatted(ROW_COLUMNS, number, from, to),
        row -> give(row, page));
  }

  private static void give(BinaryCopyReader row, Page page) {
    page.store(0, row.int4());
    for (int field = 0; field < WindowTotals.FIELDS; field++) {
      page.total(0, field, row.int8());
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
