package dev.storewatch.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/** Exports that are broken off at any moment, and lakes that are damaged. */
@Tag("long")
@AnyDatabase
final class LakeDamageTest {
  @TempDir private Path path;
  private TestFolder folder;
  private Lake lake;

  @BeforeEach
  void fill() throws IOException {
    folder = new TestFolder(path.resolve("data"));
    lake = new Lake(path.resolve("lake"));
    importText(
        """
        store_id,status,timestamp_utc
        a,active,2026-03-01 10:00:00 UTC
        b,active,2026-03-01 10:00:00 UTC
        a,active,2026-03-02 10:00:00 UTC
        a,active,2026-03-03 10:00:00 UTC
        """);
    importText("store_id,name,tags\na,A,west;x:y\nb,,\n");
    importText("store_id,timezone_str\na,America/Bogota\n");
    importText("store_id,day,start_time_local,end_time_local\na,0,09:00,17:00\n");
    importText("tag,date,start_time_local,end_time_local,label\nwest,2026-12-24,9:00,14:00,Eve\n");
    importText("tag,from_local,to_local,reason\n*,2026-07-04,2026-07-04,Independence Day\n");
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private void importText(String text) throws IOException {
    ImportRun run = folder.importText(text);
    assertThat(run.counts().rejected()).isZero();
  }

  /** Adds to a date, takes from another, and takes all of a third. */
  private void change() throws IOException {
    importText("store_id,status,timestamp_utc\na,inactive,2026-03-01 10:00:00 UTC\n");
    importText("store_id,name,tags\na,New,east\n");
    delete("b", PollSource.time(LocalDate.parse("2026-03-01")));
    delete("a", PollSource.time(LocalDate.parse("2026-03-03")));
    importText("store_id,status,timestamp_utc\nb,active,2026-03-02 11:00:00 UTC\n");
  }

  private void delete(String store, Span period) {
    long deleted = folder.parts().intake().write(in -> in.delete(Scope.EVERYTHING, store, period));
    assertThat(deleted).isPositive();
  }

  private List<String> imported(String name) throws IOException {
    try (TestFolder back = new TestFolder(path.resolve(name))) {
      var _ = lake.importInto(back);
      return LakeFacts.of(back);
    }
  }

  /** Ends an export as if the process were killed: nothing of it is tidied up. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Does something at a step. */
  private static Consumer<String> at(int step, Runnable work) {
    int[] steps = {0};
    return what -> {
      if (steps[0]++ == step) {
        work.run();
      }
    };
  }

  private static Consumer<String> killedAt(int step) {
    return at(
        step,
        () -> {
          throw new Killed();
        });
  }

  private static Consumer<String> failingAt(int step) {
    return at(
        step,
        () -> {
          throw new IllegalStateException("no more");
        });
  }

  private static int steps(Consumer<Consumer<String>> export) {
    List<String> steps = new ArrayList<>();
    export.accept(steps::add);
    return steps.size();
  }

  private void copyLakeTo(String name) throws IOException {
    FileSystemUtils.copyRecursively(lake.path(), path.resolve(name));
  }

  private void takeLakeFrom(String name) throws IOException {
    FileSystemUtils.deleteRecursively(lake.path());
    FileSystemUtils.copyRecursively(path.resolve(name), lake.path());
  }

  @Tag("long")
  @Test
  void staysReadableWhereverAFurtherExportIsKilled() throws IOException {
    ExportResult _ = lake.export(folder, ExportOptions.NONE);
    copyLakeTo("old");
    List<String> old = imported("back");
    change();
    List<String> now = LakeFacts.of(folder);
    ExportOptions compact = new ExportOptions(true, null, false);
    int all = steps(steps -> lake.export(folder, compact, steps));
    assertThat(all).isGreaterThan(8);
    int wasOld = 0;
    int wasNew = 0;
    for (int step = 0; step < all; step++) {
      takeLakeFrom("old");
      int at = step;
      assertThatThrownBy(() -> lake.export(folder, compact, killedAt(at)))
          .isInstanceOf(Killed.class);

      List<String> facts = imported("killed" + step);

      assertThat(facts).isIn(old, now);
      wasOld += facts.equals(old) ? 1 : 0;
      wasNew += facts.equals(now) ? 1 : 0;
      ExportResult _ = lake.export(folder, compact);
      assertThat(imported("next" + step)).isEqualTo(now);
      assertThat(lake.files()).as("nothing is left").hasSize(lake.manifest().files().size() + 1);
    }
    assertThat(wasOld).isPositive();
    assertThat(wasNew).as("killed when it deleted what was replaced").isPositive();
  }

  @Test
  void beginsAgainWhereverTheFirstExportIsKilled() throws IOException {
    int all = steps(steps -> lake.export(folder, ExportOptions.NONE, steps));
    for (int step = 0; step < all; step++) {
      FileSystemUtils.deleteRecursively(lake.path());
      int at = step;
      assertThatThrownBy(() -> lake.export(folder, ExportOptions.NONE, killedAt(at)))
          .isInstanceOf(Killed.class);
      assertThatThrownBy(() -> imported("nothing"))
          .isInstanceOf(BadLake.class)
          .hasMessageContaining("has no manifest.json: name the folder that");

      ExportResult result = lake.export(folder, ExportOptions.NONE);

      assertThat(result.polls()).isEqualTo(4);
      assertThat(lake.files()).hasSize(lake.manifest().files().size() + 1);
    }
  }

  @Test
  void leavesTheLakeAsItWasWhereverAnExportFails() throws IOException {
    ExportResult _ = lake.export(folder, ExportOptions.NONE);
    copyLakeTo("old");
    Map<String, String> old = lake.files();
    change();
    List<String> steps = new ArrayList<>();
    ExportResult _ = lake.export(folder, ExportOptions.NONE, steps::add);
    Map<String, String> now = lake.files();
    for (int step = 0; step < steps.size(); step++) {
      takeLakeFrom("old");
      int at = step;
      assertThatThrownBy(() -> lake.export(folder, ExportOptions.NONE, failingAt(at)))
          .hasMessage("no more");

      if (steps.get(step).startsWith("delete ")) {
        assertThat(lake.files().keySet()).isEqualTo(now.keySet());
      } else {
        assertThat(lake.files()).as("failed at: " + steps.get(step)).isEqualTo(old);
      }
    }
  }

  private void assertRefused(String sentence) throws IOException {
    try (TestFolder back = new TestFolder(path.resolve("refused"))) {
      assertThatThrownBy(() -> lake.importInto(back))
          .isInstanceOf(BadLake.class)
          .hasMessageContaining(sentence);
      assertThat(back.stores().registry().count()).as("nothing half written").isZero();
      assertThat(back.imports().newest(10, null)).isEmpty();
    }
  }

  @Test
  void isRefusedWhenAnyFileIsMissingCutOrChanged() throws IOException {
    ExportResult _ = lake.export(folder, ExportOptions.NONE);
    for (LakeFile file : lake.manifest().files()) {
      Path at = lake.path().resolve(file.path());
      byte[] bytes = Files.readAllBytes(at);

      Files.delete(at);
      assertRefused(file.path() + " is missing, which the manifest names: copy the whole folder");

      Files.write(at, Arrays.copyOf(bytes, bytes.length - 1));
      assertRefused(file.path() + " is damaged: it has ");

      byte[] changed = bytes.clone();
      changed[changed.length / 2] ^= 1;
      Files.write(at, changed);
      assertRefused(file.path() + " is damaged: it has another checksum than the manifest says");

      Files.write(at, bytes);
    }
    assertThat(imported("back")).isEqualTo(LakeFacts.of(folder));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "storewatch-lake; lake-of-others; is no manifest of a lake of Storewatch",
        "\"version\" : 1; \"version\" : 2; has version 2 of the format, and this program knows",
        "\"polls\" : 4; \"polls\" : 5; it has 5 polls, and 4 by date",
        "polls/date=2026-03-01/; polls/../../; is no file of a lake",
        "stores/stores-; stores/tags-; is no file of a lake",
        "\"2026-03-02\" :; \"yesterday\" :; is damaged (Text 'yesterday'",
        "\"stores\" : 2; \"stores\" : 3; it has 2 stores, and the manifest says 3",
        "\"revision\" : ; \"revision_\" : ; is damaged",
      })
  void isRefusedWithAManifestThatCannotBe(String is, String becomes, String sentence)
      throws IOException {
    ExportResult _ = lake.export(folder, ExportOptions.NONE);
    changeManifest(is, becomes);

    assertRefused(sentence);
  }

