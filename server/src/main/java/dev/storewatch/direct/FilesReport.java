package dev.storewatch.direct;

import dev.storewatch.entry.FuturePolls;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ImportFile;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.file.RowSink;
import dev.storewatch.file.UnpackLimits;
import dev.storewatch.importing.FilesInMemory;
import dev.storewatch.importing.ImportOrder;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Reject;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.journal.FileSet;
import dev.storewatch.poll.PollScan;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.ranges.Piece;
import dev.storewatch.ranges.RangeReading;
import dev.storewatch.ranges.Workers;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportData;
import dev.storewatch.store.MemoryStores;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What files say, read into memory as an import into an empty database would, and reports on it.
 *
 * <p>The files are taken in the order in which they are given. Polls are sorted once the last file
 * with some is read, while the others are still read.
 */
public final class FilesReport implements AutoCloseable {
  private final Plan plan;
  private final Clock clock;
  private final List<Path> files;
  private final List<FileKind> kinds;
  private final ReadOptions options;
  private final Rejects rejects;
  private final Workers workers;
  private final FilesInMemory memory;
  private final PollReading polls;
  private final List<ImportRun> runs = new ArrayList<>();
  private @Nullable FilePolls found;

  /**
   * How files are read.
   *
   * @param threads how many threads read and sort
   * @param range how many bytes of a plain file of polls a thread reads at a time
   * @param polls how many polls may be in memory; more go to temporary files
   * @param folder where temporary files go
   */
  public record Plan(int threads, int range, long polls, Path folder) {
    /** Polls that are always in memory. */
    private static final long FEWEST = 500_000;

    /**
     * Returns what is right for this process: all its processors, and more than half of its heap.
     */
    public static Plan usual() {
      Runtime java = Runtime.getRuntime();
      return new Plan(
          java.availableProcessors(),
          RangeReading.Plan.RANGE,
          Math.max(FEWEST, java.maxMemory() / 10 * 6 / PollReading.BYTES),
          Path.of(System.getProperty("java.io.tmpdir")));
    }
  }

  /** Whoever receives the wrong rows of files. */
  public interface Rejects {
    /**
     * Called with each wrong row, in the order of files and rows.
     *
     * @param file the number of its file, counted from 0
     */
    void take(int file, Reject reject) throws IOException;
  }

  private FilesReport(
      Plan plan,
      Clock clock,
      List<Path> files,
      List<FileKind> kinds,
      ReadOptions options,
      Rejects rejects) {
    this.plan = plan;
    this.clock = clock;
    this.files = List.copyOf(files);
    this.kinds = List.copyOf(kinds);
    this.options = options;
    this.rejects = rejects;
    this.workers = new Workers(plan.threads);
    this.memory = new FilesInMemory(clock);
    int pollFiles = (int) kinds.stream().filter(kind -> kind == FileKind.POLLS).count();
    this.polls = new PollReading(workers, plan.folder, plan.polls, files.size(), pollFiles);
  }

  /**
   * Reads files.
   *
   * @param kinds what each holds
   * @param options how to read what they do not say themselves
   * @param rejects gets the wrong rows
   * @throws IOException if one cannot be read to its end
   */
  public static FilesReport read(
      Plan plan,
      Clock clock,
      List<Path> files,
      List<FileKind> kinds,
      ReadOptions options,
      Rejects rejects)
      throws IOException {
    FilesReport report = new FilesReport(plan, clock, files, kinds, options, rejects);
    try {
      report.readAll();
      return report;
    } catch (IOException | RuntimeException | Error e) {
      report.close();
      throw e;
    }
  }

  /** What sorts the polls while other files are read. */
  private final class Sorting {
    private final Thread thread;
    private @Nullable FilePolls sorted;
    private @Nullable Throwable failure;

