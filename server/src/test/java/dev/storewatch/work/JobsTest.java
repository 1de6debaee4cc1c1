package dev.storewatch.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.database.DatabaseUnavailable;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.retry.RetryPolicy;

final class JobsTest {
  private static final Duration SOON = Duration.ofMillis(5);
  private static final RetryPolicy RETRIES =
      RetryPolicy.builder()
          .includes(DatabaseUnavailable.class)
          .maxRetries(3)
          .delay(Duration.ofMillis(1))
          .build();

  private final Watch watch = new Watch();
  private final Queue<String> done = new ConcurrentLinkedQueue<>();
  private Jobs jobs = new Jobs(List.of(), new OwnDueTimes(watch), SOON, RETRIES);

  @AfterEach
  void stop() {
    jobs.stop();
  }

  /** A clock that is set by hand. */
  private static final class Watch extends Clock {
    private volatile Instant now = Instant.parse("2026-11-01T00:00:00Z");

    void goOn(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  private void start(Job... some) {
    jobs = new Jobs(List.of(some), new OwnDueTimes(watch), SOON, RETRIES);
    jobs.start();
  }

  /**
   * A job that each process does soon again and again: once it was done so often, time has gone.
   */
  private Job pulse(AtomicInteger beats) {
    return Job.ofEachProcess("pulse", SOON, beats::incrementAndGet);
  }

  private static void awaitBeats(AtomicInteger beats) {
    int now = beats.get();
    Eventually.until("some more beats", () -> beats.get() > now + 5);
  }

  @Test
  void areDoneSomeTimeAfterTheStartAndThenInTheirRhythm() {
    AtomicInteger beats = new AtomicInteger();
    start(Job.ofOneProcess("daily", Duration.ofDays(1), () -> done.add("daily")), pulse(beats));
    awaitBeats(beats);
    assertThat(done).isEmpty();

    watch.goOn(Duration.ofMinutes(1));
    Eventually.until("the first time", () -> done.size() == 1);
    awaitBeats(beats);
    assertThat(done).hasSize(1);

    watch.goOn(Duration.ofDays(1));
    Eventually.until("the second time", () -> done.size() == 2);
  }

  @Test
  void areTriedAgainWhileTheDatabaseIsAway() {
    AtomicInteger tries = new AtomicInteger();
    start(
        Job.ofEachProcess(
            "needs the database",
            Duration.ofDays(1),
            () -> {
              if (tries.incrementAndGet() < 3) {
                throw DatabaseUnavailable.of(new SQLTransientConnectionException("away"));
              }
              done.add("done");
            }));

    Eventually.until("the job", () -> !done.isEmpty());
    assertThat(tries).hasValue(3);
  }

  @Test
  void goOnAfterOneOfThemFailed() {
    AtomicInteger tries = new AtomicInteger();
    start(
        Job.ofEachProcess(
            "fails",
            SOON,
            () -> {
              tries.incrementAndGet();
              throw new IllegalStateException("no");
            }));

    awaitBeats(tries);
  }
}
