package dev.storewatch.bench;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.storewatch.csv.RowWriter;
import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.RowWriters;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The CSV forms of a report, written with FastCSV, to which every field is a text.
 *
 * <p>An id that a spreadsheet would take for a formula is written as it is, and one that begins
 * with # is quoted, because to FastCSV it begins a comment.
 */
final class FastCsvRows {
  private static final int BUFFER = 1 << 16;

  private FastCsvRows() {}

  static RowWriter of(ReportSpec spec, RowWriters.Detail detail, OutputStream out) {
    CsvWriter csv =
        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).bufferSize(BUFFER).build(out);
    return switch (detail) {
      case STANDARD -> new Standard(csv);
      case FULL -> new Full(spec, csv);
    };
  }

  private static String minutes(long micros) {
    return decimal(Figures.hundredthsOfMinutes(micros));
  }

  private static String hours(long micros) {
    return decimal(Figures.hundredthsOfHours(micros));
  }

  /** Returns hundredths as a decimal number; BigDecimal has a way of its own for two decimals. */
  private static String decimal(long hundredths) {
    return BigDecimal.valueOf(hundredths, 2).toString();
  }

  private static void flush(CsvWriter csv) {
    try {
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Standard(CsvWriter csv) implements RowWriter {
    Standard {
      csv.writeRecord(
          "store_id",
          "uptime_last_hour",
          "uptime_last_day",
          "uptime_last_week",
          "downtime_last_hour",
          "downtime_last_day",
          "downtime_last_week");
    }

    @Override
    public void row(String storeId, long[] totals, int offset, long[] ends, int firstEnd) {
      WindowTotals hour = WindowTotals.read(totals, offset);
      WindowTotals day = WindowTotals.read(totals, offset + WindowTotals.FIELDS);
      WindowTotals week = WindowTotals.read(totals, offset + 2 * WindowTotals.FIELDS);
      csv.writeRecord()
          .writeField(storeId)
          .writeField(minutes(hour.up()))
          .writeField(hours(day.up()))
          .writeField(hours(week.up()))
          .writeField(minutes(hour.down()))
          .writeField(hours(day.down()))
          .writeField(hours(week.down()))
          .endRecord();
    }

    @Override
    public void finish() {
      flush(csv);
    }
  }

  /** Name and ends of a window. */
  private record Window(String name, String from, String to) {}

  private static final class Full implements RowWriter {
    private final CsvWriter csv;
    private final List<Window> windows = new ArrayList<>();

    Full(ReportSpec spec, CsvWriter csv) {
      this.csv = csv;
      for (int i = 0; i < spec.windows().size(); i++) {
        Span span = spec.spans(Schedule.unknown()).get(i);
        windows.add(
            new Window(
                spec.windows().get(i).format(),
                Micros.toInstant(span.start()).toString(),
                Micros.toInstant(span.end()).toString()));
      }
      csv.writeRecord(
          "store_id",
          "window",
          "from",
          "to",
          "scheduled_minutes",
          "uptime_minutes",
          "downtime_minutes",
          "unknown_minutes",
          "excluded_minutes",
          "uptime_percent",
          "uptime_minutes_low",
          "uptime_minutes_high",
          "polls");
    }

    @Override
    public void row(String storeId, long[] totals, int offset, long[] ends, int firstEnd) {
      for (int i = 0; i < windows.size(); i++) {
        row(storeId, windows.get(i), WindowTotals.read(totals, offset + i * WindowTotals.FIELDS));
      }
    }

    private void row(String storeId, Window window, WindowTotals totals) {
      OptionalLong percent = Figures.hundredthsOfPercent(totals.up(), totals.down());
      csv.writeRecord()
          .writeField(storeId)
          .writeField(window.name)
          .writeField(window.from)
          .writeField(window.to)
          .writeField(minutes(totals.scheduled()))
          .writeField(minutes(totals.up()))
          .writeField(minutes(totals.down()))
          .writeField(minutes(totals.unknown()))
          .writeField(minutes(totals.excluded()))
          .writeField(percent.isPresent() ? decimal(percent.getAsLong()) : "")
          .writeField(minutes(totals.upAtLeast()))
          .writeField(minutes(totals.upAtMost()))
          .writeField(String.valueOf(totals.polls()))
          .endRecord();
    }

    @Override
    public void finish() {
      flush(csv);
    }
  }
}
