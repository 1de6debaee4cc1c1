package dev.storewatch.importing;

import dev.storewatch.database.Columns;
import dev.storewatch.database.Database;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.interval.Micros;
import dev.storewatch.journal.FileSet;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.work.WorkTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Imports in a database. */
final class SqlImports implements Imports {
  private static final String COLUMNS =
      """
      SELECT id, source, kind, state, rows_read, added, repeated, replaced, rejected, started_at, ended_at, error,
             options, notes, set_id, set_more
      FROM import_run
      """;

  private final Database database;
  private final Clock clock;
  private final WorkTable work;

  SqlImports(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.work =
        new WorkTable(
            database, "import_run", "id", "bytes_read", "rows_seen", "bytes IS NOT NULL", "");
  }

  @Override
  public void queue(ImportRun run, long bytes) {
    database.call(() -> insert(run, bytes, ""));
  }

  @Override
  public Optional<ImportRun> claim() {
    String sql =
        """
        UPDATE import_run SET state = 'running', taken_by = ?, bytes_read = 0, rows_seen = 0
        WHERE state = 'queued'
          AND id = (
            SELECT id FROM import_run WHERE state = 'queued' ORDER BY started_at, id LIMIT 1)
          AND NOT EXISTS (
            SELECT 1 FROM import_run other
            WHERE other.state = 'running' AND other.bytes IS NOT NULL)
        RETURNING id\
        """;
    return database
        .exclusively(
            "import.claim",
            () -> database.jdbc().sql(sql).param(database.self()).query(String.class).optional())
        .flatMap(this::find);
  }

  @Override
  public boolean keepProgress(String id, Progress progress) {
    return database.call(() -> work.keepProgress(id, progress.bytesRead(), progress.rowsRead()));
  }

