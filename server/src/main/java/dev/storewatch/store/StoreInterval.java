package dev.storewatch.store;

import dev.storewatch.entry.CalendarTimes;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.input.WrongInput;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One interval of weekly hours as requests write it.
 *
 * @param day 0 for Monday to 6 for Sunday
 * @param opens {@code HH:mm} or {@code HH:mm:ss}
 * @param closes the same, up to 24:00; at or before {@code opens} on the next day
 * @param validFrom the date from which it holds; null from the beginning of time
 */
public record StoreInterval(
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
        @Nullable String closes,
    @Schema(
            description = "The date from which it holds; from the beginning of time if left out",
            format = "date",
            example = "2026-06-01")
        @Nullable String validFrom) {
  private static final int MOST = 1_000;
  private static final String EXAMPLE = "{\"day\": 0, \"opens\": \"09:00\", \"closes\": \"17:30\"}";

  /**
   * Returns the intervals of a list that says elsewhere from which date on they hold.
   *
   * @throws WrongInput if one is invalid or has a date of its own, or there are too many
   */
  public static List<OpeningInterval> readAll(List<@Nullable StoreInterval> given) {
    for (StoreInterval interval : given) {
      if (interval != null && interval.validFrom != null) {
        throw new WrongInput(
            "valid_from is said for all hours of the list already: leave it out of each");
      }
    }
    return readByDate(given).getOrDefault(PackedWeeks.BEGINNING, List.of());
  }

  /**
   * Returns the intervals of a list by the date from which they hold; {@link PackedWeeks#BEGINNING}
   * for those without.
   *
   * @throws WrongInput if one is invalid, or there are too many
   */
  static NavigableMap<LocalDate, List<OpeningInterval>> readByDate(
      List<@Nullable StoreInterval> given) {
    if (given.size() > MOST) {
      throw new WrongInput(
          "a store has at most %d intervals of hours, not %d".formatted(MOST, given.size()));
    }
    NavigableMap<LocalDate, List<OpeningInterval>> read = new TreeMap<>();
    for (int i = 0; i < given.size(); i++) {
      StoreInterval interval = given.get(i);
      if (interval == null) {
        throw bad("hours[%d] is null".formatted(i));
      }
      String where = "hours[%d]".formatted(i);
      read.computeIfAbsent(interval.from(where), first -> new ArrayList<>())
          .add(interval.read(where));
    }
    return read;
  }

  private LocalDate from(String where) {
    return validFrom == null
        ? PackedWeeks.BEGINNING
        : CalendarTimes.date(where + ".valid_from", validFrom);
  }

  private OpeningInterval read(String where) {
    if (day == null || opens == null || closes == null) {
      throw bad("%s needs day, opens and closes".formatted(where));
    }
    if (day < 0 || day > 6) {
      throw bad("%s.day is %d, not 0 for Monday to 6 for Sunday".formatted(where, day));
    }
    return DayTimes.read(DayOfWeek.of(day + 1), where, opens, closes, EXAMPLE);
  }

  private static WrongInput bad(String what) {
    return new WrongInput(what + ": write for example " + EXAMPLE);
  }
}
