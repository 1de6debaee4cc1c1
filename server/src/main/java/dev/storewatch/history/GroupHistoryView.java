package dev.storewatch.history;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * The history of several stores together, as the native interface shows it; lengths in seconds.
 *
 * @param stores how many stores these are: those that were polled
 * @param periods the periods in order, each on the clocks of each store
 */
public record GroupHistoryView(
    Instant asOf,
    @Schema(allowableValues = {"nearest", "previous"}) String rule,
    @Schema(format = "duration") String carry,
    @Schema(allowableValues = "seconds") String unit,
    @Schema(allowableValues = {"day", "week", "month"}) String by,
    int stores,
    List<Entry> periods) {
  /** A period and the sums of all stores in it. */
  public record Entry(GroupsView.Period period, FiguresView figures) {}
}
