package dev.storewatch.importing;

import dev.storewatch.system.DataFolder;
import dev.storewatch.system.FreeDisk;
import dev.storewatch.system.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports files that come over the network.
 *
 * <p>A file is first put on the disk as it comes, so that a slow sender holds neither memory nor
 * the database; then files are imported one after the other in the order in which they came to an
 * end. One that was received whole is imported even if the server is restarted before.
 */
final class ImportUploads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportUploads.class);

  private static final int CHUNK = 64 * 1024;

  /** The bytes that are received before it is looked again whether the disk has room for more. */
  private static final int BETWEEN_LOOKS = 16 * 1024 * 1024;

  private final DataFolder folder;
  private final UploadFolder uploads;
  private final FreeDisk disk;
  private final ImportLimits limits;
  private final int mostAtOnce;
  private final Semaphore places;
  private final Importer importer;
  private final Imports imports;
  private final Clock clock;
  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("import").factory());

  /** The import that is being done, with how far it is; null when there is none. */
  private volatile @Nullable Running running;

  private volatile boolean closing;

  ImportUploads(
      DataFolder folder,
      FreeDisk disk,
      Limits limits,
      Importer importer,
      Imports imports,
      Clock clock) {
    this.folder = folder;
    this.uploads = new UploadFolder(folder);
    this.disk = disk;
    this.limits = ImportLimits.of(limits);
    this.mostAtOnce = limits.uploadsAtOnce();
    this.places = new Semaphore(mostAtOnce);
    this.importer = importer.within(this.limits);
    this.imports = imports;
    this.clock = clock;
  }

  /** Says that too many files are uploaded at the moment. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private TooMany(int most) {
      super(
          "%d files are uploaded at the moment, which is the most that are taken at once: send this one again in %d seconds"
              .formatted(most, RETRY_AFTER.toSeconds()));
    }
  }

  /** Says that a file holds something else than its sender says. */
  static final class OtherKind extends RuntimeException {
    private static final long serialVersionUID = 1;

    private OtherKind(String source, FileKind found, FileKind said) {
      super(
          "%s holds %s by its header, and kind=%s says that it holds %s: leave kind out, or send a file with the header %s"
              .formatted(source, found.words(), said.word(), said.words(), said.example()));
    }
  }

  /** Goes on with what was received before the last stop, and clears away what is of no use. */
  void resume() {
    imports.failInterrupted(uploads::holds);
    Set<String> unfinished = new HashSet<>();
    for (ImportRun run : imports.unfinished()) {
      unfinished.add(run.id());
      enqueue(run.id(), run.source());
    }
    uploads.importIds().filter(id -> !unfinished.contains(id)).forEach(this::delete);
  }

  /**
   * Takes a file and puts it into the queue.
   *
   * @param bytes the file, plain or gzip, read to its end
   * @param length its bytes as far as they are known, else less than zero
   * @param source what to call it
   * @param said what its sender says that it holds; null to be told by its header
   * @throws BadFileException if it is none of the kinds; nothing is kept then
   * @throws ImportLimits.TooLarge if it unpacks to more than is taken
   * @throws FreeDisk.Full if there is no room for it
   * @throws OtherKind if it holds something else
   * @throws TooMany if too many files are uploaded at the moment
   */
  ImportRun take(InputStream bytes, long length, String source, @Nullable FileKind said)
      throws IOException {
    return take(bytes, length, source, said, () -> {});
  }

  /**
   * Takes a file and puts it into the queue.
   *
   * @param checkAgain checks once more that the sender may upload, when all has come
   */
  ImportRun take(
      InputStream bytes, long length, String source, @Nullable FileKind said, Runnable checkAgain)
      throws IOException {
    if (!places.tryAcquire()) {
      throw new TooMany(mostAtOnce);
    }
    try {
      disk.require(Math.max(0, length));
      Path received = Files.createTempFile(folder.temporary(), "upload", ".csv");
      try {
        receive(bytes, received);
        checkAgain.run();
        FileKind kind = Importer.check(Files.newInputStream(received), source, limits);
        if (said != null && said != kind) {
          throw new OtherKind(source, kind, said);
        }
        return queue(received, source, kind);
      } finally {
        Files.deleteIfExists(received);
      }
    } finally {
      places.release();
    }
  }

  private void receive(InputStream bytes, Path received) throws IOException {
    byte[] chunk = new byte[CHUNK];
    int sinceLook = 0;
    try (FileChannel file = FileChannel.open(received, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(file)) {
      for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
        out.write(chunk, 0, read);
        sinceLook += read;
        if (sinceLook >= BETWEEN_LOOKS) {
          disk.require(0);
          sinceLook = 0;
        }
      }
      // What is answered for is not to be cut short by a loss of power.
      file.force(true);
    }
  }

  /** The file goes first: one that is kept without its import is cleared away, not the reverse. */
  private ImportRun queue(Path received, String source, FileKind kind) throws IOException {
    String id = UUID.randomUUID().toString();
    uploads.keep(received, id);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    ImportRun run = ImportRun.of(id, source, kind, ImportRun.State.QUEUED, now);
    try {
      imports.queue(run);
    } catch (RuntimeException e) {
      delete(id);
      throw e;
    }
    enqueue(id, source);
    return run;
  }

  private void enqueue(String id, String source) {
    worker.execute(() -> run(id, source));
  }

  /** Leaves what waits to the next start when the server is being stopped. */
  private void run(String id, String source) {
    if (closing) {
      return;
    }
    Running now = new Running(id);
    running = now;
    try {
      importer.run(id, Files.newInputStream(uploads.file(id)), source, now);
    } catch (IOException | RuntimeException | Error e) {
      LOG.warn("import {} of {} failed: {}", id, source, e.getMessage());
      fail(id, e);
    } finally {
      running = null;
      delete(id);
    }
  }

  /** Ends an import that failed before it began; on one that has ended it does nothing. */
  private void fail(String id, Throwable failure) {
    try {
      imports
          .find(id)
          .ifPresent(
              run ->
                  imports.end(
                      new ImportRun(
                          run.id(),
                          run.source(),
                          run.kind(),
                          ImportRun.State.FAILED,
                          ImportCounts.NONE,
                          run.received(),
                          clock.instant(),
                          String.valueOf(failure.getMessage()))));
    } catch (RuntimeException e) {
      LOG.warn("it cannot be kept that import {} failed: {}", id, e.getMessage());
    }
  }

  private void delete(String id) {
    try {
      uploads.delete(id);
    } catch (IOException e) {
      LOG.warn("cannot delete the file of import {}: {}", id, e.getMessage());
    }
  }

  /** Returns how far an import is, unless it has ended. */
  Optional<Progress> progress(ImportRun run) {
    if (run.ended() != null) {
      return Optional.empty();
    }
    Running now = running;
    long size = uploads.file(run.id()).toFile().length();
    return Optional.of(
        now != null && now.id.equals(run.id()) ? now.progress(size) : new Progress(size, 0, 0));
  }

  /**
   * How far an import is.
   *
   * @param bytes the bytes of the file as it was sent
   * @param bytesRead how many of them have been read
   * @param rowsRead the rows read, rejected ones included
   */
  record Progress(long bytes, long bytesRead, long rowsRead) {}

  private static final class Running implements ImportProgress {
    private final String id;
    private volatile @Nullable ImportFile file;

    Running(String id) {
      this.id = id;
    }

    @Override
    public void reading(ImportFile read) {
      file = read;
    }

    Progress progress(long size) {
      ImportFile read = file;
      return read == null
          ? new Progress(size, 0, 0)
          : new Progress(size, read.bytesRead(), read.rowsRead());
    }
  }

  /** Waits for the running import; those that wait are done after the next start. */
  @Override
  public void close() {
    closing = true;
    worker.close();
  }
}
