package dev.storewatch.report;

import dev.storewatch.database.Feed;
import dev.storewatch.uptime.WindowTotals;
import java.util.List;
import java.util.stream.Stream;
import org.duckdb.DuckDBDataChunkWriter;

/** The rows of a computed report as the table {@code report_row} keeps them. */
final class ReportRowFeed implements Feed {
  /** The columns of the totals, in the order of {@link WindowTotals}. */
  static final List<String> TOTALS =
      List.of(
          "scheduled", "up", "down", "unknown", "excluded", "surely_up", "surely_down", "polls");

  private static final int KEYS = 4;
  private static final List<Column> COLUMNS =
      Stream.concat(
              Stream.of(
                  new Column("report_number", int.class),
                  new Column("row_number", int.class),
                  new Column("store_key", int.class),
                  new Column("window_number", byte.class)),
              TOTALS.stream().map(name -> new Column(name, long.class)))
          .toList();

  private final int report;
  private final ReportTable table;
  private int next;

  ReportRowFeed(int report, ReportTable table) {
    this.report = report;
    this.table = table;
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public long rows() {
    return (long) table.size() * table.windows();
  }

  @Override
  public int fill(DuckDBDataChunkWriter chunk) {
    int count = (int) Math.min(chunk.capacity(), rows() - next);
    if (count == 0) {
      return 0;
    }
    fillKeys(chunk, count);
    for (int field = 0; field < WindowTotals.FIELDS; field++) {
      var vector = chunk.vector(KEYS + field);
      for (int i = 0; i < count; i++) {
        vector.setLong(i, table.array()[(next + i) * WindowTotals.FIELDS + field]);
      }
    }
    next += count;
    return count;
  }

  private void fillKeys(DuckDBDataChunkWriter chunk, int count) {
    var reports = chunk.vector(0);
    var rows = chunk.vector(1);
    var stores = chunk.vector(2);
    var windows = chunk.vector(3);
    for (int i = 0; i < count; i++) {
      int row = next + i;
      reports.setInt(i, report);
      rows.setInt(i, row);
      stores.setInt(i, table.store(row / table.windows()));
      windows.setByte(i, (byte) (row % table.windows()));
    }
  }
}
