package dev.storewatch.outage;

import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.Polls;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.Rule;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What brings the outages that are kept up to date: it looks at the stores of which something was
 * changed since the last time, or of which time alone tells something new.
 */
public final class OutageTracker {
  private static final Rule RULE = Rule.standard();

  /**
   * How much more is read of the outages before a change than those that it may touch: the search
   * goes back so far for most stores.
   */
  private static final long MARGIN = 2 * Micros.DAY;

  private final Database database;
  private final Stores stores;
  private final Polls polls;
  private final Outages outages;
  private final Revisions revisions;
  private final LateClose lateClose;
  private final Clock clock;
  private final List<OutageListener> listeners;
  private final SettledStores settled;

  /** One update at a time: what is remembered of stores is not for several threads. */
  private final ReentrantLock updating = new ReentrantLock();

  /** A tracker of the outages of a database. */
  public OutageTracker(
      Database database,
      Stores stores,
      Polls polls,
      LateClose lateClose,
      Clock clock,
      List<OutageListener> listeners) {
    this.database = database;
    this.stores = stores;
    this.polls = polls;
    this.outages = new Outages(database);
    this.revisions = new Revisions(database);
    this.lateClose = lateClose;
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
    this.settled = new SettledStores(polls, lateClose);
  }

  private String basis() {
    return "%s %s %s".formatted(RULE.name(), RULE.carry(), lateClose);
  }

  /**
   * Returns how closing times of 23:59 are read by the outages that a database has: as its server
   * was told, which a command does not know.
   */
  public static LateClose lateCloseOf(Database database) {
    return LateClose.asMidnight(
        new Outages(database)
            .progress()
            .filter(kept -> kept.basis().endsWith(" " + LateClose.asMidnight(true)))
            .isPresent());
  }

  /** Returns whether something was changed since the outages were brought up to date. */
  boolean isBehind() {
    return outages.progress().map(Outages.Progress::revision).orElse(-1) != revisions.latest();
  }

  /**
   * Brings the outages up to date with all that is committed, and with the clock.
   *
   * @return how many outages were found, ended, corrected or withdrawn
   */
  public long update() {
    updating.lock();
    boolean done = false;
    try {
      long changes = bringUpToDate();
      done = true;
      return changes;
    } finally {
      if (!done) {
        settled.forget();
      }
      updating.unlock();
    }
  }

  private long bringUpToDate() {
    long now = Micros.of(clock.instant());
    Round round = database.inSnapshot(() -> round(now));
    settled.reach(round.latest, round.registry.size());
    long changes = 0;
    List<int[]> groups = round.groups();
    for (int i = 0; i < groups.size() - 1; i++) {
      int[] group = groups.get(i);
      changes += database.inWriteTransaction(() -> write(round, group));
    }
    if (round.isNews()) {
      changes += database.inWriteTransaction(() -> writeLast(round, groups));
    }
    return changes;
  }

  private Round round(long now) {
    Registry registry = stores.registry();
    ChangedStores changed = new ChangedStores(registry, RULE);
    int latest = revisions.latest();
    Outages.Progress progress =
        outages
            .progress()
            .filter(kept -> kept.basis().equals(basis()) && kept.revision() <= latest)
            .orElse(new Outages.Progress(0, Long.MIN_VALUE, ""));
    if (progress.basis().isEmpty()) {
      settled.forget();
      changed.all();
    } else {
      forgetStoresOfOthers(progress.revision());
      revisions.forEach(
          progress.revision(),
          latest,
          change -> {
            changed.add(change);
            if (change.kind() != Kind.POLLS) {
              forget(change);
            }
          });
      // A clock that goes back tells nothing new.
      long from = progress.knownTo() + 1;
      addPollsOfTheMeantime(changed, registry, new Span(from, Math.max(from, now + 1)));
    }
    addSilentStores(changed, registry, now);
    return new Round(progress, latest, now, registry, changed);
  }

  /** Forgets the stores whose outages another process has brought up to date. */
  private void forgetStoresOfOthers(int revision) {
    if (settled.revision() > revision) {
      settled.forget();
    } else if (settled.revision() >= 0) {
      revisions.forEach(settled.revision(), revision, this::forget);
    }
  }

  private void forget(Change change) {
    if (change.stores() == null) {
      settled.forget();
    } else {
      change.stores().stream().forEach(settled::forget);
    }
  }

  /** Adds stores of whose outages time alone tells that they have ended: in silence. */
  private void addSilentStores(ChangedStores changed, Registry registry, long now) {
    for (Outages.Silent silent : outages.ongoingSince(now - RULE.carryMicros())) {
      int key = silent.store();
      if (registry.isDeleted(key)
          || OutageFinder.isOpenIn(
              registry.schedule(key, lateClose), silent.lastDown() + RULE.carryMicros(), now)) {
        settled.forget(key);
        changed.change(key, silent.lastDown() + 1);
      }
    }
  }

