package dev.storewatch.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SignalTest {
  private static final Duration LONG = Duration.ofDays(1);

  private final Signal signal = new Signal();

  @Test
  void isNotMissedByWhoCountedBefore() {
    long counted = signal.count();
    signal.give();

    signal.await(counted, LONG);

    assertThat(signal.count()).isEqualTo(counted + 1);
  }

  @Test
  void wakesAllWhoWait() throws Exception {
    long counted = signal.count();
    List<Thread> waiting =
        Stream.generate(() -> Thread.ofPlatform().start(() -> signal.await(counted, LONG)))
            .limit(3)
            .toList();
    for (Thread thread : waiting) {
      Eventually.until(thread + " waits", () -> thread.getState() == Thread.State.TIMED_WAITING);
    }

    signal.give();

    for (Thread thread : waiting) {
      assertThat(thread.join(Duration.ofMinutes(3))).isTrue();
    }
  }

  @Test
  void isNotAwaitedForLongerThanAsked() {
    Duration longest = Duration.ofMillis(20);
    long begin = System.nanoTime();

    signal.await(signal.count(), longest);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(longest);
  }

  @Test
  void leavesAnInterruptionToWhoeverWaits() {
    Thread.currentThread().interrupt();

    signal.await(signal.count(), LONG);

    assertThat(Thread.interrupted()).isTrue();
  }
}
