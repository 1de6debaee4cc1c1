package dev.storewatch.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * Transactions whose connection is thrown away when they do not end as they should.
 *
 * <p>After a commit that failed, for a disk that is full say, nobody knows what a connection does
 * with the next work. That of DuckDB does it outside of any transaction: the commit after it fails
 * again, and yet everything is kept.
 */
final class CarefulTransactions extends JdbcTransactionManager {
  private static final long serialVersionUID = 1;

  /** The connection of this thread's transaction, once it is thrown away. */
  private static final ThreadLocal<Connection> THROWN_AWAY = new ThreadLocal<>();

  private final transient HikariDataSource pool;
  private final transient Predicate<RuntimeException> isKept;

  /**
   * Transactions on connections of a pool.
   *
   * @param connections gives them out
   * @param isKept whether all was kept although the commit failed, so that it counts as done
   */
  CarefulTransactions(
      DataSource connections, HikariDataSource pool, Predicate<RuntimeException> isKept) {
    super(connections);
    this.pool = pool;
    this.isKept = isKept;
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    try {
      super.doCommit(status);
    } catch (RuntimeException e) {
      throwAway(status);
      if (!isKept.test(e)) {
        throw e;
      }
    }
  }

  /** Rolls back, unless the commit failed: then there is nothing left to roll back. */
  @Override
  protected void doRollback(DefaultTransactionStatus status) {
    if (connection(status).equals(THROWN_AWAY.get())) {
      return;
    }
    try {
      super.doRollback(status);
    } catch (RuntimeException e) {
      throwAway(status);
      throw e;
    }
  }

  @Override
  protected void doCleanupAfterCompletion(Object transaction) {
    THROWN_AWAY.remove();
    super.doCleanupAfterCompletion(transaction);
  }

  private void throwAway(DefaultTransactionStatus status) {
    Connection connection = connection(status);
    THROWN_AWAY.set(connection);
    pool.evictConnection(connection);
  }

  private static Connection connection(DefaultTransactionStatus status) {
    return ((JdbcTransactionObjectSupport) status.getTransaction())
        .getConnectionHolder()
        .getConnection();
  }
}
