package dev.storewatch.alert;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next attempt: longer each time, and never quite the same, so that
 * what failed together does not come again together.
 */
final class Pauses {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** A receiver that asks for more is asked after this time all the same. */
  private static final Duration LONGEST_ASKED = Duration.ofDays(1);

  private static final int MOST_DOUBLINGS = 10;

  private final DoubleSupplier random;

  /**
   * Pauses.
   *
   * @param random numbers from 0 to 1
   */
  Pauses(DoubleSupplier random) {
    this.random = random;
  }

  /**
   * Returns the pause after some attempts.
   *
   * @param attempts how many there were, 1 or more
   * @param asked how long the receiver wants to be left alone at least, or null
   */
  Duration after(int attempts, @Nullable Duration asked) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(MOST_DOUBLINGS, attempts - 1));
    Duration most = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    Duration own = Duration.ofMillis((long) (most.toMillis() * (0.5 + random.getAsDouble() / 2)));
    if (asked == null || asked.compareTo(own) < 0) {
      return own;
    }
    Duration bounded = asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
    // Never earlier than asked, and not all who were asked at the same moment.
    return bounded.plusMillis((long) (FIRST.toMillis() * random.getAsDouble() / 2));
  }
}
