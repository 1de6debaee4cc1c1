package dev.storewatch.source;

import dev.storewatch.database.Database;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.work.WorkTable;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sources in a database. Those that wait for their time are work that any server may do. */
final class SqlSources {
  private static final String COLUMNS =
      """
      SELECT id, name, url, every_seconds, daily_at, zone, secret, sent_as, kind, options, state, entered_at, entered_by,
        next_at, etag, modified, hash, imports, failures, last_at, outcome, detail, import_id
      FROM poll_source
      """;

  /** The turn of whatever changes a row, in all processes: DuckDB refuses the second at once. */
  private static final String TURN = "source.claim";

  private final Database database;
  private final WorkTable work;

  SqlSources(Database database) {
    this.database = database;
    this.work = new WorkTable(database, "poll_source", "id", "bytes_read", "looks", "TRUE", "");
  }

  /** A source and what is known of its pulls. */
  record Row(PulledSource source, LastPull last) {}

  /**
   * Keeps a new source.
   *
   * @param most how many there may be
   * @throws NameTaken if another one has its name
   * @throws WrongInput if there are as many as may be
   */
  void add(PulledSource source, LastPull last, int most) {
    var _ =
        database.exclusively(
            TURN,
            () -> {
              requireFree(source);
              requireRoom(most);
              return insert(source, last);
            });
  }

  private int insert(PulledSource source, LastPull last) {
    return database
        .jdbc()
        .sql(
            """
            INSERT INTO poll_source
              (name, url, every_seconds, daily_at, zone, secret, sent_as, kind, options, state, next_at,
               id, entered_at, entered_by, imports, failures)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)\
            """)
        .params(values(source))
        .param(Micros.of(last.next()))
        .param(source.id())
        .param(Micros.of(source.entered()))
        .param(source.enteredBy())
        .update();
  }

  /** Whoever calls this has the turn, so nobody takes the name meanwhile. */
  private void requireFree(PulledSource source) {
    int others =
        database
            .jdbc()
            .sql("SELECT count(*) FROM poll_source WHERE name = ? AND id <> ?")
            .params(source.name(), source.id())
            .query(Integer.class)
            .single();
    if (others > 0) {
      throw new NameTaken(source.name());
    }
  }

  private void requireRoom(int most) {
    int all = database.jdbc().sql("SELECT count(*) FROM poll_source").query(Integer.class).single();
    if (all >= most) {
      throw new WrongInput(
          "there are %d sources, the most that may be: delete one first".formatted(most));
    }
  }

  /** Returns the columns from {@code name} to {@code state}. */
  private static List<@Nullable Object> values(PulledSource source) {
    SecretReference secret = source.secret();
    FileKind kind = source.kind();
    return Arrays.asList(
        source.name(),
        source.url().toString(),
        source.timing() instanceof Timing.Every every ? every.length().toSeconds() : null,
        source.timing() instanceof Timing.Daily daily ? daily.at().toSecondOfDay() : null,
        source.timing() instanceof Timing.Daily daily ? daily.zone() : null,
        secret == null ? null : secret.toString(),
        source.sentAs().word(),
        kind == null ? null : kind.word(),
        source.options().texts().entrySet().stream()
            .map(String::valueOf)
            .collect(Collectors.joining("\n")),
        source.paused() ? "paused" : "queued");
  }

  /**
   * Keeps a source as it is now. Whoever pulls it at the moment does not hold it any more. One that
   * keeps its name may share it with others: there was a time when that was possible.
   *
   * @param named what it was called before
   * @return whether it was there
   * @throws NameTaken if it is called otherwise now, and another one has that name
   */
  boolean replace(PulledSource source, LastPull last, String named) {
    return database.exclusively(
            TURN,
            () -> {
              if (!source.name().equals(named)) {
                requireFree(source);
              }
              return update(source, last);
            })
        == 1;
  }

  private int update(PulledSource source, LastPull last) {
    return database
        .jdbc()
        .sql(
            """
            UPDATE poll_source
            SET name = ?, url = ?, every_seconds = ?, daily_at = ?, zone = ?, secret = ?, sent_as = ?,
              kind = ?, options = ?, state = ?, next_at = ?, taken_by = NULL, etag = ?, modified = ?,
              hash = ?, failures = ?
            WHERE id = ?\
            """)
        .params(values(source))
        .param(Micros.of(last.next()))
        .param(last.etag())
        .param(last.modified())
        .param(last.hash())
        .param(last.failures())
        .param(source.id())
        .update();
  }

  /** Deletes a source; returns whether it was there. */
  boolean delete(String id) {
    return database.exclusively(
            TURN,
            () -> database.jdbc().sql("DELETE FROM poll_source WHERE id = ?").param(id).update())
        == 1;
  }

