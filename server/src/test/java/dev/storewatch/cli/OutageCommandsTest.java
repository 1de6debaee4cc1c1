package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import biweekly.Biweekly;
import biweekly.component.VEvent;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command outages, on a data folder and through a server that holds it. */
final class OutageCommandsTest {
  private static final String FROM = "2026-03-08T00:00:00Z";
  private static final String TO = "2026-03-09T00:00:00Z";

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

  /** Two stores, each down for an hour; the first two times. */
  private @Nullable TestServer prepare(boolean throughServer) throws IOException {
    String polls =
        """
        store_id,status,timestamp_utc
        8419537941919820732,active,2026-03-08T07:00:00Z
        8419537941919820732,inactive,2026-03-08T08:00:00Z
        8419537941919820732,active,2026-03-08T09:00:00Z
        8419537941919820732,active,2026-03-08T11:00:00Z
        8419537941919820732,inactive,2026-03-08T12:00:00Z
        8419537941919820732,active,2026-03-08T13:00:00Z
        42,active,2026-03-08T07:00:00Z
        42,inactive,2026-03-08T08:00:00Z
        42,active,2026-03-08T09:00:00Z
        """;
    String tags = "store_id,tag\n42,region:west\n";
    TestFolder.prepare(path.resolve("data"));
    assertThat(
            run(
                "import",
                Files.writeString(path.resolve("polls.csv"), polls).toString(),
                Files.writeString(path.resolve("tags.csv"), tags).toString()))
        .as(() -> err)
        .isZero();
    // So that the server finds them made, and need not be waited for.
    assertThat(run("outages")).isZero();
    return throughServer ? TestServer.start(DataFolder.take(path.resolve("data"), "serve")) : null;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void writeACalendar(boolean throughServer) throws Exception {
    try (TestServer _ = prepare(throughServer)) {
      assertThat(run("outages", "--format", "ics", "--from", FROM)).as(() -> err).isZero();
      assertThat(out).startsWith("BEGIN:VCALENDAR\r\n").endsWith("END:VCALENDAR\r\n");
      List<VEvent> events = Biweekly.parse(out).first().getEvents();
      assertThat(events).hasSize(3);
      assertThat(events.getFirst().getSummary().getValue())
          .isEqualTo("8419537941919820732 was down");
      assertThat(run("outages", "--format", "ics", "--from", FROM, "--tag", "region:west"))
          .isZero();
      assertThat(Biweekly.parse(out).first().getEvents()).hasSize(1);
      assertThat(run("outages", "--format", "ics", "--limit", "5")).isEqualTo(2);
      assertThat(err).contains("--limit is for tables and CSV");
      assertThat(run("outages", "--format", "ics", "--store", "nobody")).isEqualTo(1);
      assertThat(err).contains("nobody");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void addOutagesUp(boolean throughServer) throws Exception {
    try (TestServer _ = prepare(throughServer)) {
      assertThat(run("outages", "summary", "--from", FROM, "--to", TO)).as(() -> err).isZero();
      assertThat(out.lines().map(line -> line.strip().replaceAll(" +", " ")))
          .hasSize(4)
          .element(1)
          .asString()
          .startsWith("all stores (2) 3 0 180.00 60.00 ")
          .endsWith(" 60.00 180.00");

      assertThat(run("outages", "summary", "--from", FROM, "--to", TO, "--format", "csv")).isZero();
      assertThat(
              out.lines().skip(1).map(line -> line.replaceAll("^(.*?,.*?,.*?,.*?,.*?),.*", "$1")))
          .containsExactly("42,,1,0,3600.000000", "8419537941919820732,,2,0,7200.000000");

      assertThat(
              run(
                  "outages",
                  "summary",
                  "--from",
                  FROM,
                  "--to",
                  TO,
                  "--format",
                  "csv",
                  "--by",
                  "region"))
          .isZero();
      assertThat(out.lines().skip(1).map(line -> line.replaceAll("^((.*?,){6}.*?),.*", "$1")))
          .containsExactly(
              "fleet,,,2,3,0,10800.000000",
              "group,region,region:west,1,1,0,3600.000000",
              "group,region,,1,2,0,7200.000000");
      assertThat(run("outages", "summary", "--store", "42")).isZero();
      assertThat(out.lines()).hasSize(3).last().asString().startsWith("42 ");
      assertThat(run("outages", "summary", "--from", FROM)).isNotZero();
      assertThat(err).contains("a period needs both from and to");
    }
  }
}
