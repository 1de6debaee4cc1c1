package dev.storewatch.alert;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel as it is kept, its secrets still encrypted.
 *
 * @param id what it is known by
 * @param name what people call it
 * @param kind the word of its kind
 * @param settings what may be shown of how it is set up
 * @param sealed its secrets, encrypted; null if it has none
 * @param perMinute the most messages that it gets in a minute
 * @param enteredAt when it was entered, or changed last
 * @param enteredBy by whom, or null
 * @param failures how often in a row it did not take a message
 * @param lastError what went wrong last, if it has not gone well since
 */
public record KeptChannel(
    String id,
    String name,
    String kind,
    Map<String, String> settings,
    @Nullable String sealed,
    int perMinute,
    Instant enteredAt,
    @Nullable String enteredBy,
    int failures,
    @Nullable String lastError) {
  /** Leaves the secrets out, encrypted as they are. */
  @Override
  public String toString() {
    return "KeptChannel[id=%s, name=%s, kind=%s]".formatted(id, name, kind);
  }
}
