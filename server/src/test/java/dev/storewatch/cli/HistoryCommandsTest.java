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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands history and groups, on a data folder and through a server that holds it. */
final class HistoryCommandsTest {
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

  /** Two stores in UTC, open all the time, of which one is down for an hour of a day. */
  private @Nullable TestServer prepare(boolean throughServer) throws IOException {
    StringBuilder polls = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int hour = 0; hour <= 72; hour++) {
      for (int store = 1; store <= 2; store++) {
        polls.append(
            "s%d,%s,2026-03-%02dT%02d:00:00Z\n"
                .formatted(
                    store,
                    store == 2 && hour == 30 ? "inactive" : "active",
                    8 + hour / 24,
                    hour % 24));
      }
    }
    String tags = "store_id,tag\ns2,region:west\n";
    String zones = "store_id,timezone_str\ns1,UTC\ns2,UTC\n";
    TestFolder.prepare(path.resolve("data"));
    assertThat(
            run(
                "import",
                Files.writeString(path.resolve("polls.csv"), polls).toString(),
                Files.writeString(path.resolve("zones.csv"), zones).toString(),
                Files.writeString(path.resolve("tags.csv"), tags).toString()))
        .as(() -> err)
        .isZero();
    // So that the server finds them made, and need not be waited for.
    assertThat(run("outages")).isZero();
    return throughServer ? TestServer.start(DataFolder.take(path.resolve("data"), "serve")) : null;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tellTheHistoryOfAStore(boolean throughServer) throws Exception {
    try (TestServer _ = prepare(throughServer)) {
      assertThat(run("history", "s2", "--from", "2026-03-08", "--to", "2026-03-09"))
          .as(() -> err)
          .isZero();
      assertThat(out.lines().map(line -> line.strip().replaceAll(" +", " ")))
          .containsExactly(
              "s2, UTC, as of 2026-03-11T00:00:00Z",
              "day uptime % at least - most up min down min unknown planned",
              "2026-03-08 100.00 100.00 - 100.00 1440.00 0.00 0.00 0.00",
              "2026-03-09 95.83 91.66 - 100.00 1380.00 60.00 0.00 0.00",
              "all 97.91 95.83 - 100.00 2820.00 60.00 0.00 0.00");
      assertThat(run("history", "s2", "--by", "week", "--format", "csv", "--from", "2026-03-09"))
          .isZero();
      assertThat(out.lines().skip(1))
          .containsExactly(
              "s2,2026-W11,2026-03-09T00:00:00Z,2026-03-11T00:00:00Z,2880.00,2820.00,"
                  + "60.00,0.00,0.00,97.91,2760.00,2880.00,48");
      assertThat(run("history", "nobody")).isEqualTo(1);
      assertThat(err).contains("nobody");
      assertThat(run("history", "s2", "--by", "year")).isNotZero();
      assertThat(err).contains("by is 'year': use day, week or month");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tellTheHistoryOfStoresTogetherAndTheHoursOfTheirWeek(boolean throughServer)
      throws Exception {
    try (TestServer _ = prepare(throughServer)) {
      String[] days = {"--from", "2026-03-08", "--to", "2026-03-09"};
      assertThat(run(with(days, "history", "--by", "day", "--format", "csv")))
          .as(() -> err)
          .isZero();
      assertThat(out.lines())
          .containsExactly(
              "window,first,last,stores,scheduled_minutes,uptime_minutes,downtime_minutes,"
                  + "unknown_minutes,excluded_minutes,uptime_percent,uptime_minutes_low,"
                  + "uptime_minutes_high,polls",
              "2026-03-08,2026-03-08,2026-03-08,2,2880.00,2880.00,0.00,0.00,0.00,100.00,2880.00,"
                  + "2880.00,48",
              "2026-03-09,2026-03-09,2026-03-09,2,2880.00,2820.00,60.00,0.00,0.00,97.91,2760.00,"
                  + "2880.00,48");
      assertThat(run(with(days, "history", "--tag", "region:west"))).isZero();
      assertThat(out.lines().map(line -> line.strip().replaceAll(" +", " ")))
          .containsExactly(
              "1 store together, as of 2026-03-11T00:00:00Z",
              "day uptime % at least - most up min down min unknown planned",
              "2026-03-08 100.00 100.00 - 100.00 1440.00 0.00 0.00 0.00",
              "2026-03-09 95.83 91.66 - 100.00 1380.00 60.00 0.00 0.00");
      // The poll of 06:00 on Monday the ninth said inactive: down from half past five on.
      assertThat(run(with(days, "hours-of-week", "s2", "--format", "csv"))).as(() -> err).isZero();
      assertThat(out.lines())
          .hasSize(1 + 168)
          .contains(
              "day,hour,uptime_minutes,downtime_minutes,unknown_minutes,excluded_minutes,"
                  + "down_percent",
              "0,5,30.00,30.00,0.00,0.00,50.00",
              "0,6,30.00,30.00,0.00,0.00,50.00",
              "0,7,60.00,0.00,0.00,0.00,0.00",
              "2,7,0.00,0.00,0.00,0.00,");
      assertThat(run(with(days, "hours-of-week"))).isZero();
      assertThat(out.lines().map(line -> line.strip().replaceAll(" +", " ")))
          .hasSize(2 + 48)
          .startsWith(
              "2 stores together, 2026-03-08 to 2026-03-09, as of 2026-03-11T00:00:00Z",
              "hour down % up min down min unknown planned",
              "Mon 00:00 0.00 120.00 0.00 0.00 0.00")
          .contains("Mon 05:00 25.00 90.00 30.00 0.00 0.00");
      assertThat(run("hours-of-week", "s2", "--tag", "region:west")).isNotZero();
      assertThat(err).contains("but not both");
      assertThat(run("history", "s2", "--tag", "region:west")).isNotZero();
      assertThat(err).contains("but not both");
    }
  }

  private static String[] with(String[] days, String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.addAll(Arrays.asList(days));
    return all.toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void addGroupsUp(boolean throughServer) throws Exception {
    try (TestServer _ = prepare(throughServer)) {
      assertThat(run("groups", "--window", "2026-03-09", "--by", "region")).as(() -> err).isZero();
      assertThat(out.lines().map(line -> line.strip().replaceAll(" +", " ")))
          .containsExactly(
              "2026-03-09, compared with 2026-03-08, as of 2026-03-11T00:00:00Z",
              "group stores uptime % at least - most before change down min outages before rank",
              "all stores 2 97.91 95.83 - 100.00 100.00 -2.09 60.00 1 0",
              "region:west 1 95.83 91.66 - 100.00 100.00 -4.17 60.00 1 0 1",
              "no region 1 100.00 100.00 - 100.00 100.00 0.00 0.00 0 0 2",
              "",
              "rank store uptime % down min share %",
              "1 s2 95.83 60.00 0.6136");
      assertThat(
              run(
                  "groups",
                  "--from",
                  "2026-03-09",
                  "--to",
                  "2026-03-09",
                  "--by",
                  "region",
                  "--format",
                  "csv"))
          .isZero();
      assertThat(out.lines().skip(2).findFirst())
          .contains(
              "group,region,region:west,2026-03-09,1,1,1440.00,1380.00,60.00,0.00,0.00,95.83,"
                  + "1320.00,1440.00,24,2026-03-08,0,100.00,-4.17,1,0.6136,,,,");
      assertThat(run("groups", "--window", "P7D")).isNotZero();
      assertThat(err).contains("groups are of whole days");
    }
  }
}
