package dev.storewatch.store;

import dev.storewatch.TestFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStoresContractTest extends StoresContract {
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

  @Override
  Stores stores() {
    return folder.stores();
  }

  @Override
  Stores openedAnew() {
    return Stores.open(folder.database());
  }

  @Override
  void inTransaction(Runnable work) {
    folder.inTransaction(work);
  }
}
