package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.file.BadFileException;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.journal.FileSet;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.Registry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of hours that hold from a date on. */
@AnyDatabase
final class DatedHoursFilesTest {
  private static final String HEADER = "store_id,day,start_time_local,end_time_local,valid_from\n";
  private static final LocalDate JUNE = LocalDate.of(2026, 6, 1);
  private static final LocalDate JULY = LocalDate.of(2026, 7, 1);

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

  private ImportRun hours(String... rows) throws IOException {
    return folder.importText(HEADER + String.join("\n", rows) + "\n");
  }

  private ImportRun hours(String set, boolean more, String... rows) throws IOException {
    return folder.importText(
        HEADER + String.join("\n", rows) + "\n", ReadOptions.NONE, new FileSet(set, more));
  }

  private Registry registry() {
    return folder.stores().registry();
  }

  private int key(String id) {
    return registry().key(id).orElseThrow();
  }

  /**
   * Returns all hours of a store, such as {@code MONDAY 9-17} and {@code 2026-06-01 MONDAY 8-9}.
   */
  private List<String> hoursOf(String id) {
    List<String> all = new ArrayList<>();
    registry().intervals(key(id)).forEach(interval -> all.add(text(interval)));
    registry()
        .datedHours(key(id))
        .forEach(
            (date, week) -> {
              week.forEach(interval -> all.add(date + " " + text(interval)));
              if (week.isEmpty()) {
                all.add(date + " closed");
              }
            });
    return all;
  }

  private static String text(OpeningInterval interval) {
    return "%s %d-%d".formatted(interval.day(), interval.opens() / 3600, interval.closes() / 3600);
  }

  private boolean isFlagged(String id) {
    return registry().hoursFlagged(key(id)).isPresent();
  }

  private static RowCounts counts(long added, long repeated, long replaced, long rejected) {
    return new RowCounts(
        added + repeated + replaced + rejected, added, repeated, replaced, rejected);
  }

  private List<Reject> rejects(ImportRun run) {
    return folder.imports().rejects(run.id(), 0, 100);
  }

  private void undo(ImportRun run) {
    folder.parts().undo().undo(run.id());
  }

  @Test
  void setTheHoursOfTheirDatesAlone() throws IOException {
    ImportRun _ = hours("42,0,9:00,17:00,", "42,1,9:00,17:00,");

    ImportRun june =
        hours("42,0,8am,8 PM,2026-06-01", "42,Mon,22:00,26:00, 2026-06-01 ", "42,2,,,2026-06-01");
    assertThat(june.counts()).isEqualTo(counts(3, 0, 0, 0));
    assertThat(june.notes()).isEmpty();
    assertThat(hoursOf("42"))
        .containsExactly(
            "MONDAY 9-17", "TUESDAY 9-17", "2026-06-01 MONDAY 8-20", "2026-06-01 MONDAY 22-2");

    assertThat(hours("42,0,8:00,20:00,2026-06-01", "42,0,22:00,2:00,2026-06-01").counts())
        .isEqualTo(counts(0, 2, 0, 0));
    ImportRun july = hours("42,0,Closed,Closed,2026-07-01");
    assertThat(july.counts()).isEqualTo(counts(1, 0, 0, 0));
    assertThat(registry().datedHours(key("42"))).containsOnlyKeys(JUNE, JULY);
    ImportRun other = hours("42,0,8:00,20:00,2026-06-01");
    assertThat(hoursOf("42"))
        .containsExactly(
            "MONDAY 9-17", "TUESDAY 9-17", "2026-06-01 MONDAY 8-20", "2026-07-01 closed");
    assertThat(other.counts()).isEqualTo(counts(0, 1, 0, 0));
  }

  @Test
  void areTakenBackByTheirUndo() throws IOException {
    ImportRun first = hours("42,0,9:00,17:00,", "42,0,8:00,20:00,2026-06-01");
    ImportRun second = hours("42,0,10:00,12:00,2026-06-01", "42,0,10:00,13:00,2026-07-01");
    assertThat(second.counts()).isEqualTo(counts(1, 0, 1, 0));
    assertThat(second.notes())
        .singleElement()
        .asString()
        .startsWith("1 interval of 1 store (42) went");

    undo(second);
    assertThat(hoursOf("42")).containsExactly("MONDAY 9-17", "2026-06-01 MONDAY 8-20");
    undo(first);
    assertThat(registry().key("42")).isEmpty();
  }

