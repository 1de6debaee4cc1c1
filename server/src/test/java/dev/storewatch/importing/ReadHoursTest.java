package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestFolder;
import dev.storewatch.store.Registry;
import dev.storewatch.store.StoreIdIndex;
import dev.storewatch.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadHoursTest {
  @TempDir private Path path;

  @Test
  void countsRepetitionsInMoreRowsThanItKeeps() throws IOException {
    ReadHours rows = new ReadHours();
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
      StoreKeys keys = new StoreKeys(ids, stores.registry());
      ImportCounts.Tally tally = new ImportCounts.Tally();

      ImportCounts counts =
          folder
              .database()
              .inSteadyTransaction(
                  () -> {
                    stores.add(keys.firstNewKey(), keys.newIds());
                    rows.write(stores, stores.registry(), keys, tally);
                    return tally.with(0);
                  });

      assertThat(counts).isEqualTo(new ImportCounts(count, 70, count - 70, 0, 0));
      Registry registry = stores.registry();
      assertThat(registry.intervals(1)).hasSize(35);
      assertThat(registry.intervals(2)).isEmpty();
      assertThat(registry.intervals(3)).hasSize(35);
    }
  }
}
