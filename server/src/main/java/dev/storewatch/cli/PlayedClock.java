package dev.storewatch.cli;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that stands still, then goes fast from one instant to another, and stands still again.
 */
final class PlayedClock extends Clock {
  private final Instant start;
  private final Instant end;
  private final double speed;
  private volatile long startedAt;
  private volatile boolean started;

  /**
   * A clock that stands still at its start.
   *
   * @param time how long the way from the start to the end takes
   */
  PlayedClock(Instant start, Instant end, Duration time) {
    this.start = start;
    this.end = end;
    this.speed = (double) Duration.between(start, end).toNanos() / time.toNanos();
  }

  /** Begins to go. */
  void go() {
    startedAt = System.nanoTime();
    started = true;
  }

  @Override
  public Instant instant() {
    if (!started) {
      return start;
    }
    Instant now = start.plusNanos((long) ((System.nanoTime() - startedAt) * speed));
    return now.isBefore(end) ? now : end;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
