package dev.storewatch.access;

import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** People in a database. */
final class SqlUsers implements Users {
  private final Database database;

  SqlUsers(Database database) {
    this.database = database;
  }

  @Override
  public boolean add(User user, String passwordHash) {
    return changed(
        """
        INSERT INTO access_user (name, password_hash, role, scope, created_at)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (name) DO UPDATE
        SET password_hash = excluded.password_hash, role = excluded.role, scope = excluded.scope,
            created_at = excluded.created_at, removed_at = NULL, last_sign_in_at = NULL,
            networks = NULL
        WHERE access_user.removed_at IS NOT NULL\
        """,
        user.name(),
        passwordHash,
        user.grant().role().word(),
        ScopeText.write(user.grant().scope()),
        Micros.of(user.createdAt()));
  }

  @Override
  public List<Kept> all() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT * FROM access_user ORDER BY name")
                .query(SqlUsers::kept)
                .list());
  }

  private static Kept kept(ResultSet row, int number) throws SQLException {
    return new Kept(
        new User(
            row.getString("name"),
            new Grant(Role.of(row.getString("role")), ScopeText.read(row.getString("scope"))),
            Objects.requireNonNull(SqlKeys.instant(row, "created_at")),
            SqlKeys.instant(row, "removed_at"),
            SqlKeys.instant(row, "last_sign_in_at")),
        row.getString("password_hash"),
        networks(row.getString("networks")));
  }

  private static List<String> networks(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split(" ", -1));
  }

  @Override
  public boolean change(String name, Grant grant, @Nullable String passwordHash) {
    return changed(
        """
        UPDATE access_user
        SET role = ?, scope = ?, password_hash = coalesce(?, password_hash)
        WHERE name = ? AND removed_at IS NULL\
        """,
        grant.role().word(),
        ScopeText.write(grant.scope()),
        passwordHash,
        name);
  }

  @Override
  public boolean changePassword(String name, String passwordHash) {
    return changed(
        "UPDATE access_user SET password_hash = ? WHERE name = ? AND removed_at IS NULL",
        passwordHash,
        name);
  }

  @Override
  public boolean remove(String name, Instant now) {
    return changed(
        "UPDATE access_user SET removed_at = ? WHERE name = ? AND removed_at IS NULL",
        Micros.of(now),
        name);
  }

  @Override
  public void signedIn(String name, Instant now, @Nullable List<String> networks) {
    changed(
        """
        UPDATE access_user SET last_sign_in_at = ?, networks = coalesce(?, networks)
        WHERE name = ?\
        """,
        Micros.of(now),
        networks == null ? null : String.join(" ", networks),
        name);
  }

  private boolean changed(String sql, @Nullable Object... parameters) {
    return database.call(
        () -> database.jdbc().sql(sql).params(Arrays.asList(parameters)).update() == 1);
  }
}
