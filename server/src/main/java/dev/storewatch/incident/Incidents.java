package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import dev.storewatch.database.Columns;
import dev.storewatch.database.Database;
import dev.storewatch.incident.Incident.About;
import dev.storewatch.incident.Incident.Acknowledgement;
import dev.storewatch.incident.Incident.Ending;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The incidents that are kept in a database, and which channel has heard of which. */
final class Incidents {
  private static final String COLUMNS =
      """
      id, trouble, store_key, grouped, stores, started_at, opened_at, ended_at, closed_at, ended_by,
      open_micros, outage_id, member_of, acknowledged_at, acknowledged_by, note\
      """;

  /** Stands for null in rows that are written, of which no column can have any. */
  private static final long NONE = Long.MAX_VALUE;

  private static final String ENDING =
      """
      nullif(f.ended_at, %1$d), nullif(f.closed_at, %1$d), nullif(f.ended_by, ''), f.open_micros,
      nullif(f.outage_id, %1$d), nullif(f.member_of, %1$d)\
      """
          .formatted(NONE);

  private final Database database;

  Incidents(Database database) {
    this.database = database;
  }

  /**
   * The incidents that matter now.
   *
   * @param open those that last, the first first
   * @param late those found late that nobody was told of yet, in the order in which they began
   */
  record Current(List<Incident> open, List<Incident> late) {}

  /** Returns those that last or were found late. */
  Current current() {
    List<Incident> all =
        database.call(
            () ->
                sql("""
                SELECT %s FROM incident WHERE closed_at IS NULL OR is_news
                ORDER BY opened_at, id\
                """
                        .formatted(COLUMNS))
                    .query(Incidents::incident)
                    .list());
    return new Current(
        all.stream().filter(Incident::isOpen).toList(),
        all.stream()
            .filter(one -> !one.isOpen())
            .sorted(Comparator.comparingLong(Incident::startedAt).thenComparingLong(Incident::id))
            .toList());
  }

  /** Returns how many last. */
  long countOpen() {
    return database.call(
        () ->
            sql("SELECT count(*) FROM incident WHERE closed_at IS NULL")
                .query(Long.class)
                .single());
  }

  Optional<Incident> find(long id) {
    return database.call(
        () ->
            sql("SELECT %s FROM incident WHERE id = ?".formatted(COLUMNS), id)
                .query(Incidents::incident)
                .optional());
  }

  /**
   * Returns incidents, the latest first.
   *
   * @param before only those that opened before this one; null for all
   * @param filter which of them
   * @param limit the most to return
   */
  List<Incident> latest(@Nullable Incident before, IncidentFilter filter, int limit) {
    long opened = before == null ? Long.MAX_VALUE : before.openedAt();
    long id = before == null ? Long.MAX_VALUE : before.id();
    return database.call(
        () ->
            sql(
                    """
                    SELECT %s FROM incident
                    WHERE (opened_at < ? OR (opened_at = ? AND id < ?)) AND %s
                    ORDER BY opened_at DESC, id DESC LIMIT ?\
                    """
                        .formatted(COLUMNS, filter.condition()),
                    opened,
                    opened,
                    id,
                    limit)
                .query(Incidents::incident)
                .list());
  }

  /** Notes that those found late were told, or need not be. */
  void noNews() {
    int _ = sql("UPDATE incident SET is_news = false WHERE is_news").update();
  }

  /**
   * Adds incidents, within the caller's transaction.
   *
   * @param isNews whether they were over when they were found, and have to be told
   */
  void add(Collection<Incident> incidents, boolean isNews) {
    if (!incidents.isEmpty()) {
      int _ =
          database.update(
              """
              INSERT INTO incident (%s, is_news)
              SELECT f.id, f.trouble, nullif(f.store_key, -1), nullif(f.grouped, ''), f.stores,
                f.started_at, f.opened_at, %s, NULL, NULL, NULL, %s
              FROM :rows f\
              """
                  .formatted(COLUMNS, ENDING, isNews),
              columns(List.copyOf(incidents)));
    }
  }

  /** Writes all that a look changed, within the caller's transaction. */
  void write(Pending pending) {
    add(pending.added(), false);
    if (!pending.changed().isEmpty()) {
      int _ =
          database.update(
              """
              UPDATE incident SET trouble = f.trouble, stores = f.stores,
                started_at = f.started_at, ended_at = nullif(f.ended_at, %1$d),
                closed_at = nullif(f.closed_at, %1$d), ended_by = nullif(f.ended_by, ''),
                open_micros = f.open_micros, outage_id = nullif(f.outage_id, %1$d),
                member_of = nullif(f.member_of, %1$d)
              FROM :rows f WHERE incident.id = f.id\
              """
                  .formatted(NONE),
              columns(List.copyOf(pending.changed())));
    }
    addTold(pending.told());
    changeTold(pending.changedTold());
  }

  private static Columns columns(List<Incident> rows) {
    return new Columns()
        .longs("id", longs(rows, Incident::id))
        .texts("trouble", texts(rows, row -> row.trouble().word()))
        .ints("store_key", rows.stream().mapToInt(Incidents::key).toArray())
        .texts("grouped", texts(rows, row -> row.about().group()))
        .ints("stores", rows.stream().mapToInt(row -> row.about().stores()).toArray())
        .longs("started_at", longs(rows, Incident::startedAt))
        .longs("opened_at", longs(rows, Incident::openedAt))
        .longs("ended_at", longs(rows, row -> of(row.ending(), Ending::at)))
        .longs("closed_at", longs(rows, row -> of(row.ending(), Ending::foundAt)))
        .texts("ended_by", texts(rows, row -> row.ending() == null ? null : row.ending().by()))
        .longs("open_micros", longs(rows, Incidents::openMicros))
        .longs("outage_id", longs(rows, row -> orNone(row.outage())))
        .longs("member_of", longs(rows, row -> orNone(row.memberOf())));
  }

