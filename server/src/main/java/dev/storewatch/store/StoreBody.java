package dev.storewatch.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.input.WrongInput;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
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
 * @param laterHours the weekly hours that hold from a date on, all of them
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
    @Nullable List<@Nullable String> tags,
    @ArraySchema(arraySchema = @Schema(description = LATER_HOURS))
        @Nullable List<@Nullable LaterHours> laterHours) {
  static final String ZONE = "An IANA name; America/Chicago is assumed if left out";
  static final String HOURS =
      "The business hours of a week; always open if there are none. Those without valid_from hold"
          + " from the beginning of time and, unless they are as before, take out all that hold"
          + " from a date on; those with it set the hours from that date on alone";
  static final String LATER_HOURS =
      "The weekly hours that hold from a date on; all others of a date are taken out";
  static final String HOURS_ASSUMED =
      "Send false together with an empty list of hours for a store that is never open; true, or"
          + " nothing, leaves a store without hours always open";

  /**
   * Returns the details that the body gives.
   *
   * @throws IllegalArgumentException if one of them is invalid
   */
  StoreDetails read() {
    NavigableMap<LocalDate, List<OpeningInterval>> weeks =
        hours == null ? new TreeMap<>() : StoreInterval.readByDate(hours);
    List<OpeningInterval> undated = weeks.remove(PackedWeeks.BEGINNING);
    return new StoreDetails(
        name,
        zone == null ? null : StoreDetails.readZone(zone),
        undated == null ? List.of() : undated,
        isNeverOpen(),
        readTags(),
        readLater(weeks));
  }

  private Map<LocalDate, List<OpeningInterval>> readLater(
      NavigableMap<LocalDate, List<OpeningInterval>> ofHours) {
    if (laterHours != null) {
      LaterHours.checkCount(laterHours.size());
      LaterHours.readAll(laterHours)
          .forEach(
              (date, week) -> {
                if (ofHours.put(date, week) != null) {
                  throw LaterHours.twice(date);
                }
              });
    }
    return ofHours;
  }

  /** Returns whether something is said of the hours from the beginning of time. */
  boolean saysUndated() {
    return hours == null
        || hours.isEmpty()
        || hours.stream().anyMatch(one -> one == null || one.validFrom() == null);
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
