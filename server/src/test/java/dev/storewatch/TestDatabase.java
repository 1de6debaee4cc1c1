package dev.storewatch;

import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.function.SingletonSupplier;

/**
 * A database of PostgreSQL for one test.
 *
 * <p>It is on a server that the tests start, or on the one that the environment names: {@code
 * STOREWATCH_TEST_DATABASE=jdbc:postgresql://127.0.0.1/postgres?user=...&password=...}, whose user
 * may make databases.
 */
public final class TestDatabase implements AutoCloseable {
  /** How long a server may take to start: with a slow disk, after a crash, that is some time. */
  public static final Duration LONGEST_START = Duration.ofMinutes(1);

  private static final String NAMED = System.getenv("STOREWATCH_TEST_DATABASE");

  private static final Supplier<EmbeddedPostgres> OWN =
      SingletonSupplier.of(TestDatabase::startServer);

  private static final AtomicReference<@Nullable EmbeddedPostgres> OWN_STARTED =
      new AtomicReference<>();

  /** What those with tables begin as: a copy is there sooner than new tables. */
  private static final Supplier<TestDatabase> MODEL = SingletonSupplier.of(TestDatabase::model);

  private static final Map<Path, TestDatabase> OF_FOLDERS = new ConcurrentHashMap<>();

  /** The databases that no test closes. */
  private static final Set<TestDatabase> UNTIL_THE_END = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(TestDatabase::clearAway));
  }

  private final String name = "storewatch_" + UUID.randomUUID().toString().replace("-", "");

  /** Makes an empty database. */
  public TestDatabase() {
    executeOnServer("CREATE DATABASE " + name);
  }

  /** Makes a copy of a database that nobody is connected to. */
  private TestDatabase(TestDatabase model) {
    executeOnServer("CREATE DATABASE " + name + " TEMPLATE " + model.name);
  }

  /** Makes a database with all tables of the program, and nothing in them. */
  public static TestDatabase withTables() {
    return new TestDatabase(MODEL.get());
  }

  private static TestDatabase model() {
    TestDatabase made = new TestDatabase();
    try (DataFolder folder = DataFolder.temporary("test")) {
      Database.open(folder, made.settings()).close();
    }
    UNTIL_THE_END.add(made);
    return made;
  }

  /**
   * Returns which database a test uses that can run on any, for what it keeps in a folder: the one
   * in the folder, or with {@code -Dtest.backend=postgresql} the same of PostgreSQL whenever it is
   * asked for that folder.
   */
  public static DatabaseSettings settings(Path folder) {
    return "postgresql".equals(System.getProperty("test.backend"))
        ? ofFolder(folder).settings()
        : DatabaseSettings.inDataFolder();
  }

  private static TestDatabase ofFolder(Path folder) {
    return OF_FOLDERS.computeIfAbsent(
        folder,
        unknown -> {
          TestDatabase made = withTables();
          UNTIL_THE_END.add(made);
          return made;
        });
  }

  private static EmbeddedPostgres startServer() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setServerConfig("max_connections", "300")
              .setPGStartupWait(LONGEST_START)
              .start();
      OWN_STARTED.set(server);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void clearAway() {
    try (EmbeddedPostgres own = OWN_STARTED.get()) {
      if (own == null) {
        UNTIL_THE_END.forEach(TestDatabase::close);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the address of a database of the server. */
  private static String url(String database) {
    return NAMED == null
        ? OWN.get().getJdbcUrl("postgres", database)
        : NAMED.replaceFirst("(//[^/]*/)[^?]*", "$1" + database);
  }

  /** Returns the address. */
  public String url() {
    return url(name);
  }

  /** Returns the settings by which a server or a command uses it. */
  public DatabaseSettings settings() {
    return DatabaseSettings.of(url(), null, null);
  }

  /** Returns the settings by which another user of it uses it. */
  public DatabaseSettings settings(String user, String password) {
    return DatabaseSettings.of(url().replaceAll("[?].*", ""), user, password);
  }

  /** Runs a statement in it, as somebody who goes past the program. */
  public void execute(String sql) {
    execute(url(), sql);
  }

  /** Has its clock differ from that of this machine, for those who connect from now on. */
  public void setClockAhead(Duration time) {
    execute(
        """
        CREATE SCHEMA other_clock;
        CREATE FUNCTION other_clock.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
        RETURN pg_catalog.clock_timestamp() + interval '1 second' * %d\
        """
            .formatted(time.toSeconds()));
    executeOnServer(
        "ALTER DATABASE " + name + " SET search_path = public, other_clock, pg_catalog");
  }

  /** Ends all connections and takes no more: it is away for whoever uses it. */
  public void letNobodyIn() {
    executeOnServer("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
    executeOnServer(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
            .formatted(name));
  }

  /** Returns whether it has a table. */
  public boolean holds(String table) {
    try (Connection connection = DriverManager.getConnection(url());
        ResultSet found = connection.getMetaData().getTables(null, "public", table, null)) {
      return found.next();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns how many of those who use it wait for a lock. */
  public int countWaiting() {
    return JdbcClient.create(new DriverManagerDataSource(url()))
        .sql(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'\
            """)
        .query(Integer.class)
        .single();
  }

  private static void executeOnServer(String sql) {
    execute(NAMED == null ? url("postgres") : NAMED, sql);
  }

  private static void execute(String url, String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Drops the database, whoever still uses it. */
  @Override
  public void close() {
    executeOnServer("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
  }
}
