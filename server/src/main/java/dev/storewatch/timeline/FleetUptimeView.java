package dev.storewatch.timeline;

import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The uptime of several stores as the native interface shows it; lengths in seconds.
 *
 * @param stores a page of stores in the order of their ids
 * @param after what to send as {@code after} for the next page; null on the last
 */
record FleetUptimeView(
    Instant asOf,
    @Schema(allowableValues = {"nearest", "previous", "ratio"}) String rule,
    @Schema(format = "duration") String carry,
    @Schema(description = TimelineView.UNIT, allowableValues = TimelineView.SECONDS) String unit,
    List<StoreUptime> stores,
    @Nullable String after) {
  /** The uptime of one of them. */
  record StoreUptime(String storeId, @Nullable String name, List<UptimeView.Measured> windows) {}

  static FleetUptimeView of(Terms terms, UptimeMeter.Page page) {
    return new FleetUptimeView(
        Micros.toInstant(terms.asOf()),
        terms.rule().name(),
        Durations.format(terms.rule().carry()),
        TimelineView.SECONDS,
        page.stores().stream()
            .map(store -> new StoreUptime(store.id(), store.name(), UptimeView.measured(store)))
            .toList(),
        page.hasMore() ? page.stores().getLast().id() : null);
  }
}
