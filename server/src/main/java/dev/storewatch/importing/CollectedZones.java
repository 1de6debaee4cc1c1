package dev.storewatch.importing;

import dev.storewatch.hours.Schedule;
import dev.storewatch.poll.PollTransaction;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The zones of a file; of two rows for one store the later holds.
 *
 * <p>A store of which a row was refused keeps the zone it had. One that had none gets that of its
 * last good row, if there is one, and is flagged.
 */
final class CollectedZones implements CollectedRows {
  private @Nullable String[] first = new String[1024];
  private @Nullable String[] last = new String[1024];
  private final BitSet refused = new BitSet();
  private long repeated;
  private long replaced;

  @Override
  public void zone(int store, String zone) {
    if (store >= first.length) {
      int size = Math.max(2 * first.length, store + 1);
      first = Arrays.copyOf(first, size);
      last = Arrays.copyOf(last, size);
    }
    if (first[store] == null) {
      first[store] = zone;
    } else if (zone.equals(last[store])) {
      repeated++;
    } else {
      replaced++;
    }
    last[store] = zone;
  }

  @Override
  public void refusedZone(int store) {
    refused.set(store);
  }

  @Override
  public Refusals write(
      PollTransaction in, Registry before, StoreKeys keys, RowCounts.Tally tally) {
    tally.repeated(repeated);
    tally.replaced(replaced);
    List<Integer> changed = new ArrayList<>();
    List<Integer> flagged = new ArrayList<>();
    NamedStores kept = new NamedStores();
    NamedStores incomplete = new NamedStores();
    for (int store = 0; store < keys.size(); store++) {
      String named = store < first.length ? first[store] : null;
      int key = keys.key(store);
      String known = known(before, key);
      if (refused.get(store) && known != null) {
        tally.rejected(named == null ? 0 : 1);
        kept.add(keys.id(store));
        continue;
      }
      if (refused.get(store)) {
        flagged.add(key);
        incomplete.add(keys.id(store));
      }
      if (named != null && (differs(known, named, last[store], tally) || isFlagged(before, key))) {
        changed.add(store);
      }
    }
    if (!changed.isEmpty()) {
      in.stores()
          .setZones(
              changed.stream().mapToInt(keys::key).toArray(),
              changed.stream().map(store -> String.valueOf(last[store])).toList());
    }
    return new Refusals(List.of(), flagged, notes(kept, incomplete));
  }

  private static boolean isFlagged(Registry registry, int key) {
    return key <= registry.size() && registry.zoneFlagged(key).isPresent();
  }

  private static List<String> notes(NamedStores kept, NamedStores incomplete) {
    List<String> notes = new ArrayList<>();
    if (!kept.isEmpty()) {
      notes.add(
          kept
              + " kept the zone they had, because rows of theirs were refused; a good row of theirs"
              + " counts as rejected: mend the rows and import the file again");
    }
    if (!incomplete.isEmpty()) {
      notes.add(
          incomplete
              + " had no zone, and rows of theirs were refused: without a good row "
              + Schedule.defaultZone()
              + " is taken, and they are flagged until the rows are mended and imported again");
    }
    return notes;
  }

  private static @Nullable String known(Registry registry, int key) {
    var zone = key <= registry.size() ? registry.zone(key) : null;
    return zone == null ? null : zone.name();
  }

  /** Counts the first row of a store, and returns whether its zone differs from what it had. */
  private static boolean differs(
      @Nullable String known, String first, @Nullable String last, RowCounts.Tally tally) {
    if (known == null) {
      tally.added(1);
    } else if (known.equals(first)) {
      tally.repeated(1);
    } else {
      tally.replaced(1);
    }
    return known == null || !known.equals(last);
  }
}
