package dev.storewatch.uptime;

import dev.storewatch.interval.Span;
import java.util.OptionalLong;

/**
 * A maximal stretch of down time with no up or unknown open time in it; closed time does not end
 * it.
 *
 * @param span from the first down instant to the end of the last down time, by the rule's estimate
 * @param openMicros down time in it: the open time it lasted
 * @param clippedStart whether it may have begun before the period that was looked at
 * @param clippedEnd whether it may go on after the period that was looked at
 * @param lastUp the active poll before it, the earliest it can have begun; empty when no such poll
 *     borders on it
 * @param firstDown the first inactive poll of it, the latest it can have begun
 * @param lastDown the last inactive poll of it, the earliest it can have ended
 * @param nextUp the active poll after it, the latest it can have ended; empty when there is none
 *     yet
 */
public record Outage(
    Span span,
    long openMicros,
    boolean clippedStart,
    boolean clippedEnd,
    OptionalLong lastUp,
    long firstDown,
    long lastDown,
    OptionalLong nextUp) {
  /** Returns how long it lasted by the clock, closed time included, in microseconds. */
  public long elapsedMicros() {
    return span.length();
  }
}
