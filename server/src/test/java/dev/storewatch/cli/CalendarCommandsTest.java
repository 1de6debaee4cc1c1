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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands closures and hours, on a data folder and through a server that holds it. */
final class CalendarCommandsTest {
  @TempDir private Path path;
  private String out = "";
  private String err = "";

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(List.of("--data", path.resolve("data").toString()));
    return runAsIs(all.toArray(String[]::new));
  }

  private int runAsIs(String... arguments) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    int code;
    try (PrintStream toOut = new PrintStream(written, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(messages, true, StandardCharsets.UTF_8)) {
      code = Storewatch.run(toOut, toErr, arguments);
    }
    out = written.toString(StandardCharsets.UTF_8);
    err = messages.toString(StandardCharsets.UTF_8);
    return code;
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(path.resolve(name), content).toString();
  }

  private @Nullable TestServer prepare(boolean throughServer) throws IOException {
    String hours =
        """
        store_id,day,start_time_local,end_time_local
        42,6,00:00,03:30
        42,5,22:00,02:00
        """;
    String polls =
        """
        store_id,status,timestamp_utc
        42,active,2026-03-08 07:10:00 UTC
        42,inactive,2026-03-08 08:10:00 UTC
        """;
    TestFolder.prepare(path.resolve("data"));
    assertThat(run("import", file("polls.csv", polls), file("hours.csv", hours))).isZero();
    return throughServer ? TestServer.start(DataFolder.take(path.resolve("data"), "serve")) : null;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void enterListEndAndDeleteClosures(boolean throughServer) throws Exception {
    try (TestServer _ = prepare(throughServer)) {
      assertThat(
              run(
                  "closures",
                  "add",
                  "--store",
                  "42",
                  "--from",
                  "2026-03-08T01:30",
                  "--to",
                  "2026-03-08",
                  "--reason",
                  "works"))
          .as(err)
          .isZero();
      String words =
          "  store 42  2026-03-08T01:30 to 2026-03-09T00:00 on the clocks of each store: works\n";
      assertThat(out).startsWith("entered ").endsWith(words);
      String id = out.split(" +", -1)[1];

      assertThat(run("closures", "list")).isZero();
      assertThat(out).isEqualTo(id + words);
      assertThat(run("closures", "list", "--store", "42", "--tag", "west")).isZero();
      assertThat(out).isEqualTo("no planned closure\n");
      assertThat(run("explain", "42", "--window", "P1D")).isZero();
      assertThat(out).contains("excluded planned closure: works\n");

      assertThat(run("hours", "show", "42", "--from", "2026-03-07", "--to", "2026-03-09")).isZero();
      assertThat(out)
          .isEqualTo(
              """
              Store    42
              Zone     America/Chicago

              Date            Open                                   h:mm:ss  Rests on
              Sat 2026-03-07  22:00-24:00                            2:00:00  weekly
              Sun 2026-03-08  00:00-01:30                            1:30:00  weekly; closure works; the clocks go forward by 1:00:00
              Mon 2026-03-09  closed                                 0:00:00  weekly
              """);

      assertThat(run("closures", "end", id, "--to", "2026-03-08T01:45")).isZero();
      assertThat(out).startsWith("ended: " + id).contains("to 2026-03-08T01:45 ");
      assertThat(run("closures", "delete", id)).isZero();
      assertThat(out).isEqualTo("deleted " + id + "\n");
      assertThat(run("closures", "list")).isZero();
      assertThat(out).isEqualTo("no planned closure\n");
      assertThat(run("closures", "delete", id)).isEqualTo(1);
      assertThat(err).contains("there is no planned closure with the id " + id).hasLineCount(1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endOnesThatRepeat(boolean throughServer) throws Exception {
    try (TestServer _ = prepare(throughServer)) {
      assertThat(
              run(
                  "closures",
                  "add",
                  "--all",
                  "--from",
                  "2026-07-04",
                  "--to",
                  "2026-07-04",
                  "--repeat",
                  "yearly",
                  "--reason",
                  "Independence Day"))
          .as(err)
          .isZero();
      assertThat(out)
          .endsWith(
              "  all stores  2026-07-04T00:00 to 2026-07-05T00:00 on the clocks of each store"
                  + " yearly: Independence Day\n");
      String id = out.split(" +", -1)[1];
      assertThat(run("closures", "end", id, "--to", "2028-07-04")).as(err).isZero();
      assertThat(out).contains("yearly, until 2028-07-04: ");
    }
  }

  @Test
  void explainSpecialDays() throws Exception {
    prepare(false);
    String days =
        """
        store_id,date,start_time_local,end_time_local,label
        42,2026-03-07,closed,closed,Inventory
        *,2026-03-08,01:00,05:00,
        *,2026-03-08,22:00,26:00,
        """;
    assertThat(run("import", file("days.csv", days))).isZero();
    assertThat(run("explain", "42", "--window", "P1D")).isZero();
    assertThat(out)
        .contains(
            """
            Hours    Sat 22:00-02:00
                     Sun 00:00-03:30
                     Sat 2026-03-07 is a special day, Inventory: closed
                     Sun 2026-03-08 is a special day: 01:00-05:00, 22:00-02:00
            """);
  }

  @Test
  void sayWhatWouldBeRight() throws Exception {
    prepare(false);
    assertThat(runAsIs("closures")).isEqualTo(2);
    assertThat(err).contains("Say what to do, for example:", "closures add --all --from");
    assertThat(runAsIs("hours")).isEqualTo(2);
    assertThat(err).contains("hours show 42 --from");
    assertThat(run("closures", "add", "--from", "x", "--to", "x", "--reason", "x")).isEqualTo(2);
    assertThat(
            run(
                "closures",
                "add",
                "--store",
                "42",
                "--all",
                "--from",
                "x",
                "--to",
                "x",
                "--reason",
                "x"))
        .isEqualTo(2);
    assertThat(
            run(
                "closures",
                "add",
                "--store",
                "43",
                "--from",
                "2026-07-04",
                "--to",
                "2026-07-04",
                "--reason",
                "x"))
        .isEqualTo(1);
    assertThat(err).contains("there is no store with the id 43");
    assertThat(
            run(
                "closures",
                "add",
                "--all",
                "--from",
                "2026-07-04",
                "--to",
                "2026-07-03",
                "--reason",
                "x"))
        .isNotZero();
    assertThat(err).contains("which is not after its start").hasLineCount(1);
    assertThat(run("hours", "show", "42", "--from", "2026-02-30")).isNotZero();
    assertThat(err).contains("--from is '2026-02-30', which is not a date");
  }
}
