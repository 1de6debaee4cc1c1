package dev.storewatch.store;

import dev.storewatch.entry.CalendarTimes;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.input.WrongInput;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Weekly hours of a store that hold from a date on, as requests write them.
 *
 * @param validFrom the date, on the clocks of the store
 * @param hours the hours of a week; none if the store is closed all week
 */
record LaterHours(
    @Schema(requiredMode = RequiredMode.REQUIRED, format = "date", example = "2026-06-01")
        @Nullable String validFrom,
    @ArraySchema(
            arraySchema =
                @Schema(
                    requiredMode = RequiredMode.REQUIRED,
                    description = "The hours of a week; empty if the store is closed all week"))
        @Nullable List<@Nullable StoreInterval> hours) {
  /** How many dates the hours of a store may change on. */
  static final int MOST = 1_000;

  private static final String EXAMPLE = "{\"valid_from\": \"2026-06-01\", \"hours\": []}";

  /** The same as answers show it. */
  record Shown(@Schema(format = "date") LocalDate validFrom, List<OpenInterval> hours) {
    static List<Shown> of(Map<LocalDate, List<OpeningInterval>> later) {
      return later.entrySet().stream()
          .map(
              week ->
                  new Shown(week.getKey(), week.getValue().stream().map(OpenInterval::of).toList()))
          .toList();
    }
  }

  /**
   * Returns the weeks of a list by their dates.
   *
   * @throws WrongInput if one is invalid, or two are of one date
   */
  static NavigableMap<LocalDate, List<OpeningInterval>> readAll(List<@Nullable LaterHours> given) {
    NavigableMap<LocalDate, List<OpeningInterval>> weeks = new TreeMap<>();
    for (int i = 0; i < given.size(); i++) {
      LaterHours week = given.get(i);
      String where = "later_hours[%d]".formatted(i);
      if (week == null || week.validFrom == null || week.hours == null) {
        throw new WrongInput(
            "%s needs valid_from and hours: write for example %s".formatted(where, EXAMPLE));
      }
      LocalDate date = CalendarTimes.date(where + ".valid_from", week.validFrom);
      if (weeks.put(date, StoreInterval.readAll(week.hours)) != null) {
        throw twice(date);
      }
    }
    return weeks;
  }

  static WrongInput twice(LocalDate date) {
    return new WrongInput(
        "the hours from %s on are said twice: put all of a date into one list".formatted(date));
  }

  /**
   * Checks how many there are.
   *
   * @throws WrongInput if there are too many
   */
  static void checkCount(int count) {
    if (count > MOST) {
      throw new WrongInput(
          "a store has hours from at most %d dates on, not %d: take out some"
              .formatted(MOST, count));
    }
  }
}
