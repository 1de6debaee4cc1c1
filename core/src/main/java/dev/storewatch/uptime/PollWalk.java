package dev.storewatch.uptime;

import dev.storewatch.interval.SpanSet;

/**
 * The one place where polls become statuses: a walk goes over a store's in-hours polls once, in
 * order, and cuts all time up to the as-of instant into segments of one status.
 *
 * <p>The segments leave no gap and do not overlap. They run through closed time, because a poll
 * speaks for the time around it by elapsed distance alone. The receiver finds out which part of a
 * segment is open.
 */
final class PollWalk {
  // The certain form of a status is the number after it, so that adding one makes a status certain.

  /** No poll speaks for the segment. */
  static final int UNKNOWN = 0;

  /** Up by the rule, but the polls on both sides do not settle it. */
  static final int UP = 1;

  /** Up, and the polls on both sides are active and each within the carry limit. */
  static final int SURELY_UP = 2;

  /** Down by the rule, but the polls on both sides do not settle it. */
  static final int DOWN = 3;

  /** Down, and the polls on both sides are inactive and each within the carry limit. */
  static final int SURELY_DOWN = 4;

  /** The number of statuses. */
  static final int STATUSES = 5;

  private final boolean bothSides;
  private final long carry;
  private final long asOf;

  /**
   * A walk under a rule up to an instant.
   *
   * <p>{@code ratio} has no status for each instant. Its walk gives the segments of {@code
   * nearest}, because the certain part is the same under every rule.
   */
  PollWalk(Rule rule, long asOf) {
    this.bothSides = !(rule instanceof Rule.Previous);
    this.carry = rule.carryMicros();
    this.asOf = asOf;
  }

  /** A receiver of what a walk finds. */
  interface Segments {
    /**
     * Called with each in-hours poll at or before the as-of instant, before any segment that ends
     * after the poll.
     */
    void poll(long poll);

    /**
     * Called with the next segment: from the end of the last one, or from the beginning of time, up
     * to an instant that is never before the end of the last one. The segment may be empty.
     *
     * @param end the first instant after the segment
     * @param status one of the constants of {@link PollWalk}
     * @param poll the poll that speaks for the segment; without meaning when the status is unknown
     */
    void segment(long end, int status, long poll);
  }

  /**
   * Goes over {@code polls[from, to)}, sorted and distinct. A poll is in hours if {@code open},
   * from which planned closures are taken away, contains it; so {@code open} must reach past a poll
   * made at the as-of instant.
   */
  void over(SpanSet open, long[] polls, int from, int to, Segments segments) {
    int span = 0;
    int spans = open.size();
    boolean any = false;
    long last = 0;
    for (int i = from; i < to; i++) {
      long poll = polls[i];
      long at = PackedPoll.at(poll);
      if (at > asOf) {
        break;
      }
      while (span < spans && open.end(span) <= at) {
        span++;
      }
      if (span == spans) {
        break;
      }
      if (at < open.start(span)) {
        continue;
      }
      if (any) {
        between(last, poll, segments);
      } else {
        before(poll, segments);
      }
      segments.poll(poll);
      last = poll;
      any = true;
    }
    after(any, last, segments);
  }

  /**
   * Goes over polls as {@link #over} does, which are given one after the other, so that nobody
   * needs all of them in memory.
   */
  final class Steps {
    private final SpanSet open;
    private final Segments segments;
    private int span;
    private boolean any;
    private long last;

    /** A walk over the polls of one store. */
    Steps(SpanSet open, Segments segments) {
      this.open = open;
      this.segments = segments;
    }

    /** Takes the next poll, which is later than the one before. */
    void take(long poll) {
      long at = PackedPoll.at(poll);
      while (span < open.size() && open.end(span) <= at) {
        span++;
      }
      if (at > asOf || span == open.size() || at < open.start(span)) {
        return;
      }
      if (any) {
        between(last, poll, segments);
      } else {
        before(poll, segments);
      }
      segments.poll(poll);
      last = poll;
      any = true;
    }

    /** Says that there is no other poll. */
    void finish() {
      after(any, last, segments);
    }
  }

  private void before(long first, Segments segments) {
    long at = PackedPoll.at(first);
    if (bothSides) {
      segments.segment(at - carry, UNKNOWN, first);
      segments.segment(at, status(first), first);
    } else {
      segments.segment(at, UNKNOWN, first);
    }
  }

  private void after(boolean any, long last, Segments segments) {
    if (any) {
      segments.segment(Math.min(PackedPoll.at(last) + carry, asOf), status(last), last);
    }
    segments.segment(asOf, UNKNOWN, last);
  }

  private void between(long a, long b, Segments segments) {
    long start = PackedPoll.at(a);
    long end = PackedPoll.at(b);
    long gap = end - start;
    // The middle of an odd gap lies inside a microsecond. That microsecond goes to the later poll,
    // like an instant that is equally near to both.
    long change = bothSides ? start + gap / 2 : end;
    if (gap <= carry) {
      int sure = PackedPoll.activeBit(a) == PackedPoll.activeBit(b) ? 1 : 0;
      segments.segment(change, status(a) + sure, a);
      segments.segment(end, status(b) + sure, b);
    } else if (gap <= 2 * carry && PackedPoll.activeBit(a) == PackedPoll.activeBit(b)) {
      agreeingAcrossCarry(a, b, change, segments);
    } else {
      segments.segment(Math.min(change, start + carry), status(a), a);
      segments.segment(bothSides ? Math.max(change, end - carry) : end, UNKNOWN, a);
      segments.segment(end, status(b), b);
    }
  }

  /**
   * Cuts a gap that is longer than the carry limit but at most twice as long, between polls of one
   * status. It is certain in its middle, where both polls are within the limit, and not at its
   * ends.
   */
  private void agreeingAcrossCarry(long a, long b, long change, Segments segments) {
    long reachOfA = PackedPoll.at(a) + carry;
    long reachOfB = PackedPoll.at(b) - carry;
    segments.segment(reachOfB, status(a), a);
    if (bothSides) {
      segments.segment(change, status(a) + 1, a);
      segments.segment(reachOfA, status(b) + 1, b);
      segments.segment(PackedPoll.at(b), status(b), b);
    } else {
      segments.segment(reachOfA, status(a) + 1, a);
      segments.segment(PackedPoll.at(b), UNKNOWN, a);
    }
  }

  private static int status(long poll) {
    return PackedPoll.isActive(poll) ? UP : DOWN;
  }
}
