package dev.storewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison of polls as they came with the same polls moved together, on few of them. */
final class ClusteringJobTest {
  @Test
  void readsEachPollOfAStoreBeforeAndAfter(@TempDir Path folder) throws Exception {
    StringWriter printed = new StringWriter();

    new ClusteringJob(20, 2, folder, 2, new PrintWriter(printed, true)).measure();

    assertThat(printed.toString())
        .contains("20 stores, 6,720 polls")
        .contains("all polls of one store, as they came")
        .contains("all polls of one store, clustered")
        .contains("polls were moved 0 times");
  }
}
