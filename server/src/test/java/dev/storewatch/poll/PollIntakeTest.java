package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Parts;
import dev.storewatch.TestFolder;
import dev.storewatch.TestPasswords;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.importing.ImportProgress;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.UnknownStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is told of new polls, whatever brings them. */
@AnyDatabase
final class PollIntakeTest {
  private static final Instant NOON = Instant.parse("2026-02-02T12:00:00Z");

  @TempDir private Path path;
  private TestFolder folder;
  private Parts parts;

  /** For each store that the last transaction named, from when on it got polls. */
  private Map<String, Instant> told = new TreeMap<>();

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    PollListener failing =
        polls -> {
          throw new IllegalStateException("a listener that does not work");
        };
    parts =
        new Parts(
            folder.folder(),
            folder.database(),
            folder.clock(),
            folder.polls(),
            List.of(failing, this::hear),
            TestPasswords.cheap());
  }

  @AfterEach
  void close() {
    folder.close();
  }

  /** Reads the stores, which are there for others by now. */
  private void hear(WrittenPolls polls) {
    told = new TreeMap<>();
    polls.forEach(
        (store, from) -> told.put(parts.stores().registry().id(store), Micros.toInstant(from)));
    assertThat(polls.size()).isEqualTo(told.size());
  }

  private Map<String, Instant> takeTold() {
    Map<String, Instant> last = told;
    told = new TreeMap<>();
    return last;
  }

  private static Instant at(int hours) {
    return NOON.plus(Duration.ofHours(hours));
  }

  private static String row(String store, String status, int hours) {
    return "%s,%s,%s\n".formatted(store, status, at(hours));
  }

  private void importFile(String... rows) throws IOException {
    String file = "store_id,status,timestamp_utc\n" + String.join("", rows);
    var _ =
        parts
            .importer()
            .run(
                UUID.randomUUID().toString(),
                new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
                "polls.csv",
                ImportProgress.NONE);
  }

  @Test
  void tellsOfTheFirstNewPollOfEachStoreOfAFile() throws IOException {
    importFile(row("a", "active", 3), row("b", "active", 1), row("a", "active", 2));

    assertThat(takeTold()).containsExactly(Map.entry("a", at(2)), Map.entry("b", at(1)));
  }

  @Test
  void tellsNothingOfWhatIsRepeated() throws IOException {
    importFile(row("a", "active", 1), row("b", "active", 1));
    var _ = takeTold();

    importFile(row("a", "active", 1), row("b", "active", 1), row("b", "active", 5));

    assertThat(takeTold()).containsExactly(Map.entry("b", at(5)));
  }

  @Test
  void tellsOfPollsThatSayOtherwise() throws IOException {
    importFile(row("a", "active", 1), row("a", "active", 2), row("a", "active", 3));
    var _ = takeTold();

    importFile(row("a", "active", 1), row("a", "inactive", 2), row("a", "inactive", 9));

    assertThat(takeTold()).containsExactly(Map.entry("a", at(2)));
  }

  @Test
  void tellsOfPushedPollsBeforeTheirSenderIsAnswered() {
    PollBatch batch = new PollBatch(Scope.EVERYTHING);
    batch.add(1, "a", Micros.of(at(2)), true);
    batch.add(2, "b", Micros.of(at(1)), false);
    batch.add(3, "a", Micros.of(at(1)), true);
    try (PollWriter writer = new PollWriter(parts.intake(), 10, List.of())) {
      assertThat(writer.write(batch, Duration.ofSeconds(30))).isPresent();

      assertThat(takeTold()).containsExactly(Map.entry("a", at(1)), Map.entry("b", at(1)));
    }
  }

  @Test
  void tellsNothingOfATransactionThatFails() {
    StoreIdIndex ids = new StoreIdIndex();
    ids.indexOf("a");
    PollRows rows = new PollRows(1);
    rows.add(0, 2 * Micros.of(at(1)));

    assertThatThrownBy(
            () ->
                parts
                    .intake()
                    .write(
                        in -> {
                          var before = in.registry();
                          PollMerge merge =
                              in.merge(
                                  before,
                                  in.keys(ids, 10),
                                  store -> new RowCounts.Tally(),
                                  in.overlap(new Span(0, 1)),
                                  10,
                                  PollJournal.NONE);
                          merge.merge(rows, 0, 0);
                          throw new IllegalStateException("broken off");
                        }))
        .hasMessage("broken off");

    assertThat(takeTold()).isEmpty();
    assertThat(parts.stores().registry().count()).isZero();
  }

  private long delete(Scope scope, String store, int from, int to) {
    Span period = new Span(Micros.of(at(from)), Micros.of(at(to)));
    return parts.intake().write(in -> in.delete(scope, store, period));
  }

  @Test
  void tellsOfTheFirstPollThatIsDeleted() throws IOException {
    importFile(row("a", "active", 1), row("a", "active", 3), row("b", "active", 3));
    var _ = takeTold();

    assertThat(delete(Scope.EVERYTHING, "a", 2, 9)).isEqualTo(1);
    assertThat(takeTold()).containsExactly(Map.entry("a", at(3)));

    assertThat(delete(Scope.EVERYTHING, "a", 2, 9)).isZero();
    assertThat(takeTold()).isEmpty();
  }

  @Test
  void saysAnewWhichPollIsTheFirstWhenThatIsDeleted() throws IOException {
    importFile(row("a", "active", 1), row("a", "active", 3), row("a", "active", 5));

    assertThat(delete(Scope.EVERYTHING, "a", 2, 4)).isEqualTo(1);
    assertThat(firstPoll("a")).hasValue(Micros.of(at(1)));
    assertThat(delete(Scope.EVERYTHING, "a", 0, 2)).isEqualTo(1);
    assertThat(firstPoll("a")).hasValue(Micros.of(at(5)));
    assertThat(delete(Scope.EVERYTHING, "a", 0, 9)).isEqualTo(1);
    assertThat(firstPoll("a")).isEmpty();

    importFile(row("a", "active", 7));
    assertThat(firstPoll("a")).hasValue(Micros.of(at(7)));
  }

  private OptionalLong firstPoll(String store) {
    Registry registry = parts.stores().registry();
    return registry.firstPoll(registry.key(store).orElseThrow());
  }

  @Test
  void deletesNothingOfAStoreThatIsNotThereOrOutOfScope() throws IOException {
    importFile(row("a", "active", 1));

    assertThatThrownBy(() -> delete(Scope.EVERYTHING, "b", 0, 9))
        .isInstanceOf(UnknownStore.class)
        .hasMessage("there is no store with the id b");
    assertThatThrownBy(() -> delete(Scope.of(List.of("west")), "a", 0, 9))
        .isInstanceOf(UnknownStore.class)
        .hasMessage("there is no store with the id a");
    assertThat(folder.allPolls()).hasSize(1);
  }

  @Test
  void tellsNothingOfHoursAndZones() throws IOException {
    String file = "store_id,timezone_str\na,America/Chicago\n";
    var _ =
        parts
            .importer()
            .run(
                "zones",
                new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
                "zones.csv",
                ImportProgress.NONE);

    assertThat(takeTold()).isEmpty();
  }
}
