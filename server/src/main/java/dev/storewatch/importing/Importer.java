package dev.storewatch.importing;

import dev.storewatch.database.DataFolder;
import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.entry.FuturePolls;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.BadFileException;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ImportFile;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.file.UnpackLimits;
import dev.storewatch.interval.Micros;
import dev.storewatch.journal.Journal;
import dev.storewatch.journal.OpenEntry;
import dev.storewatch.poll.PollIntake;
import dev.storewatch.poll.PollTransaction;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.ranges.RangeReading;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The import of files into the database.
 *
 * <p>A file is read and checked first, without holding the database; then its valid rows are
 * written in one transaction together with what the import did.
 */
public final class Importer {
  private static final int REJECTS_AT_A_TIME = 1_000;

  private final DataFolder folder;
  private final Stores stores;
  private final PollIntake intake;
  private final Imports imports;
  private final Journal journal;
  private final KeptReports reports;
  private final Clock clock;
  private final int pollsInMemory;
  private final RangeReading.Plan plan;
  private final ImportLimits limits;

  /**
   * An importer without limits.
   *
   * @param folder where temporary files go
   * @param journal where what imports change is kept
   * @param reports the reports that are kept, of which the summary tells
   * @param clock the one that times imports, and after which no poll may be more than a day
   */
  public Importer(
      DataFolder folder,
      Stores stores,
      PollIntake intake,
      Imports imports,
      Journal journal,
      KeptReports reports,
      Clock clock) {
    this(
        folder,
        stores,
        intake,
        imports,
        journal,
        reports,
        clock,
        PollRuns.RUN,
        FileSource.usualPlan(),
        ImportLimits.NONE);
  }

  private Importer(
      DataFolder folder,
      Stores stores,
      PollIntake intake,
      Imports imports,
      Journal journal,
      KeptReports reports,
      Clock clock,
      int pollsInMemory,
      RangeReading.Plan plan,
      ImportLimits limits) {
    this.folder = folder;
    this.stores = stores;
    this.intake = intake;
    this.imports = imports;
    this.journal = journal;
    this.reports = reports;
    this.clock = clock;
    this.pollsInMemory = pollsInMemory;
    this.plan = plan;
    this.limits = limits;
  }

  /** Returns an importer that accepts no more of a file than the limits allow. */
  Importer within(ImportLimits others) {
    return new Importer(
        folder, stores, intake, imports, journal, reports, clock, pollsInMemory, plan, others);
  }

  /** Returns an importer that holds no more than a number of polls in memory. */
  Importer holding(int polls) {
    return new Importer(
        folder, stores, intake, imports, journal, reports, clock, polls, plan, limits);
  }

  /** Returns an importer that reads files by other threads, or in other ranges. */
  Importer reading(RangeReading.Plan other) {
    return new Importer(
        folder, stores, intake, imports, journal, reports, clock, pollsInMemory, other, limits);
  }

  /** Another process has taken over an import, because this one was silent for too long. */
  static final class TakenOver extends RuntimeException {
    private static final long serialVersionUID = 1;

    TakenOver(String id) {
      super("another server has taken over the import %s".formatted(id));
    }
  }

  /**
   * Reads the header of a file.
   *
   * @param bytes the file, plain or gzip; closed when this returns
   * @param name what to call it in messages
   * @param options how to read what it does not say itself
   * @throws BadFileException if it is not one of the kinds of file
   * @throws IOException if it cannot be read
   */
  public static FileKind check(InputStream bytes, String name, ReadOptions options)
      throws IOException {
    return check(bytes, name, options, UnpackLimits.NONE);
  }

  static FileKind check(InputStream bytes, String name, ReadOptions options, UnpackLimits limits)
      throws IOException {
    try (ImportFile file = ImportFile.open(bytes, name, new StoreIdIndex(), limits, options)) {
      return file.kind();
    }
  }

  /** Imports a file by itself that says all about itself; closes it. */
  public ImportRun run(String id, InputStream bytes, String name, ImportProgress progress)
      throws IOException {
    return run(new ImportOrder(id, name, ReadOptions.NONE, null), bytes, progress);
  }

