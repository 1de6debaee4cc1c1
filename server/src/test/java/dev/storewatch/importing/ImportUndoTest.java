package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollBatch;
import dev.storewatch.poll.PollWriter;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** An import is taken back whole, unless something later rests on it. */
@AnyDatabase
class ImportUndoTest {
  private static final String POLLS = "store_id,status,timestamp_utc\n";
  private static final String HOURS = "store_id,day,start_time_local,end_time_local\n";
  private static final String ZONES = "store_id,timezone_str\n";
  private static final Instant START = Instant.parse("2026-02-02T06:00:00Z");

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

  private ImportRun polls(String... rows) throws IOException {
    return folder.importText(POLLS + String.join("\n", rows) + "\n");
  }

  private ImportRun hours(String... rows) throws IOException {
    return folder.importText(HOURS + String.join("\n", rows) + "\n");
  }

  private ImportRun zones(String... rows) throws IOException {
    return folder.importText(ZONES + String.join("\n", rows) + "\n");
  }

  private static String poll(String store, String status, int hour) {
    return "%s,%s,%s".formatted(store, status, START.plus(Duration.ofHours(hour)));
  }

  private ImportRun undo(ImportRun run) {
    return folder.parts().undo().undo(run.id());
  }

  private void push(String store, int hour, boolean active) {
    try (PollWriter writer = new PollWriter(folder.parts().intake(), 1000, List.of())) {
      PollBatch batch = new PollBatch(Scope.EVERYTHING);
      batch.add(1, store, Micros.of(START.plus(Duration.ofHours(hour))), active);
      assertThat(writer.write(batch, Duration.ofSeconds(30))).isPresent();
    }
  }

  private Registry registry() {
    return folder.stores().registry();
  }

  private int key(String id) {
    return registry().key(id).orElseThrow();
  }

  private List<String> hoursOf(String id) {
    return registry().intervals(key(id)).stream().map(String::valueOf).toList();
  }

  @Test
  void takesBackWhatWasAddedAndReplaced() throws IOException {
    ImportRun first = polls(poll("a", "active", 1), poll("b", "active", 1));
    var before = folder.allPolls();
    ImportRun wrong =
        polls(
            poll("a", "inactive", 1),
            poll("a", "inactive", 0),
            poll("a", "inactive", 9),
            poll("c", "active", 2));

    ImportRun undone = undo(wrong);

    assertThat(folder.allPolls()).isEqualTo(before);
    assertThat(undone.state()).isEqualTo(ImportRun.State.UNDONE);
    assertThat(undone.counts()).isEqualTo(new RowCounts(4, 3, 0, 1, 0));
    assertThat(undone.notes().getLast())
        .isEqualTo(
            "taken back at 2026-11-01T00:00:00Z: 3 polls deleted, 1 poll set back, 1 store"
                + " deleted");
    assertThat(folder.imports().find(wrong.id())).contains(undone);
    assertThat(registry().key("c")).isEmpty();
    assertThat(registry().firstPoll(key("a"))).isEqualTo(OptionalLong.of(at(1)));
    assertThat(folder.polls().newest()).isEqualTo(OptionalLong.of(at(1)));

    undo(first);
    assertThat(registry().count()).isZero();
    assertThat(folder.polls().newest()).isEmpty();
  }

  private static long at(int hour) {
    return Micros.of(START.plus(Duration.ofHours(hour)));
  }

  @Test
  void refusesWhileALaterImportNamesItsPolls() throws IOException {
    ImportRun first = polls(poll("a", "active", 1), poll("b", "active", 1));
    ImportRun second = polls(poll("a", "active", 1), poll("c", "active", 1));

    assertThatThrownBy(() -> undo(first))
        .isInstanceOf(ImportUndo.Impossible.class)
        .hasMessage(
            "the import %s of test.csv came later, and names polls of 1 store (a) that may be of this one: take it back first"
                .formatted(second.id()));

    undo(second);
    undo(first);
    assertThat(folder.allPolls()).isEmpty();
  }

  @Test
  void takesBackAnImportBeforeOthersThatNameOtherPolls() throws IOException {
    ImportRun first = polls(poll("a", "active", 1));
    ImportRun _ = polls(poll("a", "active", 2), poll("b", "active", 1));

    undo(first);

    assertThat(folder.allPolls().get("a")).containsOnlyKeys(at(2));
    assertThat(registry().firstPoll(key("a"))).isEqualTo(OptionalLong.of(at(2)));
  }

