package dev.storewatch;

import dev.storewatch.database.Database;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Has its turn to write stores and polls until it is closed: whoever else wants to, waits. */
public final class HeldDatabase implements AutoCloseable {
  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread holder;

  /** Waits for its turn. */
  public HeldDatabase(Database database) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    holder =
        Thread.ofPlatform().start(() -> database.inWriteTransaction(() -> waitBetween(begun, end)));
    begun.await();
  }

  private static boolean waitBetween(CountDownLatch begun, CountDownLatch end) {
    begun.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return true;
  }

  /** Waits until a thread waits for another one, and thus in the end for the database. */
  public static void awaitWaiting(Thread thread) {
    Eventually.until(thread + " waits", () -> WAITING.contains(thread.getState()));
  }

  /** Lets the others go on. */
  public void letGo() {
    end.countDown();
    try {
      holder.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    letGo();
  }
}
