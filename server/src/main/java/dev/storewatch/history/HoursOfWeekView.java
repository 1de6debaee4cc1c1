package dev.storewatch.history;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hours of the week of one or several stores as the native interface shows them; lengths in
 * seconds.
 *
 * @param first the first date that counts, from midnight on
 * @param last the last date that counts, up to midnight
 * @param stores how many stores these are: those that were polled
 * @param hours the 168 hours of the week, from Monday 0:00 on, on the clocks of each store
 */
public record HoursOfWeekView(
    LocalDate first,
    LocalDate last,
    Instant asOf,
    @Schema(allowableValues = {"nearest", "previous"}) String rule,
    @Schema(format = "duration") String carry,
    @Schema(allowableValues = "seconds") String unit,
    int stores,
    List<Hour> hours) {
  /**
   * An hour of the week.
   *
   * @param day the day of the week, from 0 for Monday to 6 for Sunday
   * @param hour from 0 to 23
   * @param up open time up
   * @param down open time down
   * @param unknown open time that no poll speaks for
   * @param excluded open time in planned closures
   * @param downPercent down in up and down together; null when both are zero
   */
  public record Hour(
      @Schema(description = "From 0 for Monday to 6 for Sunday") int day,
      int hour,
      BigDecimal up,
      BigDecimal down,
      BigDecimal unknown,
      BigDecimal excluded,
      @Schema(description = "Down in up and down together; null when both are zero")
          @Nullable BigDecimal downPercent) {}
}
