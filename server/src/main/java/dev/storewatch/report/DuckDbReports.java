package dev.storewatch.report;

import dev.storewatch.database.Chunks;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.WindowTotals;
import java.util.Optional;
import java.util.function.Supplier;
import org.duckdb.DuckDBDataChunkReader;

/** Reports in DuckDB. */
final class DuckDbReports extends SqlReports {
  private final DuckDbDatabase database;
  private final EndedReports<String> byId = new EndedReports<>(super::find);
  private final EndedReports<Integer> byNumber = new EndedReports<>(super::find);

  DuckDbReports(DuckDbDatabase database, Stores stores) {
    super(database, stores);
    this.database = database;
  }

  @Override
  public Optional<Report> find(String id) {
    return byId.find(id);
  }

  @Override
  public Optional<Report> find(int number) {
    return byNumber.find(number);
  }

  /** Forgets it: the file of a database belongs to this process alone. */
  @Override
  void deleted(int number, String id) {
    byNumber.forget(number);
    byId.forget(id);
  }

  @Override
  void insertRows(int number, ReportTable rows) {
    database.update(
        "INSERT INTO report_row (%s) SELECT * FROM :feed"
            .formatted(String.join(", ", ReportRowFeed.names(rows))),
        new ReportRowFeed(number, rows));
  }

  @Override
  void readRows(int number, int from, int to, Page page) {
    database.withConnection(
        connection -> {
          Chunks.read(
              connection,
              "SELECT %s FROM report_row".formatted(page.columns())
                  + " WHERE report_number = ? AND row_number >= ? AND row_number < ?"
                  + " ORDER BY row_number",
              chunk -> give(chunk, page),
              number,
              from,
              to);
          return true;
        });
  }

  private static void give(DuckDBDataChunkReader chunk, Page page) {
    int count = (int) chunk.rowCount();
    var keys = chunk.vector(0);
    for (int i = 0; i < count; i++) {
      page.store(i, keys.getInt(i));
    }
    for (int field = 0; field < WindowTotals.FIELDS; field++) {
      var values = chunk.vector(1 + field);
      for (int i = 0; i < count; i++) {
        page.total(i, field, values.getLong(i));
      }
    }
    for (int end = 0; end < page.ends(); end++) {
      var values = chunk.vector(1 + WindowTotals.FIELDS + end);
      for (int i = 0; i < count; i++) {
        page.end(i, end, values.getLong(i));
      }
    }
    page.taken(count);
  }

  /**
   * Changes run one after the other: if two transactions change one row, DuckDB refuses the later.
   */
  @Override
  <T> T changing(Supplier<T> work) {
    return database.exclusively("report", work);
  }

  @Override
  String passingLocked() {
    return "";
  }

  @Override
  String withinTags() {
    return "list_has_all(CAST(:tags AS VARCHAR[]), CAST(scope AS VARCHAR[]))";
  }
}
