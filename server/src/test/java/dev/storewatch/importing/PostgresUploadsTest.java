package dev.storewatch.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.TestDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.poll.RowCounts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresUploadsTest {
  private static final int SIZE = 700_000; // three pieces

  @TempDir private Path path;
  private TestDatabase database;
  private TestFolder folder;
  private PostgresUploads uploads;
  private byte[] bytes;

  @BeforeEach
  void keep() throws IOException {
    database = TestDatabase.withTables();
    folder = new TestFolder(path, database);
    uploads = new PostgresUploads((PostgresDatabase) folder.database());
    bytes = new byte[SIZE];
    new Random(7).nextBytes(bytes);
    uploads.keep(Files.write(path.resolve("sent"), bytes), "a");
    folder
        .imports()
        .queue(
            ImportRun.of(
                new ImportOrder("a", "a.csv", ReadOptions.NONE, null),
                FileKind.POLLS,
                ImportRun.State.QUEUED,
                Instant.EPOCH),
            SIZE);
  }

  @AfterEach
  void close() {
    folder.close();
    database.close();
  }

  private byte[] read() throws IOException {
    try (InputStream file = uploads.open("a")) {
      return file.readAllBytes();
    }
  }

  @Test
  void givesBackWhatItWasGiven() throws IOException {
    assertThat(uploads.importIds()).containsExactly("a");
    assertThat(read()).isEqualTo(bytes);
  }

  @Test
  void deletesNoFileThatIsToBeImported() throws IOException {
    uploads.delete("a");
    assertThat(folder.imports().claim()).isPresent();
    uploads.delete("a");
    assertThat(read()).isEqualTo(bytes);

    ImportRun run = folder.imports().find("a").orElseThrow();
    assertThat(folder.imports().end(run.complete(RowCounts.NONE, Instant.EPOCH, List.of())))
        .isTrue();
    uploads.delete("a");

    assertThat(uploads.holds("a")).isFalse();
  }

  @Test
  void takesNoPartOfAFileForAllOfIt() {
    database.execute("DELETE FROM upload_piece WHERE number = 1");

    assertThatThrownBy(this::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("437856 bytes of the uploaded file are not there");
  }
}
