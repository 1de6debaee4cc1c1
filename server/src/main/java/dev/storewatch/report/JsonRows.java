package dev.storewatch.report;

import dev.storewatch.csv.CsvRows;
import dev.storewatch.csv.RowFigures;
import dev.storewatch.csv.RowWriter;
import dev.storewatch.csv.Sums;
import dev.storewatch.csv.TotalWriter;
import dev.storewatch.input.WrongInput;
import dev.storewatch.uptime.Figures;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Window;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON forms of a report: one array, an object for each row, with the columns of the CSV forms
 * as its fields.
 */
public final class JsonRows {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private JsonRows() {}

  /**
   * Returns a writer of one object for each store, with the figures of {@link CsvRows#standard}.
   *
   * @throws WrongInput if the report has other windows
   */
  public static RowWriter standard(ReportSpec spec, OutputStream out) {
    CsvRows.requireStandardWindows(spec.windows());
    return new Standard(JSON.createGenerator(ObjectWriteContext.empty(), out));
  }

  /**
   * Returns a writer of one object for each store and window, with the figures of {@link
   * CsvRows#full}.
   */
  public static RowWriter full(ReportSpec spec, OutputStream out) {
    return new Full(spec, JSON.createGenerator(ObjectWriteContext.empty(), out));
  }

  /** Returns a writer of the objects of {@link #full}, and after them those of totals. */
  static TotalWriter withTotals(ReportSpec spec, OutputStream out) {
    return new Full(spec, JSON.createGenerator(ObjectWriteContext.empty(), out));
  }

  private static void hundredths(JsonGenerator json, String name, long value) {
    json.writeName(name);
    json.writeNumber(BigDecimal.valueOf(value, 2));
  }

  private static final class Standard implements RowWriter {
    private final JsonGenerator json;

    Standard(JsonGenerator json) {
      this.json = json;
      json.writeStartArray();
    }

    @Override
    public void row(String storeId, long[] totals, int offset, long[] ends, int firstEnd) {
      json.writeStartObject();
      json.writeStringProperty("store_id", storeId);
      times("uptime", totals, offset + WindowTotals.UP);
      times("downtime", totals, offset + WindowTotals.DOWN);
      json.writeEndObject();
    }

    private void times(String name, long[] totals, int hour) {
      int day = hour + WindowTotals.FIELDS;
      int week = day + WindowTotals.FIELDS;
      hundredths(json, name + "_last_hour", Figures.hundredthsOfMinutes(totals[hour]));
      hundredths(json, name + "_last_day", Figures.hundredthsOfHours(totals[day]));
      hundredths(json, name + "_last_week", Figures.hundredthsOfHours(totals[week]));
    }

    @Override
    public void finish() {
      json.writeEndArray();
      json.close();
    }
  }

  private static final class Full implements TotalWriter {
    private final JsonGenerator json;
    private final List<String> names;

    Full(ReportSpec spec, JsonGenerator json) {
      this.json = json;
      this.names = spec.windows().stream().map(Window::format).toList();
      json.writeStartArray();
    }

    @Override
    public void row(String storeId, long[] totals, int offset, long[] ends, int firstEnd) {
      for (int window = 0; window < names.size(); window++) {
        json.writeStartObject();
        json.writeStringProperty("store_id", storeId);
        window(window, ends[firstEnd + 2 * window], ends[firstEnd + 2 * window + 1]);
        figures(RowFigures.of(WindowTotals.read(totals, offset + window * WindowTotals.FIELDS)));
        json.writeEndObject();
      }
    }

    @Override
    public void total(Sums total) {
      for (int window = 0; window < names.size(); window++) {
        json.writeStartObject();
        json.writeStringProperty("total", total.word());
        json.writeStringProperty("group_by", total.by());
        json.writeStringProperty("tag", total.tag());
        json.writeNumberProperty("stores", total.stores());
        window(window, total.start(window), total.end(window));
        figures(total.figures(window));
        json.writeEndObject();
      }
    }

    private void window(int window, long start, long end) {
      json.writeStringProperty("window", names.get(window));
      json.writeStringProperty("from", WindowEnds.format(start));
      json.writeStringProperty("to", WindowEnds.format(end));
    }

    private void figures(RowFigures figures) {
      hundredths(json, "scheduled_minutes", figures.scheduled());
      hundredths(json, "uptime_minutes", figures.up());
      hundredths(json, "downtime_minutes", figures.down());
      hundredths(json, "unknown_minutes", figures.unknown());
      hundredths(json, "excluded_minutes", figures.excluded());
      percent(figures.percent());
      hundredths(json, "uptime_minutes_low", figures.upAtLeast());
      hundredths(json, "uptime_minutes_high", figures.upAtMost());
      json.writeNumberProperty("polls", figures.polls());
    }

    private void percent(OptionalLong hundredths) {
      if (hundredths.isPresent()) {
        hundredths(json, "uptime_percent", hundredths.getAsLong());
      } else {
        json.writeNullProperty("uptime_percent");
      }
    }

    @Override
    public void finish() {
      json.writeEndArray();
      json.close();
    }
  }
}
