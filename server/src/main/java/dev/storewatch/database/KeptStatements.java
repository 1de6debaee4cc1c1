package dev.storewatch.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import javax.sql.DataSource;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A connection whose prepared statements are planned once: one that is closed is kept, and given
 * out again when the same text is prepared.
 *
 * <p>DuckDB takes as long to plan a small query as to run it. It plans a kept statement anew when a
 * table was changed (not its rows), so nothing has to be told to this class. One thread at a time
 * has the connection, as the pool sees to it.
 */
final class KeptStatements implements InvocationHandler {
  /** More than the texts that a server repeats; a plan takes some kilobytes. */
  private static final int MOST = 200;

  /** A longer text lists values, and hardly comes again. */
  private static final int LONGEST = 4_000;

  private final Connection connection;

  /** Those that nobody uses, the one used longest ago first. */
  private final Map<String, PreparedStatement> idle = new LinkedHashMap<>();

  private KeptStatements(Connection connection) {
    this.connection = connection;
  }

  /** Returns where the connections of another source are had, each keeping its statements. */
  static DataSource of(DataSource opening) {
    return new DelegatingDataSource(opening) {
      private int loginTimeout;

      // The pool waits as long for its threads when it ends, so it is kept.
      @Override
      public void setLoginTimeout(int seconds) {
        loginTimeout = seconds;
      }

      @Override
      public int getLoginTimeout() {
        return loginTimeout;
      }

      @Override
      public Connection getConnection() throws SQLException {
        return of(opening.getConnection());
      }
    };
  }

  private static Connection of(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            new KeptStatements(connection));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("prepareStatement")
        && arguments != null
        && arguments.length == 1
        && arguments[0] instanceof String sql) {
      return prepare(sql);
    }
    if (method.getName().equals("close")) {
      closeIdle();
    }
    return call(connection, method, arguments);
  }

  /** Returns whether a text may come again: not one with the number of rows in memory. */
  private static boolean isKept(String sql) {
    return sql.length() <= LONGEST && !sql.contains(FeedFunction.NAME);
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    PreparedStatement kept = idle.remove(sql);
    PreparedStatement statement = kept == null ? connection.prepareStatement(sql) : kept;
    return (PreparedStatement)
        Proxy.newProxyInstance(
            KeptStatements.class.getClassLoader(),
            new Class<?>[] {PreparedStatement.class, Chunks.Statement.class},
            new Lent(sql, statement));
  }

  private void keep(String sql, PreparedStatement statement) throws SQLException {
    PreparedStatement other = idle.put(sql, statement);
    if (other != null) {
      other.close();
    }
    if (idle.size() > MOST) {
      Entry<String, PreparedStatement> eldest = idle.entrySet().iterator().next();
      idle.remove(eldest.getKey());
      eldest.getValue().close();
    }
  }

  private void closeIdle() throws SQLException {
    for (PreparedStatement statement : idle.values()) {
      statement.close();
    }
    idle.clear();
  }

  private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** A statement from when it is prepared until it is closed. */
  private final class Lent implements InvocationHandler {
    private final String sql;
    private final PreparedStatement statement;

    /** Whether it can be given out again. */
    private boolean isReusable;

    private boolean isClosed;

    Lent(String sql, PreparedStatement statement) {
      this.sql = sql;
      this.statement = statement;
      isReusable = isKept(sql);
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
        throws Throwable {
      switch (method.getName()) {
        case "close" -> {
          close();
          return null;
        }
        case "isClosed" -> {
          return isClosed;
        }
        default -> {
          if (isClosed) {
            throw new SQLException("the statement is closed");
          }
          try {
            if (arguments != null && arguments[0] instanceof Chunks.Reader reader) {
              Chunks.read(statement.unwrap(DuckDBPreparedStatement.class), reader);
              return null;
            }
            if (arguments != null && arguments[0] == Chunks.Statement.class) {
              return method.getName().equals("unwrap") ? proxy : (Object) true;
            }
            return call(statement, method, arguments);
          } catch (SQLException | RuntimeException e) {
            isReusable = false;
            throw e;
          }
        }
      }
    }

    /** Gives the statement back, unless it failed: what is left of it then nobody knows. */
    private void close() throws SQLException {
      if (isClosed) {
        return;
      }
      isClosed = true;
      if (isReusable) {
        statement.clearParameters();
        keep(sql, statement);
      } else {
        statement.close();
      }
    }
  }
}
