package dev.storewatch.importing;

import dev.storewatch.TestDatabase;
import dev.storewatch.TestFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class PostgresImportsTest extends ImportsContract {
  @TempDir private Path path;
  private TestDatabase database;
  private TestFolder folder;

  @BeforeEach
  void open() throws IOException {
    database = TestDatabase.withTables();
    folder = new TestFolder(path, database);
  }

  @Override
  void restart() throws IOException {
    folder.close();
    folder = new TestFolder(path, database);
  }

  @AfterEach
  void close() {
    folder.close();
    database.close();
  }

  @Override
  Imports imports() {
    return folder.imports();
  }

  @Override
  void inTransaction(Runnable work) {
    folder.inTransaction(work);
  }
}
