package dev.storewatch.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.input.WrongInput;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.DayOfWeek;
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
        @Nullable List<@Nullable Interval> hours,
    @Schema(description = HOURS_ASSUMED) @Nullable Boolean hoursAssumed,
    @Nullable List<@Nullable String> tags) {
  static final String ZONE = "An IANA name; America/Chicago is assumed if left out";
  static final String HOURS = "The business hours of a week; always open if there are none";
  static final String HOURS_ASSUMED =
      "Send false together with an empty list of hours for a store that is never open; true, or"
          + " nothing, leaves a store without hours always open";

  private static final int MOST_INTERVALS = 1_000;
  private static final String INTERVAL =
      "{\"day\": 0, \"opens\": \"09:00\", \"closes\": \"17:30\"}";

  /**
   * One interval of the weekly hours.
   *
   * @param day 0 for Monday to 6 for Sunday
   * @param opens {@code HH:mm} or {@code HH:mm:ss}
   * @param closes the same, up to 24:00; at or before {@code opens} on the next day
   */
  record Interval(
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              description = "0 for Monday to 6 for Sunday",
              minimum = "0",
              maximum = "6")
          @Nullable Integer day,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              description = "HH:mm or HH:mm:ss",
              example = "09:00")
          @Nullable String opens,
      @Schema(
              requiredMode = RequiredMode.REQUIRED,
              description = "Up to 24:00; at or before opens on the next day",
              example = "17:30")
          @Nullable String closes) {
    OpeningInterval read(String where) {
      if (day == null || opens == null || closes == null) {
        throw bad("%s needs day, opens and closes".formatted(where));
      }
      if (day < 0 || day > 6) {
        throw bad("%s.day is %d, not 0 for Monday to 6 for Sunday".formatted(where, day));
      }
      return DayTimes.read(DayOfWeek.of(day + 1), where, opens, closes, INTERVAL);
    }

    private static WrongInput bad(String what) {
      return new WrongInput(what + ": write for example " + INTERVAL);
    }
  }

  /**
   * Returns the details that the body gives.
   *
   * @throws IllegalArgumentException if one of them is invalid
   */
  StoreDetails read() {
    return new StoreDetails(
        name,
        zone == null ? null : StoreDetails.readZone(zone),
        readHours(),
        isNeverOpen(),
        readTags());
  }

  /** Old clients send an empty list, and nothing else, for a store that is always open. */
  private boolean isNeverOpen() {
    return hours != null && hours.isEmpty() && Boolean.FALSE.equals(hoursAssumed);
  }

  private List<OpeningInterval> readHours() {
    List<@Nullable Interval> given = hours == null ? List.of() : hours;
    if (given.size() > MOST_INTERVALS) {
      throw new WrongInput(
          "a store has at most %d intervals of hours, not %d"
              .formatted(MOST_INTERVALS, given.size()));
    }
    OpeningInterval[] read = new OpeningInterval[given.size()];
    for (int i = 0; i < read.length; i++) {
      Interval interval = given.get(i);
      if (interval == null) {
        throw Interval.bad("hours[%d] is null".formatted(i));
      }
      read[i] = interval.read("hours[%d]".formatted(i));
    }
    return List.of(read);
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
