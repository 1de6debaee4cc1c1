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
      @Schema(example = "P1D") String window,
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

  /** The sums of several stores in one window; a percentage is that of the sums. */
  record Total(
      @Schema(allowableValues = {"fleet", "group"}) String total,
      @Schema(description = "What the tag begins with; null for all stores", example = "region")
          @Nullable String groupBy,
      @Schema(
              description =
                  "The tag of the stores; null for all stores, and for those without a tag of the"
                      + " kind",
              example = "region:west")
          @Nullable String tag,
      int stores,
      @Schema(example = "P1D") String window,
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
