package dev.storewatch.work;

import java.time.Duration;

/**
 * Wakes threads that wait for work. Who looks for work takes the count before looking: what comes
 * from there on is not missed.
 */
public final class Signal {
  private long count;

  /** Makes a signal that was not given yet. */
  public Signal() {}

  /** Returns how often it was given. */
  public synchronized long count() {
    return count;
  }

  /** Wakes all who wait. */
  public synchronized void give() {
    count++;
    notifyAll();
  }

  /** Waits until it is given more often than was counted, or for a time, or for an interruption. */
  public synchronized void await(long counted, Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    try {
      for (long left = longest.toNanos();
          count == counted && left > 0;
          left = end - System.nanoTime()) {
        wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
