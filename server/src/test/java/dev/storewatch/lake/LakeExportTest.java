package dev.storewatch.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an export writes, and what a further one adds, replaces and drops. */
@AnyDatabase
final class LakeExportTest {
  private static final LocalDate FIRST = LocalDate.parse("2026-03-01");

  /** Who joins all rows sees a poll that got another status twice, and takes the greater. */
  private static final String HELD =
      """
      SELECT store_id, epoch_us("at") // 1000000, active FROM
        read_parquet('DIR/polls/*/*.parquet', hive_types = {'date': VARCHAR})
      QUALIFY row_number() OVER (PARTITION BY store_id, "at" ORDER BY sequence DESC) = 1
      ORDER BY store_id, "at"\
      """;

  @TempDir private Path path;
  private TestFolder folder;
  private Lake lake;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path.resolve("data"));
    lake = new Lake(path.resolve("lake"));
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private void importPolls(String... rows) throws IOException {
    ImportRun run =
        folder.importText("store_id,status,timestamp_utc\n" + String.join("\n", rows) + "\n");
    assertThat(run.counts().rejected()).isZero();
  }

  private ExportResult export() {
    return lake.export(folder, ExportOptions.NONE);
  }

  private List<String> pollFiles() {
    return lake.manifest().files(LakeTable.POLLS).stream().map(LakeFile::path).toList();
  }

  private static String file(String date, int export) {
    return "polls/date=%s/polls-%06d.parquet".formatted(date, export);
  }

  @Test
  void putsEachPollUnderItsDateInUtc() throws IOException {
    importPolls(
        "0081,active,2026-03-01 23:59:59.999999 UTC",
        "81,inactive,2026-03-02 00:00:00 UTC",
        "81,active,2026-03-01 21:00:00 -05:00");

    ExportResult result = export();

    assertThat(pollFiles()).containsExactly(file("2026-03-01", 1), file("2026-03-02", 1));
    assertThat(result.polls()).isEqualTo(3);
    assertThat(
            lake.query(
                """
                SELECT store_id, epoch_us("at"), active, date
                FROM read_parquet('DIR/polls/*/*.parquet', hive_types = {'date': VARCHAR})
                ORDER BY "at"\
                """))
        .containsExactly(
            "0081|1772409599999999|true|2026-03-01",
            "81|1772409600000000|false|2026-03-02",
            "81|1772416800000000|true|2026-03-02");
  }

  @Test
  void hasNoColumnThatReadersTakeForSomethingElse() throws IOException {
    importPolls("a,active,2026-03-01 10:00:00 UTC");
    ExportResult _ = export();

    for (LakeTable table : LakeTable.values()) {
      String pattern = table == LakeTable.POLLS ? "polls/*/*.parquet" : table.word() + "/*.parquet";
      assertThat(
              lake.query(
                  """
                  SELECT name, type, coalesce(logical_type, ''), converted_type
                  FROM parquet_schema('DIR/%s') WHERE type IS NOT NULL AND num_children IS NULL\
                  """
                      .formatted(pattern)))
          .as(table.word())
          .hasSize(table.columns().size())
          .allSatisfy(
              column ->
                  assertThat(column)
                      .matches(
                          "\\w+\\|(BYTE_ARRAY\\|.*\\|UTF8"
                              + "|INT64\\|Timestamp.*isAdjustedToUTC=1.*MICROS.*\\|TIMESTAMP_MICROS"
                              + "|BOOLEAN\\|\\|null|INT64\\|\\|INT_64|INT32\\|\\|INT_32)"));
    }
  }

  @Test
  void addsAFileWithWhatIsNewToItsDateAndLeavesTheOthers() throws IOException {
    importPolls("a,active,2026-03-01 10:00:00 UTC", "b,active,2026-03-02 10:00:00 UTC");
    ExportResult _ = export();
    Map<String, String> before = lake.files();
    importPolls("a,inactive,2026-03-02 11:00:00 UTC", "a,active,2026-03-03 09:00:00 UTC");

    ExportResult result = export();

    assertThat(result.polled()).isEqualTo(2);
    assertThat(pollFiles())
        .containsExactly(
            file("2026-03-01", 1),
            file("2026-03-02", 1),
            file("2026-03-02", 2),
            file("2026-03-03", 2));
    before.remove(Manifest.NAME);
    before.keySet().removeIf(name -> name.startsWith("stores/"));
    assertThat(lake.files()).containsAllEntriesOf(before);
    assertThat(lake.manifest().dates())
        .containsExactly(
            Map.entry(FIRST, 1L),
            Map.entry(FIRST.plusDays(1), 2L),
            Map.entry(FIRST.plusDays(2), 1L));
  }

  @Test
  void writesNothingWhenNothingIsNew() throws IOException {
    importPolls("a,active,2026-03-01 10:00:00 UTC");
    ExportResult _ = export();
    Map<String, String> before = lake.files();

    ExportResult result = export();

    assertThat(result.made()).isZero();
    assertThat(result.removed()).isZero();
    before.remove(Manifest.NAME);
    assertThat(lake.files()).containsAllEntriesOf(before).hasSize(before.size() + 1);
  }

  @Test
  void putsLatePollsIntoAFurtherFileOfTheirOwnDate() throws IOException {
    importPolls("a,active,2026-03-01 10:00:00 UTC", "a,active,2026-03-09 10:00:00 UTC");
    ExportResult _ = export();
    importPolls("b,inactive,2026-03-01 09:00:00 UTC", "b,inactive,2026-02-27 09:00:00 UTC");

    ExportResult _ = export();

    assertThat(pollFiles())
        .containsExactly(
            file("2026-02-27", 2),
            file("2026-03-01", 1),
            file("2026-03-01", 2),
            file("2026-03-09", 1));
  }

  @Test
  void saysByTheSequenceWhichStatusWasReadLast() throws IOException {
    importPolls("a,active,2026-03-01 10:00:00 UTC", "b,active,2026-03-01 10:00:00 UTC");
    ExportResult _ = export();
    importPolls("a,inactive,2026-03-01 10:00:00 UTC");

    ExportResult result = export();

    assertThat(result.polls()).isEqualTo(2);
    assertThat(pollFiles()).containsExactly(file("2026-03-01", 1), file("2026-03-01", 2));
    assertThat(lake.query(HELD)).containsExactly("a|1772359200|false", "b|1772359200|true");

    importPolls("a,active,2026-03-01 10:00:00 UTC");
    ExportResult _ = export();

    assertThat(lake.query(HELD)).containsExactly("a|1772359200|true", "b|1772359200|true");
    try (TestFolder back = new TestFolder(path.resolve("back"))) {
      var _ = lake.importInto(back);
      assertThat(back.allPolls()).isEqualTo(folder.allPolls());
    }
  }

  @Test
  void writesADateWholeOfWhichPollsWereDeletedAndDropsOneWithoutAny() throws IOException {
    importPolls(
        "a,active,2026-03-01 10:00:00 UTC",
        "a,active,2026-03-01 11:00:00 UTC",
        "b,active,2026-03-02 10:00:00 UTC");
    ExportResult _ = export();
    long eleven = Micros.of(Instant.parse("2026-03-01T11:00:00Z"));
    long next = Micros.of(Instant.parse("2026-03-03T00:00:00Z"));
    long _ =
        folder
            .parts()
            .intake()
            .write(in -> in.delete(Scope.EVERYTHING, "a", new Span(eleven, eleven + 1)));
    long _ =
        folder.parts().intake().write(in -> in.delete(Scope.EVERYTHING, "b", new Span(0, next)));

    ExportResult result = export();

    assertThat(result.polls()).isEqualTo(1);
    assertThat(pollFiles()).containsExactly(file("2026-03-01", 2));
    assertThat(lake.query(HELD)).containsExactly("a|1772359200|true");
    assertThat(path.resolve("lake/polls/date=2026-03-02")).doesNotExist();
  }

  @Test
  void writesADateWholeIfAPollWasDeletedAndAnotherCame() throws IOException {
    importPolls("a,active,2026-03-01 10:00:00 UTC");
    ExportResult _ = export();
    long _ =
        folder
            .parts()
            .intake()
            .write(in -> in.delete(Scope.EVERYTHING, "a", PollSource.time(FIRST)));
    importPolls("b,active,2026-03-01 12:00:00 UTC");

    ExportResult _ = export();

    assertThat(pollFiles()).containsExactly(file("2026-03-01", 2));
    assertThat(lake.query(HELD)).containsExactly("b|1772366400|true");
  }

  @Test
  void makesOneSortedFileOfTheFilesOfADate() throws IOException {
    importPolls("b,active,2026-03-01 10:00:00 UTC", "b,active,2026-03-02 10:00:00 UTC");
    ExportResult _ = export();
    importPolls("b,inactive,2026-03-01 10:00:00 UTC", "a,active,2026-03-01 12:00:00 UTC");
    ExportResult _ = export();
    importPolls("a,active,2026-03-01 09:00:00 UTC");

    ExportResult result = lake.export(folder, new ExportOptions(true, null, false));

    assertThat(result.polls()).isEqualTo(4);
    assertThat(pollFiles()).containsExactly(file("2026-03-01", 3), file("2026-03-02", 1));
    assertThat(
            lake.query(
                """
                SELECT store_id, epoch_us("at") // 1000000, active
                FROM read_parquet('DIR/polls/date=2026-03-01/*.parquet')\
                """))
        .containsExactly("a|1772355600|true", "a|1772366400|true", "b|1772359200|false");
  }

  @Test
  void keepsTheNewestDatesAloneAndAddsNothingToOlderOnes() throws IOException {
    importPolls(
        "a,active,2026-03-01 10:00:00 UTC",
        "a,active,2026-03-02 10:00:00 UTC",
        "a,active,2026-03-03 10:00:00 UTC");
    ExportResult _ = export();

    ExportResult result = lake.export(folder, new ExportOptions(false, 2, false));
    importPolls("b,active,2026-03-01 12:00:00 UTC", "b,active,2026-03-04 12:00:00 UTC");
    ExportResult _ = export();

    assertThat(result.polls()).isEqualTo(2);
    assertThat(pollFiles())
        .containsExactly(file("2026-03-02", 1), file("2026-03-03", 1), file("2026-03-04", 3));
    try (TestFolder back = new TestFolder(path.resolve("back"))) {
      var _ = lake.importInto(back);
      assertThat(
              back.stores().registry().firstPoll(back.stores().registry().key("a").orElseThrow()))
          .as("a store is known since its first poll, whatever the lake keeps")
          .hasValue(Micros.of(Instant.parse("2026-03-01T10:00:00Z")));
    }

    ExportResult all = lake.export(folder, new ExportOptions(false, null, true));

    assertThat(all.polls()).isEqualTo(5);
  }

  @Test
  void keepsPollsThatTheDatabaseHasNoMore() throws IOException {
    importPolls(
        "a,active,2026-03-01 10:00:00 UTC",
        "a,active,2026-03-02 10:00:00 UTC",
        "a,active,2026-03-02 20:00:00 UTC");
    ExportResult _ = export();
    long noon = Micros.of(Instant.parse("2026-03-02T12:00:00Z"));
    folder.inTransaction(
        () -> {
          assertThat(folder.polls().deleteBefore(noon)).isTrue();
          new Revisions(folder.database())
              .note(new Change(Kind.OLD_POLLS, null, new Span(Change.ALWAYS.start(), noon), 1));
        });
    importPolls("b,active,2026-03-02 21:00:00 UTC");

    for (boolean anew : new boolean[] {false, true}) {
      ExportResult result = lake.export(folder, new ExportOptions(true, null, anew));

      assertThat(result.polls()).isEqualTo(4);
      assertThat(lake.query(HELD))
          .containsExactly(
              "a|1772359200|true", "a|1772445600|true", "a|1772481600|true", "b|1772485200|true");
    }
  }

  @Test
  void refusesTheLakeOfAnotherInstallation() throws IOException {
    importPolls("a,active,2026-03-01 10:00:00 UTC");
    ExportResult _ = export();
    Map<String, String> before = lake.files();
    try (TestFolder other = new TestFolder(path.resolve("other"))) {
      ImportRun _ =
          other.importText("store_id,status,timestamp_utc\nz,active,2026-03-01 10:00:00 UTC\n");
      other.database().jdbc().sql("UPDATE revision SET made_at = made_at + 7").update();

      assertThatThrownBy(() -> lake.export(other, ExportOptions.NONE))
          .isInstanceOf(BadLake.class)
          .hasMessageContaining("is the lake of another installation: name another folder");
    }
    assertThat(lake.files()).isEqualTo(before);
  }

  /** What the lake knows of later than the data is not in the data, so all is written again. */
  @Test
  void writesEverythingAgainAfterAnOlderCopyOfTheDataWasPutBack() throws IOException {
    importPolls("a,active,2026-03-01 10:00:00 UTC");
    int older = folder.parts().revisions().latest();
    importPolls("a,inactive,2026-03-01 11:00:00 UTC", "a,active,2026-03-05 11:00:00 UTC");
    ExportResult _ = export();
    folder.database().jdbc().sql("DELETE FROM revision WHERE number > ?").param(older).update();
    folder.inTransaction(
        () ->
            folder
                .database()
                .jdbc()
                .sql("DELETE FROM poll WHERE revision > ?")
                .param(older)
                .update());

    ExportResult result = export();

    assertThat(result.polls()).isEqualTo(1);
    assertThat(lake.query(HELD)).containsExactly("a|1772359200|true");
  }

  @Test
  void refusesAFolderOfOthers() throws IOException {
    importPolls("a,active,2026-03-01 10:00:00 UTC");
    Files.createDirectories(lake.path());
    Files.writeString(lake.path().resolve("notes.txt"), "mine");

    assertThatThrownBy(this::export)
        .isInstanceOf(BadLake.class)
        .hasMessageContaining("holds notes.txt and no manifest.json: name an empty folder");
    assertThat(lake.files()).containsOnlyKeys("notes.txt");
  }

  @Test
  void refusesAFolderToWhichAnotherExportWrites() throws IOException {
    importPolls("a,active,2026-03-01 10:00:00 UTC");
    ExportResult _ = export();

    assertThatThrownBy(
            () ->
                lake.export(
                    folder,
                    ExportOptions.NONE,
                    step -> {
                      ExportResult _ = export();
                    }))
        .isInstanceOf(BadLake.class)
        .hasMessageContaining("another process exports to");
  }

  @Test
  void writesAllTheKindsOfWhatIsKnownOfStores() throws IOException {
    ImportRun _ =
        folder.importText(
            """
            store_id,name,tags
            0081,Main Street,region:west;big
            81,,
            1.10,Bogotá,a:b:c;x:
            a b,,
            """);
    ImportRun _ =
        folder.importText(
            """
            store_id,day,start_time_local,end_time_local,valid_from
            0081,0,09:00,17:00,
            0081,1,22:00,02:00,
            0081,2,Closed,Closed,
            1.10,0,Closed,Closed,
            0081,0,00:00,24:00,2026-06-01
            """);
    ImportRun _ =
        folder.importText(
            "store_id,timezone_str\n0081,America/Bogota\n81,nowhere\n1.10,Asia/Kathmandu\n");
    ImportRun _ =
        folder.importText(
            """
            tag,date,start_time_local,end_time_local,label
            region:west,2026-12-24,09:00,14:00,Christmas Eve
            region:west,2026-12-25,Closed,Closed,
            """);
    ImportRun _ =
        folder.importText(
            "store_id,from_utc,to_utc,reason\n*,2026-08-01 22:00,2026-08-02 04:00,works\n");
    int flagged = folder.stores().registry().key("1.10").orElseThrow();
    folder.inTransaction(
        () -> {
          folder.stores().flagHours(new int[] {flagged}, 12_345);
          folder.stores().flagZones(new int[] {flagged}, 67_890);
        });

    ExportResult _ = export();

    assertThat(lake.query("SELECT store_id, name, value FROM 'DIR/tags/*.parquet'"))
        .containsExactly("0081|big|null", "0081|region|west", "1.10|a|b:c", "1.10|x|");
    assertThat(
            lake.query(
                """
                SELECT store_id, name, time_zone, hours_flagged_at IS NULL, zone_flagged_at IS NULL
                FROM 'DIR/stores/*.parquet'\
                """))
        .containsExactly(
            "0081|Main Street|America/Bogota|true|true",
            "1.10|Bogotá|Asia/Kathmandu|false|false",
            "81|null|null|true|false",
            "a b|null|null|true|true");
    assertThat(lake.query("SELECT * FROM 'DIR/hours/*.parquet'"))
        .containsExactly(
            "0081|0|32400|61200", "0081|1|79200|7200", "0081|2|null|null", "1.10|0|null|null");
    assertThat(lake.query("SELECT * FROM 'DIR/later_hours/*.parquet'"))
        .containsExactly("0081|2026-06-01|0|0|86400");
    assertThat(
            lake.query(
                """
                SELECT store_id, tag, date, opens_second, closes_second, label
                FROM 'DIR/special_days/*.parquet' ORDER BY date\
                """))
        .containsExactly(
            "null|region:west|2026-12-24|32400|50400|Christmas Eve",
            "null|region:west|2026-12-25|null|null|null");
    assertThat(
            lake.query(
                """
                SELECT store_id, tag, epoch(from_utc), epoch(to_utc), from_local, repeats, last_date,
                  reason FROM 'DIR/closures/*.parquet'\
                """))
        .containsExactly("null|null|1.7856216E9|1.7856432E9|null|once|null|works");
    try (TestFolder back = new TestFolder(path.resolve("back"))) {
      var _ = lake.importInto(back);
      assertThat(LakeFacts.of(back)).isEqualTo(LakeFacts.of(folder));
    }
  }
}
