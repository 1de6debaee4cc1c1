package dev.storewatch.bench;

import dev.storewatch.report.ReportTable;
import dev.storewatch.uptime.WindowTotals;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

/** The report as one statement of DuckDB. */
final class Query {
  private final String sql;

  Query() throws IOException {
    try (InputStream in = Objects.requireNonNull(Query.class.getResourceAsStream("report.sql"))) {
      sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Runs the statement, and returns how many of its rows differ from the report's in any
   * microsecond.
   */
  int differences(Installed installed, ReportTable report) {
    int[] differing = new int[1];
    int[] row = new int[1];
    installed
        .database()
        .jdbc()
        .sql(sql)
        .query(
            result -> {
              if (row[0] >= report.size() || !agrees(result, report, row[0])) {
                differing[0]++;
              }
              row[0]++;
            });
    return differing[0] + Math.abs(report.size() - row[0]);
  }

  private static boolean agrees(ResultSet result, ReportTable report, int row) throws SQLException {
    boolean agrees = result.getString(1).equals(report.storeId(row));
    for (int window = 0; window < report.windows(); window++) {
      WindowTotals totals = report.totals(row, window);
      agrees &= result.getLong(2 + window) == totals.up();
      agrees &= result.getLong(5 + window) == totals.down();
    }
    return agrees;
  }
}
