package dev.storewatch.csv;

import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Window;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** The CSV forms of a report: LF line ends, quoted as RFC 4180 says. */
public final class CsvRows {
  private static final String STANDARD_COLUMNS =
      "store_id,uptime_last_hour,uptime_last_day,uptime_last_week,"
          + "downtime_last_hour,downtime_last_day,downtime_last_week";
  private static final String FULL_COLUMNS =
      "store_id,window,from,to,scheduled_minutes,uptime_minutes,downtime_minutes,unknown_minutes,"
          + "excluded_minutes,uptime_percent,uptime_minutes_low,uptime_minutes_high,polls";

  /** The columns that follow, if there are rows of totals. */
  private static final String TOTAL_COLUMNS = ",total,group_by,tag,stores";

  private CsvRows() {}

  /**
   * Returns a writer of one row for each store: up and down time of the last hour in minutes, of
   * the last day and week in hours.
   *
   * @throws WrongInput if the report has other windows
   */
  public static RowWriter standard(List<Window> windows, OutputStream out) {
    requireStandardWindows(windows);
    return new Standard(new TextOut(out));
  }

  /** Returns a writer of one row for each store and window with every figure. */
  public static RowWriter full(List<Window> windows, OutputStream out) {
    return new Full(windows, new TextOut(out), false);
  }

  /** Returns a writer of the rows of {@link #full} with four more columns, filled in totals. */
  public static TotalWriter withTotals(List<Window> windows, OutputStream out) {
    return new Full(windows, new TextOut(out), true);
  }

  /**
   * Checks that windows are those after which the standard columns are named.
   *
   * @throws WrongInput if they are others
   */
  public static void requireStandardWindows(List<Window> windows) {
    if (!windows.equals(Window.STANDARD)) {
      throw new WrongInput(
          "the standard columns are for the windows PT1H,P1D,P7D: ask for full detail to have other"
              + " windows");
    }
  }

  /** Returns an id as a field, which a spreadsheet does not read as a formula. */
  public static String quoted(String id) {
    return CsvFields.of(id);
  }

  private static final class Standard implements RowWriter {
    private final TextOut out;

    Standard(TextOut out) {
      this.out = out.text(STANDARD_COLUMNS).ascii('\n');
    }

    @Override
    public void row(String storeId, long[] totals, int offset, long[] ends, int firstEnd) {
      out.text(quoted(storeId));
      times(totals, offset + WindowTotals.UP);
      times(totals, offset + WindowTotals.DOWN);
      out.ascii('\n');
    }

    private void times(long[] totals, int hour) {
      int day = hour + WindowTotals.FIELDS;
      int week = day + WindowTotals.FIELDS;
      out.ascii(',').hundredths(Figures.hundredthsOfMinutes(totals[hour]));
      out.ascii(',').hundredths(Figures.hundredthsOfHours(totals[day]));
      out.ascii(',').hundredths(Figures.hundredthsOfHours(totals[week]));
    }

    @Override
    public void finish() {
      out.flush();
    }
  }

  private static final class Full implements TotalWriter {
    private final TextOut out;
    private final boolean hasTotals;

    private final List<String> names;

    /** The windows of the row before, which most stores share, and their fields as text. */
    private final long[] known;

    private final String[] windowFields;

    Full(List<Window> windows, TextOut out, boolean hasTotals) {
      this.hasTotals = hasTotals;
      this.out = out.text(FULL_COLUMNS).text(hasTotals ? TOTAL_COLUMNS : "").ascii('\n');
      this.names = windows.stream().map(Window::format).toList();
      this.known = new long[2 * names.size()];
      this.windowFields = new String[names.size()];
      IntStream.range(0, names.size()).forEach(this::format);
    }

    private void format(int window) {
      windowFields[window] =
          ",%s,%s,%s"
              .formatted(
                  names.get(window), instant(known[2 * window]), instant(known[2 * window + 1]));
    }

    private static String instant(long micros) {
      return Micros.toInstant(micros).toString();
    }

    private String windowFields(int window, long start, long end) {
      if (known[2 * window] != start || known[2 * window + 1] != end) {
        known[2 * window] = start;
        known[2 * window + 1] = end;
        format(window);
      }
      return windowFields[window];
    }

    @Override
    public void row(String storeId, long[] totals, int offset, long[] ends, int firstEnd) {
      String id = quoted(storeId);
      for (int window = 0; window < names.size(); window++) {
        int start = firstEnd + 2 * window;
        out.text(id).text(windowFields(window, ends[start], ends[start + 1]));
        figures(RowFigures.of(WindowTotals.read(totals, offset + window * WindowTotals.FIELDS)));
        out.text(hasTotals ? ",,,,\n" : "\n");
      }
    }

    @Override
    public void total(Sums total) {
      String fields =
          ",%s,%s,%s,%d\n"
              .formatted(
                  total.word(),
                  Objects.requireNonNullElse(total.by(), ""),
                  Objects.requireNonNullElse(total.tag(), ""),
                  total.stores());
      for (int window = 0; window < names.size(); window++) {
        out.text(windowFields(window, total.start(window), total.end(window)));
        figures(total.figures(window));
        out.text(fields);
      }
    }

    private void figures(RowFigures figures) {
      field(figures.scheduled());
      field(figures.up());
      field(figures.down());
      field(figures.unknown());
      field(figures.excluded());
      out.ascii(',');
      figures.percent().ifPresent(out::hundredths);
      field(figures.upAtLeast());
      field(figures.upAtMost());
      out.ascii(',').number(figures.polls());
    }

    private void field(long hundredths) {
      out.ascii(',').hundredths(hundredths);
    }

    @Override
    public void finish() {
      out.flush();
    }
  }
}
