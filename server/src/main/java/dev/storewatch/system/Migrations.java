package dev.storewatch.system;

import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brings the tables of a database up to date. */
enum Migrations {
  /** Those of the embedded database. */
  DUCKDB("3"),
  /** Those of PostgreSQL. */
  POSTGRESQL("2");

  /** So that a database of a newer program, whose tables this one does not know, is an error. */
  private static final String[] NONE = {};

  /** The newest version among the files. */
  private final String newest;

  Migrations(String newest) {
    this.newest = newest;
  }

  String location() {
    return "classpath:db/" + name().toLowerCase(Locale.ROOT);
  }

  /**
   * Runs what is missing, each file in a transaction.
   *
   * <p>A database that is up to date is told by one query: starting Flyway would take longer than
   * the shortest commands.
   */
  void bringUpToDate(DataSource database, JdbcClient jdbc) {
    if (!isUpToDate(jdbc)) {
      requireNoNewer(jdbc);
      Flyway.configure()
          .dataSource(database)
          .locations(location())
          .failOnMissingLocations(true)
          .ignoreMigrationPatterns(NONE)
          .load()
          .migrate();
    }
  }

  /**
   * Refuses what a newer program made.
   *
   * @throws BadSetting if tables are of a version that this program does not know
   */
  private void requireNoNewer(JdbcClient jdbc) {
    int found;
    try {
      found =
          jdbc.sql("SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM flyway_schema_history")
              .query(Integer.class)
              .single();
    } catch (DataAccessException e) {
      return; // a new database has no history table
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
