package dev.storewatch.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.store.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a transaction reads that began before somebody else's commit is not taken by others for what
 * there is since.
 */
@AnyDatabase
final class OlderTransactionTest {
  @Test
  void leavesNothingOfBeforeToOthers(@TempDir Path path) throws Exception {
    try (TestFolder folder = new TestFolder(path)) {
      PolledStates states =
          new PolledStates(
              folder.database(),
              folder.stores(),
              folder.polls(),
              folder.clock(),
              LateClose.AS_GIVEN);
      say(folder, "a,active,2026-10-05T12:00:00Z");

      boolean _ =
          folder
              .database()
              .inTransaction(
                  () -> {
                    // From its first statement on it sees what there is now.
                    long _ =
                        folder
                            .database()
                            .jdbc()
                            .sql("SELECT count(*) FROM store")
                            .query(Long.class)
                            .single();
                    CompletableFuture.runAsync(() -> say(folder, "b,active,2026-10-05T13:00:00Z"))
                        .join();
                    var _ = states.at(Scope.EVERYTHING, "latest");
                    var _ = folder.stores().registry();
                    var _ = folder.polls().newest();
                    return true;
                  });

      assertThat(folder.stores().registry().key("b")).isPresent();
      long newest = Micros.of(Instant.parse("2026-10-05T13:00:00Z"));
      assertThat(folder.polls().newest()).hasValue(newest);
      assertThat(states.at(Scope.EVERYTHING, "latest").instant()).isEqualTo(newest);
    }
  }

  private static void say(TestFolder folder, String poll) {
    try {
      var _ = folder.importText("store_id,status,timestamp_utc\n%s\n".formatted(poll));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
