package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs whole commands in this process, on a data folder of their own. */
class StorewatchTest {
  private static final String COLUMNS =
      "store_id,uptime_last_hour,uptime_last_day,uptime_last_week,"
          + "downtime_last_hour,downtime_last_day,downtime_last_week\n";
  private static final String S1 = "s1,60.00,24.00,26.00,0.00,0.00,0.00\n";
  private static final String S2 = "s2,0.00,0.00,0.00,60.00,24.00,25.00\n";
  private static final String POLLS =
      """
      store_id,status,timestamp_utc
      s2,inactive,2023-01-25 11:00:00 UTC
      s1,active,2023-01-25 10:00:00 UTC
      s1,active,2023-01-25 12:00:00 UTC
      """;

  @TempDir private Path path;
  private String out = "";
  private String err = "";

  private int run(String... arguments) {
    ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    int code =
        Storewatch.run(
            new PrintStream(outBytes, true, StandardCharsets.UTF_8),
            new PrintStream(errBytes, true, StandardCharsets.UTF_8),
            arguments);
    out = outBytes.toString(StandardCharsets.UTF_8);
    // Whether this machine has newer rules of time zones than the program is not tested here.
    err =
        errBytes
            .toString(StandardCharsets.UTF_8)
            .replaceFirst("note: this machine has newer rules of time zones .*\\R", "");
    return code;
  }

  /** Runs a command on the data folder of the test. */
  private int runOnData(String... arguments) {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--data");
    all.add(data().toString());
    return run(all.toArray(new String[0]));
  }

  private Path data() {
    return path.resolve("my data");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(path.resolve(name), text).toString();
  }

  private void importPolls() throws IOException {
    TestFolder.prepare(data());
    assertThat(runOnData("import", file("polls.csv", POLLS))).isZero();
  }

  @Test
  void servesOnlyWhereThisMachineCanListen() {
    assertThat(runOnData("serve", "--port", "99999")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "storewatch: there is no port 99999: use one from 1 to 65535, for example 8000\n");
    assertThat(runOnData("serve", "--host", "192.0.2.1")).isEqualTo(2);
    assertThat(err)
        .isEqualTo(
            "storewatch: '192.0.2.1' is not an address of this machine: use for example"
                + " 127.0.0.1\n");
  }

