package dev.storewatch.incident;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/**
 * A mute as somebody enters it: of a store, of the stores with a tag, or of all.
 *
 * @param storeId the store
 * @param tag the tag
 * @param all whether it is of all stores
 * @param until when it ends: an instant
 * @param lasting or how long it lasts from now
 * @param reason why
 */
public record MuteBody(
    @Nullable String storeId,
    @Nullable String tag,
    @Nullable Boolean all,
    @Schema(description = "When it ends", example = "2026-12-01T06:00:00Z") @Nullable String until,
    @Schema(description = "Or how long it lasts", example = "PT2H") @Nullable String lasting,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "new router")
        @Nullable String reason) {}
