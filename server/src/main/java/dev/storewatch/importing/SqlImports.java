package dev.storewatch.importing;

import dev.storewatch.interval.Micros;
import dev.storewatch.system.Columns;
import dev.storewatch.system.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Imports in a database. */
final class SqlImports implements Imports {
  private static final String COLUMNS =
      """
      SELECT id, source, kind, state, rows_read, added, repeated, replaced, rejected, started_at, ended_at, error
      FROM import_run
      """;

  private final Database database;
  private final Clock clock;

  SqlImports(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public void queue(ImportRun run) {
    database.call(() -> insert(run));
  }

  @Override
  public void start(ImportRun run) {
    database.inTransaction(
        () -> {
          boolean anew =
              database
                      .jdbc()
                      .sql(
                          """
                          UPDATE import_run SET state = 'running'
                          WHERE id = ? AND state IN ('queued', 'running')
                          """)
                      .param(run.id())
                      .update()
                  > 0;
          return anew
              ? database
                  .jdbc()
                  .sql("DELETE FROM import_reject WHERE import_id = ?")
                  .param(run.id())
                  .update()
              : insert(run);
        });
  }

  private int insert(ImportRun run) {
    return database
        .jdbc()
        .sql(
            """
            INSERT INTO import_run
              (id, source, kind, state, rows_read, added, repeated, replaced, rejected, started_at)
            VALUES (?, ?, ?, ?, 0, 0, 0, 0, 0, ?)
            """)
        .params(run.id(), run.source())
        .param(word(run.kind()))
        .param(word(run.state()))
        .param(Micros.of(run.received()))
        .update();
  }

  private static @Nullable String word(@Nullable Enum<?> constant) {
    return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
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
                    WHERE id = ? AND state IN ('queued', 'running')
                    """)
                .param(word(run.kind()))
                .param(word(run.state()))
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
    Columns rows =
        new Columns()
            .texts("import_id", Collections.nCopies(rejects.size(), importId))
            .longs("line", rejects.stream().mapToLong(Reject::line).toArray())
            .texts("reason", rejects.stream().map(Reject::reason).toList())
            .texts("text", rejects.stream().map(Reject::text).toList());
    database.update(
        """
        INSERT INTO import_reject (import_id, line, reason, text)
        SELECT f.import_id, f.line, f.reason, f.text FROM :rows f\
        """,
        rows);
  }

  @Override
  public Optional<ImportRun> find(String id) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(COLUMNS + "WHERE id = ?")
                .param(id)
                .query(SqlImports::run)
                .optional());
  }

  @Override
  public List<ImportRun> newest(int limit, @Nullable String afterId) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    COLUMNS
                        + """
                        WHERE CAST(? AS VARCHAR) IS NULL OR EXISTS (
                          SELECT 1 FROM import_run last
                          WHERE last.id = ?
                            AND (import_run.started_at < last.started_at
                                 OR (import_run.started_at = last.started_at AND import_run.id > last.id)))
                        ORDER BY started_at DESC, id LIMIT ?
                        """)
                .param(afterId)
                .param(afterId)
                .param(limit)
                .query(SqlImports::run)
                .list());
  }

  @Override
  public List<ImportRun> unfinished() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(COLUMNS + "WHERE state IN ('queued', 'running') ORDER BY started_at, id")
                .query(SqlImports::run)
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
  public long countRejects(String importId) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT count(*) FROM import_reject WHERE import_id = ?")
                .param(importId)
                .query(Long.class)
                .single());
  }

  @Override
  public void failInterrupted(Predicate<String> resumable) {
    Instant now = clock.instant();
    unfinished().stream()
        .filter(run -> !resumable.test(run.id()))
        .map(
            run ->
                new ImportRun(
                    run.id(),
                    run.source(),
                    run.kind(),
                    ImportRun.State.FAILED,
                    ImportCounts.NONE,
                    run.received(),
                    now,
                    "the program ended before the import was complete: import the file again"))
        .forEach(this::end);
  }
}
