package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestFolder;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.journal.Journal;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectedHoursTest {
  @TempDir private Path path;

  @Test
  void countsRepetitionsInMoreRowsThanItKeeps() throws IOException {
    CollectedHours rows = new CollectedHours();
    int count = 3_000_000;
    for (int i = 0; i < count; i++) {
      rows.hours(i % 4 == 0 ? 2 : 0, i % 7, 60 * (i % 5), 72_000);
    }
    try (TestFolder folder = new TestFolder(path)) {
      Stores stores = folder.stores();
      StoreIdIndex ids = new StoreIdIndex();
      ids.indexOf("a");
      ids.indexOf("without hours");
      ids.indexOf("b");

      RowCounts counts =
          folder
              .parts()
              .intake()
              .write(
                  in -> {
                    Registry before = in.registry();
                    RowCounts.Tally tally = new RowCounts.Tally();
                    rows.write(
                        in,
                        before,
                        in.keys(ids, Integer.MAX_VALUE),
                        tally,
                        new Journal(folder.database()).begin("id", null, "hours", 0));
                    return tally.with(0);
                  });

      assertThat(counts).isEqualTo(new RowCounts(count, 70, count - 70, 0, 0));
      Registry registry = stores.registry();
      assertThat(registry.intervals(1)).hasSize(35);
      assertThat(registry.intervals(2)).isEmpty();
      assertThat(registry.intervals(3)).hasSize(35);
    }
  }
}