  @Test
  void refusesWhenAPollWasPushedAgain() throws IOException {
    ImportRun run = polls(poll("a", "active", 1), poll("b", "active", 1));
    push("b", 2, true);
    push("b", 1, true);

    assertThatThrownBy(() -> undo(run))
        .isInstanceOf(ImportUndo.Impossible.class)
        .hasMessageStartingWith("polls of 1 store (b) were pushed again or deleted since");
    assertThat(folder.imports().find(run.id())).contains(run);
  }

  @Test
  void takesBackManyPollsOfAStoreAtOnce() throws IOException {
    ImportRun _ = polls(poll("a", "active", 0), poll("a", "active", 99), poll("b", "active", 30));
    var before = folder.allPolls();
    String[] rows = new String[60];
    for (int hour = 0; hour < 60; hour++) {
      rows[hour] = poll(hour % 2 == 0 ? "a" : "b", "active", hour + 5);
    }

    undo(polls(rows));

    assertThat(folder.allPolls()).isEqualTo(before);
  }

  @Test
  void refusesWhenOtherPollsCameAmongItsOwn() throws IOException {
    ImportRun run =
        polls(
            poll("a", "active", 1),
            poll("a", "active", 3),
            poll("a", "active", 5),
            poll("b", "active", 1));
    ImportRun later = polls(poll("a", "active", 4));

    assertThatThrownBy(() -> undo(run))
        .isInstanceOf(ImportUndo.Impossible.class)
        .hasMessageStartingWith("polls of 1 store (a) came or went in the same time since");
    assertThat(folder.allPolls().get("b")).hasSize(1);

    undo(later);
    undo(run);
    assertThat(folder.allPolls()).isEmpty();
  }

  @Test
  void refusesWhenPollsWereDeletedSince() throws IOException {
    ImportRun run = polls(poll("a", "active", 1), poll("b", "active", 1));
    Span hour = new Span(at(1), at(2));
    long deleted = folder.parts().intake().write(in -> in.delete(Scope.EVERYTHING, "a", hour));
    assertThat(deleted).isEqualTo(1);
    push("a", 1, true);

    assertThatThrownBy(() -> undo(run))
        .hasMessageStartingWith("polls of 1 store (a) were pushed again or deleted since");
  }

  @Test
  void givesStoresBackTheirHoursAndFlags() throws IOException {
    ImportRun _ = hours("a,0,9:00,17:00", "b,0,9:00,17:00", "b,1,nine,17:00");
    ImportRun _ = zones("a,Asia/Tokyo");
    List<String> a = hoursOf("a");
    List<String> b = hoursOf("b");
    OptionalLong flagged = registry().hoursFlagged(key("b"));
    assertThat(flagged).isPresent();

    ImportRun wrong = hours("a,3,9:00,17:00", "b,3,9:00,17:00", "c,3,9:00,17:00");
    ImportRun zones = zones("a,UTC", "d,UTC");
    undo(zones);
    ImportRun undone = undo(wrong);

    assertThat(undone.notes().getLast()).endsWith("3 stores set back, 1 store deleted");
    assertThat(hoursOf("a")).isEqualTo(a);
    assertThat(hoursOf("b")).isEqualTo(b);
    assertThat(registry().hoursFlagged(key("b"))).isEqualTo(flagged);
    assertThat(registry().zone(key("a"))).isEqualTo(Zone.of("Asia/Tokyo"));
    assertThat(registry().key("c")).isEmpty();
    assertThat(registry().key("d")).isEmpty();
  }

  @Test
  void refusesWhenHoursWereChangedSince() throws IOException {
    ImportRun run = hours("a,0,9:00,17:00", "b,0,9:00,17:00");
    folder.inTransaction(() -> folder.stores().describe(key("a"), StoreDetails.NONE));

    assertThatThrownBy(() -> undo(run))
        .isInstanceOf(ImportUndo.Impossible.class)
        .hasMessage(
            "the hours of 1 store (a) were changed since: what they are now does not come from this"
                + " import");
    assertThat(registry().hasHours(key("b"))).isTrue();
  }

  @Test
  void refusesWhileALaterImportNamesTheSameHours() throws IOException {
    ImportRun first = hours("a,0,9:00,17:00");
    ImportRun second = hours("a,0,9:00,17:00", "b,0,9:00,17:00");

    assertThatThrownBy(() -> undo(first))
        .hasMessageContaining("came later, and names the hours of 1 store (a) too");

    undo(second);
    undo(first);
    assertThat(registry().count()).isZero();
  }

