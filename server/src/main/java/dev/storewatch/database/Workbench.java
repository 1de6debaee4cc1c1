package dev.storewatch.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/**
 * A DuckDB in memory that makes and reads files of others, such as Parquet: it has a connection of
 * its own, may touch the files of one folder alone, and loads no extension. What does not fit into
 * its memory goes to temporary files. One thread at a time uses it.
 */
public final class Workbench implements AutoCloseable {
  private static final String MEMORY_LIMIT = "256MB";

  /** The only feed that is ever read: one statement runs at a time. */
  private static final long FEED = 1;

  private final DuckDBConnection connection;
  private final Map<Long, Feed> feeds = new ConcurrentHashMap<>();

  private Workbench(DuckDBConnection connection) throws SQLException {
    this.connection = connection;
    FeedFunction.register(connection, feeds);
  }

  /**
   * Opens one.
   *
   * @param folder the folder whose files it may read and write
   * @param temporary where it may put aside what it has no memory for
   */
  public static Workbench open(Path folder, Path temporary) {
    DriverStart.await();
    Properties properties = new Properties();
    properties.setProperty("memory_limit", MEMORY_LIMIT);
    DuckDbDatabase.EXTENSIONS.forEach(name -> properties.setProperty(name, "false"));
    try {
      Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
      try {
        Workbench bench = new Workbench(connection.unwrap(DuckDBConnection.class));
        bench.execute("SET TimeZone = 'UTC'");
        bench.execute("SET temp_directory = " + text(temporary.toAbsolutePath().toString()));
        bench.execute("SET allowed_directories = [%s]".formatted(text(name(folder))));
        // It can only be taken away, and comes last for that reason.
        bench.execute("SET enable_external_access = false");
        return bench;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("DuckDB cannot be opened in memory: " + e.getMessage(), e);
    }
  }

  /** Ends with a separator: else a folder whose name begins alike would be allowed too. */
  private static String name(Path folder) {
    return folder.toAbsolutePath().normalize() + folder.getFileSystem().getSeparator();
  }

  /** Returns a text as SQL has it. */
  public static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** A statement could not be run. */
  public static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Failed(SQLException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /** Runs a statement. */
  public void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      boolean _ = statement.execute(sql);
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }

  /**
   * Runs a statement that reads rows from memory.
   *
   * @param sql the statement, with {@code :feed} where the rows stand as a table
   */
  public void execute(String sql, Feed feed) {
    feeds.put(FEED, feed);
    try {
      execute(sql.replace(":feed", FeedFunction.NAME + "(" + FEED + ")"));
    } finally {
      feeds.clear();
    }
  }

  /** Runs a query, and gives the result chunk by chunk. */
  public void read(String sql, Chunks.Reader reader) {
    try (DuckDBPreparedStatement statement = connection.prepare(sql)) {
      Chunks.read(statement, reader);
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }

  /** What makes something of a row. */
  public interface Row<T> {
    /** Reads the row that the result stands at. */
    T read(ResultSet row) throws SQLException;
  }

  /** Runs a query of few rows. */
  public <T> List<T> list(String sql, Row<T> row) {
    List<T> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        found.add(row.read(result));
      }
      return found;
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new Failed(e);
    }
  }
}