    Sorting(int keys) {
      thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      sorted = polls.finish(keys);
                    } catch (IOException | RuntimeException | Error e) {
                      failure = e;
                    }
                  });
    }

    FilePolls await() throws IOException {
      Workers.join(thread);
      if (failure != null) {
        Workers.throwAgain(failure);
      }
      return Objects.requireNonNull(sorted);
    }
  }

  /** Reads the files of anything but polls that can be read by themselves, while others are. */
  private final class Facts {
    private final FilesInMemory.@Nullable Collected[] read =
        new FilesInMemory.Collected[files.size()];
    private final Thread thread = Thread.ofPlatform().unstarted(this::readAll);
    private @Nullable Throwable failure;

    /** The file at which reading failed. */
    private int failed = -1;

    private boolean isOne(int file) {
      return kinds.get(file) != FileKind.POLLS && FilesInMemory.isReadByItself(kinds.get(file));
    }

    private void readAll() {
      for (int file = 0; file < files.size(); file++) {
        try {
          if (isOne(file)) {
            StoreIdIndex ids = new StoreIdIndex();
            if (options.knownStoresOnly()) {
              ids.close();
            }
            read[file] = FilesReport.this.read(file, ids);
          }
        } catch (IOException | RuntimeException | Error e) {
          failed = file;
          failure = e;
          return;
        }
      }
    }

    /** Returns what was read of a file, or throws what went wrong. */
    FilesInMemory.Collected take(int file) throws IOException {
      Workers.join(thread);
      if (failure != null && failed <= file) {
        Workers.throwAgain(failure);
      }
      FilesInMemory.Collected taken = Objects.requireNonNull(read[file]);
      read[file] = null;
      return taken;
    }
  }

  private void readAll() throws IOException {
    if (options.knownStoresOnly()) {
      memory.ids().close();
    }
    int lastOfPolls = kinds.lastIndexOf(FileKind.POLLS);
    @Nullable Sorting sorting = lastOfPolls < 0 ? new Sorting(0) : null;
    Facts facts = new Facts();
    facts.thread.start();
    List<Began> began = new ArrayList<>();
    try {
      for (int file = 0; file < files.size(); file++) {
        if (kinds.get(file) == FileKind.POLLS) {
          began.add(takePolls(file));
        } else {
          ImportRun complete =
              take(facts.isOne(file) ? facts.take(file) : read(file, memory.ids()), file);
          began.add(() -> complete);
        }
        if (file == lastOfPolls) {
          sorting = new Sorting(memory.ids().size());
        }
      }
      memory.stores().sort();
    } finally {
      Workers.join(facts.thread);
      if (sorting != null) {
        Workers.join(sorting.thread);
      }
    }
    FilePolls sorted = Objects.requireNonNull(sorting).await();
    found = sorted;
    int[] polled = sorted.polled();
    memory.stores().setFirstPolls(polled, sorted.firsts(polled));
    for (Began file : began) {
      runs.add(file.end());
    }
  }

  private boolean isMoreToCome(int file) {
    FileKind kind = kinds.get(file).inSet();
    return kinds.subList(file + 1, kinds.size()).stream().anyMatch(later -> later.inSet() == kind);
  }

  /** A file that was read. */
  private interface Began {
    /** Returns what became of it, once the polls of all files are distinct. */
    ImportRun end();
  }

  private ImportRun begin(int number) {
    Path path = files.get(number);
    // Of nothing but these files, so their ids need not differ from those of others.
    FileSet set = new FileSet("files", isMoreToCome(number));
    return memory.begin(
        new ImportOrder("file-" + number, String.valueOf(path.getFileName()), options, set),
        kinds.get(number));
  }

  private ImportFile open(int number, ImportRun run, StoreIdIndex ids) throws IOException {
    return ImportFile.open(
        Files.newInputStream(files.get(number)), run.source(), ids, UnpackLimits.NONE, options);
  }

  private FilesInMemory.Collected read(int number, StoreIdIndex ids) throws IOException {
    ImportRun run = begin(number);
    try (ImportFile file = open(number, run, ids)) {
      return memory.read(run, file, ids);
    }
  }

  private ImportRun take(FilesInMemory.Collected read, int number) throws IOException {
    for (Reject reject : read.rejects()) {
      rejects.take(number, reject);
    }
    return memory.write(read);
  }

  private Began takePolls(int number) throws IOException {
    ImportRun run = begin(number);
    long now = Micros.of(run.received());
    try (ImportFile file = open(number, run, memory.ids())) {
      PollFile reading =
          new PollFile(
              number,
              file,
              new RangeReading.Limit(FuturePolls.latest(now), FuturePolls.problem(now)));
      reading.read();
      List<String> notes = new ArrayList<>(file.notes());
      notes.addAll(memory.addStores());
      return () -> {
        RowCounts.Tally tally = polls.tally(number);
        RowCounts others = tally.with(0);
        tally.added(reading.taken() - others.repeated() - others.replaced());
        return memory.complete(run, tally.with(reading.rejected), notes);
      };
    }
  }

  /** A file of polls that is read. */
  private final class PollFile {
    /** How many polls of a file that one thread reads make a piece. */
    private static final int PIECE = 64 * 1024;

    private final int number;
    private final ImportFile file;
    private final RangeReading.Limit limit;
    private long rejected;

    PollFile(int number, ImportFile file, RangeReading.Limit limit) {
      this.number = number;
      this.file = file;
      this.limit = limit;
    }

    /** Returns how many rows were not wrong. */
    long taken() {
      return file.rowsRead() - rejected;
    }

    private void reject(Reject reject) {
      rejected++;
      try {
        rejects.take(number, reject);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    void read() throws IOException {
      Sink sink = new Sink();
      RangeReading.read(
          file,
          files.get(number),
          number,
          new RangeReading.Plan(workers, plan.range),
          memory.ids(),
          limit,
          new Ranges(),
          sink);
      sink.flush();
    }

    /** The receiver of what several threads read. */
    private final class Ranges implements RangeReading.Receiver {
      @Override
      public long room() {
        return polls.room();
      }

      @Override
      public void take(Piece piece, StoreIdIndex ids) throws IOException {
        polls.add(piece, ids);
      }

      @Override
      public void rejected(long line, String reason, String text) {
        reject(new Reject(line, reason, text));
      }
    }

    /** The receiver of rows that one thread reads. */
    private final class Sink implements RowSink {
      private final Piece.Draft draft = new Piece.Draft();
      private final Piece.Numbering numbering = new Piece.Numbering();

      @Override
      public void poll(int store, long at, boolean active) {
        draft.add(store, PackedPoll.of(at, active));
        if (draft.size() == PIECE) {
          try {
            flush();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }

      void flush() throws IOException {
        StoreIdIndex ids = memory.ids();
        while (numbering.known() < ids.size()) {
          numbering.add(numbering.known() + 1);
        }
        polls.add(draft.take(number, numbering), ids);
      }

      @Override
      public void rejected(long line, String reason, String text) {
        reject(new Reject(line, reason, text));
      }

      @Override
      public void hours(int store, int day, int opens, int closes) {
        throw new IllegalStateException("not a file of business hours");
      }

      @Override
      public void closed(int store, int day) {
        throw new IllegalStateException("not a file of business hours");
      }

      @Override
      public void zone(int store, String zone) {
        throw new IllegalStateException("not a file of zones");
      }
    }
  }

  /** Returns what became of each file, in their order. */
  public List<ImportRun> runs() {
    return List.copyOf(runs);
  }

  /** Returns the stores that the files name. */
  public MemoryStores stores() {
    return memory.stores();
  }

  /** Returns the polls of the files. */
  public PollScan polls() {
    return Objects.requireNonNull(found);
  }

  /** Returns what computes reports on them. */
  public FleetReport fleetReport() {
    return new FleetReport(new InMemory(stores(), polls()), plan.threads);
  }

  /** Returns the clock by which they were read. */
  public Clock clock() {
    return clock;
  }

  /** The data of files, which nobody changes. */
  private record InMemory(Stores stores, PollScan polls) implements ReportData {
    @Override
    public PollScan polls(int revision) {
      throw new IllegalStateException("files have no revisions");
    }

    @Override
    public long pollsVersion() {
      return 0;
    }

    @Override
    public int latestRevision() {
      return 0;
    }

    @Override
    public boolean hasLostPolls(int revision, Span time) {
      return false;
    }

    @Override
    public <T> T inSnapshot(Supplier<T> work) {
      return work.get();
    }

    @Override
    public Runnable sharingSnapshot(Runnable work) {
      return work;
    }
  }

  @Override
  public void close() throws IOException {
    polls.close();
  }
}