  @Test
  void keepsAStoreThatSomethingElseIsKnownOf() throws IOException {
    ImportRun run = zones("a,UTC", "b,UTC");
    push("a", 1, true);
    folder.inTransaction(
        () ->
            folder
                .stores()
                .describe(
                    key("b"),
                    new StoreDetails("the name", Zone.of("UTC"), List.of(), Set.of("west"))));

    undo(run);

    assertThat(registry().key("a")).isPresent();
    assertThat(registry().zone(key("a"))).isNull();
    assertThat(registry().name(key("b"))).isEqualTo("the name");
  }

  @Test
  void saysWhyThereIsNothingToTakeBack() throws IOException {
    ImportRun run = zones("a,UTC");
    undo(run);

    assertThatThrownBy(() -> undo(run)).hasMessageContaining("was taken back already");
    assertThatThrownBy(() -> folder.parts().undo().undo("x"))
        .isInstanceOf(UnknownImport.class)
        .hasMessage("there is no import with the id x: ./storewatch imports lists the latest");
  }

  @Test
  void rejectsRowsOfStoresThatAreNotThere() throws IOException {
    ImportRun _ = polls(poll("a", "active", 1), poll("gone", "active", 1));
    int gone = key("gone");
    folder.inTransaction(() -> folder.stores().delete(gone));
    ReadOptions known = ReadOptions.of(Map.of("known-stores-only", "true"));

    ImportRun run =
        folder.importText(
            POLLS
                + String.join(
                    "\n",
                    poll("a", "active", 2),
                    poll("A", "active", 2),
                    poll("gone", "active", 2),
                    poll("\"x\"", "active", 2)),
            known,
            null);
    ImportRun hours =
        folder.importText(
            HOURS + "x,0,9:00,17:00\na,0,9:00,17:00\nx,0\nx,0,nine,17:00\n", known, null);

    assertThat(run.counts()).isEqualTo(new RowCounts(4, 1, 0, 0, 3));
    assertThat(hours.counts()).isEqualTo(new RowCounts(4, 1, 0, 0, 3));
    assertThat(registry().count()).isEqualTo(1);
    assertThat(folder.imports().rejects(run.id(), 0, 1).getFirst().reason())
        .startsWith("no store has this store_id");
    assertThat(folder.imports().find(run.id()).orElseThrow().options()).isEqualTo(known);
  }

  /** An import or a push of the random test, with what it does. */
  private record Step(ImportRun run, List<String> rows) {}

  @ParameterizedTest
  @Seeds
  void comesToWhatTheOtherImportsSay(long seed) throws IOException {
    Random random = new Random(seed);
    for (int round = 0; round < Seeds.Rounds.of(6); round++) {
      close();
      folder = new TestFolder(Files.createDirectories(path.resolve("round" + round)));
      List<Step> steps = new ArrayList<>();
      int count = 2 + random.nextInt(5);
      for (int i = 0; i < count; i++) {
        steps.add(step(random));
      }
      Set<Integer> impossible = new HashSet<>();
      while (impossible.size() < steps.size()) {
        int chosen = random.nextInt(steps.size());
        try {
          undo(steps.get(chosen).run());
          steps.remove(chosen);
          impossible.clear();
        } catch (ImportUndo.Impossible e) {
          impossible.add(chosen);
        }
        assertThat(folder.allPolls()).as("round %d", round).isEqualTo(replayed(steps));
        assertFirstPolls();
      }
      assertThat(steps).as("the last import can always be taken back").isEmpty();
    }
  }

  private Step step(Random random) throws IOException {
    List<String> rows = new ArrayList<>();
    int count = 1 + random.nextInt(16);
    for (int i = 0; i < count; i++) {
      rows.add(
          poll(
              "s" + random.nextInt(3),
              random.nextBoolean() ? "active" : "inactive",
              random.nextInt(12)));
    }
    return new Step(polls(rows.toArray(String[]::new)), rows);
  }

  private static SortedMap<String, SortedMap<Long, Boolean>> replayed(List<Step> steps) {
    SortedMap<String, SortedMap<Long, Boolean>> all = new TreeMap<>();
    for (Step step : steps) {
      for (String row : step.rows()) {
        String[] fields = row.split(",", -1);
        all.computeIfAbsent(fields[0], store -> new TreeMap<>())
            .put(Micros.of(Instant.parse(fields[2])), fields[1].equals("active"));
      }
    }
    return all;
  }

  private void assertFirstPolls() {
    folder
        .allPolls()
        .forEach(
            (id, ofStore) ->
                assertThat(registry().firstPoll(key(id)))
                    .isEqualTo(OptionalLong.of(ofStore.firstKey())));
  }
}
