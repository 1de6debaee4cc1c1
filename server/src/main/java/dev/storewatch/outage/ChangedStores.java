package dev.storewatch.outage;

import dev.storewatch.interval.Micros;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** For each store of a fleet, the earliest instant from which on its outages may be others. */
final class ChangedStores {
  private static final long UNCHANGED = Long.MAX_VALUE;

  private final Registry registry;
  private final long carry;
  private final long[] since;

  /** For each store, the earliest instant from which on polls of its may be gone. */
  private final long[] gone;

  /**
   * A fleet of which nothing is changed.
   *
   * @param rule the rule by which outages are found
   */
  ChangedStores(Registry registry, Rule rule) {
    this.registry = registry;
    this.carry = rule.carryMicros();
    this.since = new long[registry.size() + 1];
    Arrays.fill(since, UNCHANGED);
    this.gone = since.clone();
  }

  /** Takes in a change of all stores. */
  void all() {
    keys(null).forEach(key -> change(key, Change.ALWAYS.start()));
  }

  /** Takes in a change, unless no outage can differ by it. */
  void add(Change change) {
    boolean touches =
        switch (change.kind()) {
          case POLLS, HOURS, SPECIAL_DAYS, CLOSURES, ZONES, STORES, ZONE_RULES -> true;
          // What is too old to be kept was told while it was there.
          case OLD_POLLS, FLAGS -> false;
          case TAGS -> hasEntriesOfTags();
        };
    if (touches) {
      keys(change.stores())
          .filter(key -> mayDiffer(key, change.kind()))
          .forEach(key -> change(key, change.kind(), change.time().start()));
    }
  }

  private void change(int key, Kind kind, long from) {
    if (kind == Kind.POLLS || kind == Kind.STORES) {
      gone[key] = Math.min(gone[key], from);
    }
    change(key, from);
  }

  /**
   * Returns whether outages of a store may differ: what is known of one without polls stays as it
   * was told, unless it was they that went.
   */
  private boolean mayDiffer(int key, Kind kind) {
    return registry.firstPoll(key).isPresent() || kind == Kind.POLLS || kind == Kind.STORES;
  }

  private boolean hasEntriesOfTags() {
    return registry.plannedClosures().stream().anyMatch(one -> one.target().tag() != null)
        || registry.plannedDays().stream().anyMatch(one -> one.target().tag() != null);
  }

  private IntStream keys(@Nullable StoreSet stores) {
    return stores == null
        ? IntStream.rangeClosed(1, registry.size())
        : stores.stream().filter(key -> key <= registry.size());
  }

  /** Takes in that something of a store differs from an instant on. */
  void change(int key, long from) {
    // Before a store's first poll can speak nothing is known, whatever its hours are.
    long earliest = registry.firstPoll(key).isPresent() ? firstPoll(key) - carry : from;
    since[key] = Math.min(since[key], Math.max(from, earliest));
  }

  private long firstPoll(int key) {
    return registry.firstPoll(key).orElseThrow();
  }

  boolean isEmpty() {
    return Arrays.stream(since).allMatch(instant -> instant == UNCHANGED);
  }

  /** Returns the instant from which on outages of a store may be others. */
  long since(int key) {
    return since[key];
  }

  /**
   * Returns whether an inactive poll of a store is gone that was known: one that is older than its
   * first poll is now, and not since long before the change.
   */
  boolean isGone(int key, long poll) {
    return poll >= gone[key] && poll < registry.firstPoll(key).orElse(Long.MAX_VALUE);
  }

  /** Returns the earliest instant that matters for some stores. */
  long earliest(int[] keys) {
    return Arrays.stream(keys)
        .mapToLong(key -> Math.min(since[key], gone[key]))
        .min()
        .orElseThrow();
  }

  /**
   * Returns the stores whose change, or the loss of polls, is not after an instant, in groups that
   * changed at about the same time, each in the order of keys.
   */
  List<int[]> groups(long now) {
    Map<Long, List<Integer>> byDay = new TreeMap<>();
    for (int key = 1; key < since.length; key++) {
      if (Math.min(since[key], gone[key]) <= now) {
        byDay
            .computeIfAbsent(
                Math.floorDiv(Math.min(since[key], now), Micros.DAY), first -> new ArrayList<>())
            .add(key);
      }
    }
    return byDay.values().stream()
        .map(keys -> keys.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }
}
