package dev.storewatch.store;

import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.input.WrongInput;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.DayOfWeek;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One interval of weekly hours as requests write it.
 *
 * @param day 0 for Monday to 6 for Sunday
 * @param opens {@code HH:mm} or {@code HH:mm:ss}
 * @param closes the same, up to 24:00; at or before {@code opens} on the next day
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
        @Nullable String closes) {
  private static final int MOST = 1_000;
  private static final String EXAMPLE = "{\"day\": 0, \"opens\": \"09:00\", \"closes\": \"17:30\"}";

  /**
   * Returns the intervals of a list.
   *
   * @throws WrongInput if one is invalid, or there are too many
   */
  public static List<OpeningInterval> readAll(List<@Nullable StoreInterval> given) {
    if (given.size() > MOST) {
      throw new WrongInput(
          "a store has at most %d intervals of hours, not %d".formatted(MOST, given.size()));
    }
    OpeningInterval[] read = new OpeningInterval[given.size()];
    for (int i = 0; i < read.length; i++) {
      StoreInterval interval = given.get(i);
      if (interval == null) {
        throw bad("hours[%d] is null".formatted(i));
      }
      read[i] = interval.read("hours[%d]".formatted(i));
    }
    return List.of(read);
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
