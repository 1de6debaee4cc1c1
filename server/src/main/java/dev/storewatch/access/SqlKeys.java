package dev.storewatch.access;

import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keys in a database. */
final class SqlKeys implements Keys {
  private final Database database;

  SqlKeys(Database database) {
    this.database = database;
  }

  @Override
  public void add(ApiKey key, String secretHash) {
    database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    INSERT INTO access_key
                      (id, name, secret_hash, role, scope, created_at, expires_at, revoked_at, last_used_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                    """)
                .param(key.id())
                .param(key.name())
                .param(secretHash)
                .param(key.grant().role().word())
                .param(ScopeText.write(key.grant().scope()))
                .param(Micros.of(key.createdAt()))
                .param(micros(key.expiresAt()))
                .param(micros(key.revokedAt()))
                .param(micros(key.lastUsedAt()))
                .update());
  }

  @Override
  public List<Kept> all() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT * FROM access_key ORDER BY created_at, id")
                .query(SqlKeys::kept)
                .list());
  }

  private static Kept kept(ResultSet row, int number) throws SQLException {
    return new Kept(
        new ApiKey(
            row.getString("id"),
            row.getString("name"),
            new Grant(Role.of(row.getString("role")), ScopeText.read(row.getString("scope"))),
            Objects.requireNonNull(instant(row, "created_at")),
            instant(row, "expires_at"),
            instant(row, "revoked_at"),
            instant(row, "last_used_at")),
        row.getString("secret_hash"));
  }

  static @Nullable Long micros(@Nullable Instant instant) {
    return instant == null ? null : Micros.of(instant);
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : Micros.toInstant(micros);
  }

  @Override
  public boolean revoke(String id, Instant now) {
    return database.call(
        () ->
            database
                    .jdbc()
                    .sql("UPDATE access_key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL")
                    .params(Micros.of(now), id)
                    .update()
                == 1);
  }

  @Override
  public void used(Map<String, Instant> lastUses) {
    lastUses.forEach(
        (id, at) ->
            database.call(
                () ->
                    database
                        .jdbc()
                        .sql(
                            """
                            UPDATE access_key SET last_used_at = ?
                            WHERE id = ? AND coalesce(last_used_at, 0) < ?\
                            """)
                        .params(Micros.of(at), id, Micros.of(at))
                        .update()));
  }
}
