package dev.storewatch.metrics;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of what is written, which is whether the database had room for it the last time. It is
 * found out anew each time that somebody asks while there was none.
 */
final class RoomHealth implements HealthIndicator {
  private final Inquiry<Boolean> outOfRoom;

  /** The health by a question, which is answered with whether there is no room. */
  RoomHealth(Inquiry<Boolean> outOfRoom) {
    this.outOfRoom = outOfRoom;
  }

  @Override
  public Health health() {
    try {
      return outOfRoom.ask()
          ? Health.down().withDetail("reason", "the disk of the database is full").build()
          : Health.up().build();
    } catch (Inquiry.Unanswered e) {
      return Health.down(e).build();
    }
  }
}
