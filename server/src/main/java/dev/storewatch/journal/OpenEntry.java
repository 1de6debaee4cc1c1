package dev.storewatch.journal;

import dev.storewatch.revision.StoreSet;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The entry of an import that is being written. */
public final class OpenEntry {
  private final Entries journal;
  private final String importId;
  private final @Nullable FileSet set;
  private final String kind;
  private final long now;
  private final SetSoFar soFar;
  private final WrittenByImport polls;
  private final StoreSet named = new StoreSet();
  private final StoreSet kept = new StoreSet();
  private final List<StoreChange> changes = new ArrayList<>();

  OpenEntry(Entries journal, String importId, @Nullable FileSet set, String kind, long now) {
    this.journal = journal;
    this.importId = importId;
    this.set = set;
    this.kind = kind;
    this.now = now;
    this.soFar =
        set == null ? SetSoFar.NOTHING : SetSoFar.of(journal, journal.ofSet(set.id(), kind));
    this.polls = new WrittenByImport(journal, importId);
  }

  /** Returns the import whose entry it is. */
  public String importId() {
    return importId;
  }

  /** Returns when the import is written, in microseconds since the epoch. */
  public long writtenAt() {
    return now;
  }

  /** Returns what the earlier files of the set did. */
  public SetSoFar soFar() {
    return soFar;
  }

  /** Returns whether files of the set and the same kind follow. */
  public boolean isMoreToCome() {
    return set != null && set.more();
  }

  /** Returns whether anybody will ask what was changed; if not, it need not be noted. */
  public boolean keepsChanges() {
    return isMoreToCome() || journal.keepsAll();
  }

  /** Returns what keeps the polls that are written. */
  public WrittenByImport polls() {
    return polls;
  }

  /** Notes that the file names the hours or the zone of a store. */
  public void name(int key) {
    named.add(key);
  }

  /** Notes that a store keeps what it had before the set, because a row was refused. */
  public void keep(int key) {
    kept.add(key);
  }

  /** Notes what becomes of the hours or the zone of a store. */
  public void change(StoreChange change) {
    changes.add(change);
  }

  /** Returns the stores of which something becomes other than it was. */
  public StoreSet changed() {
    return StoreSet.of(changes.stream().mapToInt(StoreChange::key));
  }

  /**
   * Notes what becomes of the zone of a store.
   *
   * @param flaggedAt since when it is flagged, in microseconds since the epoch; empty if it is not
   */
  public void changeZone(int key, StoreChange.Value before, String after, OptionalLong flaggedAt) {
    if (!keepsChanges()) {
      return;
    }
    changes.add(new StoreChange(key, before, StoreChange.Value.zone(after, flaggedAt)));
  }

  /**
   * Keeps the entry.
   *
   * @param firstNewKey the key of the first store that the import added; the others follow
   * @param newStores how many it added
   */
  public void save(int firstNewKey, int newStores) {
    named.addAll(polls.stores());
    journal.addStores(importId, changes);
    journal.save(
        new JournalEntry(
            importId,
            0,
            set == null ? null : set.id(),
            kind,
            firstNewKey,
            newStores,
            named,
            kept,
            polls.written(),
            polls.knew(),
            polls.known(),
            new StoreSet()),
        polls.firstText(),
        now);
  }
}
