package dev.storewatch.journal;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/**
 * What the files of a set that were imported so far did to the hours, zones or tags of stores. The
 * files of a set add up as if they were one, so a later one must know what was there before the
 * first.
 */
public final class SetSoFar {
  /** Nothing: a first file, or one that is no part of a set. */
  static final SetSoFar NOTHING = new SetSoFar(new StoreSet(), new StoreSet(), Map.of());

  private final StoreSet named;
  private final StoreSet kept;
  private final Map<Integer, StoreChange.Value> before;

  private SetSoFar(StoreSet named, StoreSet kept, Map<Integer, StoreChange.Value> before) {
    this.named = named;
    this.kept = kept;
    this.before = before;
  }

  static SetSoFar of(Journal journal, List<JournalEntry> entries) {
    StoreSet named = new StoreSet();
    StoreSet kept = new StoreSet();
    Map<Integer, StoreChange.Value> before = new HashMap<>();
    for (JournalEntry entry : entries) {
      named.addAll(entry.stores());
      kept.addAll(entry.kept());
      journal
          .stores(entry.importId())
          .forEach(change -> before.putIfAbsent(change.key(), change.before()));
    }
    return new SetSoFar(named, kept, before);
  }

  /**
   * Passes on the stores that only earlier files of the set name and have changed, each with what
   * it had before the set.
   *
   * @param now the keys of those that the file names that is imported now
   */
  public void eachBut(BitSet now, ObjIntConsumer<StoreChange.Value> receiver) {
    named.stream()
        .filter(key -> !now.get(key))
        .forEach(key -> before(key).ifPresent(first -> receiver.accept(first, key)));
  }

  /** Returns whether an earlier file of the set names a store. */
  public boolean names(int key) {
    return named.contains(key);
  }

  /** Returns whether a store keeps what it had before the set, because a row was refused. */
  public boolean isKept(int key) {
    return kept.contains(key);
  }

  /** Returns what a store had before the set, if an earlier file of the set has changed it. */
  public Optional<StoreChange.Value> before(int key) {
    return Optional.ofNullable(before.get(key));
  }
}
