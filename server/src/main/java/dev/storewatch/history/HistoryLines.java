package dev.storewatch.history;

import dev.storewatch.csv.CsvFields;
import java.io.PrintWriter;

/**
 * The history of a store, or of several together, as lines: CSV, as a detailed report on its
 * periods, or a table.
 */
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

  /** Writes a row for each period of several stores, with the names of the columns before them. */
  public static void csv(GroupHistoryView history, PrintWriter out) {
    line(out, "window,first,last,stores," + DetailedRows.COLUMNS);
    for (GroupHistoryView.Entry entry : history.periods()) {
      line(
          out,
          String.join(
              ",",
              entry.period().period(),
              entry.period().first().toString(),
              entry.period().last().toString(),
              Integer.toString(history.stores()),
              DetailedRows.of(entry.figures())));
    }
  }

  /** Writes a table of several stores for people. */
  public static void table(GroupHistoryView history, PrintWriter out) {
    line(
        out,
        "%d %s together, as of %s"
            .formatted(
                history.stores(), history.stores() == 1 ? "store" : "stores", history.asOf()));
    header(out, history.by());
    history.periods().forEach(each -> table(out, each.period().period(), each.figures()));
  }

  /** Writes a table for people. */
  public static void table(HistoryView history, PrintWriter out) {
    line(out, "%s, %s, as of %s".formatted(history.storeId(), history.zone(), history.asOf()));
    header(out, history.by());
    history.periods().forEach(each -> table(out, name(each), each.figures()));
    table(out, "all", history.total());
  }

  private static void header(PrintWriter out, String by) {
    line(
        out,
        TABLE.formatted(
            by, "uptime %", "at least - most", "up min", "down min", "unknown", "planned"));
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
