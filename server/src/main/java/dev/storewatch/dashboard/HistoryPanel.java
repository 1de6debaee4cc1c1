package dev.storewatch.dashboard;

import dev.storewatch.history.FiguresView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history of a store or of a group of stores on its page.
 *
 * @param charts its days, weeks or months
 * @param heat when in the week it was down; null if it is not shown
 */
public record HistoryPanel(List<Chart> charts, @Nullable HeatMap heat) {
  /**
   * Periods as bars and as a table.
   *
   * @param title what they are
   * @param what what a period is
   * @param rows the periods, the latest first
   */
  public record Chart(String title, String what, Bars bars, List<Row> rows) {}

  /** A period of the table. */
  public record Row(String period, FiguresView figures) {}

  /** Returns the chart of periods that come in order. */
  static Chart chart(String title, String what, List<Bars.Entry> entries) {
    return new Chart(
        title,
        what,
        Bars.of(entries, title),
        entries.reversed().stream().map(entry -> new Row(entry.name(), entry.figures())).toList());
  }
}
