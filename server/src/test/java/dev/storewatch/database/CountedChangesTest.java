package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How DuckDB's transactions are counted; {@link PostgresDatabaseTest} has those of PostgreSQL. */
final class CountedChangesTest {
  @TempDir private Path path;
  private DataFolder folder;
  private DuckDbDatabase database;
  private ChangeCount changes;

  @BeforeEach
  void open() {
    folder = DataFolder.take(path, "test");
    database = DuckDbDatabase.open(folder);
    changes = database.changes("thing");
  }

  @AfterEach
  void close() {
    database.close();
    folder.close();
  }

  @Test
  void countsATransactionOnceItHasEnded() {
    long before = changes.value();

    long within =
        database.inTransaction(
            () -> {
              changes.change();
              changes.change();
              return changes.value();
            });

    assertThat(within).isEqualTo(before);
    assertThat(changes.value()).isEqualTo(before + 1);
  }

  @Test
  void countsASteadyTransactionToo() {
    long before = changes.value();

    assertThat(database.<Boolean>inWriteTransaction(this::changeHere)).isTrue();

    assertThat(changes.value()).isEqualTo(before + 1);
  }

  private boolean changeHere() {
    changes.change();
    return changes.isByThisTransaction();
  }

  @Test
  void knowsWhoseChangeIsOnItsWay() {
    boolean byAnother =
        database.inTransaction(
            () -> {
              assertThat(changes.isByThisTransaction()).isFalse();
              assertThat(changeHere()).isTrue();
              assertThat(database.changes("other").isByThisTransaction()).isFalse();
              return CompletableFuture.supplyAsync(changes::isByThisTransaction).join();
            });

    assertThat(byAnother).isFalse();
    assertThat(changes.isByThisTransaction()).isFalse();
  }

  @Test
  void countsNothingOutsideATransaction() {
    assertThatThrownBy(changes::change).isInstanceOf(IllegalStateException.class);
  }
}
