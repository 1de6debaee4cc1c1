package dev.storewatch.calendar;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody changes of a special day; what is left out, or null, stays as it is.
 *
 * @param date the date on the clocks of each store
 * @param hours what begins on it; empty if the stores are closed
 * @param label what the day is
 */
record SpecialDayChange(
    @Schema(format = "date", example = "2026-11-27") @Nullable String date,
    @ArraySchema(
            arraySchema =
                @Schema(description = "What begins on the date; empty if the stores are closed"))
        @Nullable List<SpecialDayBody.@Nullable SentTimes> hours,
    @Nullable String label) {}
