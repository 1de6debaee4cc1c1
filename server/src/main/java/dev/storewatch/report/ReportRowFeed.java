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

  /** The columns of the windows, where those of one store are not those of every other. */
  static final List<String> ENDS = List.of("window_start", "window_end");

  private static final int KEYS = 4;

  /** The columns that tell which row it is. */
  static final List<String> NAMES =
      List.of("report_number", "row_number", "store_key", "window_number");

  private final int report;
  private final ReportTable table;
  private int next;

  ReportRowFeed(int report, ReportTable table) {
    this.report = report;
    this.table = table;
  }

  @Override
  public List<Column> columns() {
    return names(table).stream().map(name -> new Column(name, type(name))).toList();
  }

  /** Returns the names of the columns that a table has values for. */
  static List<String> names(ReportTable table) {
    return Stream.of(NAMES, TOTALS, table.hasOwnEnds() ? ENDS : List.<String>of())
        .flatMap(List::stream)
        .toList();
  }

  private static Class<?> type(String column) {
    return switch (NAMES.indexOf(column)) {
      case 0, 1, 2 -> int.class;
      case 3 -> byte.class;
      default -> long.class;
    };
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
    if (table.hasOwnEnds()) {
      fillEnds(chunk, count);
    }
    next += count;
    return count;
  }

  private void fillEnds(DuckDBDataChunkWriter chunk, int count) {
    for (int end = 0; end < ENDS.size(); end++) {
      var vector = chunk.vector(KEYS + WindowTotals.FIELDS + end);
      for (int i = 0; i < count; i++) {
        vector.setLong(i, table.ends()[2 * (next + i) + end]);
      }
    }
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
