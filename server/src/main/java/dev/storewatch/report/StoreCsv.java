package dev.storewatch.report;

import dev.storewatch.csv.CsvRows;
import dev.storewatch.csv.RowWriter;
import dev.storewatch.csv.TextOut;
import dev.storewatch.input.WrongInput;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import java.io.OutputStream;

/**
 * The CSV form of a report on one store in the words of one of the systems that this one replaces:
 * the figures of {@link CsvRows#standard}, named after their units.
 */
public final class StoreCsv implements RowWriter {
  private static final String COLUMNS =
      "store_id,uptime_last_hour_minutes,uptime_last_day_hours,uptime_last_week_hours,"
          + "downtime_last_hour_minutes,downtime_last_day_hours,downtime_last_week_hours";

  private final TextOut out;

  /**
   * A file that has its header line already.
   *
   * @throws WrongInput if the report has other windows than the last hour, day and week
   */
  public StoreCsv(ReportSpec spec, OutputStream out) {
    CsvRows.requireStandardWindows(spec.windows());
    this.out = new TextOut(out).text(COLUMNS).ascii('\n');
  }

  @Override
  public void row(String storeId, long[] totals, int offset, long[] ends, int firstEnd) {
    out.text(CsvRows.quoted(storeId)).ascii(',');
    times(totals, offset + WindowTotals.UP);
    out.ascii(',');
    times(totals, offset + WindowTotals.DOWN);
    out.ascii('\n');
  }

  private void times(long[] totals, int hour) {
    int day = hour + WindowTotals.FIELDS;
    int week = day + WindowTotals.FIELDS;
    out.hundredths(Figures.hundredthsOfMinutes(totals[hour]));
    out.ascii(',').hundredths(Figures.hundredthsOfHours(totals[day]));
    out.ascii(',').hundredths(Figures.hundredthsOfHours(totals[week]));
  }

  @Override
  public void finish() {
    out.flush();
  }
}
