package dev.storewatch.incident;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.Polls;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revision;
import dev.storewatch.revision.Revisions;
import dev.storewatch.uptime.PackedPoll;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When each store was polled last, and when it was found active last, by the polls of the last
 * {@value #DAYS} days. It takes 16 bytes for each store. Not for several threads.
 */
final class LastPolls {
  /** Stands for a store that was not polled in that time. */
  static final long NEVER = Long.MIN_VALUE;

  private static final int DAYS = 8;
  private static final long BACK = DAYS * Micros.DAY;

  /** How many changes are read at a time. */
  private static final int CHANGES = 1_000;

  private final Polls polls;
  private final Revisions revisions;
  private final PollSources sources = new PollSources();
  private long[] last = new long[0];
  private long[] active = new long[0];
  private int revision = -1;
  private long reached = NEVER;

  LastPolls(Polls polls, Revisions revisions) {
    this.polls = polls;
    this.revisions = revisions;
  }

  /** Returns how the polls of a store came the last time; null if that is not known. */
  @Nullable String sourceOf(int key) {
    return sources.of(key);
  }

  /** Returns when a store was polled last, {@link #NEVER} if it was not. */
  long of(int key) {
    return last[key];
  }

  /** Returns when a store was found active last, {@link #NEVER} if it was not. */
  long activeOf(int key) {
    return active[key];
  }

  /**
   * Brings them up to date with all polls up to an instant.
   *
   * @param stores the highest key of a store
   */
  void follow(int stores, long now) {
    sources.reach(stores);
    int latest = revisions.latest();
    long from = isNew(latest, now) ? NEVER : earliest(revision, latest);
    if (from == NEVER) {
      // What was changed lately says how the polls of each store come.
      long _ = earliest(Math.min(latest, revisions.at(now - Micros.DAY)), latest);
    }
    if (stores >= last.length) {
      grow(stores + 1);
    }
    if (from <= now && (from < now - BACK || !readAgain(from, now))) {
      readAll(now);
    }
    forgetBefore(now - BACK);
    revision = latest;
    reached = now;
  }

  private boolean isNew(int latest, long now) {
    return revision < 0 || latest < revision || now < reached;
  }

  private void grow(int length) {
    int had = last.length;
    last = Arrays.copyOf(last, length);
    active = Arrays.copyOf(active, length);
    Arrays.fill(last, had, length, NEVER);
    Arrays.fill(active, had, length, NEVER);
  }

  /** Returns from when on polls may differ; polls that were dated after the clock count as well. */
  private long earliest(int after, int latest) {
    long earliest = polls.newest().orElse(NEVER) > reached ? reached + 1 : Long.MAX_VALUE;
    int read = after;
    while (read < latest) {
      List<Revision> some = revisions.after(read, CHANGES);
      for (Revision each : some) {
        sources.take(each);
        if (each.change().kind() == Kind.POLLS || each.change().kind() == Kind.STORES) {
          earliest = Math.min(earliest, each.change().time().start());
        }
      }
      // A revision may have more changes than were read of it.
      read = some.size() < CHANGES ? latest : some.getLast().number() - 1;
    }
    return earliest;
  }

  private void readAll(long now) {
    Arrays.fill(last, NEVER);
    Arrays.fill(active, NEVER);
    scan(now - BACK, now);
  }

  /**
   * Reads the polls since an instant again.
   *
   * @return whether that tells all: each store that had one of them has one still
   */
  private boolean readAgain(long from, long now) {
    long[] lastBefore = last.clone();
    long[] activeBefore = active.clone();
    forgetSince(from, last);
    forgetSince(from, active);
    scan(from, now);
    for (int key = 1; key < last.length; key++) {
      if (isGone(lastBefore[key], last[key]) || isGone(activeBefore[key], active[key])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isGone(long before, long now) {
    return before != NEVER && now == NEVER;
  }

  private static void forgetSince(long from, long[] instants) {
    for (int i = 0; i < instants.length; i++) {
      if (instants[i] >= from) {
        instants[i] = NEVER;
      }
    }
  }

  private void scan(long from, long now) {
    if (last.length > 1) {
      polls.scan(new Span(from, now + 1), 1, last.length - 1, this::take);
    }
  }

  private void take(int store, long poll) {
    long at = PackedPoll.at(poll);
    last[store] = Math.max(last[store], at);
    if (PackedPoll.isActive(poll)) {
      active[store] = Math.max(active[store], at);
    }
  }

  private void forgetBefore(long instant) {
    for (int i = 0; i < last.length; i++) {
      last[i] = last[i] < instant ? NEVER : last[i];
      active[i] = active[i] < instant ? NEVER : active[i];
    }
  }
}
