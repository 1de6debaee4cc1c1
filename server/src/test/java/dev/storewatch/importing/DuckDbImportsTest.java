package dev.storewatch.importing;

import dev.storewatch.TestFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class DuckDbImportsTest extends ImportsContract {
  @TempDir private Path path;
  private TestFolder folder;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
  }

  @Override
  void restart() throws IOException {
    folder.close();
    folder = new TestFolder(path);
  }

  @AfterEach
  void close() {
    folder.close();
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
