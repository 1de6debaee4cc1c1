package dev.storewatch.uptime;

import dev.storewatch.interval.Span;
import java.util.OptionalLong;

/**
 * A maximal part of one store's time with one state, one certainty and one poll that speaks for it.
 *
 * @param span when
 * @param state the state
 * @param certain whether the polls on both sides agree on an up or down state, each within the
 *     carry limit
 * @param poll the instant of the poll that speaks for an up or down state, in microseconds since
 *     the epoch
 */
public record Segment(Span span, State state, boolean certain, OptionalLong poll) {
  /** What a store was during a segment. */
  public enum State {
    /** Open and online. */
    UP,
    /** Open and not online. */
    DOWN,
    /** Open, and no poll speaks for the time. */
    UNKNOWN,
    /** Open by its hours, but inside a planned closure. */
    EXCLUDED,
    /** Outside business hours. */
    CLOSED
  }

  /** Returns whether the next segment differs from this one in nothing but its time. */
  boolean continuesIn(Segment next) {
    return span.end() == next.span.start()
        && state == next.state
        && certain == next.certain
        && poll.equals(next.poll);
  }

  /** Returns this segment with a later end. */
  Segment upTo(long end) {
    return new Segment(new Span(span.start(), end), state, certain, poll);
  }
}
