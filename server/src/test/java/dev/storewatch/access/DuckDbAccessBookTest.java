package dev.storewatch.access;

import dev.storewatch.TestFolder;
import dev.storewatch.TestPasswords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class DuckDbAccessBookTest extends AccessBookContract {
  private final TestFolder folder;

  DuckDbAccessBookTest(@TempDir Path path) throws IOException {
    folder = new TestFolder(path);
  }

  @AfterEach
  void close() {
    folder.close();
  }

  @Override
  AccessBook open(Clock clock) {
    return AccessBook.open(folder.database(), clock, TestPasswords.cheap());
  }

  @Override
  long changes() {
    return folder.database().changes("access").value();
  }
}
