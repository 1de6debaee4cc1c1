package dev.storewatch.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections of a pool that are waited for until the program is about to end. From then on a
 * request fails at once while the database is away: each part of a program that ends says something
 * to the database, and all these waits together would take longer than a program is given to end.
 */
final class AwaitedConnections extends DelegatingDataSource implements AutoCloseable {
  private final HikariDataSource pool;
  private volatile boolean ending;

  AwaitedConnections(HikariDataSource pool) {
    super(pool);
    this.pool = pool;
  }

  HikariDataSource pool() {
    return pool;
  }

  void waitNoMore() {
    ending = true;
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (ending && pool.getHikariPoolMXBean().getTotalConnections() == 0) {
      throw new SQLTransientConnectionException(
          "there is no connection to the database, and the program is about to end");
    }
    return pool.getConnection();
  }

  @Override
  public void close() {
    pool.close();
  }
}
