package dev.storewatch.metrics;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of the database, which is whether it answers when it is asked for a row; one that
 * hangs counts as one that fails.
 */
final class DatabaseHealth implements HealthIndicator {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);

  private final Inquiry<Duration> roundTrip;
  private volatile boolean answered = true;

  /** The health by a question, which is answered with the time that the answer took. */
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

  /** Logs a change once, however often the health is asked for. */
  private synchronized void note(boolean now, String reason) {
    if (answered && !now) {
      LOG.error("the database does not answer: {}", reason);
    } else if (!answered && now) {
      LOG.info("the database answers again");
    }
    answered = now;
  }
}
