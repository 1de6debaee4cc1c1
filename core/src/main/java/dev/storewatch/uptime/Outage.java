package dev.storewatch.uptime;

import dev.storewatch.interval.Span;
import java.util.OptionalLong;

/**
 * A maximal run of down time without any up or unknown open time in it; closed time does not end
 * it.
 *
 * @param span from the first down instant to the end of the last down time, by the rule's estimate
 * @param openMicros down time in it: the open time it lasted
 * @param clippedStart whether it may have begun before the period that was looked at
 * @param clippedEnd whether it may go on after the period that was looked at
 * @param lastUp the in-hours poll before {@code firstDown} if that is active, the earliest the
 *     outage can have begun; empty when it is not, or lies before {@link Timeline#horizon}
 * @param firstDown the inactive poll that speaks for its first down time, the latest it can have
 *     begun
 * @param lastDown the inactive poll that speaks for its last down time, the earliest it can have
 *     ended
 * @param nextUp the in-hours poll after {@code lastDown} if that is active, the latest the outage
 *     can have ended; empty when it is not, or there is none yet
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
