package dev.storewatch.store;

import dev.storewatch.entry.StoreIds;
import dev.storewatch.hours.Zone;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Stores that are kept in memory alone, for a command that has no database: what files say of them
 * is written here as it would be there. Nothing is deleted, and nobody asks for earlier revisions.
 *
 * <p>For one thread.
 */
public final class MemoryStores implements Stores {
  private static final long[] NOTHING = {};

  private final List<String> ids = new ArrayList<>();
  private @Nullable Zone[] zones = new Zone[1024];
  private long[][] weeks = new long[1024][];
  private long[] firstPolls = new long[1024];
  private final Map<Integer, NavigableMap<LocalDate, long[]>> datedWeeks = new HashMap<>();
  private final Map<Integer, Long> hoursFlags = new HashMap<>();
  private final Map<Integer, Long> zoneFlags = new HashMap<>();
  private final Map<Integer, TreeSet<String>> tags = new HashMap<>();
  private final Map<Integer, String> names = new HashMap<>();
  private final Map<String, PlannedClosure> closures = new LinkedHashMap<>();
  private final Map<String, PlannedDay> days = new LinkedHashMap<>();

  /** The keys in the order of ids; of fewer stores than there are when some were added since. */
  private int[] keysById = {};

  private @Nullable Registry known;

  @Override
  public Registry registry() {
    sort();
    Registry registry = known == null ? build(keysById) : known;
    known = registry;
    return registry;
  }

  /** Returns the stores for who looks them up by their keys: sorting their ids takes longer. */
  public Registry registryInAnyOrder() {
    return known == null ? build(IntStream.rangeClosed(1, ids.size()).toArray()) : known;
  }

  /** Sorts the ids of all stores, unless they are. */
  public void sort() {
    if (keysById.length < ids.size()) {
      keysById = sorted();
    }
  }

  @Override
  public Registry registry(int revision) {
    throw new IllegalStateException("there are no revisions without a database");
  }

  private Registry build(int... inOrder) {
    int count = ids.size();
    Registry.Builder builder = new Registry.Builder(count);
    for (int key : inOrder) {
      builder.add(
          key,
          ids.get(key - 1),
          names.get(key),
          zones[key],
          firstPolls[key] == NEVER ? null : (Long) firstPolls[key]);
    }
    Set<Integer> flagged = new TreeSet<>(hoursFlags.keySet());
    flagged.addAll(zoneFlags.keySet());
    flagged.forEach(key -> builder.flag(key, hoursFlags.get(key), zoneFlags.get(key)));
    tags.forEach(builder::tag);
    datedWeeks.forEach(
        (key, dated) -> dated.forEach((from, week) -> builder.datedHours(key, from, week)));
    closures.values().forEach(builder::closure);
    days.values().forEach(builder::day);
    return builder.build(hours());
  }

  private Registry.PackedHours hours() {
    int count = ids.size();
    int[] starts = new int[count + 2];
    for (int key = 1; key <= count; key++) {
      starts[key + 1] = starts[key] + week(key).length;
    }
    long[] intervals = new long[starts[count + 1]];
    for (int key = 1; key <= count; key++) {
      System.arraycopy(week(key), 0, intervals, starts[key], week(key).length);
    }
    return new Registry.PackedHours(starts, intervals);
  }

  private long[] week(int key) {
    return weeks[key] == null ? NOTHING : weeks[key];
  }

  /** A store by its id. */
  private record Named(String id, int key) {}

  private int[] sorted() {
    Named[] all = new Named[ids.size()];
    boolean isPlain = true;
    for (int i = 0; i < all.length; i++) {
      all[i] = new Named(ids.get(i), i + 1);
      isPlain &= isOrderedByUnits(ids.get(i));
    }
    // The order of code units is that of code points unless there are surrogates.
    Comparator<String> order = isPlain ? Comparator.naturalOrder() : StoreIds.ORDER;
    Arrays.sort(all, (one, other) -> order.compare(one.id, other.id));
    int[] sorted = new int[all.length];
    for (int i = 0; i < all.length; i++) {
      sorted[i] = all[i].key;
    }
    return sorted;
  }