  /** Adds the stores that had polls dated after the clock, which has reached them now. */
  private void addPollsOfTheMeantime(ChangedStores changed, Registry registry, Span meantime) {
    if (polls.newest().orElse(Long.MIN_VALUE) >= meantime.start() && !meantime.isEmpty()) {
      polls.scan(
          meantime,
          1,
          registry.size(),
          (store, poll) -> changed.change(store, PackedPoll.at(poll)));
    }
  }

  /** What is looked at at once. */
  private record Round(
      Outages.Progress progress, int latest, long now, Registry registry, ChangedStores changed) {
    boolean isNews() {
      return progress.basis().isEmpty() || latest > progress.revision() || !changed.isEmpty();
    }

    List<int[]> groups() {
      return changed.groups(now);
    }

    /** Returns whether a store has no outages: it is deleted, or was not polled yet. */
    boolean hasNone(int key) {
      return registry.isDeleted(key) || !registry.hasPollBy(key, now);
    }
  }

  private long write(Round round, int[] keys) {
    Group group = new Group(round, keys);
    group.find();
    return write(group.changes, round);
  }

  /** What is found of a store, from an instant on. */
  private record Longer(long from, List<KeptOutage> found) {}

  /** Stores that changed at about the same time. */
  private final class Group {
    private final Round round;
    private final int[] keys;
    private final List<OutageChange> changes = new ArrayList<>();
    private final Map<Integer, List<KeptOutage>> touched = new HashMap<>();

    /** The stores of which outages are found that ended before what was read, by their keys. */
    private final SortedMap<Integer, Longer> longer = new TreeMap<>();

    /** All outages that ended at or after this instant are among those that may be touched. */
    private final long since;

    Group(Round round, int[] keys) {
      this.round = round;
      this.keys = keys;
      this.since = round.changed.earliest(keys) - RULE.carryMicros() - MARGIN;
    }

    void find() {
      int[] none = Arrays.stream(keys).filter(round::hasNone).toArray();
      int[] others =
          settled.unsettled(
              Arrays.stream(keys).filter(key -> !round.hasNone(key)).toArray(),
              round.registry,
              round.changed,
              round.now);
      read(none, since, touched);
      read(others, since, touched);
      for (int key : none) {
        compare(key, Long.MAX_VALUE, List.of());
      }
      if (others.length > 0) {
        new OutageFinder(round.registry, polls, RULE, lateClose, round.now, settled)
            .find(others, round.changed, this::touched, this::compare);
        compareLonger();
      }
    }

    private void read(int[] some, long from, Map<Integer, List<KeptOutage>> known) {
      if (some.length > 0) {
        outages
            .touched(some, from)
            .forEach(
                one -> known.computeIfAbsent(one.store(), first -> new ArrayList<>()).add(one));
      }
    }

    private List<KeptOutage> touched(int key) {
      return touched.getOrDefault(key, List.of());
    }

    private void compare(int key, long from, List<KeptOutage> found) {
      if (from < since) {
        longer.put(key, new Longer(from, found));
      } else {
        compare(key, from, touched(key), found);
      }
    }

    /** Compares the stores of which more is found than was read, with all of it. */
    private void compareLonger() {
      if (longer.isEmpty()) {
        return;
      }
      long earliest = longer.values().stream().mapToLong(Longer::from).min().orElseThrow();
      Map<Integer, List<KeptOutage>> known = new HashMap<>();
      read(longer.keySet().stream().mapToInt(Integer::intValue).toArray(), earliest, known);
      longer.forEach(
          (key, more) -> compare(key, more.from, known.getOrDefault(key, List.of()), more.found));
    }

    private void compare(int key, long from, List<KeptOutage> known, List<KeptOutage> found) {
      changes.addAll(
          OutageDifference.of(
              known.stream()
                  .filter(one -> one.start() >= from || round.changed.isGone(key, one.firstDown()))
                  .toList(),
              found));
    }
  }

  private long write(List<OutageChange> changes, Round round) {
    if (changes.isEmpty()) {
      return 0;
    }
    List<OutageChange> named = changes.stream().map(OutageTracker::named).toList();
    outages.write(named, round.latest, round.now);
    listeners.forEach(listener -> listener.changed(named, round.now));
    return named.size();
  }

  /** Gives an outage that is new an id by chance, which tells nobody how many there are. */
  private static OutageChange named(OutageChange change) {
    KeptOutage after = change.after();
    return after == null || after.id() != 0
        ? change
        : new OutageChange(
            change.before(),
            after.knownAs(
                ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE), after.foundAt()));
  }

  /** Writes the last group, and how far outages are found, in one transaction. */
  private long writeLast(Round round, List<int[]> groups) {
    long changes = groups.isEmpty() ? 0 : write(round, groups.getLast());
    outages.keep(new Outages.Progress(round.latest, round.now, basis()));
    return changes;
  }
}
