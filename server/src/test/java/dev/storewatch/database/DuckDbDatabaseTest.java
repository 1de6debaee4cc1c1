package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.HeldDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDataChunkWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DuckDbDatabaseTest {
  @TempDir private Path path;
  private DataFolder folder;
  private DuckDbDatabase database;

  @BeforeEach
  void open() {
    folder = DataFolder.take(path, "test");
    database = DuckDbDatabase.open(folder);
    database.jdbc().sql("CREATE TABLE thing (number BIGINT, name VARCHAR)").update();
  }

  @AfterEach
  void close() {
    database.close();
    folder.close();
  }

  private long count() {
    return database.jdbc().sql("SELECT count(*) FROM thing").query(Long.class).single();
  }

  private int add(long number) {
    return database.jdbc().sql("INSERT INTO thing VALUES (?, 'x')").param(number).update();
  }

  @Test
  void keepsWhatWasCommittedWhenItIsOpenedAgain() {
    add(1);
    database.close();
    database = DuckDbDatabase.open(folder);

    assertThat(count()).isEqualTo(1);
  }

  @Test
  void readsAndWritesForOneCommandAsForManyOnes() {
    database.close();
    database = DuckDbDatabase.openForOneCommand(folder);
    add(7);

    List<Long> numbers = new ArrayList<>();
    database.read(
        "SELECT number FROM thing WHERE number > ?",
        chunk -> numbers.add(chunk.vector(0).getLong(0)),
        6);

    assertThat(numbers).containsExactly(7L);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void showsSteadyReadsOneState() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    Thread writer = Thread.ofPlatform().unstarted(() -> write(written));
    List<Long> counts =
        database.inSnapshot(
            () -> {
              long before = count();
              writer.start();
              await(written);
              HeldDatabase.awaitWaiting(writer); // and thus to commit
              return List.of(before, count());
            });
    writer.join();

    assertThat(counts).containsExactly(0L, 0L);
    assertThat(count()).isEqualTo(1);
  }

  private int write(CountDownLatch written) {
    return database.inWriteTransaction(
        () -> {
          int rows = add(1);
          written.countDown();
          return rows;
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(3, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "LOAD httpfs",
        "INSTALL httpfs",
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY thing TO '/tmp/thing.csv'",
        "ATTACH '/tmp/other.duckdb'"
      })
  void loadsNoExtensionAndTouchesNoOtherFile(String sql) {
    assertThatThrownBy(() -> database.jdbc().sql(sql).query(Object.class).list())
        .hasMessageContaining("disabled");
  }

  @Test
  void keepsNothingOfATransactionThatFails() {
    assertThatThrownBy(
            () ->
                database.inWriteTransaction(
                    () -> {
                      add(1);
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      add(1);
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(count()).isZero();
    assertThat(database.<Integer>inWriteTransaction(() -> add(2))).isEqualTo(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void calledFromAVirtualThreadWorksOnAPlatformThread() throws Exception {
    try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(virtual.submit(() -> database.call(this::isVirtual)).get()).isFalse();
      assertThat(virtual.submit(() -> database.inTransaction(this::isVirtual)).get()).isFalse();
      assertThat(virtual.submit(() -> database.inWriteTransaction(this::isVirtual)).get())
          .isFalse();
      assertThat(virtual.submit(() -> database.withConnection(c -> isVirtual())).get()).isFalse();
    }
  }

  private boolean isVirtual() {
    return Thread.currentThread().isVirtual();
  }

  @Test
  void handsAVirtualThreadTheFailureItself() {
    try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThatThrownBy(() -> virtual.submit(() -> database.call(this::fail)).get())
          .isInstanceOf(ExecutionException.class)
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no");
    }
  }

  private int fail() {
    throw new IllegalArgumentException("no");
  }

  @Test
  void servesManyMoreVirtualThreadsThanItHasConnections() throws Exception {
    try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> running =
          IntStream.range(0, 100)
              .mapToObj(i -> virtual.submit(() -> database.inWriteTransaction(() -> add(i))))
              .toList();
      for (Future<Integer> future : running) {
        assertThat(future.get()).isEqualTo(1);
      }
    }
    assertThat(count()).isEqualTo(100);
  }

  @Test
  void readsSteadilyHoweverManyWritersWait() throws Exception {
    List<Thread> writers =
        IntStream.range(0, 20)
            .mapToObj(
                number ->
                    Thread.ofVirtual()
                        .unstarted(() -> database.inWriteTransaction(() -> add(number))))
            .toList();
    try (ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> counted =
          virtual.submit(
              () ->
                  database.inSnapshot(
                      () -> {
                        writers.forEach(Thread::start);
                        writers.forEach(HeldDatabase::awaitWaiting);
                        return database.call(this::count);
                      }));

      assertThat(counted.get(3, TimeUnit.MINUTES)).isZero();
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(count()).isEqualTo(20);
  }

  @Test
  void readsRowsFromMemory() {
    int rows = 10_000;

    int added =
        database.update("INSERT INTO thing SELECT number, name FROM :feed", new Numbers(rows));

    assertThat(added).isEqualTo(rows);
    assertThat(
            database
                .jdbc()
                .sql("SELECT count(*) FROM thing WHERE name = 'ü' || number")
                .query(Long.class)
                .single())
        .isEqualTo(rows);
    assertThat(
            database.update(
                "DELETE FROM thing WHERE number IN (SELECT number FROM :feed)", new Numbers(10)))
        .isEqualTo(10);
    assertThat(database.update("INSERT INTO thing SELECT * FROM :feed", new Numbers(0))).isZero();
  }

  @Test
  void plansAStatementWithRowsFromMemoryOnce() {
    Numbers numbers = new Numbers(5);

    int added = database.update("INSERT INTO thing SELECT * FROM :feed", numbers);

    assertThat(added).isEqualTo(5);
    assertThat(numbers.planned).isEqualTo(1);
  }

  @Test
  void takesRowsFromMemoryBackWithTheirTransaction() {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    () -> {
                      database.update("INSERT INTO thing SELECT * FROM :feed", new Numbers(5));
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");

    assertThat(count()).isZero();
  }

  private static final class Numbers implements Feed {
    private final int rows;
    private int next;

    /** How often the database has asked for the columns, as it does whenever it plans. */
    private int planned;

    Numbers(int rows) {
      this.rows = rows;
    }

    @Override
    public List<Column> columns() {
      planned++;
      return List.of(new Column("number", long.class), new Column("name", String.class));
    }

    @Override
    public long rows() {
      return rows;
    }

    @Override
    public int fill(DuckDBDataChunkWriter chunk) {
      int count = (int) Math.min(chunk.capacity(), rows - next);
      if (count == 0) {
        return 0;
      }
      var numbers = chunk.vector(0);
      var names = chunk.vector(1);
      for (int i = 0; i < count; i++) {
        numbers.setLong(i, next + i);
        names.setString(i, "ü" + (next + i));
      }
      next += count;
      return count;
    }
  }
}
