package dev.storewatch.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestDatabase;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of several processes on one database does a job. */
final class SharedDueTimesTest {
  private static final Job DAILY = Job.ofOneProcess("daily", Duration.ofDays(1), () -> {});

  @TempDir private Path path;
  private TestDatabase shared;
  private Server one;
  private Server other;

  private static final class Server implements AutoCloseable {
    private final DataFolder folder;
    private final Database database;
    private final DueTimes times;

    Server(Path path, TestDatabase shared) {
      folder = DataFolder.take(path, "test");
      database = Database.open(folder, shared.settings());
      times = DueTimes.open(database);
    }

    @Override
    public void close() {
      database.close();
      folder.close();
    }
  }

  @BeforeEach
  void open() {
    shared = TestDatabase.withTables();
    one = new Server(path.resolve("one"), shared);
    other = new Server(path.resolve("other"), shared);
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    shared.close();
  }

  private void makeDue() {
    shared.execute("UPDATE job SET execution_time = clock_timestamp() - interval '1 second'");
  }

  @Test
  void letOneProcessDoAJobThatIsNew() {
    assertThat(one.times.claim(DAILY)).isTrue();
    assertThat(other.times.claim(DAILY)).isFalse();
    assertThat(one.times.claim(DAILY)).isFalse();
  }

  @Test
  void countFromWhenAJobWasDone() {
    assertThat(one.times.claim(DAILY)).isTrue();
    one.times.done(DAILY);

    assertThat(one.times.claim(DAILY)).isFalse();
    assertThat(other.times.claim(DAILY)).isFalse();

    makeDue();
    assertThat(other.times.claim(DAILY)).isTrue();
  }

  @Test
  void letAnotherProcessDoWhatOneLeft() {
    assertThat(one.times.claim(DAILY)).isTrue();

    one.database.close();

    assertThat(other.times.claim(DAILY)).isTrue();
  }

  @Test
  void letAProcessThatWasTooSlowChangeNothing() {
    assertThat(one.times.claim(DAILY)).isTrue();
    shared.execute("UPDATE job SET picked_by = '%s'".formatted(other.database.self()));

    one.times.done(DAILY);

    assertThat(one.times.claim(DAILY)).isFalse();
    other.times.done(DAILY);
    makeDue();
    assertThat(one.times.claim(DAILY)).isTrue();
  }

  @Test
  void readWhatTheLibraryBeforeLeft() {
    shared.execute(
        """
        INSERT INTO job (task_name, task_instance, execution_time, picked, picked_by, version,
          consecutive_failures, last_heartbeat)
        VALUES ('daily', 'recurring', clock_timestamp() - interval '1 hour', TRUE, 'gone', 7, 0,
          clock_timestamp())\
        """);

    assertThat(one.times.claim(DAILY)).isTrue();
  }
}
