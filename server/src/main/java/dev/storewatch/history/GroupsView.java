package dev.storewatch.history;

import dev.storewatch.cost.CostOfSeveral;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups of stores in a period and in the one before, as the native interface shows them.
 *
 * @param period the period, on the clocks of each store
 * @param before the one before, of the same length
 * @param groups all stores together, and each group
 * @param lowest the stores that were down for the greatest shares of their time, with little known
 *     time counting for little
 */
public record GroupsView(
    Instant asOf,
    @Schema(allowableValues = {"nearest", "previous"}) String rule,
    @Schema(format = "duration") String carry,
    @Schema(allowableValues = "seconds") String unit,
    Period period,
    Period before,
    List<Group> groups,
    @Schema(
            description =
                "The stores with the greatest shares of down time; where little is known, the"
                    + " share is taken as low as it may well be")
        List<Store> lowest) {
  /** Some dates. */
  public record Period(
      @Schema(example = "2026-W10") String period, LocalDate first, LocalDate last) {}

  /**
   * A group of stores.
   *
   * @param total {@code fleet} for all stores that were asked for, or {@code group}
   * @param groupBy what the tag of the group begins with; {@code tag} if each tag is a group; null
   *     for all stores
   * @param tag the tag of its stores; null for all stores, and those without a tag of that kind
   * @param stores how many stores these are: those that were polled
   * @param outages how many of their outages lasted in the period, in whole or in part
   * @param outagesBefore how many did in the one before
   * @param figures the sums of their times
   * @param figuresBefore those of the period before
   * @param change how many percentage points the uptime is higher than before; null if one of both
   *     is not known
   * @param rank its place among the groups of its kind, from 1 for the greatest share of down time
   *     on; null for all stores, and if nothing is known
   * @param downPercent the share of down time by which it is ranked
   * @param cost what its stores lost in the period; null if the settings have no rate for any
   */
  public record Group(
      @Schema(allowableValues = {"fleet", "group"}) String total,
      @Nullable String groupBy,
      @Nullable String tag,
      int stores,
      int outages,
      int outagesBefore,
      FiguresView figures,
      FiguresView figuresBefore,
      @Schema(description = "How many percentage points the uptime is higher than before")
          @Nullable BigDecimal change,
      @Schema(description = "From 1 for the greatest share of down time on") @Nullable Integer rank,
      @Schema(description = "The share of down time by which it is ranked")
          @Nullable BigDecimal downPercent,
      @Schema(
              description =
                  "What the orders are worth that its stores lost in the period; null without a"
                      + " rate for any of them in the settings")
          @Nullable CostOfSeveral cost) {}

  /** A store in the order of shares of down time. */
  public record Store(
      int rank,
      String storeId,
      @Nullable String name,
      FiguresView figures,
      @Schema(description = "The share of down time by which it is ranked")
          BigDecimal downPercent) {}
}
