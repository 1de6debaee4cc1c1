package dev.storewatch.importing;

import dev.storewatch.system.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports files that come over the network.
 *
 * <p>A file is first put on the disk as it comes, so that a slow sender holds neither memory nor
 * the database; then files are imported one after the other in the order in which they came to an
 * end.
 */
final class ImportUploads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportUploads.class);

  private final DataFolder folder;
  private final Importer importer;
  private final Imports imports;
  private final Clock clock;
  private final Map<String, ImportRun> waiting = new ConcurrentHashMap<>();
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("import").factory());

  ImportUploads(DataFolder folder, Importer importer, Imports imports, Clock clock) {
    this.folder = folder;
    this.importer = importer;
    this.imports = imports;
    this.clock = clock;
    imports.failInterrupted();
  }

  /**
   * Takes a file and begins to import it.
   *
   * @param bytes the file, plain or gzip, read to its end
   * @param source what to call it
   * @throws BadFileException if it is none of the kinds; nothing is kept then
   */
  ImportRun take(InputStream bytes, String source) throws IOException {
    Path file = Files.createTempFile(folder.temporary(), "upload", ".csv");
    try {
      try (var out = Files.newOutputStream(file)) {
        bytes.transferTo(out);
      }
      FileKind kind = Importer.check(Files.newInputStream(file), source);
      return begin(file, source, kind);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private ImportRun begin(Path file, String source, FileKind kind) {
    String id = UUID.randomUUID().toString();
    ImportRun run = ImportRun.begun(id, source, kind, clock.instant());
    waiting.put(id, run);
    worker.execute(() -> run(id, file, source));
    return run;
  }

  private void run(String id, Path file, String source) {
    try {
      importer.run(id, Files.newInputStream(file), source, ImportProgress.NONE);
    } catch (IOException | RuntimeException e) {
      LOG.warn("import {} of {} failed: {}", id, source, e.getMessage());
    } finally {
      waiting.remove(id);
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", file, e.getMessage());
    }
  }

  /** Returns an import, one that waits included. */
  Optional<ImportRun> find(String id) {
    Optional<ImportRun> begun = imports.find(id);
    return begun.isPresent() ? begun : Optional.ofNullable(waiting.get(id));
  }

  /** Waits for the running import; those that wait are not begun. */
  @Override
  public void close() {
    worker.shutdownNow();
    worker.close();
  }
}