  /**
   * Imports a file; closes it.
   *
   * @param bytes the file, plain or packed
   * @return what the import did, which is kept
   * @throws BadFileException if it is not one of the kinds of file; then nothing is kept
   * @throws IOException if it cannot be read to its end; nothing of it is in the database then, and
   *     the import is kept as failed
   */
  public ImportRun run(ImportOrder order, InputStream bytes, ImportProgress progress)
      throws IOException {
    return run(order, bytes, null, progress);
  }

  /**
   * Imports a file as it lies on a disk, which several threads may read at once.
   *
   * @return what the import did, which is kept
   * @throws BadFileException if it is not one of the kinds of file; then nothing is kept
   * @throws IOException if it cannot be read to its end; nothing of it is in the database then, and
   *     the import is kept as failed
   */
  public ImportRun run(ImportOrder order, Path path, ImportProgress progress) throws IOException {
    return run(order, Files.newInputStream(path), path, progress);
  }

  private ImportRun run(
      ImportOrder order, InputStream bytes, @Nullable Path path, ImportProgress progress)
      throws IOException {
    StoreIdIndex ids = ids(order.options());
    try (ImportFile file =
        ImportFile.open(bytes, order.source(), ids, limits.unpacking(), order.options())) {
      return run(order, new FileSource(file, path, plan, progress), ids, progress);
    }
  }

  /**
   * Imports rows that are in no file of ours.
   *
   * @return what the import did, which is kept
   * @throws IOException if they cannot be read to the end; nothing of them is in the database then,
   *     and the import is kept as failed
   */
  public ImportRun run(ImportOrder order, RowSource source, ImportProgress progress)
      throws IOException {
    return run(order, source, ids(order.options()), progress);
  }

  /**
   * Imports a file whose reading has begun, now that it is its turn; closes it.
   *
   * @return what the import did, which is kept
   * @throws BadFileException if it is not one of the kinds of file; then nothing is kept
   * @throws IOException if it cannot be read to its end; nothing of it is in the database then, and
   *     the import is kept as failed
   */
  public ImportRun run(ImportOrder order, FileAhead file, ImportProgress progress)
      throws IOException {
    ImportFile opened = file.opened();
    progress.reading(opened);
    return run(order, opened.kind(), run -> importAll(run, file, progress));
  }

  private ImportRun run(
      ImportOrder order, RowSource source, StoreIdIndex ids, ImportProgress progress)
      throws IOException {
    return run(order, source.kind(), run -> importAll(run, source, ids, progress));
  }

  /** What an import does once it is known to have begun. */
  private interface Work {
    ImportRun of(ImportRun run) throws IOException;
  }

  private ImportRun run(ImportOrder order, FileKind kind, Work work) throws IOException {
    ImportRun run = ImportRun.of(order, kind, ImportRun.State.RUNNING, clock.instant());
    imports.start(run);
    try {
      return work.of(run);
    } catch (DatabaseUnavailable e) {
      throw e; // how the run ended is found out when the database is back
    } catch (IOException | RuntimeException | Error e) {
      fail(run, e);
      throw e;
    }
  }

  private StoreIdIndex ids(ReadOptions options) {
    return options.knownStoresOnly()
        ? StoreKeys.numberThoseThere(stores.registry())
        : StoreKeys.number(stores.registry());
  }

