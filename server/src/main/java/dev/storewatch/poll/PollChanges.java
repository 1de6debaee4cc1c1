package dev.storewatch.poll;

import dev.storewatch.interval.Span;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Kind;
import dev.storewatch.revision.Revisions;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.uptime.PackedPoll;

/**
 * What transactions change of polls, noted as it is done, and the SQL that keeps what was there.
 */
final class PollChanges {
  private final Revisions revisions;

  PollChanges(Revisions revisions) {
    this.revisions = revisions;
  }

  /** Notes polls that come, get another status or go; returns the number of the revision. */
  int note(PollRows polls) {
    StoreSet stores = new StoreSet();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    int store = -1;
    for (int i = 0; i < polls.size(); i++) {
      long at = PackedPoll.at(polls.poll(i));
      first = Math.min(first, at);
      last = Math.max(last, at);
      if (polls.store(i) != store) {
        store = polls.store(i);
        stores.add(store);
      }
    }
    return polls.size() == 0 ? revisions.here() : note(stores, first, last, polls.size());
  }

  /** Notes polls in spans that go. */
  int note(PollSpans spans, long count) {
    StoreSet stores = new StoreSet();
    for (int key : spans.keys()) {
      stores.add(key);
    }
    return count == 0
        ? revisions.here()
        : note(stores, spans.time().start(), spans.time().end() - 1, count);
  }

  /** Notes polls of a store in a period that go. */
  void note(int key, Span period, long count) {
    if (count > 0) {
      StoreSet store = new StoreSet();
      store.add(key);
      int _ = note(store, period.start(), period.end() - 1, count);
    }
  }

  private int note(StoreSet stores, long first, long last, long count) {
    revisions.note(new Change(Kind.POLLS, stores, new Span(first, last + 1), count));
    return revisions.here();
  }

  /** Returns the number of the revision that the running transaction makes. */
  int here() {
    return revisions.here();
  }

  /**
   * Returns the statement that keeps polls which are about to be replaced or deleted.
   *
   * @param from the polls: {@code poll}, joined with what names them
   * @param condition which of them
   */
  static String keeping(int revision, String from, String condition) {
    return """
    INSERT INTO poll_past (store_key, polled_at, active, revision, until_revision)
    SELECT poll.store_key, poll.polled_at, poll.active, poll.revision, %1$d FROM %2$s
    WHERE poll.revision < %1$d%3$s\
    """
        .formatted(revision, from, condition.isEmpty() ? "" : " AND " + condition);
  }

  /** Returns, as a table of the name poll, the polls that were known at a revision. */
  static String knownAt(int revision) {
    return """
    (SELECT store_key, polled_at, active FROM poll WHERE revision <= %1$d
     UNION ALL
     SELECT store_key, polled_at, active FROM poll_past
     WHERE revision <= %1$d AND until_revision > %1$d) poll\
    """
        .formatted(revision);
  }

  /**
   * Returns, as a table of the name changed, stores and revisions of polls of a period that came,
   * were replaced or went after a revision.
   */
  static String changedSince(int revision, Span period) {
    return """
    (SELECT store_key, revision FROM poll
     WHERE revision > %1$d AND polled_at >= %2$d AND polled_at < %3$d
     UNION
     SELECT store_key, until_revision AS revision FROM poll_past
     WHERE revision <= %1$d AND until_revision > %1$d AND polled_at >= %2$d AND polled_at < %3$d)
    changed\
    """
        .formatted(revision, period.start(), period.end());
  }

  /**
   * Returns the query of the stores of which polls of a period came, were replaced or went after a
   * revision, each with the first and the last instant of these polls.
   */
  static String timesChangedSince(int revision, Span period) {
    return """
    SELECT store_key, min(polled_at), max(polled_at) FROM (
      SELECT store_key, polled_at FROM poll
      WHERE revision > %1$d AND polled_at >= %2$d AND polled_at < %3$d
      UNION ALL
      SELECT store_key, polled_at FROM poll_past
      WHERE until_revision > %1$d AND polled_at >= %2$d AND polled_at < %3$d) changed
    GROUP BY store_key\
    """
        .formatted(revision, period.start(), period.end());
  }
}
