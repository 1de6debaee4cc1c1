package dev.storewatch.database;

import dev.storewatch.setting.BadSetting;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The migrations that bring the tables of a database up to date. */
enum Migrations {
  /** Those of the embedded database, whose user may do everything. */
  DUCKDB("23", "SELECT TRUE"),
  /** Those of PostgreSQL. */
  POSTGRESQL("22", "SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), TRUE)");

  /**
   * No migration is ignored, so that a database of a newer program, whose tables this one does not
   * know, is an error.
   */
  private static final String[] NONE = {};

  /** The SQL state of a statement that the user has no right to run. */
  private static final String NOT_ALLOWED = "42501";

  /** The newest version among the files. */
  private final String newest;

  /** The query that tells whether the user may make tables. */
  private final String mayMakeTables;

  Migrations(String newest, String mayMakeTables) {
    this.newest = newest;
    this.mayMakeTables = mayMakeTables;
  }

  String location() {
    return "classpath:db/" + name().toLowerCase(Locale.ROOT);
  }

  /**
   * Runs the missing migrations, all in one transaction, which is sooner done than one for each and
   * leaves a database as it was if one fails.
   *
   * <p>One query tells whether a database is up to date, because starting Flyway would take longer
   * than the shortest commands.
   */
  void bringUpToDate(DataSource database, JdbcClient jdbc) {
    if (!isUpToDate(jdbc)) {
      requireNoNewer(jdbc);
      Flyway flyway =
          Flyway.configure()
              .dataSource(database)
              .locations(location())
              .failOnMissingLocations(true)
              .group(true)
              .ignoreMigrationPatterns(NONE)
              .load();
      try {
        flyway.migrate();
      } catch (FlywayException e) {
        throw explained(e);
      }
    }
  }

  /** Returns an error that tells a user what to fix, else the failure itself. */
  private static RuntimeException explained(FlywayException failure) {
    if (failure.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
      return new BadSetting(
          "the database holds tables that are not of this program: use an empty one, for example"
              + " one that `createdb --owner=storewatch storewatch` makes",
          failure);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && NOT_ALLOWED.equals(sql.getSQLState())) {
        return notAllowed(String.valueOf(sql.getMessage()), failure);
      }
    }
    return failure;
  }

  private static BadSetting notAllowed(String why, @Nullable Throwable failure) {
    return new BadSetting(
        "the user of the database may not make tables in it (%s): make that user its owner, for example by ALTER DATABASE storewatch OWNER TO storewatch"
            .formatted(why),
        failure);
  }

  /**
   * Refuses a user who may not make tables, in a new database. Flyway would say so too, but it
   * tries for ten seconds first, as if others were making its own table.
   */
  private void requireRight(JdbcClient jdbc) {
    if (!jdbc.sql(mayMakeTables).query(Boolean.class).single()) {
      throw notAllowed("the right CREATE on the schema is missing", null);
    }
  }

  /**
   * Refuses a database that a newer program made.
   *
   * @throws BadSetting if tables are of a version that this program does not know, or there are
   *     none and the user may not make them
   */
  private void requireNoNewer(JdbcClient jdbc) {
    int found;
    try {
      found =
          jdbc.sql("SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM flyway_schema_history")
              .query(Integer.class)
              .single();
    } catch (DataAccessException e) {
      requireRight(jdbc); // a new database has no history table
      return;
    }
    if (found > Integer.parseInt(newest)) {
      throw new BadSetting(
          "the database is of a newer version of this program (%d, this one knows %s): use the newer one"
              .formatted(found, newest),
          null);
    }
  }

  private boolean isUpToDate(JdbcClient jdbc) {
    try {
      return jdbc.sql(
              """
              SELECT count(*) = 1 FROM flyway_schema_history
              WHERE success AND installed_rank = (SELECT max(installed_rank) FROM flyway_schema_history)
                AND version = ?\
              """)
          .param(newest)
          .query(Boolean.class)
          .single();
    } catch (DataAccessException e) {
      return false; // a new database has no history table
    }
  }
}
