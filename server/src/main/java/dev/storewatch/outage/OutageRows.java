package dev.storewatch.outage;

import dev.storewatch.csv.CsvFields;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The forms in which outages are listed, each row written as it comes. */
public final class OutageRows {
  private static final String TABLE = "%-20s  %-24s  %-20s  %-20s  %10s  %10s  %s";

  private OutageRows() {}

  /** How outages are written. */
  public enum Format {
    /** Columns for people. */
    TABLE,
    /** Comma-separated values, LF line ends, quoted as RFC 4180 says. */
    CSV
  }

  /** Writes the names of the columns. */
  public static void header(Format format, PrintWriter out) {
    switch (format) {
      case TABLE -> tableHeader(out);
      case CSV -> csvHeader(out);
    }
  }

  /** Writes an outage as a row. */
  public static void row(Format format, OutageView outage, PrintWriter out) {
    switch (format) {
      case TABLE -> table(outage, out);
      case CSV -> csv(outage, out);
    }
  }

  private static void csvHeader(PrintWriter out) {
    line(
        out,
        "id,store_id,store_name,from,to,ended_by,last_up,first_down,last_down,next_up,open_seconds,"
            + "elapsed_seconds,found_at");
  }

  private static void csv(OutageView outage, PrintWriter out) {
    line(
        out,
        String.join(
            ",",
            outage.id(),
            CsvFields.of(outage.storeId()),
            CsvFields.of(Objects.requireNonNullElse(outage.storeName(), "")),
            outage.from().toString(),
            text(outage.to()),
            text(outage.endedBy()),
            text(outage.lastUp()),
            outage.firstDown().toString(),
            outage.lastDown().toString(),
            text(outage.nextUp()),
            outage.openSeconds().toPlainString(),
            outage.elapsedSeconds().toPlainString(),
            outage.foundAt().toString()));
  }

  private static void tableHeader(PrintWriter out) {
    line(out, TABLE.formatted("outage", "store", "from", "to", "open min", "min", "ended by"));
  }

  private static void table(OutageView outage, PrintWriter out) {
    line(
        out,
        TABLE.formatted(
            outage.id(),
            outage.storeId(),
            outage.from().truncatedTo(ChronoUnit.SECONDS),
            outage.to() == null ? "goes on" : outage.to().truncatedTo(ChronoUnit.SECONDS),
            minutes(outage.openSeconds().doubleValue()),
            minutes(outage.elapsedSeconds().doubleValue()),
            text(outage.endedBy())));
  }

  private static String minutes(double seconds) {
    return String.format(Locale.ROOT, "%.2f", seconds / 60);
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "");
  }

  /** Not println, whose line ends are those of the machine. */
  private static void line(PrintWriter out, String text) {
    out.print(text.stripTrailing());
    out.print('\n');
  }
}
