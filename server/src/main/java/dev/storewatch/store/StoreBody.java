package dev.storewatch.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.storewatch.input.WrongInput;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about a store; what is left out, or null, is not known. The fields that are
 * shown of a store and cannot be set are ignored, so that what was shown can be sent back.
 *
 * @param name what people call it
 * @param zone the IANA name of its time zone
 * @param hours its business hours; none when it is always open
 * @param hoursAssumed false, together with no hours, when it is never open: so what a store is
 *     shown as can be sent back. With hours it says nothing
 * @param tags words to find it by
 */
@JsonIgnoreProperties({
  "store_id",
  "zone_assumed",
  "zone_flagged_since",
  "hours_flagged_since",
  "first_poll",
  "as_of",
  "state",
  "last_poll",
  "closure",
  "closed_until"
})
record StoreBody(
    @Nullable String name,
    @Schema(description = ZONE, example = "America/New_York") @Nullable String zone,
    @ArraySchema(arraySchema = @Schema(description = HOURS))
        @Nullable List<@Nullable StoreInterval> hours,
    @Schema(description = HOURS_ASSUMED) @Nullable Boolean hoursAssumed,
    @Nullable List<@Nullable String> tags) {
  static final String ZONE = "An IANA name; America/Chicago is assumed if left out";
  static final String HOURS = "The business hours of a week; always open if there are none";
  static final String HOURS_ASSUMED =
      "Send false together with an empty list of hours for a store that is never open; true, or"
          + " nothing, leaves a store without hours always open";

  /**
   * Returns the details that the body gives.
   *
   * @throws IllegalArgumentException if one of them is invalid
   */
  StoreDetails read() {
    return new StoreDetails(
        name,
        zone == null ? null : StoreDetails.readZone(zone),
        hours == null ? List.of() : StoreInterval.readAll(hours),
        isNeverOpen(),
        readTags());
  }

  /** Old clients send an empty list, and nothing else, for a store that is always open. */
  private boolean isNeverOpen() {
    return hours != null && hours.isEmpty() && Boolean.FALSE.equals(hoursAssumed);
  }

  private Set<String> readTags() {
    Set<String> read = new TreeSet<>();
    for (String tag : tags == null ? List.<@Nullable String>of() : tags) {
      if (tag == null) {
        throw new WrongInput("tags contains null: list texts, for example \"region:west\"");
      }
      read.add(tag);
    }
    return read;
  }
}
