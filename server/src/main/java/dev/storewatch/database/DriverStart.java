package dev.storewatch.database;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.duckdb.DuckDBDriver;

/**
 * The start of the driver of the embedded database, which loads a large library and tells Java's
 * flight recorder of itself: a tenth of the time of a short command, and of nothing else's
 * business. It can be done by another thread while the command reads its arguments.
 *
 * <p>Nobody else may touch the driver meanwhile: its classes make each other ready, and two threads
 * that begin at different ends would wait for each other.
 */
public final class DriverStart {
  private static final FutureTask<Boolean> START = new FutureTask<>(DriverStart::start);

  private DriverStart() {}

  private static Boolean start() throws ClassNotFoundException {
    ClassLoader loader = DriverStart.class.getClassLoader();
    Class.forName(DuckDBDriver.class.getName(), true, loader);
    Class.forName("org.duckdb.DuckDBNative", true, loader);
    return true;
  }

  /** Begins, in a process that will open the embedded database. */
  public static void begin() {
    Thread.ofPlatform().daemon().name("driver").start(START);
  }

  /** Waits until the driver is ready; does it all where nobody has begun. */
  static void await() {
    START.run(); // which does nothing if another thread does it, or has done it
    try {
      START.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("the driver of the database cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the driver of the database starts", e);
    }
  }
}
