package dev.storewatch.store;

import dev.storewatch.TestDatabase;
import dev.storewatch.TestFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresStoresTest extends StoresContract {
  @TempDir private Path path;
  private TestDatabase database;
  private TestFolder folder;

  @BeforeEach
  void open() throws IOException {
    database = TestDatabase.withTables();
    folder = new TestFolder(path, database);
  }

  @AfterEach
  void close() {
    folder.close();
    database.close();
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
