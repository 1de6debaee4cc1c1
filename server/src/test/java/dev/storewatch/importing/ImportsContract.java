package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.TestFolder;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.journal.FileSet;
import dev.storewatch.poll.RowCounts;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every place that keeps imports does. */
abstract class ImportsContract {
  private static final ReadOptions OPTIONS =
      ReadOptions.of(
          Map.of(
              "days",
              "monday=1",
              "columns",
              "store_id=Shop",
              "statuses",
              "inactive=CRITICAL;WARNING",
              "time",
              "dd.MM.uuuu HH:mm",
              "time-zone",
              "Europe/Berlin"));
  private static final FileSet SET = new FileSet("set", true);
  private static final Instant STARTED = Instant.parse("2026-10-31T12:00:00.123456Z");
  private static final Instant ENDED = STARTED.plusMillis(1_500);

  /** Returns the imports of an installation that has none yet, by the clock of the tests. */
  abstract Imports imports();

  /** Goes on as another process, after the one that there was has ended. */
  abstract void restart() throws IOException;

  /** Does work in a transaction. */
  abstract void inTransaction(Runnable work);

  private static ImportRun run(String id, Instant started) {
    return new ImportRun(
        id,
        id + ".csv",
        null,
        ImportRun.State.RUNNING,
        RowCounts.NONE,
        started,
        null,
        null,
        OPTIONS,
        SET,
        List.of());
  }

  private static ImportRun queued(String id, Instant received) {
    return ImportRun.of(
        new ImportOrder(id, id + ".csv", OPTIONS, null),
        FileKind.ZONES,
        ImportRun.State.QUEUED,
        received);
  }

  private static ImportRun ended(String id, ImportRun.State state, @Nullable String error) {
    return new ImportRun(
        id,
        id + ".csv",
        FileKind.HOURS,
        state,
        new RowCounts(10, 4, 3, 2, 1),
        STARTED,
        ENDED,
        error,
        OPTIONS,
        SET,
        error == null ? List.of("a note", "another one: ü") : List.of());
  }

  @Test
  void doesNotFindAnImportThatNeverBegan() {
    assertThat(imports().find("a")).isEmpty();
    assertThat(imports().newest(10, null)).isEmpty();
    assertThat(imports().rejects("a", 0, 10)).isEmpty();
  }

  @Test
  void keepsAnImportFromItsBeginning() {
    imports().start(run("a", STARTED));

    assertThat(imports().find("a")).contains(run("a", STARTED));
  }

  @Test
  void keepsHowAnImportEnded() {
    imports().start(run("a", STARTED));
    imports().start(run("b", STARTED));
    imports().start(run("c", STARTED));

    inTransaction(() -> imports().end(ended("a", ImportRun.State.COMPLETE, null)));
    assertThat(imports().end(ended("b", ImportRun.State.FAILED, "the disk is full"))).isTrue();

    assertThat(imports().find("a")).contains(ended("a", ImportRun.State.COMPLETE, null));
    assertThat(imports().find("b"))
        .contains(ended("b", ImportRun.State.FAILED, "the disk is full"));
    assertThat(imports().find("c")).contains(run("c", STARTED));
  }

  @Test
  void doesNotEndAnImportTwice() {
    imports().start(run("a", STARTED));
    assertThat(imports().end(ended("a", ImportRun.State.COMPLETE, null))).isTrue();

    assertThat(imports().end(ended("a", ImportRun.State.FAILED, "too late"))).isFalse();

    assertThat(imports().find("a")).contains(ended("a", ImportRun.State.COMPLETE, null));
  }

