package dev.storewatch.system;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brings the tables of the embedded database up to date. */
final class Migrations {
  /** The newest version among the files in {@code db/duckdb}. */
  static final String NEWEST = "2";

  /** So that a database of a newer program, whose tables this one does not know, is an error. */
  private static final String[] NONE = {};

  private Migrations() {}

  /**
   * Runs what is missing, each file in a transaction.
   *
   * <p>A database that is up to date is told by one query: starting Flyway would take longer than
   * the shortest commands.
   */
  static void bringUpToDate(DataSource database, JdbcClient jdbc) {
    if (!isUpToDate(jdbc)) {
      Flyway.configure()
          .dataSource(database)
          .locations("classpath:db/duckdb")
          .failOnMissingLocations(true)
          .ignoreMigrationPatterns(NONE)
          .load()
          .migrate();
    }
  }

  private static boolean isUpToDate(JdbcClient jdbc) {
    try {
      return jdbc.sql(
              """
              SELECT count(*) = 1 FROM flyway_schema_history
              WHERE success AND installed_rank = (SELECT max(installed_rank) FROM flyway_schema_history)
                AND version = ?\
              """)
          .param(NEWEST)
          .query(Boolean.class)
          .single();
    } catch (DataAccessException e) {
      return false; // a new database has no history table
    }
  }
}
