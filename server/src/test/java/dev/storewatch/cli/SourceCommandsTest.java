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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands about where polls come from and whether they came, through a server and on the data
 * folder itself.
 */
final class SourceCommandsTest {
  private static final String POLLS =
      """
      store_id,status,timestamp_utc
      42,active,2023-01-25 10:00:00 UTC
      42,active,2023-01-25 12:00:00 UTC
      """;

  @TempDir private Path path;
  private String out = "";
  private String err = "";

  @BeforeEach
  void begin() throws IOException {
    TestFolder.prepare(path.resolve("data"));
    String polls = Files.writeString(path.resolve("polls.csv"), POLLS).toString();
    assertThat(run("import", polls)).isZero();
  }

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

  private void throughAServerAndWithout(ThrowingRunnable commands) throws Exception {
    commands.run();
    try (TestServer _ = TestServer.start(DataFolder.take(path.resolve("data"), "serve"))) {
      commands.run();
    }
  }

  private interface ThrowingRunnable {
    void run() throws Exception;
  }

  @Test
  void enterListChangePullAndDeleteSources() throws Exception {
    throughAServerAndWithout(
        () -> {
          assertThat(run("sources", "list")).isZero();
          assertThat(out).isEqualTo("no source\n");
          assertThat(
                  run(
                      "sources",
                      "add",
                      "chain",
                      "https://a.invalid/polls.csv",
                      "--daily-at",
                      "02:30",
                      "--zone",
                      "America/Chicago",
                      "--secret",
                      "env:STOREWATCH_SECRET_A",
                      "--kind",
                      "polls",
                      "--reading",
                      "columns=store_id=Shop"))
              .as(err)
              .isZero();
          assertThat(out)
              .startsWith("entered ")
              .contains("chain  https://a.invalid/polls.csv, daily at 02:30 of America/Chicago");
          String id = out.substring("entered ".length(), out.indexOf("  "));
          assertThat(run("sources", "change", id, "--every", "PT2H", "--paused", "true")).isZero();
          assertThat(out).contains("every PT2H, paused").doesNotContain("next pull");
          assertThat(run("sources", "pull", id)).isNotZero();
          assertThat(err).contains("is paused");
          assertThat(run("sources", "change", id, "--paused", "false")).isZero();
          assertThat(run("sources", "pull", id)).isZero();
          assertThat(out).startsWith("is pulled soon: " + id);
          assertThat(run("sources", "list")).isZero();
          assertThat(out).startsWith(id).contains(", next pull at 20");
          assertThat(run("sources", "delete", id)).isZero();
          assertThat(run("sources", "delete", id)).isNotZero();
          assertThat(err).contains("there is no source " + id, "sources list");
          assertThat(run("sources", "add", "x", "ftp://a/")).isNotZero();
          assertThat(err).contains("url does not begin with http:// or https://");
        });
  }

  @Test
  void takeTheNameOfASource() throws Exception {
    throughAServerAndWithout(
        () -> {
          assertThat(run("sources", "add", "chain", "https://a.invalid/1.csv")).isZero();
          String first = out.substring("entered ".length(), out.indexOf("  "));
          assertThat(run("sources", "change", "chain", "--every", "PT2H")).as(err).isZero();
          assertThat(out).startsWith("changed: " + first).contains("every PT2H");
          assertThat(run("sources", "pull", "chain")).isZero();
          assertThat(run("sources", "add", "chain", "https://a.invalid/2.csv")).isNotZero();
          assertThat(err).contains("there is a source 'chain': choose another name");
          assertThat(run("sources", "delete", "chain")).isZero();
          assertThat(out).isEqualTo("deleted %s\n".formatted(first));
          assertThat(run("sources", "delete", "chain")).isNotZero();
          assertThat(err).contains("there is no source chain", "sources list");
        });
  }

  /** A database of before may hold several. */
  @Test
  void wantTheIdOfASourceWhereSeveralHaveItsName() throws Exception {
    assertThat(run("sources", "add", "chain", "https://a.invalid/1.csv")).isZero();
    assertThat(run("sources", "add", "other", "https://a.invalid/2.csv")).isZero();
    String second = out.substring("entered ".length(), out.indexOf("  "));
    try (TestFolder folder = new TestFolder(path.resolve("data"))) {
      int changed =
          folder
              .database()
              .call(
                  () ->
                      folder
                          .database()
                          .jdbc()
                          .sql("UPDATE poll_source SET name = 'chain'")
                          .update());
      assertThat(changed).isEqualTo(2);
    }
    throughAServerAndWithout(
        () -> {
          assertThat(run("sources", "delete", "chain")).isNotZero();
          assertThat(err).contains("2 sources are called chain", second);
        });
    assertThat(run("sources", "delete", second)).isZero();
    assertThat(run("sources", "delete", "chain")).isZero();
  }

  @Test
  void showHowFarKafkaIsRead() throws Exception {
    assertThat(run("sources", "kafka")).isNotZero();
    assertThat(err).contains("no server runs", "serve");
    try (TestServer _ = TestServer.start(DataFolder.take(path.resolve("data"), "serve"))) {
      assertThat(run("sources", "kafka")).isNotZero();
      assertThat(err).contains("storewatch.kafka.bootstrap-servers", "storewatch.kafka.topics");
    }
    String settings =
        """
        storewatch.kafka:
          bootstrap-servers: 127.0.0.1:1
          topics: polls
        """;
    try (TestServer _ = TestServer.restartWith(path, settings)) {
      assertThat(run("sources", "kafka")).as(err).isZero();
      assertThat(out).startsWith("no partition is read by this server\nnot looked at yet\n");
    }
  }

  @Test
  void sayAtWhichAddressesStoresAreAsked() throws Exception {
    throughAServerAndWithout(
        () -> {
          assertThat(run("probes", "list")).isZero();
          assertThat(out).isEqualTo("no store is asked\n");
          assertThat(
                  run("probes", "set", "42", "https://a.invalid/", "--text", "Order", "--always"))
              .isZero();
          assertThat(run("probes", "list")).isZero();
          assertThat(out)
              .isEqualTo(
                  "42  https://a.invalid/  by 200-399 with 'Order', always: not asked yet\n");
          assertThat(run("probes", "set", "43", "https://a.invalid/")).isNotZero();
          assertThat(err).contains("there is no store with the id 43");
          assertThat(run("probes", "delete", "42")).isZero();
          assertThat(run("probes", "delete", "42")).isNotZero();
          assertThat(err).contains("the store 42 has no address at which it is asked");
        });
  }

  @Test
  void comparePollsWithThoseThatWereExpected() throws Exception {
    throughAServerAndWithout(
        () -> {
          String[] period = {"--from=2023-01-25T09:00:00Z", "--to=2023-01-25T13:00:00Z"};
          assertThat(run("quality", "polls", period[0], period[1])).as(err).isZero();
          assertThat(out)
              .isEqualTo(
                  """
                  store_id,expected,received,missing,polls,closed_polls,gaps,longest_gap,longest_gap_from,contradictions,findings
                  42,4,2,2,2,0,2,PT1H,2023-01-25T09:00:00Z,0,gaps
                  """);
          assertThat(run("quality", "polls", "--by=slot", "--every=PT2H", period[0], period[1]))
              .isZero();
          assertThat(out)
              .isEqualTo(
                  """
                  store_id,from,open_seconds,expected,polls
                  42,2023-01-25T10:00:00Z,7200,1,1
                  """);
          assertThat(run("quality", "polls", "--every=PT1S")).isNotZero();
          assertThat(err).contains("use PT1M to P1D, for example PT1H");
        });
  }
}
