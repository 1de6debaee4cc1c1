package dev.storewatch.incident;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route as somebody enters it.
 *
 * @param channel the id of the channel
 * @param tags of stores with all of these alone
 * @param troubles of these alone
 * @param after only what has lasted as long, and nobody has acknowledged
 * @param quietFrom when the quiet hours begin
 * @param quietTo when they end
 * @param quietZone the zone of their clocks
 * @param digest whether what still lasts is told at opening; it is unless this is false
 */
public record RouteBody(
    @Schema(requiredMode = RequiredMode.REQUIRED, description = "The id of the channel")
        @Nullable String channel,
    @Schema(description = "Of stores with all of these tags alone") @Nullable List<String> tags,
    @Schema(description = "Of these alone: down, not_opened, dark, flapping, low_uptime, monitor")
        @Nullable List<String> troubles,
    @Schema(description = "Only what has lasted as long", example = "PT30M") @Nullable String after,
    @Schema(example = "22:00") @Nullable String quietFrom,
    @Schema(example = "07:00") @Nullable String quietTo,
    @Schema(example = "America/Chicago") @Nullable String quietZone,
    @Nullable Boolean digest) {}
