package dev.storewatch.timeline;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.storewatch.cost.Cost;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The uptime of a store as the native interface shows it; lengths in seconds. */
record UptimeView(
    String storeId,
    Instant asOf,
    @Schema(allowableValues = {"nearest", "previous", "ratio"}) String rule,
    @Schema(format = "duration") String carry,
    @Schema(description = TimelineView.UNIT, allowableValues = TimelineView.SECONDS) String unit,
    List<Measured> windows) {
  /**
   * What was measured in one window or part of the period.
   *
   * @param window its length, or the name of its period; null for one given by its ends, or a part
   * @param from its first instant
   * @param to the first instant after it, or as-of if it is not over then
   * @param over whether it ends by as-of
   * @param uptimePercent up in up and down together, rounded down; null when both are zero
   * @param sums the times
   * @param cost what it lost; null if the settings have no rate for the store
   */
  record Measured(
      @Schema(example = "P1D") @Nullable String window,
      Instant from,
      Instant to,
      @Schema(description = "Whether it ends by as-of; if not, the time until then is measured")
          boolean over,
      @JsonUnwrapped TimelineView.Sums sums,
      @Nullable BigDecimal uptimePercent,
      @Nullable Cost cost) {
    static Measured of(AskedWindow window, WindowTotals totals, Optional<Cost> cost) {
      OptionalLong percent = Figures.hundredthsOfPercent(totals.up(), totals.down());
      return new Measured(
          window.name(),
          Micros.toInstant(window.span().start()),
          Micros.toInstant(window.span().end()),
          window.isOver(),
          TimelineView.Sums.of(totals),
          percent.isPresent() ? BigDecimal.valueOf(percent.getAsLong(), 2) : null,
          cost.orElse(null));
    }
  }

  static UptimeView of(Terms terms, UptimeMeter.Measured store) {
    return new UptimeView(
        store.id(),
        Micros.toInstant(terms.asOf()),
        terms.rule().name(),
        Durations.format(terms.rule().carry()),
        TimelineView.SECONDS,
        measured(store));
  }

  static List<Measured> measured(UptimeMeter.Measured store) {
    return IntStream.range(0, store.windows().size())
        .mapToObj(
            i -> Measured.of(store.windows().get(i), store.totals().get(i), store.costs().get(i)))
        .toList();
  }
}
