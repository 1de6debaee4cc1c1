package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.ProgramProcess;
import dev.storewatch.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies by whole commands: in this process, and in others that are killed. */
@Tag("long")
class CopyCommandTest {
  private static final int STORES = 400;
  private static final int HOURS = 24 * 10;

  @TempDir private Path path;
  private final TestDatabase database = TestDatabase.withTables();
  private String out = "";
  private String err = "";

  @AfterEach
  void dropDatabase() {
    database.close();
  }

  private int run(String... arguments) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    int code =
        Storewatch.run(
            new PrintStream(outBytes, true, StandardCharsets.UTF_8),
            new PrintStream(errBytes, true, StandardCharsets.UTF_8),
            arguments);
    out = outBytes.toString(StandardCharsets.UTF_8);
    err = errBytes.toString(StandardCharsets.UTF_8);
    return code;
  }

  private String folder(String name) {
    return path.resolve(name).toString();
  }

  private void importPolls(int stores, int hours) throws IOException {
    StringBuilder rows = new StringBuilder("store_id,status,timestamp_utc\n");
    Instant start = Instant.parse("2023-01-01T00:00:00Z");
    for (int hour = 0; hour < hours; hour++) {
      for (int store = 0; store < stores; store++) {
        rows.append("store ").append(store).append(hour % 7 == 0 ? ",inactive," : ",active,");
        rows.append(start.plusSeconds(3_600L * hour)).append('\n');
      }
    }
    Path file = Files.writeString(path.resolve("polls.csv"), rows);
    assertThat(run("import", "--data", folder("data"), file.toString())).isZero();
  }

  @Test
  void saysWhatWasCopiedAndThatItIsTheSame() throws IOException {
    importPolls(2, 30);
    assertThat(run("report", "--data", folder("data"))).isZero();
    String report = out;

    assertThat(run("copy", "--from", folder("data"), "--to", database.url())).isZero();
    assertThat(out)
        .startsWith(
            "table                        rows  checksum\nstore                           2  ")
        .containsPattern("\nimport_store_change             0  [0-9a-f]{16}\n")
        .containsPattern("\npoll                           60  [0-9a-f]{16}\n")
        .containsPattern(
            "\n"
                + "69 rows copied in [\\d.]+ s \\([\\d,]+ rows/s\\), both sides compared in [\\d.]+"
                + " s: they are the same\n"
                + "$");
    assertThat(run("copy", "--from", database.url(), "--to", folder("back"))).isZero();

    assertThat(run("report", "--database", database.url())).isZero();
    assertThat(out).isEqualTo(report);
    assertThat(run("report", "--data", folder("back"))).isZero();
    assertThat(out).isEqualTo(report);
  }

  @Test
  void copiesToWhereNothingIs() throws IOException {
    importPolls(2, 30);

    assertThat(run("copy", "--from", folder("data"), "--to", folder("x/../data"))).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "storewatch: --from and --to are the same: name an empty folder or database with"
                + " --to\n");
    assertThat(run("copy", "--from", folder("missing"), "--to", folder("back"))).isEqualTo(1);
    assertThat(err).startsWith("storewatch: there is no data folder " + folder("missing"));
    assertThat(path.resolve("back")).doesNotExist();
    assertThat(run("copy", "--from", folder("data"), "--to", folder("back"))).isZero();
    assertThat(run("copy", "--from", folder("data"), "--to", folder("back"))).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "storewatch: "
                + folder("back")
                + " is not empty (store 2, revision 2, import_run 1, import_journal 1, audit_entry"
                + " 1, poll 60): copy to a new folder or database\n");
  }

  @Test
  void completesWhatKilledProcessesBegan() throws Exception {
    importPolls(STORES, HOURS);
    assertThat(run("report", "--data", folder("data"), "--detail", "full")).isZero();
    String report = out;

    killWhileCopying();

    Eventually.until("the end of the lease of the killed process", this::isCopied);
    assertThat(out)
        .contains("96,000 rows copied, the others were there")
        .contains("they are the same");
    assertThat(run("report", "--database", database.url(), "--detail", "full")).isZero();
    assertThat(out).isEqualTo(report);
  }

  /** Copies if nobody else does, as it seems while the lease of a killed process lasts. */
  private boolean isCopied() {
    if (run("copy", "--from", folder("data"), "--to", database.url()) == 0) {
      return true;
    }
    assertThat(err).contains(" is being copied: ");
    assertThat(run("imports", "--database", database.url(), "--data", folder("work"))).isEqualTo(1);
    return false;
  }

  @Test
  void letsNobodyUseACopyThatIsNotComplete() throws Exception {
    importPolls(STORES, HOURS);
    killWhileCopying();
    database.execute("UPDATE member SET lease_until = clock_timestamp()");

    for (String command : List.of("report", "serve", "imports")) {
      assertThat(run(command, "--database", database.url(), "--data", folder("work")))
          .as(command)
          .isEqualTo(1);
      assertThat(err)
          .startsWith("storewatch: jdbc:postgresql:")
          .contains(" is a copy that was not completed: run the same ./storewatch copy again")
          .hasLineCount(1);
    }
  }

  /** Kills a process that has copied all but the polls, which it is kept from. */
  private void killWhileCopying() throws Exception {
    // What opens a database makes its tables, and one of them is to be held.
    assertThat(run("imports", "--database", database.url(), "--data", folder("work"))).isZero();
    try (Connection holder = DriverManager.getConnection(database.url());
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("LOCK TABLE poll IN EXCLUSIVE MODE");
      Process process =
          ProgramProcess.of(
                  List.of(), List.of("copy", "--from", folder("data"), "--to", database.url()))
              .redirectErrorStream(true)
              .redirectOutput(path.resolve("out.txt").toFile())
              .start();
      Eventually.until(
          "the polls are all that is missing",
          () -> !process.isAlive() || database.countWaiting() > 0);
      assertThat(process.isAlive()).as(Files.readString(path.resolve("out.txt"))).isTrue();
      process.destroyForcibly().waitFor();
    }
  }
}
