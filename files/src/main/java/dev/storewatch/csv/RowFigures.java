package dev.storewatch.csv;

import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import java.util.OptionalLong;

/**
 * The figures of a row in full detail: times in hundredths of a minute, the percentage in
 * hundredths of a percent.
 */
public record RowFigures(
    long scheduled,
    long up,
    long down,
    long unknown,
    long excluded,
    OptionalLong percent,
    long upAtLeast,
    long upAtMost,
    long polls) {
  /** Returns the figures of a window of one store. */
  public static RowFigures of(WindowTotals totals) {
    return new RowFigures(
        Figures.hundredthsOfMinutes(totals.scheduled()),
        Figures.hundredthsOfMinutes(totals.up()),
        Figures.hundredthsOfMinutes(totals.down()),
        Figures.hundredthsOfMinutes(totals.unknown()),
        Figures.hundredthsOfMinutes(totals.excluded()),
        Figures.hundredthsOfPercent(totals.up(), totals.down()),
        Figures.hundredthsOfMinutes(totals.upAtLeast()),
        Figures.hundredthsOfMinutes(totals.upAtMost()),
        totals.polls());
  }
}
