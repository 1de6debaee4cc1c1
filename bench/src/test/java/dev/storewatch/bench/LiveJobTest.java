package dev.storewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.demo.Fleet;
import dev.storewatch.demo.FleetFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement on a small fleet; it fails by itself where outages do not change. */
final class LiveJobTest {
  @TempDir private Path folder;
  private final StringWriter printed = new StringWriter();

  @Test
  void measuresHoursOfPollsAndTheirOutages() throws Exception {
    FleetFiles files = new Fleet(600, 2, 1).writeTo(folder.resolve("fleet"));
    Inputs inputs = new Inputs(files.storeStatus(), files.businessHours(), files.timezones());

    new LiveJob(inputs, folder.resolve("scratch"), 2, new PrintWriter(printed, true)).measure();

    assertThat(printed.toString())
        .containsPattern("all [0-9,]+ outages of the file found in [0-9,]+ ms")
        .containsPattern("\\| outages after it +\\| +[0-9.]+ ")
        .containsPattern(
            "import, outages and incidents / import +[0-9.]+ +at most 2.0; [0-9,]+ messages");
  }
}