  @Test
  void keepsAnImportRunningWhenTheTransactionThatEndsItFails() {
    imports().start(run("a", STARTED));

    assertThatThrownBy(
            () ->
                inTransaction(
                    () -> {
                      imports().end(ended("a", ImportRun.State.COMPLETE, null));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(imports().find("a")).contains(run("a", STARTED));
  }

  @Test
  void refusesTheIdOfAnImportThatHasEnded() {
    imports().start(run("a", STARTED));
    assertThat(imports().end(ended("a", ImportRun.State.FAILED, "no"))).isTrue();

    assertThatThrownBy(() -> imports().start(run("a", STARTED)))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> imports().queue(run("a", STARTED), 7))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void keepsWhatWaitsUntilItIsStarted() {
    imports().queue(queued("a", STARTED), 7);

    assertThat(imports().find("a")).contains(queued("a", STARTED));
    imports().start(run("a", STARTED.plusSeconds(7)));
    assertThat(imports().find("a").orElseThrow().state()).isEqualTo(ImportRun.State.RUNNING);
    assertThat(imports().find("a").orElseThrow().received()).isEqualTo(STARTED);
  }

  @Test
  void beginsAnewWithoutTheWrongRowsOfTheLastTime() {
    imports().start(run("a", STARTED));
    imports().start(run("b", STARTED));
    imports().reject("a", List.of(new Reject(2, "bad", "x")));
    imports().reject("b", List.of(new Reject(2, "bad", "x"), new Reject(3, "bad", "y")));

    imports().start(run("a", STARTED));

    assertThat(imports().rejects("a", 0, 10)).isEmpty();
    assertThat(imports().countRejects("a")).isZero();
    assertThat(imports().countRejects("b")).isEqualTo(2);
  }

  @Test
  void listsWhatHasNotEndedTheOldestFirst() {
    imports().queue(queued("young", STARTED.plusSeconds(5)), 7);
    imports().start(run("old", STARTED));
    imports().start(run("done", STARTED));
    assertThat(imports().end(ended("done", ImportRun.State.COMPLETE, null))).isTrue();

    assertThat(imports().unfinished())
        .containsExactly(run("old", STARTED), queued("young", STARTED.plusSeconds(5)));
    assertThat(imports().countQueued()).isEqualTo(1);
  }

  @Test
  void listsTheNewestFirst() {
    imports().start(run("old", STARTED.minusSeconds(5)));
    imports().start(run("new", STARTED.plusSeconds(5)));
    imports().start(run("mid b", STARTED));
    imports().start(run("mid a", STARTED));

    assertThat(imports().newest(10, null).stream().map(ImportRun::id))
        .containsExactly("new", "mid a", "mid b", "old");
    assertThat(imports().newest(1, null)).containsExactly(run("new", STARTED.plusSeconds(5)));
    assertThat(imports().newest(2, "new").stream().map(ImportRun::id))
        .containsExactly("mid a", "mid b");
    assertThat(imports().newest(2, "mid a").stream().map(ImportRun::id))
        .containsExactly("mid b", "old");
    assertThat(imports().newest(2, "old")).isEmpty();
  }

  @Test
  void givesRejectsByPagesInTheOrderOfTheFile() {
    Reject second = new Reject(2, "bad", "a,\"b\",ö😀\t\uFFFD");
    Reject third = new Reject(3, "worse", "");
    Reject ninth = new Reject(9, "bad", "x");
    imports().start(run("a", STARTED));
    imports().start(run("b", STARTED));
    imports().reject("a", List.of(second, third));
    imports().reject("b", List.of(new Reject(4, "other", "y")));
    imports().reject("a", List.of(ninth));

    assertThat(imports().rejects("a", 0, 2)).containsExactly(second, third);
    assertThat(imports().rejects("a", 3, 2)).containsExactly(ninth);
    assertThat(imports().rejects("a", 9, 2)).isEmpty();
  }

  @Test
  void takesWhatWaitsOneAfterTheOther() {
    imports().queue(queued("young", STARTED.plusSeconds(5)), 7);
    imports().queue(queued("old", STARTED), 7);
    imports().start(run("by a command", STARTED.minusSeconds(1)));

    assertThat(imports().claim().map(ImportRun::id)).hasValue("old");
    assertThat(imports().claim()).as("while another is done").isEmpty();
    assertThat(imports().end(ended("old", ImportRun.State.COMPLETE, null))).isTrue();
    assertThat(imports().claim().map(ImportRun::id)).hasValue("young");
  }

  @Test
  void keepsHowFarARunIs() {
    imports().queue(queued("a", STARTED), 700);
    imports().start(run("by a command", STARTED));

    assertThat(imports().progress("a")).contains(new Imports.Progress(700, 0, 0));
    assertThat(imports().keepProgress("a", new Imports.Progress(700, 3, 2))).isFalse();
    assertThat(imports().claim()).isPresent();
    assertThat(imports().keepProgress("a", new Imports.Progress(700, 300, 20))).isTrue();
    assertThat(imports().progress("a")).contains(new Imports.Progress(700, 300, 20));
    assertThat(imports().end(ended("a", ImportRun.State.COMPLETE, null))).isTrue();
    assertThat(imports().progress("a")).isEmpty();
    assertThat(imports().progress("by a command")).isEmpty();
  }

  @Test
  void putsBackWhatThisProcessHasTakenFromTheQueue() {
    imports().queue(queued("a", STARTED), 7);
    imports().start(run("by a command", STARTED));
    assertThat(imports().claim()).isPresent();

    imports().releaseAllBut(List.of());

    assertThat(imports().find("a")).contains(queued("a", STARTED));
    assertThat(imports().find("by a command")).contains(run("by a command", STARTED));
  }

  @Test
  void leavesARunToTheProcessThatHasTakenIt() throws IOException {
    imports().queue(queued("a", STARTED), 7);
    assertThat(imports().claim()).isPresent();

    imports().recover("a"::equals);
    assertThat(imports().claim()).isEmpty();
    restart();
    assertThat(imports().end(ended("a", ImportRun.State.COMPLETE, null))).isFalse();
    imports().reject("a", List.of(new Reject(2, "bad", "x")));
    assertThat(imports().countRejects("a")).isZero();
    assertThat(imports().keepProgress("a", new Imports.Progress(7, 3, 2))).isFalse();
  }

  @Test
  void failsTheRunsThatNobodyWorksOnAnyMore() throws IOException {
    imports().start(run("running", STARTED));
    imports().start(run("done", STARTED));
    assertThat(imports().end(ended("done", ImportRun.State.COMPLETE, null))).isTrue();
    imports().queue(queued("broken off", STARTED), 7);
    assertThat(imports().claim().map(ImportRun::id)).hasValue("broken off");
    imports().queue(queued("waiting", STARTED), 7);
    restart();

    imports().recover(Set.of("broken off", "waiting")::contains);

    assertThat(imports().find("broken off")).contains(queued("broken off", STARTED));
    assertThat(imports().find("waiting")).contains(queued("waiting", STARTED));
    ImportRun failed = imports().find("running").orElseThrow();
    assertThat(failed.state()).isEqualTo(ImportRun.State.FAILED);
    assertThat(failed.ended()).isEqualTo(TestFolder.NOW);
    assertThat(failed.error()).contains("import the file again");
    assertThat(imports().find("done")).contains(ended("done", ImportRun.State.COMPLETE, null));
  }

  @Test
  void doesWhatADeadProcessLeftBeforeWhatCameLater() throws IOException {
    imports().queue(queued("old", STARTED), 7);
    imports().queue(queued("young", STARTED.plusSeconds(5)), 7);
    assertThat(imports().claim().map(ImportRun::id)).hasValue("old");
    restart();

    assertThat(imports().claim()).as("whose data would be older than that of young").isEmpty();
    imports().recover(Set.of("old", "young")::contains);
    assertThat(imports().claim().map(ImportRun::id)).hasValue("old");
  }

  @Test
  void takesNothingBackFromAnotherProcess() throws IOException {
    imports().queue(queued("a", STARTED), 7);
    assertThat(imports().claim()).isPresent();
    restart();

    assertThatThrownBy(() -> imports().start(run("a", STARTED)))
        .isInstanceOf(Importer.TakenOver.class);
  }
}
