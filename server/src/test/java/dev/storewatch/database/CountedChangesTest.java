package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.Eventually;
import dev.storewatch.TestFolder;
import java.lang.Thread.State;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** How DuckDB's transactions are counted; {@link PostgresDatabaseTest} has those of PostgreSQL. */
final class CountedChangesTest {
  @TempDir private Path path;
  private DataFolder folder;
  private DuckDbDatabase database;
  private ChangeCount changes;

  @BeforeEach
  void open() {
    TestFolder.prepare(path);
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
  void letsNobodySeeACommitThatIsNotCounted() {
    long before = changes.value();
    AtomicLong seen = new AtomicLong();
    Thread other = new Thread(() -> seen.set(changes.value()));

    boolean _ =
        database.inTransaction(
            () -> {
              changes.change();
              TransactionSynchronizationManager.registerSynchronization(
                  new TransactionSynchronization() {
                    @Override
                    public void afterCommit() {
                      other.start();
                      Eventually.until(
                          "the other waits or has ended",
                          other::getState,
                          state -> state == State.WAITING || state == State.TERMINATED);
                    }
                  });
              return true;
            });

    Eventually.until("the other has ended", other::getState, State.TERMINATED::equals);
    assertThat(seen.get()).isEqualTo(before + 1);
  }

  @Test
  void takesAsMuchAsBeforeAfterATransactionThatIsRolledBack() {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      changes.change();
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    long before = changes.value();
    assertThat(database.<Boolean>inWriteTransaction(this::changeHere)).isTrue();
    assertThat(changes.value()).isEqualTo(before + 1);
  }

  @Test
  void countsNothingOutsideATransaction() {
    assertThatThrownBy(changes::change).isInstanceOf(IllegalStateException.class);
  }
}
