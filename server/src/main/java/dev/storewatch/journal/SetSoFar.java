package dev.storewatch.journal;

import dev.storewatch.revision.StoreSet;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.IntStream;

/**
 * What the files of a set that were imported so far did to the hours, zones or tags of stores, and
 * to special days. The files of a set add up as if they were one, so a later one must know what was
 * there before the first.
 */
public final class SetSoFar {
  /** Nothing: a first file, or one that is no part of a set. */
  static final SetSoFar NOTHING = new SetSoFar();

  private final StoreSet named = new StoreSet();

  /** The stores that are named as a whole, not in parts alone. */
  private final StoreSet namedWhole = new StoreSet();

  private final StoreSet kept = new StoreSet();

  /** What was there before the set of what it has changed, or named in parts. */
  private final Map<Integer, Map<String, StoreChange.Value>> before = new HashMap<>();

  /** The parts of which a row was refused. */
  private final Map<Integer, Set<String>> keptParts = new HashMap<>();

  private SetSoFar() {}

  static SetSoFar of(Entries journal, List<JournalEntry> entries) {
    SetSoFar soFar = new SetSoFar();
    entries.forEach(entry -> soFar.add(entry, journal.stores(entry.importId())));
    return soFar;
  }

  private void add(JournalEntry entry, List<StoreChange> changes) {
    named.addAll(entry.stores());
    kept.addAll(entry.kept());
    StoreSet inParts = new StoreSet();
    StoreSet whole = new StoreSet();
    for (StoreChange change : changes) {
      (change.part().isEmpty() ? whole : inParts).add(change.key());
      before
          .computeIfAbsent(change.key(), first -> new HashMap<>())
          .putIfAbsent(change.part(), change.before());
      if (!change.part().isEmpty() && change.after().isFlagged()) {
        keptParts.computeIfAbsent(change.key(), first -> new HashSet<>()).add(change.part());
      }
    }
    entry.stores().stream()
        .filter(key -> !inParts.contains(key) || whole.contains(key))
        .forEach(namedWhole::add);
  }

  /**
   * Passes on the stores that only earlier files of the set name and have changed, each with what
   * it had before the set.
   *
   * @param now the keys of those that the file names that is imported now
   */
  public void eachBut(BitSet now, ObjIntConsumer<StoreChange.Value> receiver) {
    changedBut(now).forEach(key -> before(key).ifPresent(first -> receiver.accept(first, key)));
  }

  /**
   * Returns the stores that only earlier files of the set name and have changed, as far as they are
   * not those of {@code now}.
   */
  public IntStream changedBut(BitSet now) {
    return named.stream().filter(key -> !now.get(key) && before.containsKey(key));
  }

  /** Returns whether an earlier file of the set names a store. */
  public boolean names(int key) {
    return named.contains(key);
  }

  /** Returns whether an earlier file of the set names a part; an empty one stands for the whole. */
  public boolean names(int key, String part) {
    return part.isEmpty() ? namedWhole.contains(key) : parts(key).containsKey(part);
  }

  /** Returns whether a store keeps what it had before the set, because a row was refused. */
  public boolean isKept(int key) {
    return kept.contains(key);
  }

  /** Returns whether a part keeps what it was before the set, because a row was refused. */
  public boolean isKept(int key, String part) {
    return keptParts.getOrDefault(key, Set.of()).contains(part);
  }

  /** Returns what a store had before the set, if an earlier file of the set has changed it. */
  public Optional<StoreChange.Value> before(int key) {
    return Optional.ofNullable(parts(key).get(""));
  }

  /**
   * Returns what was there before the set of the parts that earlier files of the set name or have
   * changed, an empty part for the whole.
   */
  public Map<String, StoreChange.Value> parts(int key) {
    return before.getOrDefault(key, Map.of());
  }
}
