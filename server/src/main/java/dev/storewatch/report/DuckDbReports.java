package dev.storewatch.report;

import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import dev.storewatch.system.Chunks;
import dev.storewatch.system.Database;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.uptime.Windows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDataChunkReader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Reports in DuckDB. */
final class DuckDbReports implements Reports {
  /** Rows of {@code report_row} read at a time: some megabytes. */
  private static final int ROWS_AT_A_TIME = 1 << 15;

  private static final JsonMapper JSON = new JsonMapper();
  private static final String ROW_COLUMNS = String.join(", ", ReportRowFeed.TOTALS);

  private final Database database;
  private final Stores stores;

  /** Held while rows change: two transactions that change one row make DuckDB refuse the later. */
  private final ReentrantLock changing = new ReentrantLock();

  DuckDbReports(Database database, Stores stores) {
    this.database = database;
    this.stores = stores;
  }

  @Override
  public Report add(ReportSpec spec, OptionalLong asOf, long askedAt) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    INSERT INTO report
                      (id, state, as_of, rule, carry, windows, store_ids, late_close, asked_at)
                    VALUES
                      (:id, 'queued', :as_of, :rule, :carry, :windows, :stores, :late_close, :asked)
                    RETURNING *\
                    """)
                .param("id", UUID.randomUUID().toString())
                .param("as_of", asOf.isPresent() ? asOf.getAsLong() : null)
                .param("rule", spec.rule().name())
                .param("carry", spec.rule().carryMicros())
                .param("windows", format(spec.windows()))
                .param(
                    "stores",
                    spec.storeIds() == null ? null : JSON.writeValueAsString(spec.storeIds()))
                .param("late_close", spec.lateCloseAsMidnight())
                .param("asked", askedAt)
                .query(DuckDbReports::report)
                .single());
  }

  private static String format(List<Duration> windows) {
    return windows.stream().map(Windows::format).collect(Collectors.joining(","));
  }

  private static Report report(ResultSet row, int index) throws SQLException {
    Long asOf = nullableLong(row, "as_of");
    ReportSpec spec =
        new ReportSpec(
            asOf == null ? 0 : asOf,
            Rule.of(row.getString("rule"), micros(row.getLong("carry"))),
            Windows.parseAll(row.getString("windows")),
            storeIds(row.getString("store_ids")),
            row.getBoolean("late_close"));
    return new Report(
        row.getInt("number"),
        row.getString("id"),
        asOf == null ? OptionalLong.empty() : OptionalLong.of(asOf),
        spec,
        row.getLong("asked_at"),
        state(row));
  }

  private static ReportState state(ResultSet row) throws SQLException {
    long started = row.getLong("started_at");
    long ended = row.getLong("ended_at");
    String state = row.getString("state");
    return switch (state) {
      case "queued" -> new ReportState.Queued();
      case "running" -> new ReportState.Running(started);
      case "complete" ->
          new ReportState.Complete(
              started, ended, row.getInt("row_count"), row.getString("checksum"));
      case "failed" -> new ReportState.Failed(started, ended, row.getString("error"));
      default -> throw new IllegalStateException("a report has the state '" + state + "'");
    };
  }

  private static @Nullable List<String> storeIds(@Nullable String json) {
    return json == null ? null : JSON.readValue(json, new TypeReference<List<String>>() {});
  }

  private static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  private static @Nullable Long nullableLong(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  @Override
  public Optional<Report> find(String id) {
    return first("SELECT * FROM report WHERE id = ?", id);
  }

  @Override
  public Optional<Report> find(int number) {
    return first("SELECT * FROM report WHERE number = ?", number);
  }

  @Override
  public Optional<Report> oldestQueued() {
    return first("SELECT * FROM report WHERE state = 'queued' ORDER BY number LIMIT 1");
  }

  private Optional<Report> first(String sql, Object... parameters) {
    return select(sql, parameters).stream().findFirst();
  }

  private List<Report> select(String sql, Object... parameters) {
    return database.call(() -> statement(sql, parameters).query(DuckDbReports::report).list());
  }

  @Override
  public List<Report> list(int limit, int before) {
    return select(
        "SELECT * FROM report WHERE number < ? ORDER BY number DESC LIMIT ?", before, limit);
  }

  @Override
  public boolean start(int number, long at) {
    return changing(
        () ->
            changed(
                """
                UPDATE report SET state = 'running', started_at = ?
                WHERE number = ? AND state = 'queued'\
                """,
                at,
                number));
  }

  @Override
  public boolean complete(int number, long at, ReportTable rows, String checksum) {
    return changing(
        () -> {
          boolean completed =
              changed(
                  """
                  UPDATE report
                  SET state = 'complete', ended_at = ?, row_count = ?, checksum = ?
                  WHERE number = ? AND state = 'running'\
                  """,
                  at,
                  rows.size(),
                  checksum,
                  number);
          if (completed) {
            database.update(
                "INSERT INTO report_row SELECT * FROM :feed", new ReportRowFeed(number, rows));
          }
          return completed;
        });
  }

  @Override
  public boolean fail(int number, long at, String reason) {
    return changing(
        () ->
            changed(
                """
                UPDATE report SET state = 'failed', ended_at = ?, error = ?
                WHERE number = ? AND state = 'running'\
                """,
                at,
                reason,
                number));
  }

  @Override
  public int requeueRunning() {
    return changing(
        () ->
            update(
                "UPDATE report SET state = 'queued', started_at = NULL WHERE state = 'running'"));
  }

  private <T> T changing(Supplier<T> work) {
    changing.lock();
    try {
      return database.inTransaction(work);
    } finally {
      changing.unlock();
    }
  }

  private boolean changed(String sql, Object... parameters) {
    return update(sql, parameters) == 1;
  }

  private int update(String sql, Object... parameters) {
    return statement(sql, parameters).update();
  }

  private JdbcClient.StatementSpec statement(String sql, Object... parameters) {
    return database.jdbc().sql(sql).params(Arrays.asList(parameters));
  }

  @Override
  public void writeRows(Report report, RowWriter writer) {
    if (!(report.state() instanceof ReportState.Complete complete)) {
      throw new IllegalArgumentException("report " + report.id() + " is not complete");
    }
    int windows = report.spec().windows().size();
    Page page = new Page(report, Math.max(1, ROWS_AT_A_TIME / windows));
    for (int row = 0; row < complete.rowCount(); row += page.stores.length) {
      int count = Math.min(page.stores.length, complete.rowCount() - row);
      page.load(row, count);
      page.writeTo(writer, count);
    }
    writer.finish();
  }

  /** The totals of some stores that follow each other in a report. */
  private final class Page {
    private final Report report;
    private final int windows;
    private final int[] stores;
    private final long[] totals;
    private int read;

    Page(Report report, int capacity) {
      this.report = report;
      this.windows = report.spec().windows().size();
      this.stores = new int[capacity];
      this.totals = new long[capacity * windows * WindowTotals.FIELDS];
    }

    void load(int first, int count) {
      read = 0;
      database.withConnection(
          connection -> {
            Chunks.read(
                connection,
                "SELECT store_key, %s FROM report_row".formatted(ROW_COLUMNS)
                    + " WHERE report_number = ? AND row_number >= ? AND row_number < ?"
                    + " ORDER BY row_number",
                this::take,
                report.number(),
                (long) first * windows,
                (long) (first + count) * windows);
            return read;
          });
      if (read < count * windows) {
        throw new RowsGone(report);
      }
    }

    private void take(DuckDBDataChunkReader chunk) {
      int count = (int) chunk.rowCount();
      var keys = chunk.vector(0);
      for (int i = 0; i < count; i++) {
        stores[(read + i) / windows] = keys.getInt(i);
      }
      for (int field = 0; field < WindowTotals.FIELDS; field++) {
        var values = chunk.vector(1 + field);
        for (int i = 0; i < count; i++) {
          totals[(read + i) * WindowTotals.FIELDS + field] = values.getLong(i);
        }
      }
      read += count;
    }

    void writeTo(RowWriter writer, int count) {
      Registry registry = DuckDbReports.this.stores.registry();
      for (int i = 0; i < count; i++) {
        writer.row(registry.id(stores[i]), totals, i * windows * WindowTotals.FIELDS);
      }
    }
  }

  @Override
  public boolean delete(int number) {
    return changing(
        () -> {
          update("DELETE FROM report_row WHERE report_number = ?", number);
          return changed("DELETE FROM report WHERE number = ?", number);
        });
  }

  @Override
  public int deleteEndedBefore(long instant) {
    return changing(
        () -> {
          update(
              """
              DELETE FROM report_row
              WHERE report_number IN (SELECT number FROM report WHERE ended_at < ?)\
              """,
              instant);
          return update("DELETE FROM report WHERE ended_at < ?", instant);
        });
  }
}
