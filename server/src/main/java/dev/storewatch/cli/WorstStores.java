package dev.storewatch.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The stores with the lowest uptime in the last week. */
final class WorstStores {
  /** The lowest percentage first; of equal ones that with the most down time. */
  static final Comparator<JsonNode> LOWEST_UPTIME =
      Comparator.comparingDouble((JsonNode row) -> row.path("uptime_percent").asDouble())
          .thenComparingDouble(row -> -row.path("downtime_minutes").asDouble())
          .thenComparing(row -> row.path("store_id").asString());

  private static final int SHOWN = 10;
  private static final String ROW = "  %-24s %9s %9s %9s %9s%n";

  private final List<JsonNode> rows;

  private WorstStores(List<JsonNode> rows) {
    this.rows = rows;
  }

  /** Returns them, as they are found in a full-detail report in JSON. */
  static WorstStores of(Installation installation, ReportOptions request) throws IOException {
    Foremost<JsonNode> worst = new Foremost<>(SHOWN, LOWEST_UPTIME);
    var _ =
        ReportReader.read(
            installation,
            request,
            row -> {
              if (row.path("window").asString().equals("P7D")
                  && row.path("uptime_percent").isNumber()) {
                worst.add(row);
              }
            });
    return new WorstStores(worst.list());
  }

  /** Prints them as a table, times in hours. */
  void print(PrintWriter out) {
    out.println("The stores with the lowest uptime in the last week (hours of business time):");
    out.printf(ROW, "store", "uptime %", "up", "down", "unknown");
    rows.forEach(
        row ->
            out.printf(
                ROW,
                row.path("store_id").asString(),
                row.path("uptime_percent").decimalValue().setScale(2, RoundingMode.DOWN),
                hours(row, "uptime_minutes"),
                hours(row, "downtime_minutes"),
                hours(row, "unknown_minutes")));
  }

  /** Returns a time of a row in hours, with two decimals. */
  static String hours(JsonNode row, String field) {
    return String.format(Locale.ROOT, "%.2f", row.path(field).asDouble() / 60);
  }
}
