package dev.storewatch.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch over connections on which the database takes no more of what is written. The driver has a
 * time limit for reading alone.
 */
final class SilentConnections {
  private static final Logger LOG = LoggerFactory.getLogger(SilentConnections.class);

  private final long timeout;
  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();

  SilentConnections(Duration timeout) {
    this.timeout = timeout.toNanos();
  }

  /** A connection to which something is written. */
  final class Watched implements Runnable, AutoCloseable {
    private final Connection connection;
    private volatile long lastSign = System.nanoTime();

    private Watched(Connection connection) {
      this.connection = connection;
    }

    /** Called when something was written. */
    @Override
    public void run() {
      lastSign = System.nanoTime();
    }

    @Override
    public void close() {
      watched.remove(this);
    }
  }

  Watched watch(Connection connection) {
    Watched one = new Watched(connection);
    watched.add(one);
    return one;
  }

  /** Closes the connections that have been silent for too long; called at intervals. */
  void giveUp() {
    for (Watched one : List.copyOf(watched)) {
      if (System.nanoTime() - one.lastSign > timeout && watched.remove(one)) {
        LOG.warn("the database takes nothing more on a connection, which is given up");
        try {
          one.connection.abort(Runnable::run);
        } catch (SQLException e) {
          LOG.warn("a connection cannot be given up: {}", e.getMessage());
        }
      }
    }
  }
}