  private static int key(Incident incident) {
    Integer key = incident.about().store();
    return key == null ? -1 : key;
  }

  private static long openMicros(Incident incident) {
    Ending ending = incident.ending();
    return ending == null ? 0 : ending.openMicros();
  }

  private static long of(@Nullable Ending ending, ToLongFunction<Ending> value) {
    return ending == null ? NONE : value.applyAsLong(ending);
  }

  private static long orNone(@Nullable Long value) {
    return value == null ? NONE : value;
  }

  private static <T> long[] longs(List<T> rows, ToLongFunction<T> value) {
    return rows.stream().mapToLong(value).toArray();
  }

  /** An empty text stands for null, of which no column that is written can have any. */
  private static <T> List<String> texts(List<T> rows, Function<T, @Nullable String> value) {
    return rows.stream().map(row -> Objects.requireNonNullElse(value.apply(row), "")).toList();
  }

  /**
   * Notes that somebody knows of an incident that lasts.
   *
   * @return whether it lasts
   */
  boolean acknowledge(long id, Acknowledgement known) {
    return database.exclusively(
            IncidentKeeper.TURN,
            () ->
                sql("""
                UPDATE incident SET acknowledged_at = ?, acknowledged_by = ?, note = ?
                WHERE id = ? AND closed_at IS NULL\
                """)
                    .params(Arrays.asList(known.at(), known.by(), known.note(), id))
                    .update())
        == 1;
  }

  /**
   * Deletes what ended before an instant, with what was told of it.
   *
   * @return how many there were
   */
  int deleteBefore(long instant) {
    return database.inTransaction(
        () -> {
          int _ =
              sql(
                      """
                      DELETE FROM incident_told WHERE incident_id IN (
                        SELECT id FROM incident WHERE closed_at < ?)\
                      """,
                      instant)
                  .update();
          return sql("DELETE FROM incident WHERE closed_at < ?", instant).update();
        });
  }

  /** Returns what channels have heard of incidents of which they do not know the end. */
  List<Told> told() {
    return database.call(
        () ->
            sql("""
            SELECT incident_id, channel_id, trouble, told_at, again_at, end_told_at
            FROM incident_told WHERE end_told_at IS NULL ORDER BY incident_id, channel_id\
            """)
                .query(Incidents::readTold)
                .list());
  }

  /** Returns which channels have heard of an incident. */
  List<Told> told(long id) {
    return database.call(
        () ->
            sql(
                    """
                    SELECT incident_id, channel_id, trouble, told_at, again_at, end_told_at
                    FROM incident_told WHERE incident_id = ? ORDER BY told_at, channel_id\
                    """,
                    id)
                .query(Incidents::readTold)
                .list());
  }

  private void addTold(List<Told> told) {
    if (!told.isEmpty()) {
      int _ =
          database.update(
              """
              INSERT INTO incident_told
                (incident_id, channel_id, trouble, told_at, again_at, end_told_at)
              SELECT f.incident_id, f.channel_id, f.trouble, f.told_at, f.again_at,
                nullif(f.end_told_at, %d)
              FROM :rows f\
              """
                  .formatted(NONE),
              toldColumns(told));
    }
  }

  private void changeTold(List<Told> told) {
    if (!told.isEmpty()) {
      int _ =
          database.update(
              """
              UPDATE incident_told SET trouble = f.trouble, again_at = f.again_at,
                end_told_at = nullif(f.end_told_at, %d)
              FROM :rows f
              WHERE incident_told.incident_id = f.incident_id
                AND incident_told.channel_id = f.channel_id\
              """
                  .formatted(NONE),
              toldColumns(told));
    }
  }

  private static Columns toldColumns(List<Told> rows) {
    return new Columns()
        .longs("incident_id", longs(rows, Told::incident))
        .texts("channel_id", texts(rows, Told::channel))
        .texts("trouble", texts(rows, row -> row.trouble().word()))
        .longs("told_at", longs(rows, Told::at))
        .longs("again_at", longs(rows, Told::againAt))
        .longs("end_told_at", longs(rows, row -> orNone(row.endAt())));
  }

  private StatementSpec sql(String text, Object... parameters) {
    return database.jdbc().sql(text).params(parameters);
  }

  private static Incident incident(ResultSet row, int number) throws SQLException {
    Long ended = optional(row, "closed_at");
    Long acknowledged = optional(row, "acknowledged_at");
    return new Incident(
        row.getLong("id"),
        trouble(row),
        about(row),
        row.getLong("started_at"),
        row.getLong("opened_at"),
        ended == null
            ? null
            : new Ending(
                row.getLong("ended_at"),
                ended,
                row.getString("ended_by"),
                row.getLong("open_micros")),
        optional(row, "outage_id"),
        optional(row, "member_of"),
        acknowledged == null
            ? null
            : new Acknowledgement(
                acknowledged, row.getString("acknowledged_by"), row.getString("note")));
  }

  private static About about(ResultSet row) throws SQLException {
    String group = row.getString("grouped");
    return group == null
        ? About.store(row.getInt("store_key"))
        : About.group(group, row.getInt("stores"));
  }

  private static Trouble trouble(ResultSet row) throws SQLException {
    return Trouble.valueOf(row.getString("trouble").toUpperCase(Locale.ROOT));
  }

  private static Told readTold(ResultSet row, int number) throws SQLException {
    return new Told(
        row.getLong("incident_id"),
        row.getString("channel_id"),
        trouble(row),
        row.getLong("told_at"),
        row.getLong("again_at"),
        optional(row, "end_told_at"));
  }

  private static @Nullable Long optional(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
