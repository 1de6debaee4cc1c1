package dev.storewatch.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way back from an error after which DuckDB does nothing more with a file until it is opened
 * anew, for example when it tidies up the file and the disk gets full.
 *
 * <p>The file is closed when no connection to it is left. So the pool is held, all its connections
 * and the one beside it are closed, and one is opened before the pool goes on.
 */
final class Reopening {
  private static final Logger LOG = LoggerFactory.getLogger(Reopening.class);

  /**
   * What DuckDB says to everything until the file is opened anew, with the first error after it.
   */
  static final String SHUT = "database has been invalidated";

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final HikariDataSource pool;
  private final Runnable room;
  private final Opener opener;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private volatile boolean ended;
  private volatile Connection open;

  /** Opens the file. */
  @FunctionalInterface
  interface Opener {
    /** Returns a connection, after which others can be opened. */
    Connection open() throws SQLException;
  }

  /**
   * Begins with a file that is open.
   *
   * @param pool may be held
   * @param room throws if there is no room to write anything
   */
  Reopening(HikariDataSource pool, Runnable room, Opener opener) throws SQLException {
    this.pool = pool;
    this.room = room;
    this.opener = opener;
    this.open = opener.open();
  }

  /** Returns whether a failure is that nothing more can be done before the file is opened anew. */
  static boolean isNeededAfter(Throwable failure) {
    return says(failure, "FATAL Error") || says(failure, SHUT);
  }

  /** Returns whether a failure is one of after a commit, of which all is kept. */
  static boolean isAfterCommit(Throwable failure) {
    return says(failure, "COMMIT succeeded and is durable");
  }

  private static boolean says(Throwable failure, String words) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = cause.getMessage();
      if (cause instanceof SQLException && message != null && message.contains(words)) {
        return true;
      }
    }
    return false;
  }

  /** Opens the file anew as soon as that can be done, on a thread of its own. */
  void begin() {
    if (!ended && underWay.compareAndSet(false, true)) {
      var _ = Thread.ofPlatform().name("database-reopening").daemon().start(this::tryUntilItIsOpen);
    }
  }

  private void tryUntilItIsOpen() {
    LOG.error("the database does nothing more until it is opened anew: that is tried");
    try {
      while (!ended && !isOpenAnew()) {
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      underWay.set(false);
    }
  }

  private boolean isOpenAnew() throws InterruptedException {
    try {
      room.run();
      pool.getHikariPoolMXBean().suspendPool();
      try {
        closeAll();
        open = opener.open();
      } finally {
        pool.getHikariPoolMXBean().resumePool();
      }
      LOG.info("the database is open again");
      return true;
    } catch (RuntimeException | SQLException e) {
      LOG.debug("the database cannot be opened anew yet", e);
      return false;
    }
  }

  /** Closes all connections; those that are in use end with their next step, which fails. */
  private void closeAll() throws InterruptedException, SQLException {
    pool.getHikariPoolMXBean().softEvictConnections();
    long end = System.nanoTime() + CLOSING.toNanos();
    while (pool.getHikariPoolMXBean().getTotalConnections() > 0) {
      if (System.nanoTime() > end) {
        throw new SQLException("a connection is still in use");
      }
      Thread.sleep(10);
    }
    open.close();
  }

  /** Closes the connection that it has; the pool's are closed by others. */
  void close() {
    ended = true;
    try {
      open.close();
    } catch (SQLException e) {
      LOG.warn("the database could not be closed as it should: {}", e.getMessage());
    }
  }
}
