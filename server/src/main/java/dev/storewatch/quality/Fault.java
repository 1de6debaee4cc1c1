package dev.storewatch.quality;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with what is known of one store.
 *
 * @param storeId its id
 * @param code what kind it is, as in {@link Notice}
 * @param since when rows were refused, or its first poll if that is all there is; null if nobody
 *     can say
 * @param detail what follows from it, and what would mend it
 */
public record Fault(
    @Schema(description = "The id of the store") String storeId,
    @Schema(
            allowableValues = {
              "flagged-hours",
              "flagged-zone",
              "assumed-hours",
              "assumed-zone",
              "polled-only",
              "never-polled"
            },
            description = "What kind it is")
        String code,
    @Schema(description = "When rows were refused, or the first poll of one that is only polled")
        @Nullable Instant since,
    @Schema(description = "What follows from it") String detail) {}
