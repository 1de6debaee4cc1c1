package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.incident.IncidentKeepers;
import dev.storewatch.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of incidents, routes and mutes, on a data folder and through its server. */
final class IncidentCommandsTest {
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

  /** Makes a folder with a store, an incident of it and a channel. */
  private String prepare() throws Exception {
    Path polls = path.resolve("polls.csv");
    Files.writeString(polls, "store_id,status,timestamp_utc\none,active,2023-01-25T10:00:00Z\n");
    ok("import", polls.toString());
    ok(
        "alerts",
        "channels",
        "add",
        "--name",
        "hook",
        "--kind",
        "webhook",
        "--set",
        "url=https://receiver.invalid/");
    try (DataFolder folder = DataFolder.take(path.resolve("data"), "test");
        Database database = Database.open(folder)) {
      int key = Stores.open(database).registry().key("one").orElseThrow();
      return IncidentKeepers.open(database, key, 4_711);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void seeIncidentsAndSayWhatIsToldOfThem(boolean throughServer) throws Exception {
    String id = prepare();
    try (TestServer _ =
        throughServer ? TestServer.start(DataFolder.take(path.resolve("data"), "serve")) : null) {
      incidents(id, throughServer);
      routes();
      mutes();
    }
  }

  /** A server finds soon that nothing is wrong with the store of the test. */
  private void incidents(String id, boolean throughServer) {
    ok("incidents", "--store", "one");
    assertThat(out).startsWith(id).contains("dark", "one", "since 1970-01-01T00:00:01Z");
    ok("incidents", "show", id);
    assertThat(out).contains(id).doesNotContain("acknowledged");
    if (!throughServer) {
      ok("incidents", "acknowledge", id, "--note", "on my way");
      assertThat(out).contains(id, "acknowledged at", ": on my way");
    }
    assertThat(run("incidents", "show", "7")).isEqualTo(1);
    assertThat(err).contains("there is no incident with the id 7");
    assertThat(run("incidents", "--state", "over")).isNotZero();
    assertThat(err).contains("there is no state 'over' of incidents: use open or ended");
    assertThat(run("incidents", "--trouble", "rain")).isNotZero();
    assertThat(err).contains("there is no trouble 'rain': use down, not_opened");
    ok("incidents", "--trouble", "monitor");
    assertThat(out).isEqualTo("no incident\n");
  }

  private void routes() {
    ok("alerts", "routes", "list");
    assertThat(out).isEqualTo("no route: each channel is told of everything\n");
    ok(
        "alerts",
        "routes",
        "add",
        "--channel",
        "hook",
        "--tag",
        "west",
        "--trouble",
        "down",
        "--trouble",
        "monitor",
        "--after",
        "PT30M",
        "--quiet-from",
        "22:00",
        "--quiet-to",
        "07:00",
        "--quiet-zone",
        "america/chicago",
        "--no-digest");
    assertThat(out)
        .startsWith("entered ")
        .contains(
            "down, monitor of west, after PT30M, quiet from 22:00 to 07:00 America/Chicago,"
                + " no digest");
    String route = out.split(" ", 3)[1];
    ok("alerts", "routes", "list");
    assertThat(out).startsWith(route);
    ok("alerts", "routes", "delete", route);
    assertThat(run("alerts", "routes", "delete", route)).isEqualTo(1);
    assertThat(err).contains("there is no route with the id " + route);
    assertThat(run("alerts", "routes", "add", "--channel", "hook", "--quiet-from", "22:00"))
        .isNotZero();
    assertThat(err).contains("quiet hours need quiet_from, quiet_to and quiet_zone");
    assertThat(run("alerts", "routes", "add", "--channel", "hook", "--after", "P30D")).isNotZero();
    assertThat(err).contains("use a duration up to P7D");
    assertThat(run("alerts", "routes", "add", "--channel", "nobody")).isEqualTo(1);
    assertThat(err).contains("there is no channel 'nobody'");
  }

  private void mutes() {
    ok("alerts", "mutes", "add", "--tag", "west", "--for", "PT2H", "--reason", "new router");
    assertThat(out).startsWith("entered ").contains("stores with west until", "new router");
    String mute = out.split(" ", 3)[1];
    ok("alerts", "mutes", "list");
    assertThat(out).startsWith(mute);
    ok("alerts", "mutes", "end", mute);
    assertThat(run("alerts", "mutes", "end", mute)).isEqualTo(1);
    assertThat(err).contains("there is no mute that has not ended with the id " + mute);
    ok("alerts", "mutes", "list");
    assertThat(out).isEqualTo("no mute\n");
    assertThat(run("alerts", "mutes", "add", "--all", "--for", "P2Y", "--reason", "x")).isNotZero();
    assertThat(
            run(
                "alerts",
                "mutes",
                "add",
                "--all",
                "--until",
                "2020-01-01T00:00:00Z",
                "--reason",
                "x"))
        .isNotZero();
    assertThat(err).contains("use an instant after now, and within 366 days");
    assertThat(run("alerts", "mutes", "add", "--store", "nobody", "--for", "PT1H", "--reason", "x"))
        .isNotZero();
    assertThat(err).contains("nobody");
  }
}
