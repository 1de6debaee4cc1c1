package dev.storewatch.importing;

import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.database.FreeDisk;
import dev.storewatch.file.BadFileException;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ImportFile;
import dev.storewatch.file.UnpackLimits;
import dev.storewatch.http.Places;
import dev.storewatch.input.WrongInput;
import dev.storewatch.store.StoreLimits;
import dev.storewatch.work.WorkQueue;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The imports of files that come over the network.
 *
 * <p>A file is first put on the disk as it comes, so that a slow sender holds neither memory nor
 * the database; then files are imported one after the other, in the order in which they were
 * received whole, by whichever server is free. A file that was received whole is imported even if
 * the server is restarted before that.
 */
final class ImportUploads implements FileIntake, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImportUploads.class);

  /**
   * At the end of the program the running import is waited for, even if it takes hours: it would
   * have to begin anew.
   */
  private static final WorkQueue.Settings SETTINGS =
      new WorkQueue.Settings("import", 1, Duration.ofDays(1));

  /**
   * How many files are written to the database at the same time: each holds a connection as long as
   * that lasts.
   */
  private static final int WRITTEN_AT_ONCE = 3;

  private static final int CHUNK = 64 * 1024;

  /** How many bytes are received before the room on the disk is checked again. */
  private static final int BETWEEN_LOOKS = 16 * 1024 * 1024;

  private final Database database;
  private final DataFolder folder;
  private final Uploads uploads;
  private final FreeDisk disk;
  private final ImportLimits limits;
  private final Places places;
  private final Semaphore writing = new Semaphore(WRITTEN_AT_ONCE);
  private final Importer importer;
  private final Imports imports;
  private final Clock clock;
  private final List<ImportListener> listeners;
  private final WorkQueue<String, Running> queue;

  ImportUploads(
      Database database,
      DataFolder folder,
      Uploads uploads,
      FreeDisk disk,
      UploadLimits limits,
      StoreLimits storeLimits,
      Importer importer,
      Imports imports,
      Clock clock,
      List<? extends ImportListener> listeners) {
    this.database = database;
    this.folder = folder;
    this.uploads = uploads;
    this.disk = disk;
    this.limits = ImportLimits.of(limits, storeLimits);
    this.places = new Places(limits.uploadsAtOnce());
    this.importer = importer.within(this.limits);
    this.imports = imports;
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
    this.queue = new WorkQueue<>(database.isShared(), SETTINGS, new Queued());
  }

  /** Too many files are uploaded at the moment. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private TooMany(String refusal) {
      super("%s; send this one again in %d seconds".formatted(refusal, RETRY_AFTER.toSeconds()));
    }
  }

  /** A file holds something else than its sender says. */
  static final class OtherKind extends WrongInput {
    private static final long serialVersionUID = 1;

    private OtherKind(String source, FileKind found, FileKind said) {
      super(
          "%s holds %s by its header, and kind=%s says that it holds %s: leave kind out, or send a file with the header %s"
              .formatted(source, found.words(), said.word(), said.words(), said.example()));
    }
  }

  /**
   * Continues with the files that were received before the last stop, and deletes those that no
   * import needs.
   */
  void resume() {
    queue.start();
  }

  /** The imports that wait in the database. */
  private final class Queued implements WorkQueue.Source<String, Running> {
    @Override
    public Optional<Running> claim() {
      return imports.claim().map(run -> new Running(run.order()));
    }

    @Override
    public int takeOver() {
      int left = imports.recover(uploads::holds);
      Set<String> unfinished =
          imports.unfinished().stream().map(ImportRun::id).collect(Collectors.toSet());
      uploads
          .importIds()
          .filter(id -> !unfinished.contains(id))
          .forEach(ImportUploads.this::delete);
      return left;
    }

    @Override
    public void releaseAllBut(Collection<String> ids) {
      imports.releaseAllBut(ids);
    }
  }

  /**
   * Receives a file and puts it into the queue.
   *
   * @param bytes the file, plain or gzip, read to its end
   * @param length its bytes as far as they are known, else less than zero
   * @param source what to call it
   * @param said what it holds as its sender says; null if only its header tells that
   * @throws BadFileException if it is not one of the kinds of file; then nothing is kept
   * @throws UnpackLimits.TooLarge if it unpacks to more than is accepted
   * @throws FreeDisk.Full if there is no room for it
   * @throws OtherKind if it holds something else
   * @throws TooMany if too many files are uploaded at the moment
   */
  ImportRun take(InputStream bytes, long length, String source, @Nullable FileKind said)
      throws IOException {
    return take(bytes, length, ImportOrder.of(source), said, source, () -> {}, kind -> {});
  }

  @Override
  public ImportRun take(Path file, ImportOrder order, @Nullable FileKind said) throws IOException {
    Optional<ImportRun> known = imports.find(order.id());
    if (known.isPresent()) {
      return known.get();
    }
    try (InputStream bytes = Files.newInputStream(file)) {
      return take(bytes, Files.size(file), order, said, order.source(), () -> {}, kind -> {});
    }
  }

  /**
   * Receives a file and puts it into the queue.
   *
   * @param order what is asked of its import
   * @param sender the name of the caller
   * @param checkAgain checks again that the sender may upload, once the whole file has come
   * @param checkKind checks that the sender may upload a file of a kind
   */
  ImportRun take(
      InputStream bytes,
      long length,
      ImportOrder order,
      @Nullable FileKind said,
      String sender,
      Runnable checkAgain,
      Consumer<FileKind> checkKind)
      throws IOException {
    try (Places.Place place = places.take(sender)) {
      if (place == null) {
        throw new TooMany(places.refusal(sender, "uploads"));
      }
      disk.require(Math.max(0, length));
      Path received = Files.createTempFile(folder.temporary(), "upload", ".csv");
      try {
        receive(bytes, received);
        checkAgain.run();
        FileKind kind =
            Importer.check(
                Files.newInputStream(received),
                order.source(),
                order.options(),
                limits.unpacking());
        if (said != null && said != kind) {
          throw new OtherKind(order.source(), kind, said);
        }
        checkKind.accept(kind);
        return queue(received, order, kind);
      } finally {
        Files.deleteIfExists(received);
      }
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
      // The sender is told that the file is received, so a loss of power must not cut it short.
      file.force(true);
    }
  }

  /**
   * Keeps the file before its import: a file without an import is deleted later, but an import
   * without its file would fail.
   */
  private ImportRun queue(Path received, ImportOrder order, FileKind kind) throws IOException {
    String id = order.id();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    ImportRun run = ImportRun.of(order, kind, ImportRun.State.QUEUED, now);
    long bytes = Files.size(received);
    writing.acquireUninterruptibly();
    try {
      database.inTransaction(
          () -> {
            keep(received, id);
            imports.queue(run, bytes);
            return true;
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (RuntimeException e) {
      delete(id);
      throw e;
    } finally {
      writing.release();
    }
    queue.wake();
    return run;
  }

  private void keep(Path received, String id) {
    try {
      uploads.keep(received, id);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Tells the listeners how an import of this process ended; one that was taken over has not ended.
   */
  private void tellEnd(String id, Duration took) {
    try {
      imports
          .find(id)
          .filter(run -> run.ended() != null)
          .ifPresent(run -> listeners.forEach(listener -> listener.ended(run, took)));
    } catch (RuntimeException e) {
      LOG.warn("it cannot be told how import {} ended: {}", id, e.getMessage());
    }
  }

  /**
   * Ends an import as failed that could not begin; does nothing if it has ended, or if another
   * process has taken it over.
   *
   * @throws DatabaseUnavailable if that cannot be kept and has to be tried again
   */
  private void fail(String id, Throwable failure) {
    try {
      imports
          .find(id)
          .ifPresent(
              run -> {
                var _ =
                    imports.end(run.failed(String.valueOf(failure.getMessage()), clock.instant()));
              });
    } catch (DatabaseUnavailable e) {
      throw e;
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
  Optional<Imports.Progress> progress(ImportRun run) {
    if (run.ended() != null) {
      return Optional.empty();
    }
    Optional<Imports.Progress> kept = imports.progress(run.id());
    return queue
        .held(run.id())
        .map(own -> kept.map(progress -> own.progress(progress.bytes())))
        .orElse(kept);
  }

  /** An import that this process runs. */
  private final class Running implements WorkQueue.Task<String>, ImportProgress {
    private final ImportOrder order;
    private volatile @Nullable ImportFile file;

    Running(ImportOrder order) {
      this.order = order;
    }

    @Override
    public String key() {
      return order.id();
    }

    @Override
    public void run() {
      String id = order.id();
      long begin = System.nanoTime();
      file = null;
      try {
        Optional<Path> path = uploads.path(id);
        ImportRun _ =
            path.isPresent()
                ? importer.run(order, path.get(), this)
                : importer.run(order, uploads.open(id), this);
        delete(id);
      } catch (DatabaseUnavailable e) {
        throw e;
      } catch (Importer.TakenOver e) {
        LOG.warn("{}", e.getMessage());
        return;
      } catch (IOException | RuntimeException | Error e) {
        LOG.warn("import {} of {} failed: {}", id, order.source(), e.getMessage());
        fail(id, e);
        delete(id);
      }
      tellEnd(id, Duration.ofNanos(System.nanoTime() - begin));
    }

    @Override
    public void reading(ImportFile read) {
      file = read;
    }

    @Override
    public boolean keepProgress() {
      return imports.keepProgress(order.id(), progress(0));
    }

    Imports.Progress progress(long size) {
      ImportFile read = file;
      return read == null
          ? new Imports.Progress(size, 0, 0)
          : new Imports.Progress(size, read.bytesRead(), read.rowsRead());
    }
  }

  /**
   * Waits for the running import; those in the queue are left to other processes, or to the next
   * start.
   */
  @Override
  public void close() {
    queue.close();
  }
}
