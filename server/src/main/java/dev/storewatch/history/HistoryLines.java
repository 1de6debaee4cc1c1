package dev.storewatch.history;

import dev.storewatch.csv.CsvFields;
import java.io.PrintWriter;

/** The history of a store as lines: CSV, as a detailed report on its periods, or a table. */
public final class HistoryLines {
  private static final String TABLE = "%-23s  %8s  %17s  %10s  %10s  %10s  %10s";

  private HistoryLines() {}

  /** Writes a row for each period, with the names of the columns before them. */
  public static void csv(HistoryView history, PrintWriter out) {
    line(out, "store_id,window,from,to," + DetailedRows.COLUMNS);
    for (HistoryView.Period period : history.periods()) {
      line(
          out,
          String.join(
              ",",
              CsvFields.of(history.storeId()),
              period.period(),
              period.from().toString(),
              period.to().toString(),
              DetailedRows.of(period.figures())));
    }
  }

  /** Writes a table for people. */
  public static void table(HistoryView history, PrintWriter out) {
    line(out, "%s, %s, as of %s".formatted(history.storeId(), history.zone(), history.asOf()));
    line(
        out,
        TABLE.formatted(
            history.by(),
            "uptime %",
            "at least - most",
            "up min",
            "down min",
            "unknown",
            "planned"));
    history.periods().forEach(each -> table(out, name(each), each.figures()));
    table(out, "all", history.total());
  }

  private static String name(HistoryView.Period period) {
    return period.over() ? period.period() : period.period() + " *";
  }

  private static void table(PrintWriter out, String name, FiguresView figures) {
    line(
        out,
        TABLE.formatted(
            name,
            DetailedRows.percent(figures.uptimePercent()),
            bounds(figures),
            DetailedRows.minutes(figures.up()),
            DetailedRows.minutes(figures.down()),
            DetailedRows.minutes(figures.unknown()),
            DetailedRows.minutes(figures.excluded())));
  }

  static String bounds(FiguresView figures) {
    return figures.uptimePercentAtLeast() == null
        ? ""
        : DetailedRows.percent(figures.uptimePercentAtLeast())
            + " - "
            + DetailedRows.percent(figures.uptimePercentAtMost());
  }

  /** Not println, whose line ends are those of the machine. */
  static void line(PrintWriter out, String text) {
    out.print(text.stripTrailing());
    out.print('\n');
  }
}
