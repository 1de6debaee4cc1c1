package dev.storewatch.outage;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The outages of some stores in a period, added up; lengths in seconds of open time.
 *
 * @param outages how many lasted in the period, in whole or in part
 * @param ongoing how many of them go on now
 * @param openSeconds the open time in the period that they cost
 * @param longest the one that cost most; null if there is none
 * @param recoveries how many of them ended in recovery within the period
 * @param meanSecondsToRecover the mean length of those, from their beginnings on; null if there is
 *     none
 * @param intervals how often a store was up again and then down again, both within the period
 * @param meanSecondsBetween the mean length of these times between outages; null if there is none
 */
public record OutageSums(
    int outages,
    int ongoing,
    @Schema(description = "The open time in the period that they cost") BigDecimal openSeconds,
    @Nullable Longest longest,
    int recoveries,
    @Schema(description = "The mean open time that those lasted which ended in recovery (MTTR)")
        @Nullable BigDecimal meanSecondsToRecover,
    int intervals,
    @Schema(
            description =
                "The mean open time from a recovery to the next outage of the store (MTBF)")
        @Nullable BigDecimal meanSecondsBetween) {
  /**
   * The outage that cost the most open time in the period.
   *
   * @param openSeconds the open time in the period that it cost
   */
  public record Longest(String id, String storeId, BigDecimal openSeconds) {}

  /** The sums of one store. */
  public record OfStore(String storeId, @Nullable String storeName, OutageSums sums) {}

  /**
   * The sums of several stores.
   *
   * @param total {@code fleet} for all stores that were asked for, or {@code group}
   * @param groupBy what the tag of the group begins with; null for all stores
   * @param tag the tag of its stores; null for all stores, and those without a tag of that kind
   * @param stores how many stores these are
   */
  public record OfGroup(
      @Schema(allowableValues = {"fleet", "group"}) String total,
      @Nullable String groupBy,
      @Nullable String tag,
      int stores,
      OutageSums sums) {}

  /** Whoever takes sums. */
  public interface Receiver {
    /** Called for all stores, and then for each group. */
    void total(OfGroup total);

    /** Called for each store, in the order of ids. */
    void store(OfStore store);
  }
}
