package dev.storewatch.calendar;

import dev.storewatch.entry.CalendarTimes;
import dev.storewatch.hours.Closure;
import dev.storewatch.input.WrongInput;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import org.jspecify.annotations.Nullable;

/**
 * A planned closure as somebody enters it.
 *
 * @param store the id of its store, or null
 * @param tag the tag of its stores, or null
 * @param all true if it is of all stores
 * @param from when it starts
 * @param to when it ends
 * @param repeat {@code once}, {@code weekly} or {@code yearly}; null for once
 * @param until the last date on which it may start; null for ever
 * @param reason why
 */
public record ClosureBody(
    @Schema(description = "The id of its store; or tag, or all", example = "1481966498820158979")
        @Nullable String store,
    @Schema(description = "Every store with this tag") @Nullable String tag,
    @Schema(description = "true for every store") @Nullable Boolean all,
    @Schema(requiredMode = RequiredMode.REQUIRED, description = FROM, example = "2026-07-04")
        @Nullable String from,
    @Schema(requiredMode = RequiredMode.REQUIRED, description = TO, example = "2026-07-04")
        @Nullable String to,
    @Schema(allowableValues = {"once", "weekly", "yearly"}) @Nullable String repeat,
    @Schema(description = UNTIL, format = "date") @Nullable String until,
    @Schema(requiredMode = RequiredMode.REQUIRED, example = "Independence Day")
        @Nullable String reason) {
  static final String FROM =
      "A time on the clocks of each store (2026-07-04T09:00), a date for its midnight, or an"
          + " instant with an offset";
  static final String TO = "The same; a date is the end of that day";
  static final String UNTIL = "The last date on which a closure that repeats may start";

  private static final String RIGHT =
      "send for example {\"all\": true, \"from\": \"2026-07-04\", \"to\": \"2026-07-04\","
          + " \"reason\": \"Independence Day\"}";

  /**
   * Returns when it is, and why.
   *
   * @throws WrongInput if something is missing or wrong
   */
  Closure closure() {
    return CalendarTimes.closure(
        required("from", from),
        required("to", to),
        repeat == null ? Closure.Repeat.ONCE : CalendarTimes.repeat(repeat),
        until,
        required("reason", reason).strip());
  }

  private static String required(String field, @Nullable String value) {
    if (value == null) {
      throw new WrongInput("the field %s is missing: %s".formatted(field, RIGHT));
    }
    return value;
  }
}
