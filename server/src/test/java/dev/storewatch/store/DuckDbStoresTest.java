package dev.storewatch.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.TestFleet;
import dev.storewatch.TestFolder;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.Polls;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DuckDbStoresTest {
  @TempDir private Path path;
  private DataFolder folder;
  private Database database;
  private Stores stores;

  @BeforeEach
  void open() {
    TestFolder.prepare(path);
    folder = DataFolder.take(path, "test");
    database = Database.open(folder);
    stores = Stores.open(database);
  }

  @AfterEach
  void close() {
    database.close();
    folder.close();
  }

  @Test
  void readsBackWhatIsKnownOfAStore() {
    OpeningInterval morning = new OpeningInterval(DayOfWeek.MONDAY, 32_400, 43_200);
    OpeningInterval night = new OpeningInterval(DayOfWeek.SUNDAY, 79_200, 7_200);
    new TestFleet()
        .store("b")
        .zone("Asia/Beirut")
        .hours(night)
        .hours(morning)
        .store("a")
        .poll("2023-01-25T12:00:00Z", true)
        .save(database, stores, Polls.open(database));

    Registry registry = stores.registry();

    assertThat(registry.size()).isEqualTo(2);
    assertThat(registry.zone(1)).isEqualTo(Zone.of("Asia/Beirut"));
    assertThat(registry.intervals(1)).containsExactly(morning, night);
    assertThat(registry.firstPoll(1)).isEmpty();
    assertThat(registry.zone(2)).isNull();
    assertThat(registry.hasHours(2)).isFalse();
    assertThat(registry.firstPoll(2)).hasValue(Micros.of(Instant.parse("2023-01-25T12:00:00Z")));
    assertThat(registry.key("a")).hasValue(2);
    assertThat(registry.key("c")).isEmpty();
  }

  @Test
  void readsTheSameByTwoThreadsAsInATransaction() {
    TestFleet fleet = new TestFleet();
    for (int store = 0; store < 5_000; store++) {
      fleet.store("store " + store).zone(store % 3 == 0 ? "Asia/Beirut" : "Europe/Berlin");
      for (int day = 0; day < store % 8; day++) {
        fleet.hours(new OpeningInterval(DayOfWeek.of(1 + day % 7), 60 * store % 43_200, 43_200));
      }
    }
    fleet.save(database, stores, Polls.open(database));

    Registry byTwo = database.inSnapshot(() -> Stores.open(database).registry());

    Registry byOne = database.inTransaction(() -> Stores.open(database).registry());
    assertThat(byTwo.size()).isEqualTo(5_000);
    assertThat(byTwo.keysById()).isEqualTo(byOne.keysById());
    for (int key = 1; key <= byTwo.size(); key++) {
      assertThat(byTwo.id(key)).isEqualTo(byOne.id(key));
      assertThat(byTwo.zone(key)).isEqualTo(byOne.zone(key));
      assertThat(byTwo.packedHours(key)).isEqualTo(byOne.packedHours(key));
    }
  }

  /** Another thread would not see what the transaction has written. */
  @Test
  void isReadByTwoThreadsInASnapshotAlone() {
    DuckDbDatabase duckDb = (DuckDbDatabase) database;

    assertThat(duckDb.mayReadInParallel()).isFalse();
    assertThat(database.<Boolean>inSnapshot(duckDb::mayReadInParallel)).isTrue();
    assertThat(database.<Boolean>inTransaction(duckDb::mayReadInParallel)).isFalse();
    assertThat(
            database.<Boolean>inSnapshot(() -> database.inTransaction(duckDb::mayReadInParallel)))
        .isFalse();
  }

  @Test
  void ordersIdsAsTextByCodePoint() {
    List<String> ids = List.of("b", "10", "B", "\uD83D\uDE00", "9", "\uFFFD", "ä", "", "b c");
    add(ids);

    assertThat(Arrays.stream(stores.registry().keysById()).mapToObj(key -> ids.get(key - 1)))
        .containsExactly("", "10", "9", "B", "b", "b c", "ä", "\uFFFD", "\uD83D\uDE00");
  }

  private void add(List<String> ids) {
    boolean added =
        database.inWriteTransaction(
            () -> {
              stores.add(1, ids);
              return true;
            });
    assertThat(added).isTrue();
  }

  @Test
  void showsWhatWasCommittedToSteadyReadsAtOnce() {
    assertThat(stores.registry().size()).isZero();

    add(List.of("a"));

    assertThat(database.inSnapshot(() -> stores.registry().size())).isEqualTo(1);
  }

  @Test
  void forgetsWhatWasRolledBack() {
    assertThatThrownBy(
            () ->
                database.inWriteTransaction(
                    () -> {
                      stores.add(1, List.of("a"));
                      assertThat(stores.registry().size()).isEqualTo(1);
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(stores.registry().size()).isZero();
  }
}
