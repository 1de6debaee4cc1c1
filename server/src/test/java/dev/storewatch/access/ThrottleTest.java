package dev.storewatch.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
  private final AtomicLong now = new AtomicLong();
  private final Throttle throttle = new Throttle(now::get);

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      throttle.failed(Throttle.SIGN_IN, "ann");
    }
  }

  private Duration wait(String who) {
    return throttle.wait(Throttle.SIGN_IN, who);
  }

  @Test
  void letsTheFirstFailuresPass() {
    fail(Throttle.SIGN_IN.free() - 1);

    assertThat(wait("ann")).isZero();
  }

  @Test
  void makesEachNextAttemptWaitTwiceAsLong() {
    fail(Throttle.SIGN_IN.free());
    assertThat(wait("ann")).isEqualTo(Duration.ofSeconds(1));
    fail(1);
    assertThat(wait("ann")).isEqualTo(Duration.ofSeconds(2));
    fail(1);
    assertThat(wait("ann")).isEqualTo(Duration.ofSeconds(4));
    fail(50);
    assertThat(wait("ann")).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void letsAnAttemptPassWhenItHasWaited() {
    fail(Throttle.SIGN_IN.free() + 1);

    now.addAndGet(Duration.ofSeconds(2).toNanos());

    assertThat(wait("ann")).isZero();
  }

  @Test
  void slowsDownNobodyElse() {
    fail(20);

    assertThat(wait("bob")).isZero();
    assertThat(throttle.wait(Throttle.ADDRESS, "ann")).isZero();
  }

  @Test
  void forgetsTheFailuresOfWhoeverSucceeds() {
    fail(20);

    throttle.succeeded(Throttle.SIGN_IN, "ann");

    assertThat(wait("ann")).isZero();
    fail(1);
    assertThat(wait("ann")).isZero();
  }

  @Test
  void forgetsFailuresOfLongAgo() {
    fail(50);

    now.addAndGet(Duration.ofHours(1).toNanos());
    fail(1);

    assertThat(wait("ann")).isZero();
  }

  @Test
  void tellsAWaitInWholeSeconds() {
    assertThat(Throttle.seconds(Duration.ofMillis(1))).isEqualTo("1");
    assertThat(Throttle.seconds(Duration.ofMillis(1_001))).isEqualTo("2");
  }

  @Test
  void countsAttemptsAtTheSameTimeAsOneByOne() throws Exception {
    AtomicInteger made = new AtomicInteger();
    List<Thread> guessers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      guessers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    if (throttle.attempt(Throttle.SIGN_IN, "ann").isZero()) {
                      made.incrementAndGet();
                    }
                  }));
    }
    for (Thread guesser : guessers) {
      guesser.join();
    }

    assertThat(made).hasValue(Throttle.SIGN_IN.free());
    assertThat(wait("ann")).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void takesBackWhatWasNoGuess() {
    for (int i = 0; i < 3 * Throttle.SIGN_IN.free(); i++) {
      assertThat(throttle.attempt(Throttle.SIGN_IN, "ann")).isZero();
      throttle.takeBack(Throttle.SIGN_IN, "ann");
    }
    throttle.takeBack(Throttle.SIGN_IN, "nobody");

    assertThat(wait("ann")).isZero();
    assertThat(wait("nobody")).isZero();
  }
}
