package dev.storewatch.access;

import dev.storewatch.TestDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.TestPasswords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

final class PostgresAccessBookTest extends AccessBookContract {
  private final TestDatabase database = TestDatabase.withTables();
  private final TestFolder folder;

  PostgresAccessBookTest(@TempDir Path path) throws IOException {
    folder = new TestFolder(path, database);
  }

  @AfterEach
  void close() {
    folder.close();
    database.close();
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