  /** Has a source that waits pulled at an instant; returns whether it waits. */
  boolean pullAt(String id, Instant time) {
    return database.exclusively(
            TURN,
            () ->
                database
                    .jdbc()
                    .sql("UPDATE poll_source SET next_at = ? WHERE id = ? AND state = 'queued'")
                    .params(Micros.of(time), id)
                    .update())
        == 1;
  }

  Optional<Row> find(String id) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(COLUMNS + "WHERE id = ?")
                .param(id)
                .query(SqlSources::row)
                .optional());
  }

  /** Returns all sources, in the order in which they were entered. */
  List<Row> all() {
    return database.call(
        () ->
            database.jdbc().sql(COLUMNS + "ORDER BY entered_at, id").query(SqlSources::row).list());
  }

  /** Returns how many sources failed at their last pull. */
  int countFailing() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT count(*) FROM poll_source WHERE failures > 0 AND state <> 'paused'")
                .query(Integer.class)
                .single());
  }

  /** Claims for this process the source that is due for the longest time, if one is. */
  Optional<Row> claim(Instant now) {
    String sql =
        """
        UPDATE poll_source SET state = 'running', taken_by = ?, bytes_read = 0, looks = 0
        WHERE state = 'queued'
          AND id = (
            SELECT id FROM poll_source WHERE state = 'queued' AND next_at <= ? ORDER BY next_at, id LIMIT 1)
        RETURNING id\
        """;
    return database
        .exclusively(
            TURN,
            () ->
                database
                    .jdbc()
                    .sql(sql)
                    .params(database.self(), Micros.of(now))
                    .query(String.class)
                    .optional())
        .flatMap(this::find);
  }

  /**
   * Keeps how a pull of this process ended, and lets the source wait again.
   *
   * @return whether this process still held it
   */
  boolean end(String id, LastPull last) {
    LastPull.Outcome outcome = last.outcome();
    return database.exclusively(
            TURN,
            () ->
                database
                    .jdbc()
                    .sql(
                        """
                        UPDATE poll_source
                        SET state = 'queued', taken_by = NULL, next_at = ?, etag = ?, modified = ?, hash = ?,
                          imports = ?, failures = ?, last_at = ?, outcome = ?, detail = ?, import_id = ?
                        WHERE id = ? AND state = 'running' AND taken_by = ?\
                        """)
                    .param(Micros.of(last.next()))
                    .param(last.etag())
                    .param(last.modified())
                    .param(last.hash())
                    .param(last.imports())
                    .param(last.failures())
                    .param(last.at() == null ? null : Micros.of(last.at()))
                    .param(outcome == null ? null : outcome.word())
                    .param(last.detail())
                    .param(last.importId())
                    .param(id)
                    .param(database.self())
                    .update())
        == 1;
  }

  boolean keepProgress(String id) {
    return database.exclusively(TURN, () -> work.keepProgress(id, 0, 0));
  }

  int requeueAbandoned() {
    return database.exclusively(TURN, work::requeueAbandoned);
  }

  void releaseAllBut(Collection<String> ids) {
    var _ =
        database.exclusively(
            TURN,
            () -> {
              work.releaseAllBut(ids);
              return true;
            });
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    String secret = row.getString("secret");
    String kind = row.getString("kind");
    PulledSource source =
        new PulledSource(
            row.getString("id"),
            row.getString("name"),
            URI.create(row.getString("url")),
            timing(row),
            secret == null ? null : SecretReference.parse(secret),
            new SentAs(row.getString("sent_as")),
            kind == null ? null : FileKind.of(kind),
            options(row.getString("options")),
            row.getString("state").equals("paused"),
            Micros.toInstant(row.getLong("entered_at")),
            row.getString("entered_by"));
    return new Row(source, last(row));
  }

  private static Timing timing(ResultSet row) throws SQLException {
    String zone = row.getString("zone");
    return zone == null
        ? new Timing.Every(Duration.ofSeconds(row.getLong("every_seconds")))
        : new Timing.Daily(LocalTime.ofSecondOfDay(row.getInt("daily_at")), zone);
  }

  private static ReadOptions options(String kept) {
    Map<String, String> texts =
        kept.lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return ReadOptions.of(texts);
  }

  private static LastPull last(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    long at = row.getLong("last_at");
    boolean never = row.wasNull();
    return new LastPull(
        Micros.toInstant(row.getLong("next_at")),
        row.getString("etag"),
        row.getString("modified"),
        row.getString("hash"),
        row.getLong("imports"),
        row.getInt("failures"),
        never ? null : Micros.toInstant(at),
        outcome == null ? null : LastPull.Outcome.valueOf(outcome.toUpperCase(Locale.ROOT)),
        row.getString("detail"),
        row.getString("import_id"));
  }
}
