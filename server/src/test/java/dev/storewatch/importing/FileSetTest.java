package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.hours.Zone;
import dev.storewatch.journal.FileSet;
import dev.storewatch.poll.RowCounts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of one command add up; those of different commands replace each other. */
@AnyDatabase
class FileSetTest {
  private static final String HOURS = "store_id,day,start_time_local,end_time_local\n";
  private static final String ZONES = "store_id,timezone_str\n";

  @TempDir private Path path;
  private TestFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private ImportRun hours(String set, boolean more, String... rows) throws IOException {
    return run(HOURS, set, more, rows);
  }

  private ImportRun run(String header, String set, boolean more, String... rows)
      throws IOException {
    return folder.importText(
        header + String.join("\n", rows) + "\n", ReadOptions.NONE, new FileSet(set, more));
  }

  /** Returns the hours of a store, such as {@code MONDAY 9-17}. */
  private List<String> hoursOf(String id) {
    var registry = folder.stores().registry();
    return registry.intervals(registry.key(id).orElseThrow()).stream()
        .map(
            interval ->
                "%s %d-%d"
                    .formatted(interval.day(), interval.opens() / 3600, interval.closes() / 3600))
        .toList();
  }

  private boolean isFlagged(String id) {
    var registry = folder.stores().registry();
    return registry.hoursFlagged(registry.key(id).orElseThrow()).isPresent();
  }

  @Test
  void addsTheDaysOfTheSecondFile() throws IOException {
    ImportRun _ = hours("old", false, "101,5,9:00,17:00", "102,6,8:00,12:00");

    ImportRun first = hours("new", true, "101,0,9:00,17:00", "102,0,9:00,17:00");
    ImportRun second = hours("new", false, "101,1,9:00,17:00", "101,0,9:00,17:00");

    assertThat(hoursOf("101")).containsExactly("MONDAY 9-17", "TUESDAY 9-17");
    assertThat(hoursOf("102")).containsExactly("MONDAY 9-17");
    assertThat(first.notes()).isEmpty();
    assertThat(second.counts()).isEqualTo(new RowCounts(2, 0, 1, 1, 0));
    assertThat(second.notes())
        .singleElement()
        .asString()
        .startsWith("2 intervals of 2 stores (101, 102) went");
  }

  @Test
  void repeatsWhatWasThereBeforeTheSet() throws IOException {
    ImportRun _ = hours("old", false, "101,0,9:00,17:00", "101,1,9:00,17:00");

    ImportRun first = hours("new", true, "101,0,9:00,17:00");
    ImportRun second = hours("new", false, "101,1,9:00,17:00");

    assertThat(hoursOf("101")).containsExactly("MONDAY 9-17", "TUESDAY 9-17");
    assertThat(first.counts()).isEqualTo(new RowCounts(1, 0, 1, 0, 0));
    assertThat(second.counts()).isEqualTo(new RowCounts(1, 0, 1, 0, 0));
    assertThat(second.notes()).noneMatch(note -> note.contains(" went: "));
  }

  @Test
  void replacesTheHoursOfAnotherCommand() throws IOException {
    ImportRun _ = hours("one", false, "101,0,9:00,17:00", "101,1,9:00,17:00", "101,1,18:00,20:00");

    ImportRun second = hours("two", false, "101,2,9:00,17:00");

    assertThat(hoursOf("101")).containsExactly("WEDNESDAY 9-17");
    assertThat(second.notes()).last().asString().startsWith("3 intervals of 1 store (101) went");
  }

  @Test
  void keepsWhatWasThereBeforeTheSetWhenARowOfAnyFileIsRefused() throws IOException {
    ImportRun _ = hours("old", false, "101,5,9:00,17:00", "102,5,9:00,17:00");

    ImportRun _ = hours("new", true, "101,0,9:00,17:00", "102,0,nine,17:00");
    ImportRun second = hours("new", false, "101,1,nine,17:00", "102,1,9:00,17:00");

    assertThat(hoursOf("101")).containsExactly("SATURDAY 9-17");
    assertThat(hoursOf("102")).containsExactly("SATURDAY 9-17");
    assertThat(second.counts()).isEqualTo(new RowCounts(2, 0, 0, 0, 2));
    assertThat(second.notes())
        .last()
        .asString()
        .startsWith("2 stores (101, 102) kept the hours they had");
    assertThat(isFlagged("101")).isFalse();
  }

  @Test
  void keepsANewStoreFlaggedForTheWholeSet() throws IOException {
    ImportRun _ = hours("new", true, "101,0,9:00,17:00", "101,2,nine,17:00");
    ImportRun second = hours("new", false, "101,1,9:00,17:00", "101,0,9:00,17:00");

    assertThat(hoursOf("101")).containsExactly("MONDAY 9-17", "TUESDAY 9-17");
    assertThat(isFlagged("101")).isTrue();
    assertThat(second.counts()).isEqualTo(new RowCounts(2, 1, 1, 0, 0));
  }

  @Test
  void countsWhatWentOfStoresThatTheLastFileDoesNotName() throws IOException {
    ImportRun _ = hours("old", false, "101,5,9:00,17:00");

    ImportRun _ = hours("new", true, "101,0,9:00,17:00");
    ImportRun last = hours("new", false, "102,0,9:00,17:00");

    assertThat(last.notes())
        .contains(
            "1 interval of 1 store (101) went: a file replaces all hours of the stores that it"
                + " names; files that belong together go into one command");
  }

