package dev.storewatch.report;

import dev.storewatch.http.CsvFields;
import dev.storewatch.input.WrongInput;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Window;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.IntStream;

/** The CSV forms of a report: LF line ends, quoted as RFC 4180 says. */
public final class CsvRows {
  private static final String STANDARD_COLUMNS =
      "store_id,uptime_last_hour,uptime_last_day,uptime_last_week,"
          + "downtime_last_hour,downtime_last_day,downtime_last_week";
  private static final String FULL_COLUMNS =
      "store_id,window,from,to,scheduled_minutes,uptime_minutes,downtime_minutes,unknown_minutes,"
          + "excluded_minutes,uptime_percent,uptime_minutes_low,uptime_minutes_high,polls";

  private CsvRows() {}

  /**
   * Returns a writer of one row for each store: up and down time of the last hour in minutes, of
   * the last day and week in hours.
   *
   * @throws WrongInput if the report has other windows
   */
  public static RowWriter standard(ReportSpec spec, OutputStream out) {
    RowWriters.requireStandardWindows(spec);
    return new Standard(new TextOut(out));
  }

  /** Returns a writer of one row for each store and window with every figure. */
  public static RowWriter full(ReportSpec spec, OutputStream out) {
    return new Full(spec, new TextOut(out));
  }

  /** Returns an id as a field, which a spreadsheet does not read as a formula. */
  static String quoted(String id) {
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
      times(totals, offset + RowWriters.UP);
      times(totals, offset + RowWriters.DOWN);
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

  private static final class Full implements RowWriter {
    private final TextOut out;

    private final List<String> names;

    /** The windows of the row before, which most stores share, and their fields as text. */
    private final long[] known;

    private final String[] windowFields;

    Full(ReportSpec spec, TextOut out) {
      this.out = out.text(FULL_COLUMNS).ascii('\n');
      this.names = spec.windows().stream().map(Window::format).toList();
      this.known = new long[2 * names.size()];
      this.windowFields = new String[names.size()];
      IntStream.range(0, names.size()).forEach(this::format);
    }

    private void format(int window) {
      windowFields[window] =
          ",%s,%s,%s"
              .formatted(
                  names.get(window),
                  WindowEnds.format(known[2 * window]),
                  WindowEnds.format(known[2 * window + 1]));
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
        figures(WindowTotals.read(totals, offset + window * WindowTotals.FIELDS));
      }
    }

    private void figures(WindowTotals totals) {
      minutes(totals.scheduled());
      minutes(totals.up());
      minutes(totals.down());
      minutes(totals.unknown());
      minutes(totals.excluded());
      out.ascii(',');
      Figures.hundredthsOfPercent(totals.up(), totals.down()).ifPresent(out::hundredths);
      minutes(totals.upAtLeast());
      minutes(totals.upAtMost());
      out.ascii(',').number(totals.polls()).ascii('\n');
    }

    private void minutes(long micros) {
      out.ascii(',').hundredths(Figures.hundredthsOfMinutes(micros));
    }

    @Override
    public void finish() {
      out.flush();
    }
  }
}
