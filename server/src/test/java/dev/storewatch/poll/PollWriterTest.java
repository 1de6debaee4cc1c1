package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.HeldDatabase;
import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** Writes batches of many senders at once. */
@AnyDatabase
final class PollWriterTest {
  private static final Instant START = Instant.parse("2023-01-18T00:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path path;
  private TestFolder folder;
  private PollWriter live;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    live = new PollWriter(folder.parts().intake(), Integer.MAX_VALUE, List.of());
  }

  @AfterEach
  void close() {
    live.close();
    folder.close();
  }

  private static RowCounts counts(PollWriter.Written written) {
    return written.tally().with(written.outside().size());
  }

  @ParameterizedTest
  @Seeds
  void leavesAndCountsWhatBatchesOneByOneDo(long seed) {
    Random random = new Random(seed);
    PollReplay replay = new PollReplay();
    for (int i = 0; i < 60; i++) {
      PollBatch batch = randomBatch(random, replay, "store ", random.nextInt(60));

      Optional<PollWriter.Written> written = live.write(batch, PATIENCE);

      assertThat(written.map(PollWriterTest::counts))
          .as("batch %d", i)
          .contains(replay.takeCounts());
    }
    assertThat(folder.allPolls()).isEqualTo(replay.polls());
  }

  private static PollBatch randomBatch(Random random, PollReplay replay, String names, int size) {
    PollBatch batch = new PollBatch(Scope.EVERYTHING);
    for (int item = 1; item <= size; item++) {
      String id = names + random.nextInt(12);
      Instant at = START.plusSeconds(random.nextInt(100));
      boolean active = random.nextBoolean();
      replay.row(id, at, active);
      batch.add(item, id, Micros.of(at), active);
    }
    return batch;
  }

  @ParameterizedTest
  @Seeds
  void countsForEachSenderWhatItSentWhileAllSendAtOnce(long seed) throws Exception {
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    List<Thread> senders = new ArrayList<>();
    List<PollReplay> replays = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      Random random = new Random(seed + i);
      PollReplay replay = new PollReplay();
      replays.add(replay);
      String names = "sender " + i + " store ";
      senders.add(
          Thread.ofVirtual()
              .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
              .start(
                  () -> {
                    for (int batch = 0; batch < 10; batch++) {
                      PollBatch next = randomBatch(random, replay, names, 20);
                      assertThat(live.write(next, PATIENCE).map(PollWriterTest::counts))
                          .contains(replay.takeCounts());
                    }
                  }));
    }
    for (Thread sender : senders) {
      sender.join();
    }

    assertThat(failures).isEmpty();
    replays.forEach(replay -> assertThat(folder.allPolls()).containsAllEntriesOf(replay.polls()));
  }

  @Test
  void doesWhatGoesWithABatchInItsTransactionOrWritesNoneOfIt() throws Exception {
    PollBatch good = new PollBatch(Scope.EVERYTHING);
    good.add(1, "good", Micros.of(START), true);
    PollBatch failing = new PollBatch(Scope.EVERYTHING);
    failing.add(1, "failing", Micros.of(START), true);
    failing.setCompanion(
        written -> {
          assertThat(counts(written)).isEqualTo(new RowCounts(1, 1, 0, 0, 0));
          throw new IllegalArgumentException("no");
        });
    List<RowCounts> seen = new ArrayList<>();
    PollBatch empty = new PollBatch(Scope.EVERYTHING);
    empty.setCompanion(written -> seen.add(counts(written)));

    List<Thread> senders = new ArrayList<>();
    try (HeldDatabase held = new HeldDatabase(folder.database())) {
      for (PollBatch batch : List.of(good, empty)) {
        senders.add(Thread.ofVirtual().start(() -> live.write(batch, PATIENCE)));
      }
      senders.add(
          Thread.ofVirtual()
              .start(
                  () ->
                      assertThatThrownBy(() -> live.write(failing, PATIENCE))
                          .isInstanceOf(IllegalArgumentException.class)));
      held.letGo();
    }
    for (Thread sender : senders) {
      sender.join();
    }

    assertThat(folder.allPolls()).containsOnlyKeys("good");
    assertThat(seen).isNotEmpty().containsOnly(RowCounts.NONE);
  }

  @Test
  void writesTheBatchesOfOneStoreInTheirOrder() throws Exception {
    List<Thread> senders = new ArrayList<>();
    try (HeldDatabase _ = new HeldDatabase(folder.database())) {
      for (int i = 0; i < 5; i++) {
        boolean active = i % 2 == 0;
        Thread sender = Thread.ofVirtual().start(() -> live.write(single(active), PATIENCE));
        senders.add(sender);
        HeldDatabase.awaitWaiting(sender);
      }
    }
    for (Thread sender : senders) {
      sender.join();
    }

    assertThat(folder.allPolls().get("1")).containsExactly(Map.entry(0L, true));
  }

  @Test
  void endsWhileSomebodyElseWritesWhenNothingWaits() throws Exception {
    try (HeldDatabase _ = new HeldDatabase(folder.database())) {
      live.close();
    }
  }

  private static PollBatch single(boolean active) {
    PollBatch batch = new PollBatch(Scope.EVERYTHING);
    batch.add(1, "1", 0, active);
    return batch;
  }

  @Test
  void writesNothingOfStoresThatAreNotTheSenders() {
    folder.inTransaction(
        () -> {
          folder.stores().add(1, List.of("mine", "theirs"));
          folder.stores().describe(1, tagged("west"));
          folder.stores().describe(2, tagged("east"));
        });
    PollBatch batch = new PollBatch(Scope.of(Set.of("west")));
    batch.add(1, "theirs", 0, true);
    batch.add(2, "mine", 0, true);
    batch.add(3, "nobody's", 0, true);

    PollWriter.Written written = live.write(batch, PATIENCE).orElseThrow();

    assertThat(written.outside()).containsExactly(0, 2);
    assertThat(counts(written)).isEqualTo(new RowCounts(3, 1, 0, 0, 2));
    assertThat(folder.allPolls()).containsOnlyKeys("mine");
    assertThat(folder.stores().registry().key("nobody's")).isEmpty();
  }

  private static StoreDetails tagged(String tag) {
    return new StoreDetails(null, null, List.of(), Set.of(tag));
  }

  @Test
  void refusesWhatComesAfterItWasClosed() {
    live.close();

    assertThatThrownBy(() -> live.write(single(true), PATIENCE))
        .hasMessage("the server has stopped");
  }

  @Test
  void makesOthersWaitWhenTooMuchWaits() throws Exception {
    PollBatch large = of(249_000);
    Thread sender;
    try (HeldDatabase _ = new HeldDatabase(folder.database())) {
      sender = Thread.ofVirtual().start(() -> live.write(large, PATIENCE));
      HeldDatabase.awaitWaiting(sender);
      assertThat(live.write(of(1_000), Duration.ZERO)).isEmpty();
    }
    sender.join();
    assertThat(live.write(single(true), PATIENCE)).isPresent();
  }

  private static PollBatch of(int size) {
    PollBatch batch = new PollBatch(Scope.EVERYTHING);
    for (int i = 0; i < size; i++) {
      batch.add(i, "1", i, true);
    }
    return batch;
  }
}
