package dev.storewatch.metrics;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says whether the database answers, by asking it for a row; one that hangs is as good as one that
 * fails.
 */
final class DatabaseHealth implements HealthIndicator {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);

  private final Inquiry<Duration> roundTrip;
  private volatile boolean answered = true;

  /** Takes the question to ask, which is answered with the time that the answer took. */
  DatabaseHealth(Inquiry<Duration> roundTrip) {
    this.roundTrip = roundTrip;
  }

  @Override
  public Health health() {
    try {
      roundTrip.ask();
      note(true, "");
      return Health.up().build();
    } catch (Inquiry.Unanswered e) {
      note(false, String.valueOf(e.getMessage()));
      return Health.down(e).build();
    }
  }

  /** Tells of a change once, however often it is asked. */
  private synchronized void note(boolean now, String reason) {
    if (answered && !now) {
      LOG.error("the database does not answer: {}", reason);
    } else if (!answered && now) {
      LOG.info("the database answers again");
    }
    answered = now;
  }
}
