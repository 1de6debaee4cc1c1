package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import dev.storewatch.database.DataFolder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner's summary and the schedules of reports, on a data folder and through its server. */
final class SummaryCommandsTest {
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

  private void ok(String... arguments) {
    assertThat(run(arguments)).as(err).isZero();
  }

  @Test
  void writeTheSameSummaryAndKeepSchedulesInBothWays() throws Exception {
    Path polls = path.resolve("polls.csv");
    Files.writeString(
        polls,
        """
        store_id,status,timestamp_utc
        one,active,2023-01-25T10:00:00Z
        one,inactive,2023-01-25T11:00:00Z
        one,active,2023-01-25T12:00:00Z
        """);
    ok("import", polls.toString());
    byte[] local = summary("local.pdf");
    schedules();
    try (TestServer _ = TestServer.start(DataFolder.take(path.resolve("data"), "serve"))) {
      assertThat(summary("remote.pdf")).isEqualTo(local);
      schedules();
    }
  }

  private byte[] summary(String name) throws Exception {
    Path file = path.resolve(name);
    ok("summary", "one", "--day", "2023-01-25", "-o", file.toString());
    assertThat(err).contains("wrote ");
    ok("summary", "--all", "--month", "2023-01", "-o", path.resolve("all.pdf").toString());
    assertThat(Files.readAllBytes(path.resolve("all.pdf")))
        .isNotEqualTo(Files.readAllBytes(file))
        .startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
    Path none = path.resolve("none.pdf");
    assertThat(run("summary", "--month", "2023-01", "-o", none.toString())).isNotZero();
    assertThat(err).contains("a summary is about one store, some tags or all stores");
    assertThat(run("summary", "two", "--month", "2023-01", "-o", none.toString())).isNotZero();
    assertThat(err).contains("there is no store with the id two");
    assertThat(none).doesNotExist();
    return Files.readAllBytes(file);
  }

  private void schedules() {
    ok("report-schedules", "list");
    assertThat(out).isEqualTo("no schedule of reports\n");
    ok(
        "report-schedules",
        "add",
        "Monthly summary",
        "--summary",
        "--every",
        "month",
        "--at",
        "06:00",
        "--zone",
        "Europe/Berlin",
        "--folder",
        "monthly");
    assertThat(out)
        .startsWith("entered ")
        .contains("Monthly summary: summary as pdf, every month 1 at 06:00 Europe/Berlin");
    ok("report-schedules", "list");
    assertThat(out).contains("to folder monthly; next ");
    ok("report-schedules", "run", "Monthly summary");
    assertThat(out).contains("a server makes it as soon as one runs: ");
    assertThat(run("report-schedules", "run", "Yearly")).isNotZero();
    assertThat(err).contains("there is no schedule of reports 'Yearly'");
    ok("report-schedules", "delete", "Monthly summary");
    assertThat(out).isEqualTo("deleted Monthly summary\n");
    assertThat(
            run(
                "report-schedules",
                "add",
                "x",
                "--every",
                "year",
                "--at",
                "06:00",
                "--zone",
                "UTC",
                "--folder",
                "a"))
        .isNotZero();
    assertThat(err).contains("every is 'year': use day, week or month");
  }
}