  @Override
  public Optional<Progress> progress(String id) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT bytes, coalesce(bytes_read, 0), coalesce(rows_seen, 0) FROM import_run
                    WHERE id = ? AND state IN ('queued', 'running') AND bytes IS NOT NULL
                    """)
                .param(id)
                .query((row, n) -> new Progress(row.getLong(1), row.getLong(2), row.getLong(3)))
                .optional());
  }

  @Override
  public void releaseAllBut(Collection<String> ids) {
    var _ =
        database.call(
            () -> {
              work.releaseAllBut(ids);
              return true;
            });
  }

  @Override
  public void start(ImportRun run) {
    database.inTransaction(
        () -> {
          // First, because most are new, and each statement takes time.
          int added = insert(run, null, " ON CONFLICT (id) DO NOTHING");
          return added == 1 ? added : startAgain(run);
        });
  }

  private int startAgain(ImportRun run) {
    boolean anew =
        database
                .jdbc()
                .sql(
                    """
                    UPDATE import_run SET state = 'running', taken_by = ?
                    WHERE id = ? AND (state = 'queued' OR state = 'running' AND taken_by = ?)
                    """)
                .params(database.self(), run.id(), database.self())
                .update()
            > 0;
    if (!anew && isRunning(run.id())) {
      throw new Importer.TakenOver(run.id());
    }
    if (!anew) {
      throw new IllegalStateException("the import %s has ended".formatted(run.id()));
    }
    return database
        .jdbc()
        .sql("DELETE FROM import_reject WHERE import_id = ?")
        .param(run.id())
        .update();
  }

  private boolean isRunning(String id) {
    return find(id).filter(run -> run.state() == ImportRun.State.RUNNING).isPresent();
  }

  private int insert(ImportRun run, @Nullable Long bytes, String onConflict) {
    return database
        .jdbc()
        .sql(
            """
            INSERT INTO import_run
              (id, source, kind, state, rows_read, added, repeated, replaced, rejected, started_at,
               taken_by, bytes, options, set_id, set_more)
            VALUES (?, ?, ?, ?, 0, 0, 0, 0, 0, ?, ?, ?, ?, ?, ?)\
            """
                + onConflict)
        .params(run.id(), run.source())
        .param(word(run.kind()))
        .param(word(run.state()))
        .param(Micros.of(run.received()))
        .param(run.state() == ImportRun.State.QUEUED ? null : database.self())
        .param(bytes)
        .param(lines(run.options().texts().entrySet().stream().map(String::valueOf).toList()))
        .param(run.set() == null ? null : run.set().id())
        .param(run.set() != null && run.set().more())
        .update();
  }

  private static @Nullable String word(@Nullable Enum<?> constant) {
    return constant == null ? null : constant.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean end(ImportRun run) {
    RowCounts counts = run.counts();
    return database.call(
        () ->
            database
                    .jdbc()
                    .sql(
                        """
                        UPDATE import_run
                        SET kind = ?, state = ?, rows_read = ?, added = ?, repeated = ?, replaced = ?, rejected = ?,
                            ended_at = ?, error = ?, notes = ?
                        WHERE id = ? AND state IN ('queued', 'running')
                          AND (taken_by IS NULL OR taken_by = ?)
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
                    .param(lines(run.notes()))
                    .param(run.id())
                    .param(database.self())
                    .update()
                == 1);
  }

  @Override
  public boolean undo(ImportRun run) {
    return database
            .jdbc()
            .sql(
                "UPDATE import_run SET state = 'undone', notes = ? WHERE id = ? AND state ="
                    + " 'complete'")
            .param(lines(run.notes()))
            .param(run.id())
            .update()
        == 1;
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
        SELECT f.import_id, f.line, f.reason, f.text FROM :rows f
        WHERE EXISTS (
          SELECT 1 FROM import_run WHERE import_run.id = f.import_id AND taken_by = '%s')\
        """
            .formatted(database.self()),
        rows);
  }

  @Override
  public void keepHeader(String importId, String header) {
    var _ =
        database
            .jdbc()
            .sql("UPDATE import_run SET header = ? WHERE id = ?")
            .params(header, importId)
            .update();
  }

  @Override
  public Optional<String> header(String importId) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT header FROM import_run WHERE id = ? AND header IS NOT NULL")
                .param(importId)
                .query(String.class)
                .optional());
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
  public int countQueued() {
    return database.call(work::countQueued);
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
        new RowCounts(
            row.getLong("rows_read"),
            row.getLong("added"),
            row.getLong("repeated"),
            row.getLong("replaced"),
            row.getLong("rejected")),
        Micros.toInstant(row.getLong("started_at")),
        instant(row, "ended_at"),
        row.getString("error"),
        options(row.getString("options")),
        set(row),
        lines(row.getString("notes")));
  }

  private static @Nullable FileSet set(ResultSet row) throws SQLException {
    String id = row.getString("set_id");
    return id == null ? null : new FileSet(id, row.getBoolean("set_more"));
  }

  private static ReadOptions options(@Nullable String kept) {
    return ReadOptions.of(
        lines(kept).stream()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1])));
  }

  /** Joins lines to one text, null for none. */
  private static @Nullable String lines(List<String> lines) {
    return lines.isEmpty() ? null : String.join("\n", lines);
  }

  private static List<String> lines(@Nullable String joined) {
    return joined == null ? List.of() : joined.lines().toList();
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
  public int recover(Predicate<String> resumable) {
    List<ImportRun> abandoned =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql(
                        COLUMNS
                            + "WHERE state IN ('queued', 'running') AND "
                            + database.isGone("taken_by"))
                    .query(SqlImports::run)
                    .list());
    return (int) abandoned.stream().filter(run -> recovers(run, resumable.test(run.id()))).count();
  }

  /**
   * Puts a run back if it was running, or ends it as failed; does nothing if another process was
   * first.
   */
  private boolean recovers(ImportRun run, boolean resumable) {
    if (!resumable) {
      fail(run);
      return false;
    }
    return database.call(() -> work.requeueAbandoned(run.id()));
  }

  private void fail(ImportRun run) {
    database.inTransaction(
        () -> {
          // Freed first: a run that another process has claimed cannot be ended, and only one
          // process frees it.
          int freed =
              database
                  .jdbc()
                  .sql(
                      """
                      UPDATE import_run SET taken_by = NULL
                      WHERE id = ? AND state IN ('queued', 'running') AND\
                      """
                          + " "
                          + database.isGone("taken_by"))
                  .param(run.id())
                  .update();
          return freed == 1
              && end(
                  run.failed(
                      "the program ended before the import was complete: import the file again",
                      clock.instant()));
        });
  }
}
