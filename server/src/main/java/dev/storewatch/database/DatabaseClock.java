package dev.storewatch.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of the database: the clock of this machine, corrected by the difference that was
 * measured, so that the clocks of several servers need not agree.
 */
final class DatabaseClock extends Clock {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

  /**
   * The time that an answer may take: a slower one says too little about the moment it was given.
   */
  private static final Duration SLOW = Duration.ofSeconds(1);

  private static final Duration LARGE = Duration.ofSeconds(2);

  private final PostgresDatabase database;
  private volatile Duration ahead = Duration.ZERO;

  DatabaseClock(PostgresDatabase database) {
    this.database = database;
  }

  /** Asks the database what time it is. */
  void synchronise() {
    Instant before = Instant.now();
    long there =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::int8")
                    .query(Long.class)
                    .single());
    Duration took = Duration.between(before, Instant.now());
    // The first answer counts even if it was slow: there is nothing better yet.
    if (took.compareTo(SLOW) < 0 || ahead.isZero()) {
      Instant now = Instant.EPOCH.plus(there, ChronoUnit.MICROS);
      Duration found = Duration.between(before.plus(took.dividedBy(2)), now);
      if (found.minus(ahead).abs().compareTo(LARGE) > 0) {
        LOG.warn("the clock of this machine differs from that of the database by {}", found);
      }
      ahead = found;
    }
  }

  void trySynchronise() {
    try {
      synchronise();
    } catch (RuntimeException e) {
      LOG.debug("the database could not be asked what time it is", e);
    }
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.offset(Clock.system(zone), ahead);
  }
}