  private void fail(ImportRun run, Throwable failure) {
    String reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    try {
      imports.end(run.failed(reason, clock.instant()));
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Flags the stores that count on a zone of which rows were refused. */
  static void flag(Stores stores, Refusals refusals) {
    Map<Long, List<Integer>> since = new TreeMap<>();
    refusals
        .flaggedZones()
        .forEach((key, at) -> since.computeIfAbsent(at, first -> new ArrayList<>()).add(key));
    since.forEach((at, keys) -> stores.flagZones(Refusals.keys(keys), at));
  }

  private ImportRun importAll(
      ImportRun run, RowSource source, StoreIdIndex ids, ImportProgress progress)
      throws IOException {
    try (CollectedRows rows = rowsOf(source.kind(), run)) {
      KeptRejects rejects = new KeptRejects(run.id());
      CollectingSink sink = new CollectingSink(rows, ids, stores::registry, rejects);
      rows.expect(source.plainBytes());
      long now = Micros.of(run.received());
      long read = source.read(sink, ids, FuturePolls.latest(now), FuturePolls.problem(now));
      return write(run, source, read, rows, ids, rejects, progress);
    }
  }

  private ImportRun importAll(ImportRun run, FileAhead file, ImportProgress progress)
      throws IOException {
    StoreIdIndex ids = StoreKeys.number(stores.registry());
    KeptRejects rejects = new KeptRejects(run.id());
    try (FileAhead.Rows read = file.finish(ids, rejects)) {
      return write(run, read.source(), read.count(), read.rows(), ids, rejects, progress);
    }
  }

  /** Writes what was read in a transaction. */
  private ImportRun write(
      ImportRun run,
      RowSource source,
      long read,
      CollectedRows rows,
      StoreIdIndex ids,
      KeptRejects rejects,
      ImportProgress progress) {
    rejects.flush();
    progress.writing(read - rejects.count);
    String kind = source.kind().inSet().word();
    return intake.write(
        in -> {
          if (rejects.count > 0) {
            source.headerText().ifPresent(header -> imports.keepHeader(run.id(), header));
          }
          return write(in, run, kind, rows, ids, rejects.count, source.notes());
        });
  }

  private CollectedRows rowsOf(FileKind kind, ImportRun run) throws IOException {
    return switch (kind) {
      case POLLS -> new CollectedPolls(folder.temporary(), pollsInMemory);
      case HOURS -> new CollectedHours();
      case ZONES -> new CollectedZones();
      case TAGS -> new CollectedTags(true);
      case STORES -> new CollectedTags(false);
      case SPECIAL_DAYS, CLOSURES -> new CollectedDays(run.id(), Micros.of(clock.instant()));
    };
  }

  private ImportRun write(
      PollTransaction in,
      ImportRun run,
      String kind,
      CollectedRows rows,
      StoreIdIndex ids,
      long rejected,
      List<String> fileNotes) {
    in.by(run.cameBy(), CollectedDays.enteredBy(run.id()));
    Registry before = in.registry();
    StoreKeys keys = in.keys(ids, limits.stores());
    RowCounts.Tally tally = new RowCounts.Tally();
    OpenEntry entry = journal.begin(run.id(), run.set(), kind, Micros.of(clock.instant()));
    Refusals refusals = rows.write(in, before, keys, tally, entry);
    flag(in.stores(), refusals);
    entry.save(keys.firstNewKey(), keys.newIds().size());
    List<String> notes = new ArrayList<>(fileNotes);
    notes.addAll(refusals.notes());
    notes.addAll(NewStores.notes(before, keys.newIds()));
    restated(run.kind(), entry.changed()).ifPresent(notes::add);
    ImportRun complete = run.complete(tally.with(rejected), clock.instant(), notes);
    if (!imports.end(complete)) {
      throw new TakenOver(run.id());
    }
    return complete;
  }

  /** Returns what the summary says of reports that rest on hours or zones as they were. */
  private Optional<String> restated(@Nullable FileKind kind, StoreSet changed) {
    if ((kind != FileKind.HOURS && kind != FileKind.ZONES) || changed.isEmpty()) {
      return Optional.empty();
    }
    int about = reports.about(changed);
    return about == 0
        ? Optional.empty()
        : Optional.of(
            "%s about stores whose %s changed: they stay as they are, each says since when it is restated, and `report --id ID --compare-now` shows which of its figures differ now"
                .formatted(
                    about == 1 ? "1 report that is kept is" : about + " reports that are kept are",
                    kind.word()));
  }

  /** The wrong rows of a file, which are kept some at a time. */
  private final class KeptRejects implements CollectingSink.Rejects {
    private final String importId;
    private final List<Reject> rejects = new ArrayList<>();
    private long count;

    KeptRejects(String importId) {
      this.importId = importId;
    }

    @Override
    public void take(Reject reject) {
      if (count++ < limits.rejectsKept()) {
        rejects.add(reject);
      }
      if (rejects.size() == REJECTS_AT_A_TIME) {
        flush();
      }
    }

    void flush() {
      if (!rejects.isEmpty()) {
        imports.reject(importId, rejects);
        rejects.clear();
      }
    }
  }
}
