package dev.storewatch;

import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseSettings;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.importing.ImportOrder;
import dev.storewatch.importing.ImportProgress;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Importer;
import dev.storewatch.importing.Imports;
import dev.storewatch.interval.Span;
import dev.storewatch.journal.FileSet;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;
import org.springframework.util.function.SingletonSupplier;

/** A data folder that a test opens, and the parts that import into it. */
public final class TestFolder implements AutoCloseable {
  /** What its clock says, always. */
  public static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

  private static final String FILE = "storewatch.duckdb";
  private static final Span ALL_TIME = new Span(0, Long.MAX_VALUE / 4);

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final DataFolder folder;
  private final Database database;
  private final Parts parts;

  /** An empty database with all its tables. */
  private static final Supplier<byte[]> NEW_DATABASE = SingletonSupplier.of(() -> fileOf(_ -> {}));

  /** Opens a folder, which may be empty. */
  public TestFolder(Path path) throws IOException {
    this(path, TestDatabase.settings(path));
  }

  /** Opens a folder for what is not in the database, and a database. */
  public TestFolder(Path path, TestDatabase postgres) throws IOException {
    this(path, postgres.settings());
  }

  private TestFolder(Path path, DatabaseSettings settings) throws IOException {
    folder = DataFolder.take(path, "test");
    database = open(folder, settings);
    parts =
        new Parts(folder, database, clock, Polls.open(database), List.of(), TestPasswords.cheap());
  }

  /** Opens a database; one that is new in the folder begins as a copy, which is there sooner. */
  public static Database open(DataFolder folder, DatabaseSettings settings) {
    if (settings.url() == null) {
      prepare(folder.path());
    }
    return Database.open(folder, settings);
  }

  /** Puts an empty database into a folder without one: it is there sooner than one that is made. */
  public static void prepare(Path folder) {
    prepare(folder, NEW_DATABASE);
  }

  /** Returns whether there is a database in a folder. */
  static boolean isPrepared(Path folder) {
    return Files.exists(folder.resolve(FILE));
  }

  /** Puts a database into a folder without one, given as its file. */
  static void prepare(Path folder, Supplier<byte[]> database) {
    try {
      if (!isPrepared(folder)) {
        Files.write(Files.createDirectories(folder).resolve(FILE), database.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the file of a new database after some work in it. */
  static byte[] fileOf(Consumer<Database> work) {
    try {
      Path path = Files.createTempDirectory("storewatch");
      try (DataFolder made = DataFolder.take(path, "test")) {
        try (Database database = Database.open(made)) {
          work.accept(database);
        }
        return Files.readAllBytes(path.resolve(FILE));
      } finally {
        FileSystemUtils.deleteRecursively(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Clock clock() {
    return clock;
  }

  public DataFolder folder() {
    return folder;
  }

  public Database database() {
    return database;
  }

  /** Returns what the product makes of the database, put together as it does it. */
  public Parts parts() {
    return parts;
  }

  public Stores stores() {
    return parts.stores();
  }

  public Polls polls() {
    return parts.polls();
  }

  public Imports imports() {
    return parts.imports();
  }

  /** Does work in a transaction, as imports do. */
  public void inTransaction(Runnable work) {
    var _ =
        database.inWriteTransaction(
            () -> {
              work.run();
              return true;
            });
  }

  /** Returns an importer of the usual kind. */
  public Importer importer() {
    return parts.importer();
  }

  /** Imports a file given as its text, as one of a set. */
  public ImportRun importText(String file, ReadOptions options, @Nullable FileSet set)
      throws IOException {
    return importer()
        .run(
            ImportOrder.of("test.csv", options, set),
            new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
            ImportProgress.NONE);
  }

  /** Imports a file given as its text. */
  public ImportRun importText(String file) throws IOException {
    return importFrom("test.csv", file);
  }

  /** Imports a file given as its text, from a source. */
  public ImportRun importFrom(String source, String file) throws IOException {
    return importer()
        .run(
            UUID.randomUUID().toString(),
            new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8)),
            source,
            ImportProgress.NONE);
  }

  /**
   * Returns all polls, as the database has them: for each store id and instant the status.
   *
   * @throws IllegalStateException if there are two of one store and instant
   */
  public SortedMap<String, SortedMap<Long, Boolean>> allPolls() {
    Registry registry = stores().registry();
    SortedMap<String, SortedMap<Long, Boolean>> all = new TreeMap<>();
    polls()
        .scan(
            ALL_TIME,
            Integer.MIN_VALUE,
            Integer.MAX_VALUE,
            (key, poll) -> {
              String id = registry.id(key);
              if (all.computeIfAbsent(id, unknown -> new TreeMap<>())
                      .put(PackedPoll.at(poll), PackedPoll.isActive(poll))
                  != null) {
                throw new IllegalStateException(
                    "two polls of " + id + " at " + PackedPoll.at(poll));
              }
            });
    return all;
  }

  @Override
  public void close() {
    database.close();
    folder.close();
  }
}
