package dev.storewatch.database;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The snapshot of the database that the snapshot read of a thread sees. */
final class Snapshot {
  private static final ThreadLocal<@Nullable Snapshot> CURRENT = new ThreadLocal<>();

  /** The name that the database gives it; null until another thread is to see it too. */
  private @Nullable String id;

  private Snapshot() {}

  static boolean isTaken() {
    return CURRENT.get() != null;
  }

  /** Does the work of a transaction that sees one snapshot. */
  static <T> T during(Supplier<T> work) {
    CURRENT.set(new Snapshot());
    try {
      return work.get();
    } finally {
      CURRENT.remove();
    }
  }

  /**
   * Returns the name of the snapshot, which is valid as long as the snapshot read of this thread
   * goes on.
   */
  static String id(JdbcClient jdbc) {
    Snapshot snapshot = CURRENT.get();
    if (snapshot == null) {
      throw new IllegalStateException("no snapshot read goes on in this thread");
    }
    if (snapshot.id == null) {
      snapshot.id = jdbc.sql("SELECT pg_export_snapshot()").query(String.class).single();
    }
    return snapshot.id;
  }
}
