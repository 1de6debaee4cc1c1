package dev.storewatch.calendar;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What somebody changes of a planned closure; what is left out, or null, stays as it is.
 *
 * @param from when it starts
 * @param to when it ends; {@code now} ends one that is on
 * @param repeat {@code once}, {@code weekly} or {@code yearly}
 * @param until the last date on which it may start
 * @param reason why
 */
public record ClosureChange(
    @Schema(description = ClosureBody.FROM, example = "2026-07-04") @Nullable String from,
    @Schema(description = ClosureBody.TO + "; now ends one that is on", example = "now")
        @Nullable String to,
    @Schema(allowableValues = {"once", "weekly", "yearly"}) @Nullable String repeat,
    @Schema(description = ClosureBody.UNTIL, format = "date") @Nullable String until,
    @Nullable String reason) {}
