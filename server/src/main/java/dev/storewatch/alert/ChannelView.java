package dev.storewatch.alert;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel as it is shown: without its secrets.
 *
 * @param id what it is known by
 * @param name what people call it
 * @param kind the word of its kind
 * @param settings what may be shown of how it is set up
 * @param secrets the names of the secrets that it has
 * @param perMinute the most messages that it gets in a minute
 * @param enteredAt when it was entered, or changed last
 * @param enteredBy by whom
 * @param waiting how many messages wait for it
 * @param dead how many it did not get, and will not get unless they are sent again
 * @param failures how often in a row it did not take a message
 * @param lastError what went wrong last; null if it has gone well since
 */
public record ChannelView(
    String id,
    String name,
    String kind,
    Map<String, String> settings,
    @Schema(description = "The names of its secrets, which are never shown") List<String> secrets,
    int perMinute,
    Instant enteredAt,
    @Nullable String enteredBy,
    long waiting,
    long dead,
    int failures,
    @Nullable String lastError) {
  static ChannelView of(KeptChannel channel, Deliveries.Load load, List<String> secrets) {
    return new ChannelView(
        channel.id(),
        channel.name(),
        channel.kind(),
        channel.settings(),
        secrets,
        channel.perMinute(),
        channel.enteredAt(),
        channel.enteredBy(),
        load.waiting(),
        load.dead(),
        channel.failures(),
        channel.lastError());
  }
}
