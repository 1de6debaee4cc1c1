package dev.storewatch.importing;

import dev.storewatch.interval.Micros;
import dev.storewatch.system.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/** Imports in DuckDB. */
public final class DuckDbImports implements Imports {
  private static final String COLUMNS =
      """
      SELECT id, source, kind, state, rows_read, added, repeated, replaced, rejected, started_at, ended_at, error
      FROM import_run
      """;

  private final Database database;
  private final Clock clock;

  /** Uses a database; the clock tells when interrupted runs were found. */
  public DuckDbImports(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void start(ImportRun run) {
    database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    INSERT INTO import_run
                      (id, source, state, rows_read, added, repeated, replaced, rejected, started_at)
                    VALUES (?, ?, 'running', 0, 0, 0, 0, 0, ?)
                    """)
                .params(run.id(), run.source(), Micros.of(run.started()))
                .update());
  }

  @Override
  public void end(ImportRun run) {
    ImportCounts counts = run.counts();
    database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    UPDATE import_run
                    SET kind = ?, state = ?, rows_read = ?, added = ?, repeated = ?, replaced = ?, rejected = ?,
                        ended_at = ?, error = ?
                    WHERE id = ? AND state = 'running'
                    """)
                .param(run.kind() == null ? null : run.kind().name().toLowerCase(Locale.ROOT))
                .param(run.state().name().toLowerCase(Locale.ROOT))
                .param(counts.read())
                .param(counts.added())
                .param(counts.repeated())
                .param(counts.replaced())
                .param(counts.rejected())
                .param(run.ended() == null ? null : Micros.of(run.ended()))
                .param(run.error())
                .param(run.id())
                .update());
  }

  @Override
  public void reject(String importId, List<Reject> rejects) {
    database.withConnection(
        connection -> {
          try (DuckDBAppender rows = connection.createAppender("import_reject")) {
            for (Reject reject : rejects) {
              rows.beginRow()
                  .append(importId)
                  .append(reject.line())
                  .append(reject.reason())
                  .append(reject.text())
                  .endRow();
            }
          }
          return rejects.size();
        });
  }

  @Override
  public Optional<ImportRun> find(String id) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(COLUMNS + "WHERE id = ?")
                .param(id)
                .query(DuckDbImports::run)
                .optional());
  }

  @Override
  public List<ImportRun> newest(int limit) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(COLUMNS + "ORDER BY started_at DESC, id LIMIT ?")
                .param(limit)
                .query(DuckDbImports::run)
                .list());
  }

  private static ImportRun run(ResultSet row, int number) throws SQLException {
    String kind = row.getString("kind");
    return new ImportRun(
        row.getString("id"),
        row.getString("source"),
        kind == null ? null : FileKind.valueOf(kind.toUpperCase(Locale.ROOT)),
        ImportRun.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        new ImportCounts(
            row.getLong("rows_read"),
            row.getLong("added"),
            row.getLong("repeated"),
            row.getLong("replaced"),
            row.getLong("rejected")),
        Micros.toInstant(row.getLong("started_at")),
        instant(row, "ended_at"),
        row.getString("error"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : Micros.toInstant(micros);
  }

  @Override
  public List<Reject> rejects(String importId, long afterLine, int limit) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT line, reason, text FROM import_reject
                    WHERE import_id = ? AND line > ? ORDER BY line LIMIT ?
                    """)
                .params(importId, afterLine, limit)
                .query((row, n) -> new Reject(row.getLong(1), row.getString(2), row.getString(3)))
                .list());
  }

  @Override
  public void failInterrupted() {
    database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    UPDATE import_run
                    SET state = 'failed', ended_at = ?,
                        error = 'the program ended before the import was complete: import the file again'
                    WHERE state = 'running'
                    """)
                .param(Micros.of(clock.instant()))
                .update());
  }
}
