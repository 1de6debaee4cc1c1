package dev.storewatch.cli;

import dev.storewatch.file.ReadOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how to read files which do not say it themselves. */
final class ReadingOptions {
  @Option(
      names = "--days",
      paramLabel = "NUMBERS",
      description =
          "How hours number the days: monday=0 (the default), monday=1, sunday=0 or sunday=1.")
  private @Nullable String days;

  @Option(
      names = "--columns",
      paramLabel = "OURS=THEIRS,...",
      description = "What the file calls our columns, for example store_id=Shop,status=State.")
  private @Nullable String columns;

  @Option(
      names = "--statuses",
      paramLabel = "ACTIVE,INACTIVE",
      description = "More words for the statuses, for example active=OK,inactive=CRITICAL;WARNING.")
  private @Nullable String statuses;

  @Option(
      names = "--time",
      paramLabel = "FORM",
      description =
          "How the file writes times: epoch-seconds, epoch-millis, epoch-micros, epoch-nanos, or a"
              + " pattern such as 'MM/dd/yyyy HH:mm'.")
  private @Nullable String time;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "The zone of times by a pattern, for example America/Chicago (default: UTC).")
  private @Nullable String timeZone;

  @Option(
      names = "--known-stores-only",
      description = "Reject rows of stores that are not there yet.")
  private boolean knownStoresOnly;

  /** Returns what was said. */
  ReadOptions options() {
    return ReadOptions.of(said());
  }

  /** Returns whether anything was said. */
  boolean isSaid() {
    return !said().isEmpty();
  }

  private Map<String, String> said() {
    Map<String, String> said = new LinkedHashMap<>();
    put(said, "days", days);
    put(said, "columns", columns);
    put(said, "statuses", statuses);
    put(said, "time", time);
    put(said, "time-zone", timeZone);
    put(said, "known-stores-only", knownStoresOnly ? "true" : null);
    return said;
  }

  private static void put(Map<String, String> said, String name, @Nullable String value) {
    if (value != null) {
      said.put(name, value);
    }
  }
}
