package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The routes and mutes that are kept in a database. */
final class Recipients {
  private static final String ROUTE =
      """
      SELECT id, channel_id, tags, troubles, after_seconds, quiet_from, quiet_to, quiet_zone,
        digest, entered_at, entered_by
      FROM alert_route\
      """;

  private static final String MUTE =
      "SELECT id, store_key, tag, until_at, reason, entered_at, entered_by FROM alert_mute";

  private final Database database;

  Recipients(Database database) {
    this.database = database;
  }

  /** Returns all routes in the order in which they were entered. */
  List<Route> routes() {
    return database.call(
        () -> sql(ROUTE + " ORDER BY entered_at, id").query(Recipients::route).list());
  }

  Optional<Route> route(String id) {
    return database.call(
        () -> sql(ROUTE + " WHERE id = ?", id).query(Recipients::route).optional());
  }

  void add(Route route) {
    Quiet quiet = route.quiet();
    int _ =
        database.call(
            () ->
                sql("INSERT INTO alert_route VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                    .params(
                        Arrays.asList(
                            route.id(),
                            route.channel(),
                            String.join("\n", route.tags()),
                            route.troubles().stream()
                                .map(Trouble::word)
                                .collect(Collectors.joining("\n")),
                            route.after().toSeconds(),
                            quiet == null ? null : quiet.from().toString(),
                            quiet == null ? null : quiet.to().toString(),
                            quiet == null ? null : quiet.zone(),
                            route.digest(),
                            Micros.of(route.entered()),
                            route.enteredBy()))
                    .update());
  }

  /** Deletes a route; returns whether it was there. */
  boolean deleteRoute(String id) {
    return database.call(() -> sql("DELETE FROM alert_route WHERE id = ?", id).update()) == 1;
  }

  /** Returns the mutes that have not ended, in the order in which they were entered. */
  List<Mute> mutes(long now) {
    return database.call(
        () ->
            sql(MUTE + " WHERE until_at > ? ORDER BY entered_at, id", now)
                .query(Recipients::mute)
                .list());
  }

  Optional<Mute> mute(String id) {
    return database.call(() -> sql(MUTE + " WHERE id = ?", id).query(Recipients::mute).optional());
  }

  void add(Mute mute) {
    int _ =
        database.call(
            () ->
                sql("INSERT INTO alert_mute VALUES (?, ?, ?, ?, ?, ?, ?)")
                    .params(
                        Arrays.asList(
                            mute.id(),
                            mute.store(),
                            mute.tag(),
                            mute.until(),
                            mute.reason(),
                            Micros.of(mute.entered()),
                            mute.enteredBy()))
                    .update());
  }

  /** Ends a mute that has not ended; returns whether there was one. */
  boolean endMute(String id, long now) {
    return database.call(
            () ->
                sql("UPDATE alert_mute SET until_at = ? WHERE id = ? AND until_at > ?")
                    .params(now, id, now)
                    .update())
        == 1;
  }

  /** Deletes the mutes that ended before an instant. */
  int deleteMutesBefore(long instant) {
    return database.call(() -> sql("DELETE FROM alert_mute WHERE until_at < ?", instant).update());
  }

  private StatementSpec sql(String text, Object... parameters) {
    return database.jdbc().sql(text).params(parameters);
  }

  private static Route route(ResultSet row, int number) throws SQLException {
    return new Route(
        row.getString("id"),
        row.getString("channel_id"),
        row.getString("tags").lines().toList(),
        row.getString("troubles")
            .lines()
            .map(word -> Trouble.valueOf(word.toUpperCase(Locale.ROOT)))
            .toList(),
        Duration.ofSeconds(row.getLong("after_seconds")),
        quiet(row),
        row.getBoolean("digest"),
        Micros.toInstant(row.getLong("entered_at")),
        row.getString("entered_by"));
  }

  private static @Nullable Quiet quiet(ResultSet row) throws SQLException {
    String from = row.getString("quiet_from");
    return from == null
        ? null
        : new Quiet(
            LocalTime.parse(from),
            LocalTime.parse(row.getString("quiet_to")),
            row.getString("quiet_zone"));
  }

  private static Mute mute(ResultSet row, int number) throws SQLException {
    int key = row.getInt("store_key");
    boolean several = row.wasNull();
    return new Mute(
        row.getString("id"),
        several ? null : (Integer) key,
        row.getString("tag"),
        row.getLong("until_at"),
        row.getString("reason"),
        Micros.toInstant(row.getLong("entered_at")),
        row.getString("entered_by"));
  }
}
