package dev.storewatch.importing;

import dev.storewatch.poll.PollTransaction;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The zones of a file; of two rows for one store the later holds. */
final class CollectedZones implements CollectedRows {
  private @Nullable String[] first = new String[1024];
  private @Nullable String[] last = new String[1024];
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
  public void write(PollTransaction in, Registry before, StoreKeys keys, RowCounts.Tally tally) {
    tally.repeated(repeated);
    tally.replaced(replaced);
    List<Integer> changed = new ArrayList<>();
    for (int store = 0; store < keys.size() && store < first.length; store++) {
      String named = first[store];
      if (named != null && differs(known(before, keys.key(store)), named, last[store], tally)) {
        changed.add(store);
      }
    }
    if (!changed.isEmpty()) {
      in.stores()
          .setZones(
              changed.stream().mapToInt(keys::key).toArray(),
              changed.stream().map(store -> String.valueOf(last[store])).toList());
    }
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
