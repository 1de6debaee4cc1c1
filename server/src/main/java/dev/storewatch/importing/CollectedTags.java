package dev.storewatch.importing;

import dev.storewatch.journal.OpenEntry;
import dev.storewatch.journal.StoreChange;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.Registry;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.Stores;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a file, and the names if it has some. The rows of a store add up, and take the place
 * of all tags that it had; of two names the later holds.
 *
 * <p>A store of which a row was refused keeps the tags it had, because they may say who sees it.
 * One that had none gets those of its good rows. The files of one set count as one file.
 */
final class CollectedTags implements CollectedFacts {
  private final boolean isRowForEachTag;
  private final Map<Integer, Said> said = new HashMap<>();
  private final BitSet refused = new BitSet();
  private long repeated;
  private long replaced;

  /** Tags of a file that has a row for each tag, or one for each store. */
  CollectedTags(boolean isRowForEachTag) {
    this.isRowForEachTag = isRowForEachTag;
  }

  /** What the rows of a store say. */
  private static final class Said {
    private final SortedSet<String> tags = new TreeSet<>();
    private @Nullable String name;

    /** Whether its first row has no tag; others without one repeat what is known. */
    private boolean beganWithout;
  }

  @Override
  public void tags(int store, @Nullable String name, List<String> tags) {
    Said before = said.get(store);
    Said now = before == null ? new Said() : before;
    boolean isNew = now.tags.addAll(tags);
    if (before == null) {
      now.beganWithout = tags.isEmpty();
      said.put(store, now);
    } else if (!isRowForEachTag) {
      countAnother(isNew || (name != null && !name.equals(now.name)));
    } else if (!isNew) {
      repeated++;
    }
    now.name = name == null ? now.name : name;
  }

  private void countAnother(boolean saysMore) {
    if (saysMore) {
      replaced++;
    } else {
      repeated++;
    }
  }

  @Override
  public void refusedTags(int store) {
    refused.set(store);
  }

  @Override
  public Refusals write(
      Stores stores, Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry) {
    tally.repeated(repeated);
    tally.replaced(replaced);
    Writing writing = new Writing(before, keys, tally, entry);
    for (int store = 0; store < keys.size(); store++) {
      writing.take(store);
    }
    writing.takeOthersOfSet();
    writing.write(stores);
    return new Refusals(Map.of(), writing.notes());
  }

  /** Returns the name and the tags of a store as the journal keeps them. */
  static StoreChange.Value known(Registry registry, int key) {
    return key <= registry.size() && !registry.isDeleted(key)
        ? StoreChange.Value.described(registry.name(key), registry.tags(key))
        : StoreChange.Value.NONE;
  }

  /** The tags of a file that differ from what is known, in the making. */
  private final class Writing {
    private final Registry before;
    private final StoreKeys keys;
    private final RowCounts.Tally tally;
    private final OpenEntry entry;
    private final TagChanges changes = new TagChanges();
    private final List<Integer> named = new ArrayList<>();
    private final BitSet takenNow = new BitSet();
    private final NamedStores kept = new NamedStores();
    private final NamedStores tooMany = new NamedStores();
    private final NamedStores wentOf = new NamedStores();
    private long went;

    Writing(Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry) {
      this.before = before;
      this.keys = keys;
      this.tally = tally;
      this.entry = entry;
    }

    void take(int store) {
      Said rows = said.get(store);
      if (rows == null && !refused.get(store)) {
        return;
      }
      int key = keys.key(store);
      entry.name(key);
      takenNow.set(key);
      named.add(key);
      StoreChange.Value now = known(before, key);
      StoreChange.Value first = entry.soFar().before(key).orElse(now);
      boolean isRefused = refused.get(store) || entry.soFar().isKept(key);
      if (isRefused && !first.tags().isEmpty()) {
        keep(store, key, rows, now, first);
      } else if (rows != null) {
        replace(store, key, rows, now, first);
      }
    }

