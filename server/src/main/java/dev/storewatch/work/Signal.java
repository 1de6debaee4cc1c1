package dev.storewatch.work;

import java.time.Duration;

/**
 * A signal that wakes threads which wait for work. A thread must take the count before it looks for
 * work: then it does not miss what comes after the look.
 */
public final class Signal {
  private long count;

  /** A signal that was not given yet. */
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

  /**
   * Waits until the signal was given more often than was counted, the time is over, or the thread
   * is interrupted.
   */
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
