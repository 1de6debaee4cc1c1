package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.interval.Span;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresPollsTest extends PollsContract {
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
  Polls polls() {
    return folder.polls();
  }

  @Override
  void inTransaction(Runnable work) {
    folder.inTransaction(work);
  }

  @Test
  void scansMoreThanFitsIntoOneValue() {
    add("1 10 up", "2 20 down", "3 30 up");
    database.execute("UPDATE poll_partition SET polls = 1000000000");

    assertThat(scan(ALL, 1, 3)).containsExactlyInAnyOrder("1 10 up", "2 20 down", "3 30 up");
    assertThat(scan(new Span(15, 25), 1, 3)).containsExactly("2 20 down");
  }
}
