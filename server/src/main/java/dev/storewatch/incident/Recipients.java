package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import dev.storewatch.database.ChangeCount;
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
import org.springframework.jdbc.core.RowMapper;
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
  private final ChangeCount changes;

  /** What was read last, because it is asked for at each look and seldom changed. */
  private volatile @Nullable Known known;

  Recipients(Database database) {
    this.database = database;
    this.changes = database.changes("recipient");
  }

  private record Known(long version, List<Route> routes, List<Mute> mutes) {}

  private Known known() {
    // The version is taken before the rows are read: a commit from here on raises it.
    long version = changes.value();
    Known latest = known;
    if (latest == null || latest.version != version) {
      latest = new Known(version, read(ROUTE, Recipients::route), read(MUTE, Recipients::mute));
      known = latest;
    }
    return latest;
  }

  private <T> List<T> read(String select, RowMapper<T> row) {
    return database.call(() -> sql(select + " ORDER BY entered_at, id").query(row).list());
  }

  private int change(String text, @Nullable Object... parameters) {
    return database.inTransaction(
        () -> {
          changes.change();
          return sql(text).params(Arrays.asList(parameters)).update();
        });
  }

  /** Returns all routes in the order in which they were entered. */
  List<Route> routes() {
    return known().routes;
  }

  Optional<Route> route(String id) {
    return database.call(
        () -> sql(ROUTE + " WHERE id = ?", id).query(Recipients::route).optional());
  }

  void add(Route route) {
    Quiet quiet = route.quiet();
    int _ =
        change(
            "INSERT INTO alert_route VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            route.id(),
            route.channel(),
            String.join("\n", route.tags()),
            route.troubles().stream().map(Trouble::word).collect(Collectors.joining("\n")),
            route.after().toSeconds(),
            quiet == null ? null : quiet.from().toString(),
            quiet == null ? null : quiet.to().toString(),
            quiet == null ? null : quiet.zone(),
            route.digest(),
            Micros.of(route.entered()),
            route.enteredBy());
  }

  /** Deletes a route; returns whether it was there. */
  boolean deleteRoute(String id) {
    return change("DELETE FROM alert_route WHERE id = ?", id) == 1;
  }

  /** Returns the mutes that have not ended, in the order in which they were entered. */
  List<Mute> mutes(long now) {
    return known().mutes.stream().filter(mute -> mute.until() > now).toList();
  }

  Optional<Mute> mute(String id) {
    return database.call(() -> sql(MUTE + " WHERE id = ?", id).query(Recipients::mute).optional());
  }

  void add(Mute mute) {
    int _ =
        change(
            "INSERT INTO alert_mute VALUES (?, ?, ?, ?, ?, ?, ?)",
            mute.id(),
            mute.store(),
            mute.tag(),
            mute.until(),
            mute.reason(),
            Micros.of(mute.entered()),
            mute.enteredBy());
  }

  /** Ends a mute that has not ended; returns whether there was one. */
  boolean endMute(String id, long now) {
    return change("UPDATE alert_mute SET until_at = ? WHERE id = ? AND until_at > ?", now, id, now)
        == 1;
  }

  /** Deletes the mutes that ended before an instant. */
  int deleteMutesBefore(long instant) {
    return change("DELETE FROM alert_mute WHERE until_at < ?", instant);
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
