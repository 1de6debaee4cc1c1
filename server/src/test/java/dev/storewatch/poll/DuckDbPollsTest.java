package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestFolder;
import dev.storewatch.interval.Span;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbPollsTest extends PollsContract {
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
  Polls polls() {
    return folder.polls();
  }

  @Override
  void inTransaction(Runnable work) {
    folder.inTransaction(work);
  }

  /** What one number holds begins with the earliest poll, and may be less than nothing. */
  @Test
  void keepsPollsFromBeforeTheEpoch() {
    add("1 -1500001 up", "1 -7 down", "2 -1 up", "2 3 down");

    Span period = new Span(-1_500_001, 4);
    assertThat(scan(period, 1, 2))
        .containsExactlyInAnyOrder("1 -1500001 up", "1 -7 down", "2 -1 up", "2 3 down");
    assertThat(scan(new Span(-7, 0), 0, Integer.MAX_VALUE))
        .containsExactlyInAnyOrder("1 -7 down", "2 -1 up");
    assertThat(find("1 -7 up", "2 -1 up", "2 -3 up"))
        .containsExactlyInAnyOrder("1 -7 down", "2 -1 up");
  }
}
