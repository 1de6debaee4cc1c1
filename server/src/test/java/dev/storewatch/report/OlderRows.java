package dev.storewatch.report;

import dev.storewatch.database.Database;
import dev.storewatch.uptime.WindowTotals;
import java.util.Arrays;

/** Reports as programs kept them that knew no blocks: a row for each store and window. */
public final class OlderRows {
  private OlderRows() {}

  /** Puts the figures of a complete report where earlier programs had them. */
  public static void keep(Database database, Report report, ReportTable rows) {
    var _ =
        database
            .jdbc()
            .sql("DELETE FROM report_block WHERE report_number = ?")
            .param(report.number())
            .update();
    boolean own = rows.hasOwnEnds();
    for (int row = 0; row < rows.size() * rows.windows(); row++) {
      WindowTotals each = rows.totals(row / rows.windows(), row % rows.windows());
      var _ =
          database
              .jdbc()
              .sql("INSERT INTO report_row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
              .params(
                  Arrays.asList(
                      report.number(),
                      row,
                      rows.store(row / rows.windows()),
                      row % rows.windows(),
                      each.scheduled(),
                      each.up(),
                      each.down(),
                      each.unknown(),
                      each.excluded(),
                      each.surelyUp(),
                      each.surelyDown(),
                      each.polls(),
                      own ? Long.valueOf(rows.ends()[2 * row]) : null,
                      own ? Long.valueOf(rows.ends()[2 * row + 1]) : null))
              .update();
    }
  }
}
