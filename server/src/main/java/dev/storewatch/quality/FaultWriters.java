package dev.storewatch.quality;

import dev.storewatch.csv.CsvFields;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;

/** The forms in which faults are listed, each row written as it comes. */
public final class FaultWriters {
  private static final String ROW = "%-24s  %-13s  %-27s  %s";

  private FaultWriters() {}

  /** How faults are written. */
  public enum Format {
    /** Columns for people. */
    TABLE,
    /** Comma-separated values, LF line ends, quoted as RFC 4180 says. */
    CSV,
    /** A JSON array of objects. */
    JSON
  }

  /** Whoever gives all faults to a receiver, one after the other. */
  public interface Source<E extends Exception> {
    /** Gives all of them. */
    void giveTo(Consumer<Fault> receiver) throws E;
  }

  /**
   * Writes all faults and flushes.
   *
   * @throws E if the source does
   */
  public static <E extends Exception> void write(Format format, Source<E> faults, PrintWriter out)
      throws E {
    switch (format) {
      case TABLE -> table(faults, out);
      case CSV -> csv(faults, out);
      case JSON -> json(faults, out);
    }
    out.flush();
  }

  private static <E extends Exception> void table(Source<E> faults, PrintWriter out) throws E {
    line(out, ROW.formatted("store", "fault", "since", "detail"));
    faults.giveTo(
        fault ->
            line(out, ROW.formatted(fault.storeId(), fault.code(), since(fault), fault.detail())));
  }

  private static <E extends Exception> void csv(Source<E> faults, PrintWriter out) throws E {
    line(out, "store_id,code,since,detail");
    faults.giveTo(
        fault ->
            line(
                out,
                String.join(
                    ",",
                    CsvFields.of(fault.storeId()),
                    fault.code(),
                    since(fault),
                    CsvFields.of(fault.detail()))));
  }

  private static String since(Fault fault) {
    return Objects.toString(fault.since(), "");
  }

  /** Not println, whose line ends are those of the machine. */
  private static void line(PrintWriter out, String text) {
    out.print(text);
    out.print('\n');
  }

  private static <E extends Exception> void json(Source<E> faults, PrintWriter out) throws E {
    JsonMapper json = new JsonMapper();
    String[] before = {"["};
    faults.giveTo(
        fault -> {
          out.print(before[0] + "\n" + json.writeValueAsString(fields(fault)));
          before[0] = ",";
        });
    line(out, before[0].equals("[") ? "[]" : "\n]");
  }

  private static Map<String, Object> fields(Fault fault) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("store_id", fault.storeId());
    fields.put("code", fault.code());
    if (fault.since() != null) {
      fields.put("since", since(fault));
    }
    fields.put("detail", fault.detail());
    return fields;
  }
}
