package dev.storewatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that write and read Parquet, as somebody types them. */
final class LakeCommandsTest {
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
    err = errBytes.toString(StandardCharsets.UTF_8);
    return code;
  }

  private String in(String name) {
    return path.resolve(name).toString();
  }

  private void importFiles() throws IOException {
    Path polls =
        Files.writeString(
            path.resolve("polls.csv"),
            """
            store_id,status,timestamp_utc
            0081,active,2026-03-01 10:00:00 UTC
            81,inactive,2026-03-01 10:00:00 UTC
            a b,active,2026-03-02 10:00:00 UTC
            """);
    Path hours =
        Files.writeString(
            path.resolve("hours.csv"),
            "store_id,day,start_time_local,end_time_local\n81,6,00:00,24:00\n");
    assertThat(run("import", polls.toString(), hours.toString(), "--data", in("data"))).isZero();
  }

  private int export(String... more) {
    return run(
        Stream.concat(
                Stream.of("export", "--format", "parquet", in("lake"), "--data", in("data")),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private String report(String data) {
    assertThat(run("report", "--data", in(data))).isZero();
    return out;
  }

  @Test
  void bringADatabaseToParquetAndBack() throws IOException {
    importFiles();

    assertThat(export()).isZero();

    assertThat(out)
        .startsWith("3 polls written into 8 files, 0 removed, ")
        .contains("the lake has 3 stores and 3 polls of 2 dates in 8 files, ");
    assertThat(err).isEmpty();
    assertThat(run("import", in("lake"), "--data", in("back"))).isZero();
    assertThat(out)
        .contains("names and tags of lake: stores, 3 read, 3 added, 0 repeated, 0 replaced, 0 rej")
        .contains("business hours of lake: hours, 1 read, 1 added, ")
        .contains("polls of lake: polls, 3 read, 3 added, 0 repeated, 0 replaced, 0 rejected, ");
    assertThat(report("back")).isEqualTo(report("data")).contains("0081", "\n81,", "\na b,");

    assertThat(export("--compact", "--keep-days", "1")).isZero();

    assertThat(out)
        .startsWith("0 polls written into 0 files, 1 removed, ")
        .contains("the lake has 3 stores and 1 polls of 1 dates in 7 files, ");
    assertThat(run("imports", "--data", in("back"))).isZero();
    assertThat(out).contains("polls of lake", "names and tags of lake");
  }

  @Test
  void takeAnImportOfALakeBack() throws IOException {
    importFiles();
    assertThat(export()).isZero();
    assertThat(run("import", in("lake"), "--data", in("back"))).isZero();
    assertThat(run("imports", "--data", in("back"))).isZero();
    String polls =
        out.lines().filter(line -> line.contains("polls of lake")).findFirst().orElseThrow();
    String id =
        polls.replaceAll(".*?(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}).*", "$1");

    assertThat(run("imports", "undo", id, "--data", in("back"))).as(err).isZero();

    assertThat(run("import", in("lake"), "--data", in("back"))).isZero();
    assertThat(out)
        .contains("hours of lake: hours, 1 read, 0 added, 1 repeated, ")
        .contains("polls of lake: polls, 3 read, 3 added, ");
  }

  private void assertSays(int code, String sentence) {
    assertThat(err).isEqualTo("storewatch: " + sentence + System.lineSeparator());
    assertThat(code).isPositive();
  }

  @Test
  void sayWhatToDoInOneSentenceWhenTheyCannot() throws IOException {
    importFiles();

    assertSays(
        run("export", "--format", "csv", in("lake"), "--data", in("data")),
        "there is no export in the format 'csv': use --format parquet");
    assertSays(
        export("--keep-days", "0"),
        "--keep-days is 0: use a number of days from 1 on, such as 400");
    assertSays(
        run("export", "--format", "parquet", in("lake"), "--data", in("nowhere")),
        "there is no data folder %s: import files first, or name another folder with --data"
            .formatted(in("nowhere")));
    assertThat(path.resolve("lake")).doesNotExist();
    assertSays(
        run("export", "--format", "parquet", in("polls.csv"), "--data", in("data")),
        in("polls.csv") + " is a file: name a folder for the lake");
    assertSays(run("import", in("lake"), "--data", in("back")), "there is no file " + in("lake"));
    Files.createDirectories(path.resolve("lake"));
    assertSays(
        run("import", in("lake"), "--data", in("back")),
        in("lake")
            + " is a folder: name the files in it, or a folder that `export --format parquet`"
            + " wrote, which has a manifest.json");
    assertThat(export()).isZero();
    assertSays(
        run("import", in("lake"), in("polls.csv"), "--data", in("back")),
        in("lake") + " was written by export: import it by itself, without other files");
    assertSays(
        run("import", in("lake"), "--days", "monday=1", "--data", in("back")),
        in("lake")
            + " was written by export, and says by itself how it is read: leave the options of"
            + " reading out");
    assertThat(path.resolve("back")).doesNotExist();
    Path file = path.resolve("lake/polls/date=2026-03-01/polls-000001.parquet");
    Files.delete(file);
    assertThat(run("import", in("lake"), "--data", in("back"))).isEqualTo(1);
    assertThat(err)
        .isEqualTo(
            "storewatch: %s is missing, which the manifest names: copy the whole folder, or export it again with --anew%n"
                .formatted(file));
    assertThat(run("imports", "--data", in("back"))).isZero();
    assertThat(out).doesNotContain("lake");
  }
}
