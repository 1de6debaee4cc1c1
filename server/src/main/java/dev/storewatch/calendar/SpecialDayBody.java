package dev.storewatch.calendar;

import dev.storewatch.entry.CalendarTimes;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.input.WrongInput;
import dev.storewatch.store.DayTimes;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A special day as somebody enters it.
 *
 * @param store the id of its store, or null
 * @param tag the tag of its stores, or null
 * @param all true if it is of all stores
 * @param date the date on the clocks of each store
 * @param hours what begins on it; empty if the stores are closed
 * @param label what the day is, or null
 */
public record SpecialDayBody(
    @Schema(description = "The id of its store; or tag, or all", example = "1481966498820158979")
        @Nullable String store,
    @Schema(description = "Every store with this tag") @Nullable String tag,
    @Schema(description = "true for every store") @Nullable Boolean all,
    @Schema(
            requiredMode = RequiredMode.REQUIRED,
            description = "On the clocks of each store",
            format = "date",
            example = "2026-11-27")
        @Nullable String date,
    @ArraySchema(
            arraySchema =
                @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "What begins on the date; empty if the stores are closed"))
        @Nullable List<@Nullable SentTimes> hours,
    @Schema(example = "Black Friday") @Nullable String label) {
  private static final String RIGHT =
      "{\"all\": true, \"date\": \"2026-11-27\", \"hours\": [{\"opens\": \"06:00\", \"closes\":"
          + " \"23:00\"}], \"label\": \"Black Friday\"}";

  /**
   * One interval of the day.
   *
   * @param opens {@code HH:mm} or {@code HH:mm:ss}
   * @param closes the same, up to 24:00; at or before {@code opens} on the next day
   */
  public record SentTimes(
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "06:00") @Nullable String opens,
      @Schema(requiredMode = RequiredMode.REQUIRED, example = "23:00") @Nullable String closes) {}

  /**
   * Returns the date.
   *
   * @throws WrongInput if it is missing, or none
   */
  LocalDate readDate() {
    if (date == null) {
      throw new WrongInput("the field date is missing: send for example " + RIGHT);
    }
    return CalendarTimes.date("date", date);
  }

  /**
   * Returns the intervals.
   *
   * @throws WrongInput if they are missing, or one is none
   */
  List<OpeningInterval> readHours() {
    if (hours == null) {
      throw new WrongInput(
          "the field hours is missing: send an empty list for a day on which the stores are closed,"
              + " or for example "
              + RIGHT);
    }
    return readHours(hours, readDate());
  }

  static List<OpeningInterval> readHours(List<@Nullable SentTimes> hours, LocalDate date) {
    List<OpeningInterval> read = new ArrayList<>();
    for (int i = 0; i < hours.size(); i++) {
      SentTimes times = hours.get(i);
      String where = "hours[%d]".formatted(i);
      read.add(
          DayTimes.read(
              date.getDayOfWeek(),
              where,
              times == null ? null : times.opens,
              times == null ? null : times.closes,
              "{\"opens\": \"06:00\", \"closes\": \"23:00\"}"));
    }
    return read;
  }
}