  private static boolean isOrderedByUnits(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (Character.isSurrogate(id.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void add(int firstKey, List<String> added) {
    if (firstKey != ids.size() + 1) {
      throw new IllegalArgumentException("keys have no gap");
    }
    ids.addAll(added);
    int last = ids.size();
    if (last >= zones.length) {
      int size = Math.max(last + 1, 2 * zones.length);
      zones = Arrays.copyOf(zones, size);
      weeks = Arrays.copyOf(weeks, size);
      firstPolls = Arrays.copyOf(firstPolls, size);
    }
    Arrays.fill(firstPolls, firstKey, last + 1, NEVER);
    known = null;
  }

  @Override
  public void setZones(int[] keys, List<String> newZones) {
    known = null;
    for (int i = 0; i < keys.length; i++) {
      zones[keys[i]] = RegistryRows.zone(ids.get(keys[i] - 1), newZones.get(i));
      zoneFlags.remove(keys[i]);
    }
  }

  @Override
  public void replaceHours(int[] keys, long[] intervals, @Nullable String by) {
    known = null;
    int[] counts = new int[ids.size() + 1];
    for (int key : keys) {
      counts[key]++;
    }
    for (int key = 1; key < counts.length; key++) {
      if (counts[key] > 0) {
        weeks[key] = new long[counts[key]];
        datedWeeks.remove(key);
        hoursFlags.remove(key);
      }
    }
    for (int i = 0; i < keys.length; i++) {
      weeks[keys[i]][--counts[keys[i]]] = intervals[i];
    }
    for (int key : keys) {
      if (counts[key] == 0) {
        Arrays.sort(weeks[key]);
        counts[key] = 1;
      }
    }
  }

  @Override
  public void forgetHours(int[] keys) {
    known = null;
    for (int key : keys) {
      weeks[key] = NOTHING;
      datedWeeks.remove(key);
      hoursFlags.remove(key);
    }
  }

  @Override
  public void forgetZones(int[] keys) {
    known = null;
    for (int key : keys) {
      zones[key] = null;
      zoneFlags.remove(key);
    }
  }

  @Override
  public void flagHours(int[] keys, long since) {
    known = null;
    for (int key : keys) {
      hoursFlags.putIfAbsent(key, since);
    }
  }

  @Override
  public void flagZones(int[] keys, long since) {
    known = null;
    for (int key : keys) {
      zoneFlags.putIfAbsent(key, since);
    }
  }

  @Override
  public void addTags(int[] keys, List<String> added) {
    known = null;
    for (int i = 0; i < keys.length; i++) {
      tags.computeIfAbsent(keys[i], first -> new TreeSet<>()).add(added.get(i));
    }
  }

  @Override
  public void removeTags(int[] keys, List<String> removed) {
    known = null;
    for (int i = 0; i < keys.length; i++) {
      tags.computeIfAbsent(keys[i], first -> new TreeSet<>()).remove(removed.get(i));
    }
  }

  @Override
  public void setNames(int[] keys, List<String> newNames) {
    known = null;
    for (int i = 0; i < keys.length; i++) {
      if (newNames.get(i).isEmpty()) {
        names.remove(keys[i]);
      } else {
        names.put(keys[i], newNames.get(i));
      }
    }
  }

  @Override
  public void addClosures(List<PlannedClosure> added) {
    known = null;
    added.forEach(closure -> closures.put(closure.id(), closure));
  }

  @Override
  public void removeClosure(String id, long at, @Nullable String by) {
    known = null;
    closures.remove(id);
  }

  @Override
  public void addDays(List<PlannedDay> added) {
    known = null;
    added.forEach(day -> days.put(day.id(), day));
  }

  @Override
  public void removeDay(String id, long at, @Nullable String by) {
    known = null;
    days.remove(id);
  }

  @Override
  public void setDatedHours(DatedWeeks given, long at, @Nullable String by) {
    known = null;
    given.forEach(
        (key, from, week) -> {
          NavigableMap<LocalDate, long[]> own =
              datedWeeks.computeIfAbsent(key, first -> new TreeMap<>());
          if (week.length == 0) {
            own.remove(from);
          } else {
            own.put(from, week);
          }
          if (own.isEmpty()) {
            datedWeeks.remove(key);
          }
        });
  }

  @Override
  public void setFirstPolls(int[] keys, long[] instants) {
    known = null;
    for (int i = 0; i < keys.length; i++) {
      firstPolls[keys[i]] = instants[i];
    }
  }

  @Override
  public void bringBack(int[] keys) {
    // Nothing is deleted here.
  }

  @Override
  public TakenBack takeBack(String enteredBy, long at, String by) {
    throw new IllegalStateException("nothing is taken back without a database");
  }

  @Override
  public void revise(int key, StoreDetails details, Set<StorePart> parts) {
    throw new IllegalStateException("stores are not edited without a database");
  }

  @Override
  public void delete(int key) {
    throw new IllegalStateException("stores are not deleted without a database");
  }
}
