package dev.storewatch.importing;

import dev.storewatch.entry.FuturePolls;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ImportFile;
import dev.storewatch.interval.Micros;
import dev.storewatch.journal.MemoryJournal;
import dev.storewatch.journal.OpenEntry;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.MemoryStores;
import dev.storewatch.store.Registry;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Files imported into memory, as if into an empty database: what is said of stores is brought
 * together by the same rules, counted and told in the same words. Polls are not here: whoever reads
 * them brings them together and counts them.
 *
 * <p>For one thread.
 */
public final class FilesInMemory {
  private final Clock clock;
  private final MemoryStores stores = new MemoryStores();
  private final MemoryJournal journal = new MemoryJournal();

  /** Of a store with the number n the key is n + 1, because nothing was there before. */
  private final StoreIdIndex ids = new StoreIdIndex();

  /**
   * Files without any so far.
   *
   * @param clock the one that times imports, and after which no poll may be more than a day
   */
  public FilesInMemory(Clock clock) {
    this.clock = clock;
  }

  /** Returns the stores of all files so far. */
  public MemoryStores stores() {
    return stores;
  }

  /** Returns what numbers the stores of all files: their keys less one. */
  public StoreIdIndex ids() {
    return ids;
  }

  /** Begins the import of a file. */
  public ImportRun begin(ImportOrder order, FileKind kind) {
    return ImportRun.of(order, kind, ImportRun.State.RUNNING, clock.instant());
  }

  /** A file of anything but polls that was read, and is not written yet. */
  public static final class Collected {
    private final ImportRun run;
    private final CollectedFacts rows;
    private final StoreIdIndex ids;
    private final List<String> notes;
    private final List<Reject> rejects;

    private Collected(
        ImportRun run,
        CollectedFacts rows,
        StoreIdIndex ids,
        List<String> notes,
        List<Reject> rejects) {
      this.run = run;
      this.rows = rows;
      this.ids = ids;
      this.notes = List.copyOf(notes);
      this.rejects = rejects;
    }

    /** Returns the wrong rows. */
    public List<Reject> rejects() {
      return rejects;
    }
  }

  /**
   * Returns whether files of a kind can be read before those before them are written, by any
   * thread: if it does not matter to any row which stores and tags are there.
   */
  public static boolean isReadByItself(FileKind kind) {
    return kind == FileKind.HOURS || kind == FileKind.ZONES;
  }

  /**
   * Reads a file of anything but polls.
   *
   * @param ids numbers the stores of the file; those there are, if it is not read by itself
   * @throws IOException if it cannot be read to its end
   */
  public Collected read(ImportRun run, ImportFile file, StoreIdIndex ids) throws IOException {
    List<Reject> rejects = new ArrayList<>();
    CollectedFacts rows = rowsOf(file.kind(), run);
    CollectingSink sink = new CollectingSink(rows, ids, stores::registry, rejects::add);
    long now = Micros.of(run.received());
    file.read(sink, FuturePolls.latest(now), FuturePolls.problem(now));
    return new Collected(run, rows, ids, file.notes(), rejects);
  }

  /** Writes what was read of a file, after all files before it, and returns what that did. */
  public ImportRun write(Collected read) {
    ImportRun run = read.run;
    Registry before = stores.registryInAnyOrder();
    renumber(read);
    StoreKeys keys = StoreKeys.inOrder(ids, before.size());
    if (!keys.newIds().isEmpty()) {
      stores.add(keys.firstNewKey(), keys.newIds());
    }
    RowCounts.Tally tally = new RowCounts.Tally();
    String kind = Objects.requireNonNull(run.kind()).inSet().word();
    OpenEntry entry = journal.begin(run.id(), run.set(), kind, Micros.of(clock.instant()));
    Refusals refusals = read.rows.write(stores, before, keys, tally, entry);
    Importer.flag(stores, refusals);
    entry.save(keys.firstNewKey(), keys.newIds().size());
    List<String> notes = new ArrayList<>(read.notes);
    notes.addAll(refusals.notes());
    notes.addAll(NewStores.notes(before, keys.newIds()));
    return complete(run, tally.with(read.rejects.size()), notes);
  }

  @SuppressWarnings("ReferenceEquality") // the same index has the same numbers
  private void renumber(Collected read) {
    if (read.ids == ids) {
      return;
    }
    Renumbering numbers = new Renumbering(read.ids, ids);
    numbers.finish();
    read.rows.renumber(numbers);
  }

  private CollectedFacts rowsOf(FileKind kind, ImportRun run) {
    return switch (kind) {
      case POLLS -> throw new IllegalArgumentException("polls are brought together elsewhere");
      case HOURS -> new CollectedHours();
      case ZONES -> new CollectedZones();
      case TAGS -> new CollectedTags(true);
      case STORES -> new CollectedTags(false);
      case SPECIAL_DAYS, CLOSURES -> new CollectedDays(run.id(), Micros.of(clock.instant()));
    };
  }

  /**
   * Adds the stores that a file of polls was the first to name, and returns what is told of them.
   */
  public List<String> addStores() {
    Registry before = stores.registryInAnyOrder();
    if (before.size() == ids.size()) {
      return List.of();
    }
    StoreKeys keys = StoreKeys.inOrder(ids, before.size());
    stores.add(keys.firstNewKey(), keys.newIds());
    return NewStores.notes(before, keys.newIds());
  }

  /** Returns an import that is complete. */
  public ImportRun complete(ImportRun run, RowCounts counts, List<String> notes) {
    return run.complete(counts, clock.instant(), notes);
  }
}