    private void keep(
        int store, int key, @Nullable Said rows, StoreChange.Value now, StoreChange.Value first) {
      tally.rejected(rows == null ? 0 : count(rows));
      kept.add(keys.id(store));
      entry.keep(key);
      change(key, now, first);
    }

    private void replace(
        int store, int key, Said rows, StoreChange.Value now, StoreChange.Value first) {
      SortedSet<String> tags = new TreeSet<>(rows.tags);
      if (entry.soFar().names(key)) {
        tags.addAll(now.tags());
      }
      if (tags.size() > StoreDetails.MOST_TAGS) {
        tally.rejected(count(rows));
        tooMany.add(keys.id(store));
        return;
      }
      StoreChange.Value after =
          StoreChange.Value.described(rows.name == null ? now.name() : rows.name, tags);
      countRows(rows, isThere(key), now, first, after);
      countWent(keys.id(store), first, tags);
      change(key, now, after);
    }

    /** Returns how many rows of a store are not counted yet. */
    private long count(Said rows) {
      return isRowForEachTag ? rows.tags.size() + (rows.beganWithout ? 1 : 0) : 1;
    }

    private boolean isThere(int key) {
      return key <= before.size() && !before.isDeleted(key);
    }

    private void countRows(
        Said rows,
        boolean isThere,
        StoreChange.Value now,
        StoreChange.Value first,
        StoreChange.Value after) {
      if (!isThere) {
        tally.added(count(rows)); // also if it says nothing but that there is such a store
        return;
      }
      long same =
          isRowForEachTag
              ? count(rows) - rows.tags.stream().filter(tag -> !now.tags().contains(tag)).count()
              : after.equals(now) ? 1 : 0;
      boolean takesAway = isRowForEachTag && rows.tags.isEmpty() && !now.tags().isEmpty();
      long repeats = takesAway ? 0 : same;
      tally.repeated(repeats);
      if (isRowForEachTag ? first.tags().isEmpty() : first.isNone()) {
        tally.added(count(rows) - repeats);
      } else {
        tally.replaced(count(rows) - repeats);
      }
    }

    private void countWent(String id, StoreChange.Value first, Set<String> tags) {
      if (entry.isMoreToCome()) {
        return; // a later file may name them
      }
      long gone = first.tags().stream().filter(tag -> !tags.contains(tag)).count();
      if (gone > 0) {
        went += gone;
        wentOf.add(id);
      }
    }

    /** Counts what went of the stores that only earlier files of the set name. */
    void takeOthersOfSet() {
      entry
          .soFar()
          .eachBut(takenNow, (first, key) -> countWent(before.id(key), first, before.tags(key)));
    }

    private void change(int key, StoreChange.Value now, StoreChange.Value after) {
      if (!now.equals(after)) {
        changes.add(key, now, after);
        entry.change(new StoreChange(key, now, after));
      }
    }

    void write(Stores stores) {
      if (!named.isEmpty()) {
        stores.bringBack(Refusals.keys(named));
      }
      changes.write(stores);
    }

    List<String> notes() {
      List<String> notes = new ArrayList<>();
      if (!kept.isEmpty()) {
        notes.add(
            kept
                + " kept the tags they had, because rows of theirs were refused; their good rows"
                + " count as rejected: mend the rows and import the file again");
      }
      if (!tooMany.isEmpty()) {
        notes.add(
            "%s would have more than %d tags, and kept those they had; their rows count as rejected"
                .formatted(tooMany, StoreDetails.MOST_TAGS));
      }
      if (went > 0) {
        notes.add(
            String.format(
                Locale.ROOT,
                "%,d %s of %s went: a file replaces all tags of the stores that it names; files"
                    + " that belong together go into one command",
                went,
                went == 1 ? "tag" : "tags",
                wentOf));
      }
      return notes;
    }
  }
}
