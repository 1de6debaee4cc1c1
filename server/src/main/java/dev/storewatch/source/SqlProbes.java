package dev.storewatch.source;

import dev.storewatch.database.ChangeCount;
import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How stores are asked, in a database. */
final class SqlProbes {
  private static final String COLUMNS =
      """
      SELECT store_key, url, statuses, text, timeout_millis, always, entered_at, entered_by, outcome, detail, since_at
      FROM store_probe
      """;

  private final Database database;
  private final ChangeCount changes;

  SqlProbes(Database database) {
    this.database = database;
    this.changes = database.changes("probe");
  }

  /**
   * How a store is asked, and how that ended.
   *
   * @param outcome how it ended the last time; null before the first
   * @param detail what there is to say about that, or null
   * @param since since when it ends like this; null before the first time
   */
  record Row(
      StoreProbe probe,
      @Nullable String outcome,
      @Nullable String detail,
      @Nullable Instant since) {}

  /** Returns a number that is different after any change of how stores are asked. */
  long version() {
    return changes.value();
  }

  /** Keeps how a store is asked from now on. */
  void put(StoreProbe probe) {
    var _ =
        database.inTransaction(
            () -> {
              changes.change();
              var _ = remove(probe.storeKey());
              return database
                  .jdbc()
                  .sql(
                      """
                      INSERT INTO store_probe
                        (store_key, url, statuses, text, timeout_millis, always, entered_at, entered_by)
                      VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
                      """)
                  .param(probe.storeKey())
                  .param(probe.url().toString())
                  .param(probe.statuses().text())
                  .param(probe.text())
                  .param(probe.timeout().toMillis())
                  .param(probe.always())
                  .param(Micros.of(probe.entered()))
                  .param(probe.enteredBy())
                  .update();
            });
  }

  /** Has a store asked no more; returns whether it was. */
  boolean delete(int key) {
    return database.inTransaction(
        () -> {
          changes.change();
          return remove(key) > 0;
        });
  }

  private int remove(int key) {
    return database.jdbc().sql("DELETE FROM store_probe WHERE store_key = ?").param(key).update();
  }

  Optional<Row> find(int key) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(COLUMNS + "WHERE store_key = ?")
                .param(key)
                .query(SqlProbes::row)
                .optional());
  }

  /** Returns how all stores are asked, by their keys. */
  List<Row> all() {
    return database.call(
        () -> database.jdbc().sql(COLUMNS + "ORDER BY store_key").query(SqlProbes::row).list());
  }

  /** Keeps how the asking of a store ended, if it did not end like this before. */
  void note(int key, String outcome, @Nullable String detail, Instant now) {
    var _ =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql(
                        """
                        UPDATE store_probe SET outcome = ?, detail = ?, since_at = ?
                        WHERE store_key = ?
                          AND (outcome IS NULL OR outcome <> ? OR coalesce(detail, '') <> coalesce(CAST(? AS VARCHAR), ''))\
                        """)
                    .param(outcome)
                    .param(detail)
                    .param(Micros.of(now))
                    .param(key)
                    .param(outcome)
                    .param(detail)
                    .update());
  }

  private static Row row(ResultSet row, int number) throws SQLException {
    StoreProbe probe =
        new StoreProbe(
            row.getInt("store_key"),
            URI.create(row.getString("url")),
            new Statuses(row.getString("statuses")),
            row.getString("text"),
            Duration.ofMillis(row.getLong("timeout_millis")),
            row.getBoolean("always"),
            Micros.toInstant(row.getLong("entered_at")),
            row.getString("entered_by"));
    long since = row.getLong("since_at");
    boolean never = row.wasNull();
    return new Row(
        probe,
        row.getString("outcome"),
        row.getString("detail"),
        never ? null : Micros.toInstant(since));
  }
}
