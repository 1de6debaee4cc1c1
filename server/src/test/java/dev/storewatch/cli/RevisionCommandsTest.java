package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestFolder;
import dev.storewatch.TestServer;
import dev.storewatch.database.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about what was known when, through a server and on the data folder itself. */
final class RevisionCommandsTest {
  private static final String NOBODY = "6f1c2f5e-9f5b-4f6e-8f43-0d6f0a8f4c11";

  private static final String POLLS =
      """
      store_id,status,timestamp_utc
      42,active,2026-03-08 07:10:00 UTC
      7,active,2026-03-08 08:00:00 UTC
      """;

  private static final String LATE =
      """
      store_id,status,timestamp_utc
      42,inactive,2026-03-08 07:40:00 UTC
      """;

  @TempDir private Path path;
  private String out = "";
  private String err = "";

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--data", path.resolve("data").toString()));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int code;
    try (PrintStream toOut = new PrintStream(written, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(messages, true, StandardCharsets.UTF_8)) {
      code = Storewatch.run(toOut, toErr, all.toArray(String[]::new));
    }
    out = written.toString(StandardCharsets.UTF_8);
    err = messages.toString(StandardCharsets.UTF_8);
    return code;
  }

  private String file(String content) throws IOException {
    return Files.writeString(path.resolve("polls.csv"), content).toString();
  }

  @Test
  void sayTheSameThroughAServerAndWithout() throws Exception {
    TestFolder.prepare(path.resolve("data"));
    assertThat(run("import", file(POLLS))).isZero();
    String asOf = "--as-of=2026-03-08T08:00:00Z";
    assertThat(run("report", asOf)).isZero();
    String old = out;
    String id;
    List<String> said;
    try (TestServer server = TestServer.start(DataFolder.take(path.resolve("data"), "serve"))) {
      id =
          TestServer.json(server.post("/api/v1/reports", "{}", "application/json"))
              .get("id")
              .stringValue();
      assertThat(server.awaitEnd(id).get("restated_since").isNull()).isTrue();
      assertThat(run("import", file(LATE))).isZero();
      assertThat(TestServer.json(server.get("/api/v1/reports/" + id)).at("/restated_since/kinds"))
          .hasToString("{\"polls\":1}");
      said = outputs(asOf, id);
    }
    assertThat(outputs(asOf, id)).isEqualTo(said);

    assertThat(said.get(0)).as("the data as it was known").isEqualTo(old);
    assertThat(said.get(1)).as("the kept report").isEqualTo(old);
    assertThat(said.get(2))
        .startsWith("store_id,window,figure,reported,now,because\n")
        .contains("\n42,PT1H,uptime_minutes,60.00,25.00,polls\n")
        .contains("\n42,PT1H,polls,1,2,polls\n")
        .doesNotContain("\n7,");
    assertThat(said.get(3)).contains("figures of 1 store differ");
    assertThat(said.get(4))
        .hasLineCount(3)
        .startsWith("2  ")
        .contains("  polls         1 of store 42, time from 2026-03-08T07:40:00Z");
  }

  /** Returns what the commands print that ask of the data as it was, and as it is. */
  private List<String> outputs(String asOf, String id) {
    List<String> outputs = new ArrayList<>();
    assertThat(run("report", asOf, "--revision", "1")).as(err).isZero();
    outputs.add(out);
    assertThat(run("report", "--id", id)).as(err).isZero();
    outputs.add(out);
    assertThat(run("report", "--id", id, "--compare-now")).as(err).isZero();
    outputs.add(out);
    outputs.add(err);
    assertThat(run("revisions")).as(err).isZero();
    outputs.add(out);
    return outputs;
  }

  @Test
  void sayWhatWouldBeRight() throws Exception {
    TestFolder.prepare(path.resolve("data"));
    assertThat(run("import", file(POLLS))).isZero();

    assertThat(run("report", "--revision", "5")).isNotZero();
    assertThat(err).contains("there is no revision 5: use a number from 0 to 1, the latest");
    assertThat(run("report", "--revision", "1", "--known-at", "2026-03-08T08:00:00Z")).isNotZero();
    assertThat(err).contains("leave out revision, or known_at");
    assertThat(run("report", "--compare-now")).isNotZero();
    assertThat(err).contains("--compare-now compares a report that is kept: name it");
    assertThat(run("report", "--id", NOBODY, "--compare-now")).isNotZero();
    assertThat(err).contains("there is no complete report with the id " + NOBODY);
    assertThat(run("report", "--id", NOBODY)).isNotZero();
    assertThat(err).contains("there is no complete report with the id " + NOBODY);
    assertThat(run("revisions", "--limit", "0")).isNotZero();
    assertThat(err).contains("limit");
  }
}