  @Test
  void isToBeMendedAsWhoeverWritesItCan() throws IOException {
    ExportResult _ = lake.export(folder, ExportOptions.NONE);
    Path stores = lake.path().resolve(lake.manifest().files(LakeTable.STORES).getFirst().path());
    byte[] bytes = Files.readAllBytes(stores);

    Files.delete(stores);
    assertRefused("copy the whole folder, or export it again with --anew");
    changeManifest("\"files\" :", "\"stream\" : {\"batch\" : 7}, \"files\" :");
    String words =
        "put back the folder and the checkpoint of its stream as both were at one time, or begin a"
            + " new lake with a new checkpoint";
    assertRefused("copy the whole folder, or " + words);

    Files.write(stores, Arrays.copyOf(bytes, bytes.length - 1));
    assertRefused("copy it again, or " + words);
    Files.write(stores, bytes);
    changeManifest("\"stores\" : 2", "\"stores\" : 3");
    assertRefused("the manifest says 3: " + words);
  }

  private void changeManifest(String is, String becomes) throws IOException {
    Path file = lake.path().resolve(Manifest.NAME);
    String json = Files.readString(file);
    assertThat(json).contains(is);
    Files.writeString(file, json.replace(is, becomes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "not json", "{\"format\": \"storewatch-lake\"}"})
  void isRefusedWithAManifestThatIsNone(String text) throws IOException {
    ExportResult _ = lake.export(folder, ExportOptions.NONE);
    Files.writeString(lake.path().resolve(Manifest.NAME), text);

    assertRefused("manifest.json");
  }

  /** Writes a file again by a query of it, and has the manifest say so. */
  private void rewrite(LakeTable table, String query) throws IOException, SQLException {
    LakeFile file = lake.manifest().files(table).getFirst();
    Path at = lake.path().resolve(file.path());
    Path other = path.resolve("other.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      boolean _ =
          statement.execute(
              "COPY (%s) TO '%s' (FORMAT parquet)"
                  .formatted(query.replace("FILE", "read_parquet('" + at + "')"), other));
    }
    byte[] bytes = Files.readAllBytes(other);
    Files.write(at, bytes);
    changeManifest(file.sha256(), LakeFolder.sha256(at));
    changeManifest("\"bytes\" : " + file.bytes(), "\"bytes\" : " + bytes.length);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "POLLS; SELECT store_id, \"at\", sequence FROM FILE; has no column active, only store_id",
        "POLLS; SELECT * REPLACE (CAST(\"at\" AS VARCHAR) AS \"at\") FROM FILE;"
            + " has the column at of the type VARCHAR, and it should be TIMESTAMP",
        "POLLS; SELECT * REPLACE (CAST(NULL AS BOOLEAN) AS active) FROM FILE;"
            + " 2 rows of polls of 2026-03-01 lack a value",
        "POLLS; SELECT * REPLACE (\"at\" + INTERVAL 1 DAY AS \"at\") FROM FILE;"
            + " and 2 are of another date",
        "POLLS; SELECT * FROM FILE LIMIT 1; has 1 rows, and the manifest says 2",
        "STORES; SELECT * REPLACE ('a' AS store_id) FROM FILE; names the store 'a' again",
        "STORES; SELECT * REPLACE (store_id || chr(7) AS store_id) FROM FILE; has the store_id 'a",
        "TAGS; SELECT * REPLACE ('zz' AS store_id) FROM FILE;"
            + " names the store 'zz', which is not among the stores",
        "TAGS; SELECT * REPLACE ('a b' AS name) FROM FILE; has a tag that is none",
        "HOURS; SELECT * REPLACE (7 AS day_of_week) FROM FILE; has the day_of_week 7: use 0",
        "HOURS; SELECT * REPLACE (86400 AS opens_second) FROM FILE; opens at 86400",
        "HOURS; SELECT * REPLACE (CAST(NULL AS INTEGER) AS opens_second) FROM FILE; opens at null",
        "HOURS; SELECT * REPLACE (CAST(NULL AS VARCHAR) AS store_id) FROM FILE; has no store_id",
        "SPECIAL_DAYS; SELECT * REPLACE ('2026-02-30' AS date) FROM FILE; has the date"
            + " '2026-02-30'",
        "CLOSURES; SELECT * REPLACE ('never' AS repeats) FROM FILE; is no closure",
        "CLOSURES; SELECT * REPLACE ('2026-07-01T00:00:00' AS to_local) FROM FILE; is no closure",
      })
  void isRefusedWithColumnsOrValuesThatCannotBe(LakeTable table, String query, String sentence)
      throws Exception {
    ExportResult _ = lake.export(folder, ExportOptions.NONE);
    rewrite(table, query);

    assertRefused(sentence);
  }

