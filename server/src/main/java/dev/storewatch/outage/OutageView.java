package dev.storewatch.outage;

import dev.storewatch.interval.Micros;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An outage as it is shown; lengths in seconds.
 *
 * @param id what it is known by, the same through all corrections
 * @param storeId the store
 * @param storeName what people call it
 * @param from when it began, by the rule's estimate
 * @param to when it ended, likewise; null while it goes on
 * @param ongoing whether it goes on
 * @param endedBy what ended it; null while it goes on
 * @param lastUp the last active poll before it: the earliest that it can have begun
 * @param firstDown its first inactive poll: the latest that it can have begun
 * @param lastDown its last inactive poll: the earliest that it can have ended
 * @param nextUp the first active poll after it: the latest that it can have ended
 * @param openSeconds the open time that it lasted, until now while it goes on
 * @param elapsedSeconds how long it lasted by the clock, likewise
 * @param foundAt when it was found
 */
public record OutageView(
    String id,
    String storeId,
    @Nullable String storeName,
    Instant from,
    @Nullable Instant to,
    boolean ongoing,
    @Schema(
            description =
                "recovery: the store was up again; silence: nothing is known of the time after it",
            allowableValues = {"recovery", "silence"})
        @Nullable String endedBy,
    @Nullable Instant lastUp,
    Instant firstDown,
    Instant lastDown,
    @Nullable Instant nextUp,
    BigDecimal openSeconds,
    BigDecimal elapsedSeconds,
    Instant foundAt) {
  /**
   * Returns an outage as it is shown.
   *
   * @param openMicros the open time that it lasted
   * @param now the instant up to which it lasts while it goes on
   */
  static OutageView of(
      KeptOutage outage, String storeId, @Nullable String storeName, long openMicros, long now) {
    return new OutageView(
        Long.toString(outage.id()),
        storeId,
        storeName,
        Micros.toInstant(outage.start()),
        instant(outage.end()),
        outage.isOngoing(),
        outage.isOngoing() ? null : outage.endedBy().word(),
        instant(outage.lastUp()),
        Micros.toInstant(outage.firstDown()),
        Micros.toInstant(outage.lastDown()),
        instant(outage.nextUp()),
        seconds(openMicros),
        seconds(outage.end().orElse(now) - outage.start()),
        Micros.toInstant(outage.foundAt()));
  }

  private static @Nullable Instant instant(OptionalLong micros) {
    return micros.isPresent() ? Micros.toInstant(micros.getAsLong()) : null;
  }

  private static BigDecimal seconds(long micros) {
    return BigDecimal.valueOf(micros, 6);
  }
}
