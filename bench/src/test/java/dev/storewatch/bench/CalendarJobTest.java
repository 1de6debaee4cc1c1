package dev.storewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.demo.Fleet;
import dev.storewatch.demo.FleetFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement on a small fleet; it fails by itself where the product does not do its work. */
@Tag("long")
final class CalendarJobTest {
  @TempDir private Path folder;
  private final StringWriter printed = new StringWriter();

  @Test
  void measuresEachWorkOnBothFleetsBesidePlainReports() throws Exception {
    FleetFiles files = new Fleet(30, 9, 1).writeTo(folder.resolve("fleet"));
    Inputs inputs = new Inputs(files.storeStatus(), files.businessHours(), files.timezones());

    new CalendarJob(inputs, folder.resolve("scratch"), 1, new PrintWriter(printed, true)).measure();

    assertThat(printed.toString())
        .contains(
            "each with 20 special days and 10 planned closures", "warm report: with / without")
        .containsPattern(
            "with: entering a closure of all stores / warm report +[0-9.]+ +at most 1.0")
        .containsPattern("without: preview of a closure of all stores / warm report +[0-9.]+ ")
        .containsPattern("with: report as known before them / .+ +[0-9.]+ +at most 3.0")
        .containsPattern("\\| kept report compared with now, with +\\| +[0-9.]+ ");
  }
}
