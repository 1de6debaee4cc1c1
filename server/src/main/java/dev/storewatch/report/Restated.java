package dev.storewatch.report;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;

/**
 * What was changed since a report was made, of that on which it rests; its bytes stay as they are.
 *
 * @param at when the first change was made
 * @param changes how many there are
 * @param kinds how many of each kind
 */
public record Restated(
    @Schema(description = "When the first change was made") Instant at,
    @Schema(description = "How many changes there are") int changes,
    @Schema(
            description =
                "How many of each kind: polls, hours, special_days, closures, zones, tags,"
                    + " zone_rules, old_polls",
            example = "{\"polls\": 2, \"hours\": 1}")
        Map<String, Integer> kinds) {}
