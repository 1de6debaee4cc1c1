package dev.storewatch.history;

import dev.storewatch.hours.Schedule;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.window.Dates;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history of a store as the native interface shows it; lengths in seconds.
 *
 * @param by what a period is: {@code day}, {@code week} or {@code month}
 * @param periods the periods in order; they share their edges, so they add up to the whole
 * @param total all periods together
 */
public record HistoryView(
    String storeId,
    @Nullable String name,
    String zone,
    Instant asOf,
    @Schema(allowableValues = {"nearest", "previous"}) String rule,
    @Schema(format = "duration") String carry,
    @Schema(allowableValues = "seconds") String unit,
    @Schema(allowableValues = {"day", "week", "month"}) String by,
    List<Period> periods,
    FiguresView total) {
  static final String SECONDS = "seconds";

  /**
   * A period.
   *
   * @param period its name, such as {@code 2026-03-04}, {@code 2026-W10} or {@code 2026-03}; its
   *     first and last date if only a part of a week or month was asked for
   * @param first its first date, on the clocks of the store
   * @param last its last date
   * @param from the instant at which it begins
   * @param to the instant at which it ends, or as-of if that is earlier
   * @param over whether it ends by as-of
   */
  public record Period(
      @Schema(example = "2026-03-04") String period,
      LocalDate first,
      LocalDate last,
      Instant from,
      Instant to,
      @Schema(description = "Whether it ends by as-of; if not, the time until then is counted")
          boolean over,
      FiguresView figures) {}

  static HistoryView of(
      String storeId,
      @Nullable String name,
      Schedule schedule,
      History.Terms terms,
      String by,
      HistoryTable table) {
    List<Period> periods = new ArrayList<>();
    Sum total = new Sum();
    for (int part = 0; part < table.parts().size(); part++) {
      Dates dates = table.parts().get(part);
      Span span = dates.span(terms.asOf(), schedule);
      total.add(table.totals(0, part));
      periods.add(
          new Period(
              dates.format(),
              dates.first(),
              dates.last(),
              Micros.toInstant(span.start()),
              Micros.toInstant(span.end()),
              dates.isOver(terms.asOf(), schedule),
              FiguresView.of(Sum.of(table.totals(0, part)))));
    }
    return new HistoryView(
        storeId,
        name,
        schedule.zone().name(),
        Micros.toInstant(terms.asOf()),
        terms.rule().name(),
        Durations.format(terms.rule().carry()),
        SECONDS,
        by,
        periods,
        FiguresView.of(total));
  }
}
