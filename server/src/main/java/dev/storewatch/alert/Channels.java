package dev.storewatch.alert;

import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The channels that are kept in a database; what was removed is kept, but not found. */
final class Channels {
  private static final JsonMapper JSON = new JsonMapper();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private static final String SELECT =
      """
      SELECT id, name, kind, settings, secrets, per_minute, entered_at, entered_by, failures,
        last_error
      FROM alert_channel WHERE removed_at IS NULL\
      """;

  private final Database database;

  Channels(Database database) {
    this.database = database;
  }

  /** Returns all of them, in the order of their names. */
  List<KeptChannel> all() {
    return database.call(() -> sql(SELECT + " ORDER BY name, id").query(Channels::channel).list());
  }

  Optional<KeptChannel> find(String id) {
    return database.call(() -> sql(SELECT + " AND id = ?", id).query(Channels::channel).optional());
  }

  private static KeptChannel channel(ResultSet row, int number) throws SQLException {
    return new KeptChannel(
        row.getString("id"),
        row.getString("name"),
        row.getString("kind"),
        JSON.readValue(row.getString("settings"), TEXTS),
        row.getString("secrets"),
        row.getInt("per_minute"),
        Micros.toInstant(row.getLong("entered_at")),
        row.getString("entered_by"),
        row.getInt("failures"),
        row.getString("last_error"));
  }

  void add(KeptChannel channel) {
    var _ =
        sql("""
        INSERT INTO alert_channel
          (id, name, kind, settings, secrets, per_minute, entered_at, entered_by, next_at,
           failures)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0)\
        """)
            .param(channel.id())
            .param(channel.name())
            .param(channel.kind())
            .param(JSON.writeValueAsString(channel.settings()))
            .param(channel.sealed())
            .param(channel.perMinute())
            .param(Micros.of(channel.enteredAt()))
            .param(channel.enteredBy())
            .update();
  }

  /** Writes a channel anew; what waits for it is tried at once. */
  void change(KeptChannel channel) {
    var _ =
        sql("""
        UPDATE alert_channel
        SET name = ?, settings = ?, secrets = ?, per_minute = ?, entered_at = ?, entered_by = ?,
          next_at = 0, failures = 0, last_error = NULL
        WHERE id = ? AND removed_at IS NULL\
        """)
            .param(channel.name())
            .param(JSON.writeValueAsString(channel.settings()))
            .param(channel.sealed())
            .param(channel.perMinute())
            .param(Micros.of(channel.enteredAt()))
            .param(channel.enteredBy())
            .param(channel.id())
            .update();
    var _ =
        sql(
                """
                UPDATE alert_delivery SET due_at = queued_at
                WHERE channel_id = ? AND state = 'queued'\
                """,
                channel.id())
            .update();
  }

  /** Writes the secrets of a channel, which are the same as before under another key. */
  void changeSealed(String id, String sealed) {
    var _ = sql("UPDATE alert_channel SET secrets = ? WHERE id = ?", sealed, id).update();
  }

  /** Removes a channel with its secrets; what waits for it is not sent any more. */
  void remove(String id, long at, @Nullable String by) {
    var _ =
        sql("UPDATE alert_channel SET removed_at = ?, removed_by = ?, secrets = NULL WHERE id = ?")
            .param(at)
            .param(by)
            .param(id)
            .update();
    var _ =
        sql(
                """
                UPDATE alert_delivery
                SET state = 'dead', ended_at = ?, note = 'the channel was deleted'
                WHERE channel_id = ? AND state = 'queued'\
                """,
                at,
                id)
            .update();
  }

  private JdbcClient.StatementSpec sql(String sql, Object... parameters) {
    JdbcClient.StatementSpec statement = database.jdbc().sql(sql);
    return parameters.length == 0 ? statement : statement.params(parameters);
  }
}