  @Test
  void makesNoDataFolderToReadFrom() {
    Path missing = path.resolve("missing");

    assertThat(run("report", "--data", missing.toString())).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "storewatch: there is no data folder %s: import files first, or name another folder with --data\n"
                .formatted(missing));
    assertThat(missing).doesNotExist();
  }

  @Test
  void takesAnImportBack() throws IOException {
    importPolls();
    String wrong =
        file("wrong.csv", "store_id,status,timestamp_utc\nS1,inactive,2023-01-25 12:00:00 UTC\n");
    assertThat(runOnData("import", "--known-stores-only", wrong)).isEqualTo(3);
    assertThat(out).contains("line 2: no store has this store_id").doesNotContain("note:");
    assertThat(runOnData("import", wrong)).isZero();
    assertThat(runOnData("imports")).isZero();
    String id = out.substring(0, out.indexOf(' '));

    assertThat(runOnData("imports", "undo", id)).isZero();
    assertThat(out)
        .startsWith("wrong.csv: taken back at ")
        .endsWith(": 1 poll deleted, 1 store deleted\n");
    assertThat(runOnData("imports", "undo", id)).isEqualTo(1);
    assertThat(err)
        .isEqualTo("storewatch: the import %s of wrong.csv was taken back already\n".formatted(id));
    assertThat(runOnData("imports")).isZero();
    assertThat(out).startsWith(id).contains("  undone    wrong.csv: polls, 1 read");
    assertThat(runOnData("report")).isZero();
    assertThat(out).isEqualTo(COLUMNS + S1 + S2);
  }

  @Test
  void addsUpTheFilesOfOneCommand() throws IOException {
    String header = "store_id,day,start_time_local,end_time_local\n";
    String monday = file("monday.csv", header + "s1,0,09:00,17:00\n");
    String tuesday = file("tuesday.csv", header + "s1,1,09:00,17:00\n");

    assertThat(runOnData("import", monday, tuesday)).isZero();
    assertThat(runOnData("import", tuesday, monday)).isZero();
    assertThat(out)
        .contains("tuesday.csv: hours, 1 read, 0 added, 1 repeated, 0 replaced, 0 rejected")
        .doesNotContain("went");
    assertThat(runOnData("import", monday)).isZero();
    assertThat(out).contains("  note: 1 interval of 1 store (s1) went: ");
  }

  @Test
  void importsFilesAndReportsOnThem() throws IOException {
    String hours =
        file("hours.csv", "store_id,day,start_time_local,end_time_local\ns3,0,09:00,17:00\n");
    String zones = file("zones.csv", "store_id,timezone_str\ns1,Asia/Kolkata\n");

    assertThat(runOnData("import", file("polls.csv", POLLS), hours, zones)).isZero();
    assertThat(out.lines().map(line -> line.replaceAll(", [0-9.]+ s$", "")))
        .containsExactly(
            "into the data folder " + data().toAbsolutePath(),
            "polls.csv: polls, 3 read, 3 added, 0 repeated, 0 replaced, 0 rejected",
            "hours.csv: hours, 1 read, 1 added, 0 repeated, 0 replaced, 0 rejected",
            "  note: 1 store is new: s3",
            "zones.csv: zones, 1 read, 1 added, 0 repeated, 0 replaced, 0 rejected");
    assertThat(err.lines())
        .containsExactly(
            "note: 2 stores have no business hours, so they are taken to be open all the time: s1,"
                + " s2",
            "note: 2 stores have no time zone, so they are taken to be in America/Chicago: s2, s3",
            "note: 1 store is polled but has neither business hours nor a time zone: s2",
            "note: 1 store has business hours or a time zone but was never polled: s3",
            "  see the stores with: ./storewatch quality --data '" + data() + "'");

    String told = err;
    assertThat(runOnData("report")).isZero();
    assertThat(out).isEqualTo(COLUMNS + S1 + S2);
    assertThat(err).isEqualTo(told);

    assertThat(runOnData("explain", "s1")).isZero();
    assertThat(out)
        .startsWith(
            "Store    s1\nZone     Asia/Kolkata\n         by the rules of time zones 2026f\n")
        .contains("As of    2023-01-25T12:00:00Z")
        .contains("Uptime   100.00 % of the known open time\n");

    assertThat(runOnData("imports")).isZero();
    assertThat(out.lines()).hasSize(3).allMatch(line -> line.contains("  complete  "));
  }

  @Test
  void deletesPollsAndSaysWhich() throws IOException {
    importPolls();

    assertThat(deletePolls("s1", "2023-01-25T11:00:00Z", "2023-01-25T14:00:00+01:00")).isZero();
    assertThat(out)
        .isEqualTo(
            "deleted 1 poll of store s1 from 2023-01-25T11:00:00Z to before"
                + " 2023-01-25T13:00:00Z\n");
    assertThat(deletePolls("s1", "2023-01-25T11:00:00Z", "2023-01-25T13:00:00Z")).isZero();
    assertThat(out).startsWith("nothing deleted: there is no poll of store s1 from");
    assertThat(runOnData("report")).isZero();
    assertThat(out).contains("s1,60.00,24.00,25.00,").contains("s2,0.00,0.00,");

    assertThat(deletePolls("s3", "2023-01-25T11:00:00Z", "2023-01-25T13:00:00Z")).isEqualTo(1);
    assertThat(err).isEqualTo("storewatch: there is no store with the id s3\n");
    assertThat(deletePolls("s1", "yesterday", "2023-01-25T13:00:00Z")).isEqualTo(2);
    assertThat(err).contains("from is 'yesterday'").contains("use for example");
    assertThat(run("polls")).isEqualTo(2);
    assertThat(err).contains("storewatch polls delete --store 42");
    assertThat(runOnData("access", "audit")).isZero();
    assertThat(out)
        .contains("poll.delete")
        .contains("s1, 2023-01-25T11:00:00Z to 2023-01-25T13:00:00Z")
        .contains("1 deleted");
  }

  private int deletePolls(String store, String from, String to) {
    return runOnData("polls", "delete", "--store", store, "--from", from, "--to", to);
  }

  @Test
  void tellsOfRejectedRowsAndWhereToSeeThem() throws IOException {
    String bad = file("bad.csv", POLLS + "s1,asleep,2023-01-25\n".repeat(7));

    assertThat(runOnData("import", bad)).isEqualTo(3);

    String shown =
        "  line %d: unknown status: write active or inactive, or name other words with --statuses"
            + " active=OK,inactive=CRITICAL;WARNING: s1,asleep,2023-01-25";
    List<String> lines = out.lines().skip(1).toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.getFirst()).contains("10 read, 3 added").contains("7 rejected");
    assertThat(lines.subList(1, 6))
        .containsExactly(
            shown.formatted(5),
            shown.formatted(6),
            shown.formatted(7),
            shown.formatted(8),
            shown.formatted(9));
    assertThat(lines.getLast())
        .startsWith("  see all of them with: ./storewatch imports ")
        .endsWith(" --data '" + data() + "'");

    String id = lines.getLast().replaceAll(".* imports (\\S+) .*", "$1");
    assertThat(runOnData("imports", id)).isZero();
    assertThat(out.lines()).hasSize(7).endsWith(shown.formatted(11).strip());
  }

  @Test
  void knowsNoRejectedRowsOfAnImportThatNeverWas() throws IOException {
    importPolls();
    assertThat(runOnData("imports", "nothing")).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "storewatch: there is no import with the id nothing: ./storewatch imports lists the"
                + " latest\n");
  }

  @Test
  void writesNothingWhenAnyOfTheFilesIsMissing() throws IOException {
    String missing = path.resolve("missing.csv").toString();

    assertThat(runOnData("import", file("polls.csv", POLLS), missing)).isEqualTo(1);

    assertThat(err).isEqualTo("storewatch: there is no file " + missing + "\n");
    assertThat(out).isEmpty();
    assertThat(data()).doesNotExist();
  }

  @Test
  void writesNothingWhenAnyOfTheFilesHasNoHeader() throws IOException {
    String bad = file("bad.csv", "s1,active,2023-01-25 11:00:00 UTC\n");

    assertThat(runOnData("import", file("polls.csv", POLLS), bad)).isEqualTo(1);

    assertThat(err.lines()).hasSize(1);
    assertThat(err)
        .startsWith("storewatch: " + bad + " does not begin with a header")
        .contains("store_id,status,timestamp_utc (polls)");
    assertThat(data()).doesNotExist();
  }

  @Test
  void writesNothingWhenAFileIsAFolderOrEmpty() throws IOException {
    assertThat(runOnData("import", path.toString())).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "storewatch: "
                + path
                + " is a folder: name the files in it, or a folder that `export --format parquet`"
                + " wrote, which has a manifest.json\n");

    String empty = file("empty.csv", "");
    assertThat(runOnData("import", empty)).isEqualTo(1);
    assertThat(err).startsWith("storewatch: " + empty + " is empty; a right header is ");
    assertThat(data()).doesNotExist();
  }

  @Test
  void keepsTheFilesBeforeOneThatBreaksOff() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(manyPolls().getBytes(StandardCharsets.UTF_8));
    }
    Path broken = path.resolve("broken.csv.gz");
    Files.write(broken, Arrays.copyOf(bytes.toByteArray(), bytes.size() * 3 / 4));

    assertThat(runOnData("import", file("polls.csv", POLLS), broken.toString())).isEqualTo(1);

    assertThat(out).contains("\npolls.csv: polls, 3 read").hasLineCount(2);
    assertThat(err)
        .startsWith("storewatch: broken.csv.gz cannot be read from line ")
        .hasLineCount(1);
    assertThat(runOnData("report")).isZero();
    assertThat(out).isEqualTo(COLUMNS + S1 + S2);
    assertThat(runOnData("imports")).isZero();
    assertThat(out).contains("  failed    broken.csv.gz: polls, 0 read").contains("breaks off");
  }

  private static String manyPolls() {
    StringBuilder polls = new StringBuilder(POLLS);
    for (int i = 0; i < 60_000; i++) {
      polls.append("s%d,active,2024-01-%02d 11:00:00 UTC\n".formatted(i, 1 + i % 28));
    }
    return polls.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "--as-of, yesterday, 2023-01-25T18:13:22Z",
    "--as-of, 1066-10-14T09:00:00Z, 1900 to 9999",
    "--carry, 24h, PT24H",
    "--carry, PT0S, PT24H",
    "--carry, PT9999999999999999999H, PT24H",
    "--windows, 7d, PT1H",
    "--day, 2023-01, 2026-03-04",
    "--week, 2023-01-24, 2026-W10",
    "--month, 2023-13, not in the calendar",
    "--month, yesterday, 'last or this'",
    "--from, 2023-01-24, needs both from and to",
    "--day, 2023-02-30, not in the calendar",
    "--group-by, =, 'region:west'",
    "--windows, 'PT1H,', PT1H",
    "--windows, PT0S, PT1H",
    "--windows, PT-2562047788015215H, PT1H",
    "--windows, 'P1D,PT24H', 'PT1H,P1D,P7D'",
    "--rule, newest, 'nearest, previous or ratio'",
    "--detail, most, 'STANDARD, FULL'",
    "--format, xml, 'CSV, JSON'",
    "--stores, ' ,', 'a file with one id in each line'"
  })
  void saysWhatWouldBeRightWhenAnOptionIsNot(String option, String value, String right) {
    assertThat(runOnData("report", option, value)).isEqualTo(2);

    assertThat(err.lines().findFirst().orElseThrow()).contains(right);
    assertThat(err).doesNotContain("\tat ");
    assertThat(out).isEmpty();
    assertThat(data()).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "--window, PT-1H, PT1H",
    "--window, PT-2562047788015215H, PT1H",
    "--window, P36600000D, PT1H",
    "--as-of, 2023-01-25, 2023-01-25T18:13:22Z",
    "--rule, newest, 'nearest, previous or ratio'"
  })
  void saysWhatCannotBeExplained(String option, String value, String right) {
    assertThat(runOnData("explain", "s1", option, value)).isEqualTo(2);

    assertThat(err).contains(right).hasLineCount(1);
    assertThat(out).isEmpty();
    assertThat(data()).doesNotExist();
  }

  @Test
  void explainsARatioByItsCounts() throws IOException {
    importPolls();

    assertThat(runOnData("explain", "s1", "--rule", "ratio")).isZero();
    assertThat(out).contains("polls in business hours are active");
  }

  @Test
  void doesNotUnderstandACommandThatIsNone() {
    assertThat(run("inport", "x")).isEqualTo(2);
    assertThat(err).contains("inport").contains("import");
    assertThat(run("import")).isEqualTo(2);
    assertThat(err).contains("FILE");
    assertThat(run("--help")).isZero();
    assertThat(out).contains("storewatch demo");
  }

  @Test
  void saysThatAStoreIsUnknown() throws IOException {
    importPolls();

    assertThat(runOnData("explain", "s9")).isEqualTo(1);
    assertThat(err).isEqualTo("storewatch: there is no store with the id s9\n");
    assertThat(runOnData("report", "--stores", "s1,s9,s8")).isEqualTo(1);
    assertThat(err).isEqualTo("storewatch: there is no store with the id s9, s8\n");
    assertThat(out).isEmpty();
  }

  @Test
  void reportsOnStoresNamedOnTheCommandLineOrInAFile() throws IOException {
    importPolls();

    assertThat(runOnData("report", "--stores", " s2, s2,")).isZero();
    assertThat(out).isEqualTo(COLUMNS + S2);
    assertThat(runOnData("report", "--stores", file("ids.txt", "s2\r\n\r\ns1 \r\n"))).isZero();
    assertThat(out).isEqualTo(COLUMNS + S1 + S2);
  }

  @Test
  void saysThatAFileOfIdsIsNotUtf8() throws IOException {
    Path ids = path.resolve("ids.txt");
    Files.write(ids, new byte[] {'s', (byte) 0xE9, '\n'});

    assertThat(runOnData("report", "--stores", ids.toString())).isEqualTo(1);
    assertThat(err)
        .isEqualTo("storewatch: " + ids + " is not UTF-8: save it as UTF-8, one id in each line\n");
  }

  @Test
  void givesFullDetailForOtherWindows() throws IOException {
    importPolls();

    assertThat(runOnData("report", "--windows", "PT30M,PT2H", "--stores", "s2")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            store_id,window,from,to,scheduled_minutes,uptime_minutes,downtime_minutes,unknown_minutes,excluded_minutes,uptime_percent,uptime_minutes_low,uptime_minutes_high,polls
            s2,PT30M,2023-01-25T11:30:00Z,2023-01-25T12:00:00Z,30.00,0.00,30.00,0.00,0.00,0.00,0.00,30.00,0
            s2,PT2H,2023-01-25T10:00:00Z,2023-01-25T12:00:00Z,120.00,0.00,120.00,0.00,0.00,0.00,0.00,120.00,1
            """);

    assertThat(runOnData("report", "--windows", "PT2H", "--detail", "standard")).isEqualTo(2);
    assertThat(err).contains("ask for full detail").hasLineCount(1);
    assertThat(out).isEmpty();
  }

  @Test
  void reportsOnSeveralPeriods() throws IOException {
    importPolls();

    assertThat(
            runOnData(
                "report",
                "--stores",
                "s2",
                "--from",
                "2023-01-24",
                "--to",
                "2023-01-25",
                "--day",
                "2023-01-24,yesterday",
                "--week",
                "last"))
        .isEqualTo(2);
    assertThat(err).contains("a window stands twice");
    assertThat(runOnData("report", "--day", "2023-01-27")).isEqualTo(2);
    assertThat(err).contains("2023-01-27 begins after the as-of instant 2023-01-25T12:00:00Z");
    assertThat(
            runOnData(
                "report",
                "--stores",
                "s2",
                "--from",
                "2023-01-24",
                "--to",
                "2023-01-25",
                "--day",
                "yesterday",
                "--week",
                "last",
                "--month",
                "2023-01,2022-12"))
        .isZero();
    assertThat(out.lines().skip(1).map(line -> line.replaceAll("Z,[0-9.]+,.*", "Z")))
        .containsExactly(
            "s2,2023-01-24/2023-01-25,2023-01-24T06:00:00Z,2023-01-25T12:00:00Z",
            "s2,2023-01-24,2023-01-24T06:00:00Z,2023-01-25T06:00:00Z",
            "s2,2023-W03,2023-01-16T06:00:00Z,2023-01-23T06:00:00Z",
            "s2,2023-01,2023-01-01T06:00:00Z,2023-01-25T12:00:00Z",
            "s2,2022-12,2022-12-01T06:00:00Z,2023-01-01T06:00:00Z");
    assertThat(err)
        .startsWith(
            "note: 2023-01-24/2023-01-25, 2023-01 are not over at the as-of instant"
                + " 2023-01-25T12:00:00Z for 1 store");
  }

  @Test
  void explainsOnePeriod() throws IOException {
    importPolls();

    assertThat(runOnData("explain", "s2", "--day", "yesterday")).isZero();
    assertThat(out).contains("Window   Tue 2023-01-24 00:00:00.000000 -06:00 to Wed 2023-01-25");
    assertThat(runOnData("explain", "s2", "--day", "yesterday", "--window", "P1D")).isEqualTo(2);
    assertThat(err).contains("an explanation is of one period");
  }

  @Test
  void addsTotals() throws IOException {
    importPolls();
    assertThat(runOnData("import", file("tags.csv", "store_id,tag\ns1,region:west\n"))).isZero();

    assertThat(runOnData("report", "--windows", "PT1H", "--group-by", "region")).isZero();
    assertThat(out)
        .isEqualTo(
            """
            store_id,window,from,to,scheduled_minutes,uptime_minutes,downtime_minutes,unknown_minutes,excluded_minutes,uptime_percent,uptime_minutes_low,uptime_minutes_high,polls,total,group_by,tag,stores
            s1,PT1H,2023-01-25T11:00:00Z,2023-01-25T12:00:00Z,60.00,60.00,0.00,0.00,0.00,100.00,60.00,60.00,1,,,,
            s2,PT1H,2023-01-25T11:00:00Z,2023-01-25T12:00:00Z,60.00,0.00,60.00,0.00,0.00,0.00,0.00,60.00,0,,,,
            ,PT1H,2023-01-25T11:00:00Z,2023-01-25T12:00:00Z,120.00,60.00,60.00,0.00,0.00,50.00,60.00,120.00,1,fleet,,,2
            ,PT1H,2023-01-25T11:00:00Z,2023-01-25T12:00:00Z,60.00,60.00,0.00,0.00,0.00,100.00,60.00,60.00,1,group,region,region:west,1
            ,PT1H,2023-01-25T11:00:00Z,2023-01-25T12:00:00Z,60.00,0.00,60.00,0.00,0.00,0.00,0.00,60.00,0,group,region,,1
            """);
    assertThat(runOnData("report", "--totals", "--detail", "standard")).isEqualTo(2);
    assertThat(err).contains("totals are rows of the full detail");
    assertThat(runOnData("report", "--group-by", "regions")).isEqualTo(2);
    assertThat(err).contains("no store has the tag regions");
  }

  @Test
  void writesJson() throws IOException {
    importPolls();

    assertThat(runOnData("report", "--format", "json", "--stores", "s2")).isZero();
    assertThat(out)
        .isEqualTo(
            "[{\"store_id\":\"s2\",\"uptime_last_hour\":0.00,\"uptime_last_day\":0.00,"
                + "\"uptime_last_week\":0.00,\"downtime_last_hour\":60.00,"
                + "\"downtime_last_day\":24.00,\"downtime_last_week\":25.00}]");
    assertThat(runOnData("report", "--format", "JSON", "--detail", "full")).isZero();
    assertThat(out).contains("{\"store_id\":\"s1\",\"window\":\"P7D\",");
  }

  @Test
  void obeysRuleCarryAndAsOf() throws IOException {
    importPolls();

    assertThat(
            runOnData(
                "report",
                "--rule",
                "Previous",
                "--carry",
                "PT30M",
                "--as-of",
                "2023-01-25T11:45:00Z"))
        .isZero();
    assertThat(out)
        .isEqualTo(
            COLUMNS + "s1,0.00,0.50,0.50,0.00,0.00,0.00\ns2,0.00,0.00,0.00,30.00,0.50,0.50\n");
  }

  @Test
  void reportsOnNothingWithTheHeaderAlone() throws IOException {
    assertThat(
            runOnData("import", file("zones.csv", "store_id,timezone_str\ns1,America/Chicago\n")))
        .isZero();
    assertThat(runOnData("report")).isZero();
    assertThat(out).isEqualTo(COLUMNS);
    assertThat(runOnData("report", "--format", "json")).isZero();
    assertThat(out).isEqualTo("[]");
    assertThat(runOnData("imports")).isZero();
    assertThat(out).contains("zones.csv: zones, 1 read");
  }

  @Test
  void replacesTheOutputFileOnlyWhenAllIsWritten() throws IOException {
    importPolls();
    Path report = path.resolve("out").resolve("report.csv");
    Files.createDirectory(report.resolveSibling(""));
    Files.writeString(report, "old");

    assertThat(runOnData("report", "-o", report.toString(), "--stores", "s9")).isEqualTo(1);
    assertThat(report).hasContent("old");
    assertThat(runOnData("report", "--output", report.toString())).isZero();
    assertThat(report).hasContent(COLUMNS + S1 + S2);
    assertThat(out).isEmpty();
    try (Stream<Path> left = Files.list(report.resolveSibling(""))) {
      assertThat(left).containsExactly(report);
    }
  }

  @Test
  void saysThatTheFolderOfTheOutputIsMissing() throws IOException {
    importPolls();
    String report = path.resolve("no").resolve("report.csv").toString();

    assertThat(runOnData("report", "-o", report)).isEqualTo(1);
    assertThat(err).isEqualTo("storewatch: there is no folder for " + report + ": make it first\n");
  }

  @Test
  void saysWhoHoldsTheDataFolder() throws IOException {
    try (TestFolder held = new TestFolder(data())) {
      assertThat(held.stores().registry().size()).isZero();
      assertThat(runOnData("report")).isEqualTo(1);
      assertThat(err)
          .isEqualTo(
              "storewatch: the data folder %s is in use by process %d (storewatch test): wait for it to end, or use another folder with --data\n"
                  .formatted(data(), ProcessHandle.current().pid()));
    }
    assertThat(runOnData("report")).isZero();
  }
}
