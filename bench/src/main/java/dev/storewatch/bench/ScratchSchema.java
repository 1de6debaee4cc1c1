package dev.storewatch.bench;

import dev.storewatch.database.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/**
 * A schema of a PostgreSQL database in which a measurement keeps everything, so that nothing of it
 * is left when the schema is dropped.
 */
final class ScratchSchema implements AutoCloseable {
  private static final String NAME = "storewatch_bench";

  /** The settings of a server that make its figures differ from those of another. */
  private static final List<String> TELLING =
      List.of(
          "shared_buffers",
          "fsync",
          "synchronous_commit",
          "wal_level",
          "max_wal_size",
          "max_parallel_workers_per_gather");

  private final DatabaseSettings database;

  private ScratchSchema(DatabaseSettings database) {
    this.database = database;
  }

  /** The database is not empty, so it was not made for measurements. */
  static final class NotEmpty extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotEmpty(String tables) {
      super(
          "the database has tables already (%s): make an empty one for the measurement, for example by createdb storewatch_bench"
              .formatted(tables));
    }
  }

  /**
   * Returns the schema in an empty database; what a killed measurement left there is dropped.
   *
   * @throws NotEmpty if there is anything else in the database
   */
  static ScratchSchema in(DatabaseSettings database) throws SQLException {
    ScratchSchema schema = new ScratchSchema(database);
    schema.drop();
    String tables =
        schema.ask(
            """
            SELECT string_agg(format('%I.%I', schemaname, tablename), ', ' ORDER BY tablename)
            FROM (SELECT schemaname, tablename FROM pg_tables
                  WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
                  ORDER BY tablename LIMIT 5) some_tables\
            """);
    if (!tables.isEmpty()) {
      throw new NotEmpty(tables);
    }
    return schema;
  }

  /** Drops the schema and makes an empty one. */
  void renew() throws SQLException {
    drop();
    execute("CREATE SCHEMA " + NAME);
  }

  /** Returns the settings by which the program has its tables in the schema. */
  DatabaseSettings settings() {
    return DatabaseSettings.of(url(), database.username(), database.password());
  }

  private String url() {
    String url = Objects.requireNonNull(database.url());
    return url + (url.contains("?") ? "&" : "?") + "currentSchema=" + NAME;
  }

  /** Writes what the database holds in memory to its disk, so that no later work pays for it. */
  void settle() throws SQLException {
    try {
      execute("CHECKPOINT");
    } catch (SQLException e) {
      if (!"42501".equals(e.getSQLState())) {
        throw e;
      }
      // The user may have no right to do this: then the times vary somewhat more.
    }
  }

  /** Returns the version of the server, and its settings that affect the figures. */
  String description() throws SQLException {
    List<String> settings = new ArrayList<>();
    for (String name : TELLING) {
      settings.add("%s %s".formatted(name, ask("SELECT current_setting('%s')".formatted(name))));
    }
    return "PostgreSQL %s; %s"
        .formatted(ask("SELECT current_setting('server_version')"), String.join(", ", settings));
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      return found.next() ? Objects.requireNonNullElse(found.getString(1), "") : "";
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    if (database.username() != null) {
      properties.setProperty("user", database.username());
    }
    if (database.password() != null) {
      properties.setProperty("password", database.password());
    }
    return DriverManager.getConnection(database.url(), properties);
  }

  private void drop() throws SQLException {
    execute("SET client_min_messages = warning; DROP SCHEMA IF EXISTS %s CASCADE".formatted(NAME));
  }

  @Override
  public void close() throws SQLException {
    drop();
  }
}
