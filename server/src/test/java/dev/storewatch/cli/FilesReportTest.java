package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.demo.Fleet;
import dev.storewatch.demo.FleetFiles;
import dev.storewatch.direct.FilesReport;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.hours.LateClose;
import dev.storewatch.quality.Notice;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** Reports on files alone say what import and report say together. */
class FilesReportTest {
  private static final String POLLS_HEADER = "store_id,status,timestamp_utc\n";

  @TempDir private Path path;

  /** What a command did. */
  private record Ran(int code, String out, String err) {}

  private static Ran run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Storewatch.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            arguments);
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(path.resolve(name), text).toString();
  }

  private static String[] words(List<String> first, List<Path> files, String... last) {
    return Stream.of(first.stream(), files.stream().map(Path::toString), Stream.of(last))
        .flatMap(each -> each)
        .toArray(String[]::new);
  }

  /** Returns what is told without what need not be the same. */
  private static List<String> told(String text) {
    return text.lines()
        .filter(line -> !line.startsWith("into "))
        .filter(line -> !line.startsWith("  see "))
        .filter(line -> !line.startsWith("note: this machine has newer rules"))
        .map(line -> line.replaceFirst(", [0-9.]+ s$", ""))
        .map(line -> line.replaceFirst("which says [^ ]+:", "which says:"))
        .toList();
  }

  /** Compares both ways for some options of the report. */
  private void requireSame(List<Path> files, String... options) throws IOException {
    Path data = Files.createTempDirectory(path, "data");
    TestFolder.prepare(data);
    Path kept = data.resolve("report");
    Ran imported = run(words(List.of("import"), files, "--data", data.toString()));
    Ran reported =
        run(
            words(
                List.of("report", "--data", data.toString(), "-o", kept.toString()),
                List.of(),
                options));
    Path direct = data.resolve("direct");
    Ran ran =
        run(
            words(
                List.of("report", "--files"),
                files,
                words(List.of("-o", direct.toString()), List.of(), options)));

    assertThat(ran.out).isEmpty();
    List<String> all = new ArrayList<>(told(imported.out));
    all.addAll(told(reported.err));
    assertThat(told(ran.err)).isEqualTo(all);
    assertThat(direct).hasSameBinaryContentAs(kept);
    assertThat(ran.code).isEqualTo(imported.code);
    assertThat(reported.code).isZero();
  }

  @ParameterizedTest
  @Seeds
  void saysOfAFleetWhatImportAndReportSay(long seed) throws IOException {
    FleetFiles fleet = new Fleet(150, 8, seed).writeTo(path.resolve("fleet"));
    List<Path> files = List.of(fleet.storeStatus(), fleet.businessHours(), fleet.timezones());

    requireSame(files);
    requireSame(files, "--detail", "full", "--format", "json");
    requireSame(
        List.of(fleet.timezones(), fleet.businessHours(), fleet.storeStatus()),
        "--as-of",
        "2026-03-08T12:00:00Z",
        "--rule",
        "previous",
        "--carry",
        "PT6H",
        "--windows",
        "P1D,2026-03-07",
        "--late-close-as-midnight");
    requireSame(files, "--as-of", "2026-04-01T00:00:00Z", "--rule", "ratio", "--totals");
    requireSame(List.of(fleet.storeStatus()));
    requireSame(List.of(fleet.businessHours()));
    requireSame(List.of(fleet.storeStatus(), fleet.timezones(), fleet.storeStatus()));
  }

  @Tag("long")
  @ParameterizedTest
  @Seeds
  void saysOfAnyFilesWhatImportAndReportSay(long seed) throws IOException {
    for (int i = 0; i < 12; i++) {
      Path folder = Files.createDirectory(path.resolve("files" + i));
      List<Path> files = new RandomFiles(seed + i).writeTo(folder);
      requireSame(files, i % 2 == 0 ? new String[] {} : new String[] {"--detail", "full"});
    }
  }

  /** All that is said of files, by a plan. */
  private record Said(List<String> told, String rows, List<Notice> notices, String rejects) {}

  private Said said(FilesReport.Plan plan, List<Path> files) throws IOException {
    Path rejects = path.resolve("rejects.csv");
    try (LocalFiles read = LocalFiles.read(plan, files, ReadOptions.NONE, rejects)) {
      StringWriter told = new StringWriter();
      read.tell(new PrintWriter(told));
      ByteArrayOutputStream rows = new ByteArrayOutputStream();
      List<Notice> notices =
          read.report(
              new ReportOptions(
                  "latest",
                  Rule.standard(),
                  Window.STANDARD,
                  null,
                  LateClose.AS_GIVEN,
                  Detail.FULL,
                  Format.CSV),
              rows);
      return new Said(
          told(told.toString()),
          rows.toString(StandardCharsets.UTF_8),
          notices,
          Files.readString(rejects));
    }
  }

  private FilesReport.Plan plan(int threads, int range, long polls) {
    return new FilesReport.Plan(threads, range, polls, path);
  }

  /** Reads each file as one. */
  private FilesReport.Plan whole() {
    return plan(1, 1 << 20, 1_000_000);
  }

  @Test
  void readsAFileTheSameWhereverItIsSplit() throws IOException {
    String text =
        "\uFEFF"
            + POLLS_HEADER
            + "s1,active,2023-01-20 10:00:00 UTC\r\n"
            + "s2,inactive,2023-01-20 10:00:00 UTC\n"
            + "\n"
            + "s3,down,2023-01-20 11:00:00 UTC\n"
            + "s1,maybe,2023-01-20 11:00:00 UTC\n"
            + "\"s,4\",active,2023-01-20 12:00:00 UTC\n"
            + "s1,inactive,2023-01-20 10:00:00 UTC\n"
            + "s5,active,2023-01-20 10:00:00 UTC";
    List<Path> files = List.of(Path.of(file("polls.csv", text)));
    Said whole = said(whole(), files);
    assertThat(whole.rejects).contains("polls.csv,6,").doesNotContain("polls.csv,7,");

    for (int range = 1; range <= text.length() + 10; range++) {
      assertThat(said(plan(1 + range % 3, range, 1_000), files))
          .as("ranges of %d", range)
          .isEqualTo(whole);
    }
  }

  @Test
  void readsRowsOfSeveralLinesWhereverTheyAreSplit() throws IOException {
    String text =
        """
        store_id,status,note,timestamp_utc
        s1,active,fine,2023-01-20 10:00:00 UTC
        s2,active,"two
        lines",2023-01-20 10:00:00 UTC
        s3,active,"s4,active,x,2023-01-20 10:00:00 UTC

        ",2023-01-20 10:00:00 UTC
        s5,active,"not closed,2023-01-20 10:00:00 UTC
        s1,inactive,fine,2023-01-20 11:00:00 UTC
        s6,bad,fine,2023-01-20 11:00:00 UTC
        """;
    List<Path> files = List.of(Path.of(file("polls.csv", text)));
    Said whole = said(whole(), files);
    assertThat(whole.rows).contains("\ns3,").doesNotContain("\ns4,").doesNotContain("\ns5,");

    for (int range = 1; range <= text.length() + 10; range++) {
      assertThat(said(plan(1 + range % 3, range, 1_000), files))
          .as("ranges of %d", range)
          .isEqualTo(whole);
    }
  }

  @Test
  void readsALineThatIsTooLongWhereverItIsSplit() throws IOException {
    String text =
        POLLS_HEADER
            + "s1,active,2023-01-20 10:00:00 UTC\n"
            + "x".repeat(150_000)
            + "\ns2,active,2023-01-20 10:00:00 UTC\n";
    List<Path> files = List.of(Path.of(file("polls.csv", text)));
    Said whole = said(whole(), files);
    assertThat(whole.rejects).contains("polls.csv,3,\"line longer than 64 KiB");

    for (int range : new int[] {7, 60, 40_000, 65_536, 100_000, 149_999}) {
      assertThat(said(plan(2, range, 1_000), files)).as("ranges of %d", range).isEqualTo(whole);
    }
  }

  @Tag("long")
  @ParameterizedTest
  @Seeds
  void saysTheSameOfPollsThatDoNotFitIntoMemory(long seed) throws IOException {
    for (int i = 0; i < 8; i++) {
      Path folder = Files.createDirectory(path.resolve("files" + i));
      List<Path> files = new RandomFiles(seed + 1_000 + i).writeTo(folder);
      Said whole = said(whole(), files);

      for (long polls : new long[] {1, 10, 100}) {
        assertThat(said(plan(2, 500, polls), files))
            .as("files %d, %d polls in memory", i, polls)
            .isEqualTo(whole);
      }
    }
    try (Stream<Path> left = Files.list(path)) {
      assertThat(left.filter(file -> file.toString().endsWith(".run"))).isEmpty();
    }
  }

  @Test
  void writesToStandardOutputWhatItReads() throws IOException {
    String polls = file("polls.csv", POLLS_HEADER + "s1,active,2023-01-20 10:00:00 UTC\nbad\n");

    Ran ran = run("report", "--files", polls);

    assertThat(ran.code).isEqualTo(3);
    assertThat(ran.out).startsWith("store_id,uptime_last_hour").contains("\ns1,60.00,24.00,");
    assertThat(ran.err)
        .startsWith("polls.csv: polls, 2 read, 1 added, 0 repeated, 0 replaced, 1 rejected, ")
        .contains("  line 3: 1 fields: write 3, as many as the header has: bad\n");
  }

  @Test
  void writesAllRejects() throws IOException {
    StringBuilder text = new StringBuilder(POLLS_HEADER);
    for (int i = 0; i < 9; i++) {
      text.append("s").append(i).append(",\"=broken, not\",2023-01-20 10:00:00 UTC\n");
    }
    String polls = file("polls.csv", text.toString());
    Path rejects = path.resolve("rejects.csv");

    Ran ran = run("report", "--files", polls, "--rejects", rejects.toString());

    assertThat(ran.err).contains("  see all of them with: --rejects FILE\n");
    assertThat(Files.readAllLines(rejects)).hasSize(10).startsWith("file,line,reason,text");
    assertThat(Files.readAllLines(rejects).getLast())
        .startsWith("polls.csv,10,")
        .endsWith("\"s8,\"\"=broken, not\"\",2023-01-20 10:00:00 UTC\"");
  }

  @Test
  void refusesWhatFilesDoNotHave() throws IOException {
    String polls = file("polls.csv", POLLS_HEADER + "s1,active,2023-01-20 10:00:00 UTC\n");

    assertThat(run("report", "--files", polls, "--revision", "3").code).isEqualTo(2);
    assertThat(run("report", "--rejects", "x.csv").err).contains("are for --files");
    assertThat(run("report", "--days", "monday=1").err).contains("are for --files");
    assertThat(run("report", "--files", path.toString()).err)
        .isEqualTo("storewatch: " + path + " is a folder: name the files in it\n");
    assertThat(run("report", "--files", path.resolve("no.csv").toString()))
        .isEqualTo(new Ran(1, "", "storewatch: there is no file " + path.resolve("no.csv") + "\n"));
    String other = file("other.csv", "a,b\n1,2\n");
    assertThat(run("report", "--files", other).err)
        .isEqualTo(run("import", other, "--data", path.resolve("never").toString()).err);
    assertThat(run("report", "--files", polls, "-o", path.resolve("no/where.csv").toString()).err)
        .contains("there is no folder for");
  }

  @Test
  void readsFilesAsItIsSaid() throws IOException {
    String polls = file("polls.csv", "Shop,Ok,When\ns1,CRITICAL,1674208800\n");

    Ran ran =
        run(
            "report",
            "--columns",
            "store_id=Shop,status=Ok,timestamp_utc=When",
            "--statuses",
            "active=OK,inactive=CRITICAL",
            "--time",
            "epoch-seconds",
            "--files",
            polls);

    assertThat(ran.out).contains("\ns1,0.00,0.00,0.00,60.00,24.00,");
    assertThat(ran.err).contains("  note: the status 'critical' was read as inactive, rows: 1");
  }
}
