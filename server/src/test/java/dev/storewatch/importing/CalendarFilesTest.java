package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.file.FileKind;
import dev.storewatch.hours.Closure;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.SpecialDay;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.PlannedClosure;
import dev.storewatch.store.PlannedDay;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of special days and planned closures. */
@AnyDatabase
final class CalendarFilesTest {
  private static final LocalDate CHRISTMAS = LocalDate.of(2026, 12, 25);

  @TempDir private Path path;
  private TestFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    importText("store_id,tag\n42,west\n43,east\n");
  }

  @AfterEach
  void close() {
    folder.close();
  }

  private ImportRun importText(String text) throws IOException {
    return folder.importText(text);
  }

  private Registry registry() {
    return folder.stores().registry();
  }

  private List<Reject> rejects(ImportRun run) {
    return folder.imports().rejects(run.id(), 0, 100);
  }

  private static RowCounts counts(long added, long repeated, long replaced, long rejected) {
    return new RowCounts(
        added + repeated + replaced + rejected, added, repeated, replaced, rejected);
  }

  private SpecialDay day(String store, LocalDate date) {
    int key = registry().key(store).orElseThrow();
    return Objects.requireNonNull(
        registry().schedule(key, LateClose.AS_GIVEN).hours().on(date).special());
  }

  @Test
  void ofSpecialDaysReplaceWhatWasSaidOfTheDate() throws IOException {
    String text =
        """
        store_id,date,start_time_local,end_time_local,label
        42,2026-12-24,9:00 AM,2 PM,Christmas Eve
        42,2026-12-24,18:00,26:00,
        *,2026-12-25,Closed,Closed,Christmas
        43,2026-12-25,,,
        """;
    ImportRun run = importText(text);

    assertThat(run.kind()).isEqualTo(FileKind.SPECIAL_DAYS);
    assertThat(run.counts()).isEqualTo(counts(4, 0, 0, 0));
    assertThat(registry().plannedDays())
        .extracting(PlannedDay::enteredBy)
        .containsOnly("import:" + run.id());
    assertThat(day("42", CHRISTMAS.minusDays(1)).open().length()).isEqualTo(13 * 3_600_000_000L);
    assertThat(day("42", CHRISTMAS).label()).isEqualTo("Christmas");
    assertThat(day("43", CHRISTMAS).label()).isNull();

    assertThat(importText(text).counts()).isEqualTo(counts(0, 4, 0, 0));
    ImportRun other =
        importText(
            """
            store_id,date,start_time_local,end_time_local
            42,2026-12-24,10:00,12:00
            42,2026-12-24,10:00,12:00
            """);
    assertThat(other.counts()).isEqualTo(counts(0, 1, 1, 0));
    assertThat(registry().plannedDays()).hasSize(3);
    assertThat(day("42", CHRISTMAS.minusDays(1)).open().length()).isEqualTo(2 * 3_600_000_000L);

    assertThat(folder.parts().undo().undo(other.id()).notes())
        .last()
        .asString()
        .endsWith(": 1 entry taken out, 1 entry put back");
    assertThat(day("42", CHRISTMAS.minusDays(1)).open().length()).isEqualTo(13 * 3_600_000_000L);
    folder.parts().undo().undo(run.id());
    assertThat(registry().plannedDays()).isEmpty();
  }

  @Test
  void areNotThoseOfHoursThatHaveADateToo() throws IOException {
    ImportRun hours =
        importText(
            "store_id,day,date,start_time_local,end_time_local\n42,0,2026-12-24,09:00,10:00\n");
    assertThat(hours.kind()).isEqualTo(FileKind.HOURS);
    ImportRun days =
        importText(
            "store_id,date,start_time_local,end_time_local,tag\n42,2026-12-24,09:00,10:00,x\n");
    assertThat(days.kind()).isEqualTo(FileKind.SPECIAL_DAYS);
    assertThat(days.counts()).isEqualTo(counts(1, 0, 0, 0));
  }

  @Test
  void ofClosuresAddUp() throws IOException {
    String text =
        """
        tag,from_local,to_local,reason
        west,2026-07-04,2026-07-04,Independence Day
        *,2026-08-01 22:00,2026-08-02T04:00:00,"works, at night"
        """;
    ImportRun run = importText(text);

    assertThat(run.kind()).isEqualTo(FileKind.CLOSURES);
    assertThat(run.counts()).isEqualTo(counts(2, 0, 0, 0));
    assertThat(importText(text).counts()).isEqualTo(counts(0, 2, 0, 0));
    ImportRun instants =
        importText("store_id,from_utc,to_utc,reason\n42,2026-07-04 05:00,2026-07-05,storm\n");
    assertThat(instants.counts()).isEqualTo(counts(1, 0, 0, 0));
    assertThat(registry().plannedClosures())
        .extracting(PlannedClosure::target)
        .containsExactlyInAnyOrder(new Target(null, "west"), Target.ALL, new Target(1, null));
    assertThat(registry().plannedClosures())
        .extracting(PlannedClosure::closure)
        .filteredOn(Closure.Fixed.class::isInstance)
        .extracting(closure -> ((Closure.Fixed) closure).span().toString())
        .containsExactly("[2026-07-04T05:00:00Z, 2026-07-06T00:00:00Z)");

    folder
        .database()
        .inWriteTransaction(
            () -> {
              registry().plannedClosures().stream()
                  .filter(one -> one.closure().reason().equals("Independence Day"))
                  .forEach(one -> folder.stores().removeClosure(one.id(), 1, "key:a"));
              return true;
            });
    assertThatExceptionOfType(ImportUndo.Impossible.class)
        .isThrownBy(() -> folder.parts().undo().undo(run.id()))
        .withMessageContaining("1 of the days and closures of this import were changed or deleted");
  }

  @Test
  void ofHoursReplaceThoseThatHoldFromADateOn() throws IOException {
    LocalDate july = LocalDate.of(2026, 7, 1);
    importText("store_id,day,start_time_local,end_time_local\n42,0,09:00,10:00\n");
    folder.inTransaction(() -> folder.stores().setDatedHours(1, july, List.of(), 5, "key:a"));
    assertThat(registry().datedHours(1)).containsOnlyKeys(july);

    ImportRun run = importText("store_id,day,start_time_local,end_time_local\n42,0,09:00,11:00\n");
    assertThat(run.notes())
        .anyMatch(note -> note.startsWith("1 store (42) had hours that hold from a date on"));
    assertThat(registry().datedHours(1)).isEmpty();
    folder.parts().undo().undo(run.id());
    assertThat(registry().datedHours(1)).containsOnlyKeys(july);
    assertThat(registry().intervals(1)).extracting(hours -> hours.closes()).containsExactly(36_000);
  }

  @Test
  void ofSpecialDaysCountAnOverlapOnce() throws IOException {
    ImportRun run =
        importText(
            """
            tag,date,start_time_local,end_time_local
            west,2026-12-24,09:00,12:00
            west,2026-12-24,11:00,14:00
            west,2026-12-24,23:00,01:00
            west,2026-12-24,09:00,12:00
            """);
    assertThat(run.counts()).isEqualTo(counts(3, 1, 0, 0));
    assertThat(day("42", CHRISTMAS.minusDays(1)).open().length()).isEqualTo(7 * 3_600_000_000L);
    assertThat(day("42", CHRISTMAS.minusDays(1)).of()).isEqualTo(SpecialDay.Of.TAG);
  }

  @Test
  void refuseStoresAndTagsThatAreNotThere() throws IOException {
    ImportRun days =
        importText(
            """
            tag,date,start_time_local,end_time_local
            north,2026-12-24,09:00,12:00
            east,2026-12-24,09:00,12:00
            """);
    assertThat(days.counts()).isEqualTo(counts(1, 0, 0, 1));
    assertThat(rejects(days))
        .singleElement()
        .satisfies(
            reject -> {
              assertThat(reject.line()).isEqualTo(2);
              assertThat(reject.reason()).startsWith("no store has this tag");
            });
    ImportRun closures =
        importText(
            """
            store_id,from_local,to_local,reason
            43,2026-07-04,2026-07-04,right
            99,2026-07-04,2026-07-04,unknown
            """);
    assertThat(closures.counts()).isEqualTo(counts(1, 0, 0, 1));
    assertThat(rejects(closures))
        .singleElement()
        .satisfies(
            reject -> {
              assertThat(reject.line()).isEqualTo(3);
              assertThat(reject.reason()).startsWith("no store has this store_id");
            });
  }

  @Test
  void refuseWhatMakesNoSenseAndTakeTheRest() throws IOException {
    importText("store_id,date,start_time_local,end_time_local\n42,2026-12-24,08:00,09:00\n");
    ImportRun days =
        importText(
            """
            store_id,date,start_time_local,end_time_local
            42,2026-02-30,09:00,10:00
            42,2026-12-24,09:00,6pm or so
            42,2026-12-24,11:00,12:00
            99,2026-12-24,09:00,10:00
            42,2026-12-26,09:00,10:00
            """);

    assertThat(days.counts()).isEqualTo(counts(1, 0, 0, 4));
    assertThat(rejects(days)).extracting(Reject::line).containsExactly(2L, 3L, 5L);
    assertThat(rejects(days).get(0).reason()).contains("date is '2026-02-30', which is not a date");
    assertThat(rejects(days).get(1).reason()).startsWith("impossible end_time_local");
    assertThat(rejects(days).get(2).reason()).startsWith("no store has this store_id");
    assertThat(days.notes()).anyMatch(note -> note.startsWith("1 date stays as before"));
    assertThat(day("42", CHRISTMAS.minusDays(1)).open().length()).isEqualTo(3_600_000_000L);
    assertThat(registry().key("99")).isEmpty();

    ImportRun closures =
        importText(
            """
            tag,from_local,to_local,reason
            north,2026-07-04,2026-07-04,x
            west,2026-07-04,2026-07-03,x
            west,2026-07-04,2028-07-04,x
            west,2026-07-04,2026-07-04,
            west,soon,later,x
            west,2026-07-04,2026-07-04,right
            """);
    assertThat(closures.counts()).isEqualTo(counts(1, 0, 0, 5));
    assertThat(rejects(closures))
        .extracting(Reject::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).startsWith("no store has this tag"),
            reason -> assertThat(reason).contains("not after its start"),
            reason -> assertThat(reason).contains("lasts over 400 days"),
            reason -> assertThat(reason).contains("the reason of a closure has 1 to 500"),
            reason -> assertThat(reason).contains("from is 'soon', which is not a time"));
  }
}
