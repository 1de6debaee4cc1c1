package dev.storewatch.importing;

import dev.storewatch.database.DataFolder;
import dev.storewatch.entry.FuturePolls;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ImportFile;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.file.UnpackLimits;
import dev.storewatch.interval.Micros;
import dev.storewatch.ranges.Workers;
import dev.storewatch.store.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read before it is its turn to be written. It numbers its stores by itself, because
 * those of the database are not known yet; they get the numbers of the database when it is its
 * turn. What would not fit into memory, polls and wrong rows, waits for that.
 */
public final class FileAhead {
  private static final int MOST_REJECTS = 1_000;

  private final Path path;
  private final ReadOptions options;
  private final DataFolder folder;
  private final int pollsInMemory;
  private final Clock clock;
  private final StoreIdIndex ids = new StoreIdIndex();
  private final CompletableFuture<ImportFile> opened = new CompletableFuture<>();
  private final CompletableFuture<Turn> turn = new CompletableFuture<>();
  private final CompletableFuture<Rows> read = new CompletableFuture<>();

  /** What is known when it is a file's turn. */
  private record Turn(Renumbering numbers, CollectingSink.Rejects rejects) {}

  /** What was read. */
  record Rows(RowSource source, CollectedRows rows, WrongRows wrong, long count)
      implements AutoCloseable {
    @Override
    public void close() {
      rows.close();
    }
  }

  FileAhead(Path path, ReadOptions options, DataFolder folder, int pollsInMemory, Clock clock) {
    this.path = path;
    this.options = options;
    this.folder = folder;
    this.pollsInMemory = pollsInMemory;
    this.clock = clock;
  }

  /** Returns whether it does not matter to files of a kind which stores and tags are there. */
  static boolean isPossible(FileKind kind, ReadOptions options) {
    return (kind == FileKind.POLLS || FilesInMemory.isReadByItself(kind))
        && !options.knownStoresOnly();
  }

  /** The wrong rows, which are kept some at a time, the first ones here. */
  final class WrongRows implements CollectingSink.Rejects {
    private final List<Reject> held = new ArrayList<>();
    private CollectingSink.@Nullable Rejects next;

    @Override
    public void take(Reject reject) {
      if (next == null && held.size() == MOST_REJECTS) {
        giveTo(turn.join().rejects);
      }
      if (next == null) {
        held.add(reject);
      } else {
        next.take(reject);
      }
    }

    private void giveTo(CollectingSink.Rejects receiver) {
      next = receiver;
      held.forEach(receiver::take);
      held.clear();
    }
  }

  /** Reads the file to its end, on a thread that does so for it. */
  void read() {
    try (ImportFile file =
        ImportFile.open(
            Files.newInputStream(path),
            String.valueOf(path.getFileName()),
            ids,
            UnpackLimits.NONE,
            options)) {
      opened.complete(file);
      read.complete(read(file));
    } catch (IOException | RuntimeException | Error e) {
      opened.completeExceptionally(e);
      read.completeExceptionally(e);
    }
  }

  private Rows read(ImportFile file) throws IOException {
    RowSource source = new FileSource(file, path, FileSource.usualPlan(), ImportProgress.NONE);
    CollectedRows rows = rowsOf(file.kind());
    try {
      WrongRows wrong = new WrongRows();
      CollectingSink sink = new CollectingSink(rows, ids, FileAhead::notKnownYet, wrong);
      rows.expect(source.plainBytes());
      long now = Micros.of(clock.instant());
      long count = source.read(sink, ids, FuturePolls.latest(now), FuturePolls.problem(now));
      return new Rows(source, rows, wrong, count);
    } catch (IOException | RuntimeException | Error e) {
      rows.close();
      throw e;
    }
  }

  private CollectedRows rowsOf(FileKind kind) throws IOException {
    return switch (kind) {
      case POLLS ->
          new CollectedPolls(folder.temporary(), pollsInMemory, () -> turn.join().numbers);
      case HOURS -> new CollectedHours();
      case ZONES -> new CollectedZones();
      default -> throw new IllegalArgumentException(kind.words() + " are not read ahead");
    };
  }

  private static Registry notKnownYet() {
    throw new IllegalStateException("which stores there are is not known before it is our turn");
  }

  /**
   * Returns the file, once its header was read.
   *
   * @throws IOException if it could not be opened, or is none of the kinds of file
   */
  ImportFile opened() throws IOException {
    return get(opened);
  }

  /**
   * Says that it is the file's turn, and waits until it is read. Its stores then have the numbers
   * that they are given.
   *
   * @param others gives stores the numbers that they get
   * @param rejects gets all wrong rows
   * @throws IOException if it cannot be read to its end
   */
  Rows finish(StoreIdIndex others, CollectingSink.Rejects rejects) throws IOException {
    Renumbering numbers = new Renumbering(ids, others);
    turn.complete(new Turn(numbers, rejects));
    Rows all = get(read);
    all.wrong.giveTo(rejects);
    numbers.finish();
    all.rows.renumber(numbers);
    return all;
  }

  private static <T> T get(CompletableFuture<T> future) throws IOException {
    try {
      return future.join();
    } catch (CompletionException e) {
      Workers.throwAgain(Objects.requireNonNull(e.getCause()));
      throw e;
    }
  }

  /** Gives up the file: its turn does not come any more, or is over. */
  void giveUp() {
    turn.cancel(false);
  }

  /** Frees what was read of a file whose turn did not come, once nobody reads it any more. */
  void free() {
    boolean isWritten = turn.isDone() && !turn.isCancelled();
    if (!isWritten && read.isDone() && !read.isCompletedExceptionally()) {
      read.join().close();
    }
  }
}
