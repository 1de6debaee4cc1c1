package dev.storewatch.alert;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Wakes somebody once, at the earliest of the times that it is set to. */
final class Alarm implements AutoCloseable {
  /** What is farther away is looked up again by then. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("alert-alarm").factory());
  private final Runnable wakes;
  private @Nullable ScheduledFuture<?> next;

  Alarm(Runnable wakes) {
    this.wakes = wakes;
  }

  /** Wakes after a time, unless it is set to wake sooner. */
  synchronized void set(Duration time) {
    long millis = Math.min(time.toMillis(), LONGEST.toMillis());
    if (thread.isShutdown() || (next != null && isSooner(next, millis))) {
      return;
    }
    if (next != null) {
      next.cancel(false);
    }
    next = thread.schedule(wakes, millis, TimeUnit.MILLISECONDS);
  }

  private static boolean isSooner(ScheduledFuture<?> set, long millis) {
    return !set.isDone() && set.getDelay(TimeUnit.MILLISECONDS) <= millis;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
