package dev.storewatch.report;

import dev.storewatch.http.CsvFields;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.uptime.Windows;
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
    public void row(String storeId, long[] totals, int offset) {
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

    /** For each window its name and ends; made once, because every store repeats them. */
    private final List<String> windowFields;

    Full(ReportSpec spec, TextOut out) {
      this.out = out.text(FULL_COLUMNS).ascii('\n');
      this.windowFields =
          IntStream.range(0, spec.windows().size()).mapToObj(i -> windowFields(spec, i)).toList();
    }

    private static String windowFields(ReportSpec spec, int window) {
      Span span = spec.spans().get(window);
      return ",%s,%s,%s"
          .formatted(
              Windows.format(spec.windows().get(window)),
              Micros.toInstant(span.start()),
              Micros.toInstant(span.end()));
    }

    @Override
    public void row(String storeId, long[] totals, int offset) {
      String id = quoted(storeId);
      for (int window = 0; window < windowFields.size(); window++) {
        out.text(id).text(windowFields.get(window));
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