  private static final String DAYS = "store_id,date,start_time_local,end_time_local,label\n";

  /** Returns the special days, such as {@code null 2026-12-24 9-14 Eve}, by their stores. */
  private List<String> days() {
    return folder.stores().registry().plannedDays().stream()
        .map(
            day ->
                "%s %s %s %s"
                    .formatted(
                        day.target().storeKey(),
                        day.date(),
                        day.hours().stream()
                            .map(one -> one.opens() / 3600 + "-" + one.closes() / 3600)
                            .toList(),
                        day.label()))
        .sorted()
        .toList();
  }

  @Test
  void addsTheSpecialHoursOfADateInSeveralFiles() throws IOException {
    ImportRun _ = hours("first", false, "101,0,9:00,17:00");
    ImportRun old = run(DAYS, "old", false, "101,2026-12-24,9:00,14:00,Eve", "*,2026-12-25,8,9,");

    ImportRun first = run(DAYS, "new", true, "101,2026-12-24,9:00,14:00,", "*,2026-12-25,10,11,");
    ImportRun second =
        run(DAYS, "new", true, "101,2026-12-24,16:00,18:00,", "*,2026-12-25,12,13,Xmas");
    ImportRun third = run(DAYS, "new", false, "*,2026-12-25,10,11,", "101,2026-12-26,,,");

    assertThat(days())
        .containsExactly(
            "1 2026-12-24 [9-14, 16-18] Eve",
            "1 2026-12-26 [] null",
            "null 2026-12-25 [10-11, 12-13] Xmas");
    assertThat(first.counts()).isEqualTo(new RowCounts(2, 0, 1, 1, 0));
    assertThat(second.counts()).isEqualTo(new RowCounts(2, 0, 0, 2, 0));
    assertThat(third.counts()).isEqualTo(new RowCounts(2, 1, 1, 0, 0));

    List.of(third, second, first).forEach(run -> folder.parts().undo().undo(run.id()));
    assertThat(days()).containsExactly("1 2026-12-24 [9-14] Eve", "null 2026-12-25 [8-9] null");
    folder.parts().undo().undo(old.id());
    assertThat(days()).isEmpty();
  }

  @Test
  void keepsTheDateOfBeforeTheSetWhenARowOfAnyFileIsRefused() throws IOException {
    ImportRun _ = folder.importText("store_id,tag\n101,west\n");
    String header = DAYS.replace("store_id", "tag");
    ImportRun _ = run(header, "old", false, "west,2026-12-24,9:00,14:00,Eve");

    ImportRun _ = run(header, "new", true, "west,2026-12-24,10:00,11:00,", "*,2026-12-24,noon,1,");
    ImportRun second = run(header, "new", true, "west,2026-12-24,noon,12:00,", "*,2026-12-24,1,2,");
    ImportRun third = run(header, "new", false, "west,2026-12-24,13:00,14:00,");

    assertThat(days()).containsExactly("null 2026-12-24 [9-14] Eve");
    assertThat(second.counts()).isEqualTo(new RowCounts(2, 0, 0, 0, 2));
    assertThat(second.notes()).singleElement().asString().startsWith("2 dates stay as before");
    assertThat(third.counts()).isEqualTo(new RowCounts(1, 0, 0, 0, 1));
    folder.parts().undo().undo(third.id());
    folder.parts().undo().undo(second.id());
    assertThat(days()).containsExactly("null 2026-12-24 [10-11] null");
  }

  @Test
  void addsTheClosuresOfSeveralFiles() throws IOException {
    ImportRun _ = hours("first", false, "101,0,9:00,17:00");
    String header = "store_id,from_local,to_local,reason\n";
    ImportRun _ =
        run(header, "new", true, "101,2026-07-04,2026-07-04,a", "*,2026-07-04,2026-07-04,b");
    ImportRun last =
        run(header, "new", false, "101,2026-07-04,2026-07-04,a", "*,2026-07-05,2026-07-05,b");
    assertThat(last.counts()).isEqualTo(new RowCounts(2, 1, 1, 0, 0));
    assertThat(folder.stores().registry().plannedClosures()).hasSize(3);
  }

  @Test
  void keepsTheZoneThatAStoreHadBeforeTheSet() throws IOException {
    ImportRun _ = run(ZONES, "old", false, "101,Asia/Tokyo", "102,Asia/Tokyo");

    ImportRun _ = run(ZONES, "new", true, "101,UTC", "102,Nowhere");
    ImportRun second = run(ZONES, "new", false, "101,Nowhere", "102,UTC", "103,UTC");

    var registry = folder.stores().registry();
    assertThat(registry.zone(registry.key("101").orElseThrow())).isEqualTo(Zone.of("Asia/Tokyo"));
    assertThat(registry.zone(registry.key("102").orElseThrow())).isEqualTo(Zone.of("Asia/Tokyo"));
    assertThat(registry.zone(registry.key("103").orElseThrow())).isEqualTo(Zone.of("UTC"));
    assertThat(second.counts()).isEqualTo(new RowCounts(3, 1, 0, 0, 2));
  }
}
