package dev.storewatch.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NewDatabaseTest {
  /** All that a migration may leave: tables, what holds for them, and what stands in them. */
  private static final List<String> ALL =
      List.of(
          "SELECT table_name || ' ' || sql FROM duckdb_tables()",
          "SELECT index_name || ' ' || sql FROM duckdb_indexes()",
          "SELECT view_name || ' ' || sql FROM duckdb_views() WHERE NOT internal",
          "SELECT sequence_name || ' ' || sql FROM duckdb_sequences()",
          "SELECT table_name || ' ' || constraint_text FROM duckdb_constraints()",
          "SELECT table_name || ' ' || estimated_size FROM duckdb_tables()",
          "SELECT version || ' ' || script || ' ' || coalesce(checksum, 0) FROM"
              + " flyway_schema_history");

  @TempDir private Path path;
  private Path file;

  @BeforeEach
  void choose() {
    file = path.resolve("storewatch.duckdb");
  }

  @Test
  void isWhatTheMigrationsMake() throws IOException, SQLException {
    NewDatabase.putAt(file);
    assertThat(file).exists();
    List<List<String>> copied = all(path);

    Path other = Files.createDirectories(path.resolve("other"));
    DriverManager.getConnection("jdbc:duckdb:" + other.resolve("storewatch.duckdb")).close();

    assertThat(copied).isEqualTo(all(other));
    assertThat(copied.getLast()).hasSizeGreaterThan(20);
  }

  private static List<List<String>> all(Path folder) {
    try (DataFolder data = DataFolder.take(folder, "test");
        DuckDbDatabase database = DuckDbDatabase.open(data)) {
      return ALL.stream()
          .map(
              sql -> database.jdbc().sql(sql).query(String.class).list().stream().sorted().toList())
          .toList();
    }
  }

  @Test
  void leavesWhatIsThereAsItIs() throws IOException {
    Files.writeString(file, "a database");
    NewDatabase.putAt(file);
    assertThat(file).hasContent("a database");

    Files.move(file, path.resolve("storewatch.duckdb.wal"));
    NewDatabase.putAt(file);
    assertThat(file).doesNotExist();
  }

  @Test
  void leavesALinkForTheDatabaseToFollow() throws IOException {
    Path elsewhere = Files.createDirectories(path.resolve("elsewhere")).resolve("large.duckdb");
    Files.createSymbolicLink(file, elsewhere);

    NewDatabase.putAt(file);

    assertThat(file).isSymbolicLink();
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void isMadeAnotherWayWhereItCannotBeCopied() throws IOException {
    Files.createDirectories(path.resolve("new.tmp/something"));

    NewDatabase.putAt(file);

    assertThat(file).doesNotExist();
    assertThat(all(path).getLast()).hasSizeGreaterThan(20);
  }

  @Test
  void leavesNothingBesideIt() throws IOException {
    NewDatabase.putAt(file);
    try (Stream<Path> files = Files.list(path)) {
      assertThat(files).containsExactly(file);
    }
  }
}
