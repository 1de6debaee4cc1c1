package dev.storewatch;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits for what comes by itself, and fails with its name when it does not come. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration RHYTHM = Duration.ofMillis(10);

  private Eventually() {}

  /** Waits until a condition holds. */
  public static void until(String awaited, Callable<Boolean> condition) {
    await(awaited).until(condition);
  }

  /** Waits until an answer is the one that is wanted, and returns it. */
  public static <T> T until(String awaited, Callable<T> question, Predicate<? super T> wanted) {
    return await(awaited).until(question, wanted);
  }

  private static ConditionFactory await(String awaited) {
    return Awaitility.await(awaited)
        .pollInSameThread() // so that the timeout of a test interrupts the question too
        .pollDelay(Duration.ZERO)
        .pollInterval(RHYTHM)
        .atMost(PATIENCE);
  }
}