  @Test
  void goWithAllOthersWhenHoursWithoutADateCome() throws IOException {
    ImportRun _ = hours("42,0,9:00,17:00,", "42,0,8:00,20:00,2026-06-01", "42,0,1,2,2026-07-01");

    ImportRun all = hours("42,0,9:00,17:00,", "42,0,7:00,8:00,2026-07-01");
    assertThat(all.counts()).isEqualTo(counts(0, 1, 1, 0));
    assertThat(hoursOf("42")).containsExactly("MONDAY 9-17", "2026-07-01 MONDAY 7-8");
    assertThat(all.notes())
        .anyMatch(note -> note.startsWith("1 store (42) had hours that hold from a date on"))
        .anyMatch(note -> note.startsWith("2 intervals of 1 store (42) went"));

    undo(all);
    assertThat(hoursOf("42"))
        .containsExactly("MONDAY 9-17", "2026-06-01 MONDAY 8-20", "2026-07-01 MONDAY 1-2");
  }

  @Test
  void keepAStoreAsItWasWhenAnyOfItsRowsIsRefused() throws IOException {
    ImportRun _ = hours("42,0,9:00,17:00,", "42,0,8:00,20:00,2026-06-01");

    ImportRun run =
        hours(
            "42,0,7:00,8:00,2026-02-30",
            "42,1,7:00,8:00,2026-06-01",
            "43,1,7:00,8:00,2026-06-01",
            "44,1,7:00,8:00,2026-06-01",
            "44,2,7:00,noon,2026-06-01",
            "45,1,7:00,8:00,June 1",
            "46,9,7:00,8:00,2026-06-01");
    assertThat(rejects(run)).extracting(Reject::line).containsExactly(2L, 6L, 7L, 8L);
    assertThat(rejects(run).getFirst().reason())
        .isEqualTo(
            "valid_from is '2026-02-30', which is not a date of the years 1900 to 9998: use for"
                + " example 2026-11-27");
    assertThat(run.counts()).isEqualTo(counts(2, 0, 0, 5));
    assertThat(hoursOf("42")).containsExactly("MONDAY 9-17", "2026-06-01 MONDAY 8-20");
    assertThat(hoursOf("43")).containsExactly("2026-06-01 TUESDAY 7-8");
    assertThat(hoursOf("44")).containsExactly("2026-06-01 TUESDAY 7-8");
    assertThat(hoursOf("45")).isEmpty();
    assertThat(hoursOf("46")).containsExactly("2026-06-01 closed");
    assertThat(registry().hasHours(key("45"))).isTrue();
    assertThat(List.of("42", "43", "44", "45", "46"))
        .filteredOn(this::isFlagged)
        .containsExactly("44", "45", "46");
    assertThat(run.notes())
        .anyMatch(note -> note.startsWith("1 store (42) kept the hours they had"))
        .anyMatch(note -> note.startsWith("3 stores (44, 45, 46) had no hours"));

    ImportRun mended = hours("44,2,7:00,12:00,2026-06-01", "45,1,7:00,8:00,2026-06-01");
    assertThat(hoursOf("44")).containsExactly("2026-06-01 WEDNESDAY 7-12");
    assertThat(List.of("44", "45")).filteredOn(this::isFlagged).containsExactly("45");
    undo(mended);
    assertThat(isFlagged("44")).isTrue();
    assertThat(hoursOf("44")).containsExactly("2026-06-01 TUESDAY 7-8");
    undo(run);
    assertThat(hoursOf("42")).containsExactly("MONDAY 9-17", "2026-06-01 MONDAY 8-20");
    assertThat(registry().count()).isEqualTo(1);
  }