  @Test
  void isRefusedWithAFileThatIsNoParquet() throws IOException {
    ExportResult _ = lake.export(folder, ExportOptions.NONE);
    LakeFile file = lake.manifest().files(LakeTable.POLLS).getFirst();
    byte[] text = "store_id,at\n".getBytes(StandardCharsets.UTF_8);
    Files.write(lake.path().resolve(file.path()), text);
    changeManifest(file.sha256(), LakeFolder.sha256(lake.path().resolve(file.path())));
    changeManifest("\"bytes\" : " + file.bytes(), "\"bytes\" : " + text.length);

    assertRefused("is no whole Parquet file");
  }

  @Test
  void refusesTheRowOfAZoneThatTheTableHasNot() throws Exception {
    ExportResult _ = lake.export(folder, ExportOptions.NONE);
    rewrite(
        LakeTable.STORES,
        "SELECT * REPLACE (replace(time_zone, 'Bogota', 'Atlantis') AS time_zone) FROM FILE");

    try (TestFolder back = new TestFolder(path.resolve("back"))) {
      List<ImportRun> runs = lake.importInto(back);

      assertThat(runs)
          .extracting(run -> run.counts().rejected())
          .containsExactly(0L, 1L, 0L, 0L, 0L, 0L);
      assertThat(back.imports().rejects(runs.get(1).id(), 0, 10))
          .singleElement()
          .satisfies(
              reject ->
                  assertThat(reject.reason())
                      .startsWith("time_zone is 'America/Atlantis', which is not in the table"));
    }
  }

  @Test
  void isRefusedWhenItIsEmpty() throws IOException {
    try (TestFolder empty = new TestFolder(path.resolve("empty"))) {
      ExportResult result = lake.export(empty, ExportOptions.NONE);

      assertThat(result.polls()).isZero();
    }

    assertRefused("is empty, it has neither stores nor polls: export data that has some");
  }
}
