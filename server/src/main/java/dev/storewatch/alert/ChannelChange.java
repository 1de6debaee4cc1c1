package dev.storewatch.alert;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody changes of a channel; what is left out, or null, stays as it is.
 *
 * @param name what people call it
 * @param settings those that are named; null as a value takes one away
 * @param secrets likewise
 * @param perMinute the most messages that it gets in a minute
 */
public record ChannelChange(
    @Schema(example = "ops-chat") @Nullable String name,
    @Schema(description = NAMED) @Nullable Map<String, @Nullable String> settings,
    @Schema(description = NAMED) @Nullable Map<String, @Nullable String> secrets,
    @Schema(description = ChannelBody.PER_MINUTE) @Nullable Integer perMinute) {
  private static final String NAMED =
      "Those that are named are changed, and the others stay; null takes one away";

  /** Leaves the secrets out. */
  @Override
  public String toString() {
    return "ChannelChange[name=%s, settings=%s]".formatted(name, settings);
  }
}
