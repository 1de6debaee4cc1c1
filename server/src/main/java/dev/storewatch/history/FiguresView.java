package dev.storewatch.history;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The times of one or several stores, added up, in seconds.
 *
 * @param uptimePercent up in up and down together, rounded down; null when both are zero
 * @param uptimePercentAtLeast the least that is possible, if no status changes twice between two
 *     polls; null when no time was open
 * @param uptimePercentAtMost the most that is possible
 */
public record FiguresView(
    BigDecimal scheduled,
    BigDecimal up,
    BigDecimal down,
    BigDecimal unknown,
    BigDecimal excluded,
    BigDecimal upAtLeast,
    BigDecimal upAtMost,
    long polls,
    @Schema(description = "Up in up and down together, rounded down; null when both are zero")
        @Nullable BigDecimal uptimePercent,
    @Schema(description = "The least that is possible, as the polls on both sides say")
        @Nullable BigDecimal uptimePercentAtLeast,
    @Schema(description = "The most that is possible, as the polls on both sides say")
        @Nullable BigDecimal uptimePercentAtMost) {
  static FiguresView of(Sum sum) {
    return new FiguresView(
        Sum.seconds(sum.scheduled()),
        Sum.seconds(sum.up()),
        Sum.seconds(sum.down()),
        Sum.seconds(sum.unknown()),
        Sum.seconds(sum.excluded()),
        Sum.seconds(sum.upAtLeast()),
        Sum.seconds(sum.upAtMost()),
        sum.polls().longValueExact(),
        sum.percent(),
        sum.percentAtLeast(),
        sum.percentAtMost());
  }
}
