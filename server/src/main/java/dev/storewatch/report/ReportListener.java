package dev.storewatch.report;

import java.time.Duration;

/**
 * Hears how long reports take; called by the threads that compute, so it must neither block nor
 * throw.
 */
public interface ReportListener {
  /** Hears nothing. */
  ReportListener NONE = new ReportListener() {};

  /** How the computation of a report may end. */
  enum Outcome {
    /** Its rows are there. */
    COMPLETE,
    /** It could not be computed. */
    FAILED,
    /** It was deleted before it was complete, or another process has taken it over. */
    CANCELLED
  }

  /** Takes how long a report waited for its turn, which has come. */
  default void started(Duration waited) {}

  /**
   * Takes how a report ended; not called for one that the end of the program leaves to the next
   * start.
   *
   * @param took how long it was computed
   */
  default void ended(Outcome outcome, Duration took) {}
}
