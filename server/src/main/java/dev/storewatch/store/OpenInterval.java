package dev.storewatch.store;

import dev.storewatch.hours.OpeningInterval;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * An interval of the weekly hours as answers show it.
 *
 * @param day 0 for Monday to 6 for Sunday
 * @param opens {@code HH:mm:ss}
 * @param closes {@code HH:mm:ss}, up to 24:00:00; at or before {@code opens} on the next day
 */
public record OpenInterval(
    @Schema(description = "0 for Monday to 6 for Sunday", minimum = "0", maximum = "6") int day,
    @Schema(pattern = TIME, example = "09:00:00") String opens,
    @Schema(
            description = "Up to 24:00:00; at or before opens on the next day",
            pattern = TIME,
            example = "17:30:00")
        String closes) {
  private static final String TIME = "^\\d\\d:\\d\\d:\\d\\d$";

  /** Returns the interval as it is shown. */
  public static OpenInterval of(OpeningInterval interval) {
    return new OpenInterval(
        interval.day().getValue() - 1, time(interval.opens()), time(interval.closes()));
  }

  private static String time(int second) {
    return two(second / 3600) + ":" + two(second / 60 % 60) + ":" + two(second % 60);
  }

  /**
   * Writes two digits by hand: with a format, the hours would be two fifths of the work of a store.
   */
  private static String two(int number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }
}
