package dev.storewatch.metrics;

import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The health of what is written, which is whether the database had room for it the last time. It is
 * found out anew each time that somebody asks while there was none.
 */
final class RoomHealth implements HealthIndicator {
  private final BooleanSupplier wasOut;
  private final Inquiry<Boolean> isOut;

  /**
   * The health by what is known.
   *
   * @param wasOut tells at once whether there was no room the last time
   * @param isOut tries it again, which may take long
   */
  RoomHealth(BooleanSupplier wasOut, Inquiry<Boolean> isOut) {
    this.wasOut = wasOut;
    this.isOut = isOut;
  }

  @Override
  public Health health() {
    try {
      return wasOut.getAsBoolean() && isOut.ask()
          ? Health.down().withDetail("reason", "the disk of the database is full").build()
          : Health.up().build();
    } catch (Inquiry.Unanswered e) {
      return Health.down(e).build();
    }
  }
}
