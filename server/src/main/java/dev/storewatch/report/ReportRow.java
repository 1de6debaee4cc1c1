package dev.storewatch.report;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@link JsonRows} writes, for the description of the interface alone. */
final class ReportRow {
  private ReportRow() {}

  /** A store with the figures of the last hour in minutes, of the last day and week in hours. */
  record Standard(
      String storeId,
      BigDecimal uptimeLastHour,
      BigDecimal uptimeLastDay,
      BigDecimal uptimeLastWeek,
      BigDecimal downtimeLastHour,
      BigDecimal downtimeLastDay,
      BigDecimal downtimeLastWeek) {}

  /** A store in one window, with every figure. */
  record Full(
      String storeId,
      @Schema(format = "duration", example = "P1D") String window,
      Instant from,
      Instant to,
      BigDecimal scheduledMinutes,
      BigDecimal uptimeMinutes,
      BigDecimal downtimeMinutes,
      BigDecimal unknownMinutes,
      BigDecimal excludedMinutes,
      @Schema(description = "Up in up and down together; null when both are zero")
          @Nullable BigDecimal uptimePercent,
      BigDecimal uptimeMinutesLow,
      BigDecimal uptimeMinutesHigh,
      long polls) {}
}
