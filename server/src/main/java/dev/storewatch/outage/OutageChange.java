package dev.storewatch.outage;

import org.jspecify.annotations.Nullable;

/**
 * What has become of an outage.
 *
 * @param before how it was kept; null if it was not known
 * @param after how it is kept now; null if it is none any more
 */
public record OutageChange(@Nullable KeptOutage before, @Nullable KeptOutage after) {
  /** What kind of change it is. */
  public enum Kind {
    /** A store is down. */
    BEGAN,
    /** An outage that was going on has ended. */
    ENDED,
    /** An outage that had ended already when its polls came. */
    FOUND_LATE,
    /** An outage that had ended goes on: polls between have changed. */
    RESUMED,
    /** It is as before, but lasts longer, or began or ended at another time than was said. */
    CHANGED,
    /** There was no outage, by what is known now. */
    WITHDRAWN
  }

  /** Returns the kind of change. */
  public Kind kind() {
    if (after == null) {
      return Kind.WITHDRAWN;
    }
    if (before == null) {
      return after.isOngoing() ? Kind.BEGAN : Kind.FOUND_LATE;
    }
    if (before.isOngoing() == after.isOngoing()) {
      return Kind.CHANGED;
    }
    return after.isOngoing() ? Kind.RESUMED : Kind.ENDED;
  }

  /** Returns whether what was said before is wrong. */
  boolean isCorrection() {
    return before != null && (after == null || before.isCorrectedBy(after));
  }
}
