package dev.storewatch.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // a follower is made by each test
final class FollowerTest {
  private static final Duration LONG = Duration.ofDays(1);

  private final Signal signal = new Signal();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private Follower follower;

  @AfterEach
  void stop() {
    follower.stop();
  }

  private void start(Duration atLatest, Duration afterWork, Duration afterSignal, Runnable work) {
    follower =
        new Follower(
            "tests",
            signal,
            new Follower.Rhythm(atLatest, afterWork, afterSignal),
            () -> {
              begun.incrementAndGet();
              work.run();
              done.incrementAndGet();
            });
    follower.start();
  }

  private void awaitDone(int times) {
    Eventually.until("done " + times + " times", () -> done.get() >= times);
  }

  @Test
  void worksAtItsStartAndAfterEachSignal() {
    start(LONG, Duration.ZERO, Duration.ZERO, () -> {});
    for (int times = 1; times < 4; times++) {
      awaitDone(times);
      signal.give();
    }
    awaitDone(4);
  }

  @Test
  void worksWithoutASignalAfterSomeTime() {
    start(Duration.ofMillis(1), Duration.ZERO, Duration.ZERO, () -> {});
    awaitDone(3);
  }

  /** The signals come during the work, so that no clock decides. */
  @Test
  void worksOnceForSignalsThatComeTogether() {
    Semaphore gate = new Semaphore(0);
    start(LONG, Duration.ZERO, Duration.ZERO, gate::acquireUninterruptibly);
    Eventually.until("it works", () -> begun.get() == 1);
    signal.give();
    signal.give();
    signal.give();

    gate.release(1);

    Eventually.until("it works again", () -> begun.get() == 2);
    gate.release(10);
    awaitDone(2);
    signal.give();
    awaitDone(3);
    assertThat(begun).hasValue(3);
  }

  /** Without an end to these pauses the test takes days. */
  @Test
  void stopsInItsPauses() {
    start(LONG, LONG, Duration.ZERO, () -> {});
    awaitDone(1);
    follower.stop();
    assertThat(follower.isRunning()).isFalse();

    done.set(0);
    start(LONG, Duration.ZERO, LONG, () -> {});
    awaitDone(1);
    signal.give();
    follower.stop();
    assertThat(follower.isRunning()).isFalse();
    assertThat(done).as("the work of which the signal told is for the next start").hasValue(1);
  }

  @Test
  void goesOnAfterAFailure() {
    start(
        LONG,
        Duration.ZERO,
        Duration.ZERO,
        () -> {
          if (begun.get() < 3) {
            throw new IllegalStateException("the database is away");
          }
        });
    Eventually.until("it failed", () -> begun.get() == 1);
    signal.give();
    Eventually.until("it failed again", () -> begun.get() == 2);
    signal.give();
    awaitDone(1);
  }
}
