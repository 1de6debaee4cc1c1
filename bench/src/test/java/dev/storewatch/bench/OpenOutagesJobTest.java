package dev.storewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The measurement on a small fleet; it fails by itself where outages are not found. */
@Tag("long")
final class OpenOutagesJobTest {
  @TempDir private Path folder;
  private final StringWriter printed = new StringWriter();

  @Test
  void measuresWhatOutagesTakeThatGoOn() throws Exception {
    new OpenOutagesJob(200, folder, 2, new PrintWriter(printed, true)).measure();

    assertThat(printed.toString())
        .contains("200 stores, 200 outages that go on")
        .containsPattern("more during a look, at most +-?[0-9.]+ MB");
  }
}