  @Test
  void refuseToBeTakenBackWhenSomebodyChangedTheirDateSince() throws IOException {
    ImportRun run = hours("42,0,9:00,17:00,2026-06-01");
    folder.inTransaction(
        () -> folder.stores().setDatedHours(key("42"), JUNE, List.of(), 5, "key:a"));

    assertThatExceptionOfType(ImportUndo.Impossible.class)
        .isThrownBy(() -> undo(run))
        .withMessageContaining("the hours of 1 store (42) were changed since");
  }

  @Test
  void addUpInASet() throws IOException {
    ImportRun _ = hours("42,0,1:00,2:00,", "42,0,3:00,4:00,2026-06-01", "42,0,5,6,2026-07-01");

    ImportRun first = hours("s", true, "42,0,3:00,4:00,2026-06-01");
    ImportRun second = hours("s", true, "42,1,3:00,4:00,2026-06-01", "42,2,5,6,2026-07-01");
    ImportRun third = hours("s", false, "42,0,7:00,8:00,2026-07-01");
    assertThat(hoursOf("42"))
        .containsExactly(
            "MONDAY 1-2",
            "2026-06-01 MONDAY 3-4",
            "2026-06-01 TUESDAY 3-4",
            "2026-07-01 MONDAY 7-8",
            "2026-07-01 WEDNESDAY 5-6");
    assertThat(first.counts()).isEqualTo(counts(0, 1, 0, 0));
    assertThat(third.notes())
        .singleElement()
        .asString()
        .startsWith("1 interval of 1 store (42) went");

    undo(third);
    undo(second);
    undo(first);
    assertThat(hoursOf("42"))
        .containsExactly("MONDAY 1-2", "2026-06-01 MONDAY 3-4", "2026-07-01 MONDAY 5-6");
  }

  @Test
  void keepTheDatesOfEarlierFilesOfTheSet() throws IOException {
    ImportRun _ = hours("42,0,1:00,2:00,", "42,0,3:00,4:00,2026-06-01");

    ImportRun _ = hours("s", true, "42,0,5:00,6:00,2026-07-01");
    ImportRun _ = hours("s", true, "42,0,7:00,8:00,");
    assertThat(hoursOf("42")).containsExactly("MONDAY 7-8", "2026-07-01 MONDAY 5-6");
    ImportRun last = hours("s", false, "42,1,7:00,8:00,", "42,1,5:00,6:00,2026-07-01");
    assertThat(hoursOf("42"))
        .containsExactly(
            "MONDAY 7-8", "TUESDAY 7-8", "2026-07-01 MONDAY 5-6", "2026-07-01 TUESDAY 5-6");
    assertThat(last.notes())
        .anyMatch(note -> note.startsWith("1 store (42) had hours that hold from a date on"))
        .anyMatch(note -> note.startsWith("2 intervals of 1 store (42) went"));

    ImportRun _ = hours("t", true, "42,1,9:00,10:00,2026-07-01", "42,1,9:00,10:00,");
    ImportRun _ = hours("t", false, "42,1,9:00,late,2026-07-01");
    assertThat(hoursOf("42"))
        .containsExactly(
            "MONDAY 7-8", "TUESDAY 7-8", "2026-07-01 MONDAY 5-6", "2026-07-01 TUESDAY 5-6");
  }

  @Test
  void nameTheirColumnAsTheyLike() throws IOException {
    ReadOptions since = ReadOptions.of(Map.of("columns", "valid_from=Since"));
    String rows = "42,0,9:00,17:00,2026-06-01\n";
    ImportRun _ = folder.importText("store,weekday,open,close,Effective From\n" + rows);
    assertThat(hoursOf("42")).containsExactly("2026-06-01 MONDAY 9-17");
    ImportRun _ =
        folder.importText("id,day,opens,closes,since\n" + rows.replace("06", "07"), since, null);
    assertThat(registry().datedHours(key("42"))).containsOnlyKeys(JUNE, JULY);

    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> folder.importText("id,day,opens,closes,From\n" + rows, since, null))
        .withMessageContaining("has no column Since, which --columns names as valid_from");
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(
            () ->
                folder.importText(
                    "id,day,opens,closes,valid_from,Valid From\n42,0,9,17,2026-06-01,\n"))
        .withMessageContaining("has a column twice");
  }
}
