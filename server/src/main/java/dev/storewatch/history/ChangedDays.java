package dev.storewatch.history;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.Polls;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revisions;
import dev.storewatch.store.Registry;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * For each store, the dates whose figures may be others since a revision: never too few, and two or
 * three more at each end, because when a day is depends on the clocks and the nights of the store.
 */
final class ChangedDays {
  /** How far a business day may begin before the midnight of UTC of its date. */
  private static final int BEFORE = 1;

  /** How many dates after the one that UTC shows a business day may be. */
  private static final int AFTER = 2;

  private static final int NEVER = Integer.MAX_VALUE;

  private final Registry registry;
  private final long carry;
  private final int[] first;
  private final int[] last;
  private final boolean[] gone;
  private boolean any;

  private ChangedDays(Registry registry, long carry) {
    this.registry = registry;
    this.carry = carry;
    this.first = new int[registry.size() + 1];
    this.last = new int[registry.size() + 1];
    this.gone = new boolean[registry.size() + 1];
    Arrays.fill(first, NEVER);
    Arrays.fill(last, Integer.MIN_VALUE);
  }

  /** Returns that nothing is changed. */
  static ChangedDays none(Registry registry, long carry) {
    return new ChangedDays(registry, carry);
  }

  /**
   * Returns what was changed since rows were brought up to date.
   *
   * @param progress how far they were brought
   * @param latest the latest revision
   */
  static ChangedDays since(
      HistoryRows.Progress progress,
      int latest,
      Registry registry,
      Revisions revisions,
      Polls polls,
      long carry) {
    ChangedDays changed = new ChangedDays(registry, carry);
    if (progress.revision() < latest) {
      long[] ofPolls = {Long.MAX_VALUE, Long.MIN_VALUE};
      revisions.forEach(
          progress.revision(),
          latest,
          change -> {
            if (change.kind() == Kind.POLLS) {
              ofPolls[0] = Math.min(ofPolls[0], change.time().start());
              ofPolls[1] = Math.max(ofPolls[1], change.time().end());
            } else {
              changed.add(change);
            }
          });
      // A poll after that instant tells nothing of the days that are kept.
      long end = Math.min(ofPolls[1], progress.knownTo());
      if (ofPolls[0] < end) {
        polls.changesSince(
            progress.revision(),
            new Span(ofPolls[0], end),
            (store, from, to) -> {
              if (store <= registry.size()) {
                changed.add(store, from, to + 1);
                changed.addFrom(store, from);
              }
            });
      }
    }
    return changed;
  }

  /** Adds all days from the first poll on, where that is one that has come. */
  private void addFrom(int key, long from) {
    if (registry.firstPoll(key).orElse(Long.MAX_VALUE) >= from) {
      last[key] = Integer.MAX_VALUE;
    }
  }

  private void add(Change change) {
    boolean touches =
        switch (change.kind()) {
          case POLLS, HOURS, SPECIAL_DAYS, CLOSURES, ZONES, STORES, ZONE_RULES -> true;
          // Days whose polls are too old to be kept stay as they are.
          case OLD_POLLS, FLAGS -> false;
          case TAGS -> hasEntriesOfTags();
        };
    if (touches) {
      IntStream keys =
          change.stores() == null
              ? IntStream.rangeClosed(1, registry.size())
              : change.stores().stream().filter(key -> key <= registry.size());
      keys.forEach(
          key -> {
            add(key, change.time().start(), change.time().end());
            gone[key] |= change.kind() == Kind.STORES;
          });
    }
  }

  private boolean hasEntriesOfTags() {
    return registry.plannedClosures().stream().anyMatch(one -> one.target().tag() != null)
        || registry.plannedDays().stream().anyMatch(one -> one.target().tag() != null);
  }

  private void add(int key, long from, long to) {
    any = true;
    first[key] = Math.min(first[key], date(from - carry) - AFTER);
    last[key] = Math.max(last[key], date(to + carry) + BEFORE);
  }

  private static int date(long instant) {
    return Math.clamp(Math.floorDiv(instant, Micros.DAY), -1_000_000, 10_000_000);
  }

  /** Returns whether nothing is changed. */
  boolean isEmpty() {
    return !any;
  }

  /** Returns whether some day of a store between two dates may be another. */
  boolean touches(int key, long from, long to) {
    return any && first[key] <= to && last[key] >= from;
  }

  /** Returns whether a store may have been deleted, or have come back. */
  boolean mayBeGone(int key) {
    return gone[key];
  }

  /** Returns the first date of a store that may be another. */
  int first(int key) {
    return first[key];
  }

  /** Returns the last date of a store that may be another. */
  int last(int key) {
    return last[key];
  }
}
