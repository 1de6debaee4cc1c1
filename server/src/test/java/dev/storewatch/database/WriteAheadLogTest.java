package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found, lost and told when the files of DuckDB are not as they were left. */
@Tag("long")
final class WriteAheadLogTest {
  private static final int COMMITS = 50;

  @TempDir private Path path;
  private Path file;
  private Path log;

  /** Leaves the files of a process that was killed. */
  @BeforeEach
  void killAProcess() throws IOException {
    Path living = path.resolve("living");
    Path data = Files.createDirectory(path.resolve("data"));
    file = data.resolve("storewatch.duckdb");
    log = data.resolve("storewatch.duckdb.wal");
    try (DataFolder folder = DataFolder.take(living, "test")) {
      DuckDbDatabase database = DuckDbDatabase.open(folder);
      database.jdbc().sql("CREATE TABLE thing (number BIGINT, name VARCHAR)").update();
      database.jdbc().sql("CHECKPOINT").query(Object.class).list();
      for (int i = 0; i < COMMITS; i++) {
        String name = "abc".repeat(40 * i % 997);
        int number = i;
        int added =
            database.inWriteTransaction(
                () ->
                    database
                        .jdbc()
                        .sql("INSERT INTO thing VALUES (?, ?)")
                        .params(number, name)
                        .update());
        assertThat(added).isEqualTo(1);
      }
      Files.copy(living.resolve("storewatch.duckdb"), file);
      Files.copy(living.resolve("storewatch.duckdb.wal"), log);
      database.close();
    }
  }

  private Optional<WriteAheadLog.Lost> look() {
    return new WriteAheadLog(file).look();
  }

  /** Opens the database, and returns how many rows there are. */
  private long rows() {
    try (DataFolder folder = DataFolder.take(path.resolve("data"), "test")) {
      DuckDbDatabase database = DuckDbDatabase.open(folder);
      try {
        return database.jdbc().sql("SELECT count(*) FROM thing").query(Long.class).single();
      } finally {
        database.close();
      }
    }
  }

  private static void overwrite(Path file, long at, int... bytes) throws IOException {
    ByteBuffer damage = ByteBuffer.allocate(bytes.length);
    for (int each : bytes) {
      damage.put((byte) each);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThat(channel.write(damage.flip(), at)).isEqualTo(bytes.length);
    }
  }

  private static void cut(Path file, long size) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      var _ = channel.truncate(size);
    }
  }

  @Test
  void isWholeAfterAProcessWasKilledBetweenCommits() {
    assertThat(look()).isEmpty();
    assertThat(rows()).isEqualTo(COMMITS);
    assertThat(log.resolveSibling("storewatch.duckdb.wal.not-replayed")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.2, 0.5, 0.77, 0.999})
  void tellsWhereTheLastWholeTransactionEnds(double part) throws IOException {
    cut(log, (long) (Files.size(log) * part));
    WriteAheadLog.Lost lost = look().orElseThrow();
    byte[] left = Files.readAllBytes(log);
    byte[] before = Files.readAllBytes(file);

    long rows = rows();

    assertThat(rows).isLessThan(COMMITS);
    Path copy = log.resolveSibling("storewatch.duckdb.wal.not-replayed");
    assertThat(copy).hasBinaryContent(left);
    assertThat(look()).as("it is told once").isEmpty();
    Files.write(file, before);
    Files.write(log, left);
    cut(log, lost.from());
    assertThat(look()).isEmpty();
    assertThat(rows()).isEqualTo(rows);
    assertThat(lost.words(file, copy))
        .startsWith((left.length - lost.from()) + " of the " + left.length + " bytes")
        .contains(log.toString(), "may be missing", "restore a backup", copy.toString())
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void tellsThatNothingIsReplayedOfALogWhoseBeginningIsDamaged(int at) throws IOException {
    overwrite(log, at, 0xFF, 0xFF, 0xFF, 0x7F);

    assertThat(look()).map(WriteAheadLog.Lost::from).get().matches(from -> from < 60);
    try {
      assertThat(rows()).isZero();
    } catch (DamagedDatabase e) {
      assertThat(e).hasMessageContaining("is damaged: restore a backup");
    }
  }

  @Test
  void tellsThatNothingIsReplayedAfterAnEntryWhoseSizeIsDamaged() throws IOException {
    byte[] whole = Files.readAllBytes(log);
    cut(log, 100);
    long first = look().orElseThrow().from();
    Files.write(log, whole);
    overwrite(log, first + 4, 0xFF, 0xFF, 0xFF, 0x7F);

    assertThat(look()).map(WriteAheadLog.Lost::from).hasValue(first);
    assertThat(rows()).isZero();
    assertThat(look()).isEmpty();
  }

  @Test
  void isRefusedByDuckDbWhenAnEntryIsDamaged() throws IOException {
    overwrite(log, Files.size(log) / 2, 0x13, 0x57);

    assertThatThrownBy(this::rows)
        .isInstanceOf(DamagedDatabase.class)
        .hasMessageStartingWith(
            "the write-ahead log %s is damaged: restore a backup of the whole data folder, or move",
            log)
        .hasMessageContaining("checksum");
  }

  @Test
  void saysThatTheDatabaseIsDamagedAndWhere() throws IOException {
    Files.delete(log);
    overwrite(file, 4_200, 0xFF, 0xFF, 0xFF);

    assertThatThrownBy(this::rows)
        .isInstanceOf(DamagedDatabase.class)
        .hasMessageStartingWith(
            "the database %s is damaged: restore a backup of the whole data folder", file);

    Files.writeString(file, "nothing of ours");
    assertThatThrownBy(this::rows)
        .isInstanceOf(DamagedDatabase.class)
        .hasMessageContaining("is damaged: restore a backup");
  }
}
