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
import java.util.function.Consumer;

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

  /**
   * Imports a file of anything but polls, whose stores are numbered by {@link #ids}.
   *
   * @param rejects gets the wrong rows
   * @return what the import did
   * @throws IOException if it cannot be read to its end
   */
  public ImportRun take(ImportRun run, ImportFile file, Consumer<Reject> rejects)
      throws IOException {
    long[] rejected = {0};
    CollectedFacts rows = rowsOf(file.kind(), run);
    CollectingSink sink =
        new CollectingSink(
            rows,
            ids,
            stores::registry,
            reject -> {
              rejected[0]++;
              rejects.accept(reject);
            });
    long now = Micros.of(run.received());
    file.read(sink, FuturePolls.latest(now), FuturePolls.problem(now));
    Registry before = stores.registry();
    StoreKeys keys = addStores(before);
    RowCounts.Tally tally = new RowCounts.Tally();
    OpenEntry entry =
        journal.begin(run.id(), run.set(), file.kind().inSet().word(), Micros.of(clock.instant()));
    Refusals refusals = rows.write(stores, before, keys, tally, entry);
    Importer.flag(stores, refusals);
    entry.save(keys.firstNewKey(), keys.newIds().size());
    List<String> notes = new ArrayList<>(file.notes());
    notes.addAll(refusals.notes());
    notes.addAll(NewStores.notes(before, keys.newIds()));
    return complete(run, tally.with(rejected[0]), notes);
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

  private StoreKeys addStores(Registry before) {
    StoreKeys keys = StoreKeys.inOrder(ids, before);
    if (!keys.newIds().isEmpty()) {
      stores.add(keys.firstNewKey(), keys.newIds());
    }
    return keys;
  }

  /**
   * Adds the stores that a file of polls was the first to name, and returns what is told of them.
   */
  public List<String> addStores() {
    Registry before = stores.registry();
    return before.size() == ids.size()
        ? List.of()
        : NewStores.notes(before, addStores(before).newIds());
  }

  /** Returns an import that is complete. */
  public ImportRun complete(ImportRun run, RowCounts counts, List<String> notes) {
    return run.complete(counts, clock.instant(), notes);
  }
}
