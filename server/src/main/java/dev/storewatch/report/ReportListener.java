package dev.storewatch.report;

import java.time.Duration;

/**
 * Whoever is told how long reports take; called by the threads that compute, so it must neither
 * block nor throw.
 */
public interface ReportListener {
  /** Ignores all calls. */
  ReportListener NONE = new ReportListener() {};

  /** How the computation of a report may end. */
  enum Outcome {
    /** Its rows are kept. */
    COMPLETE,
    /** It could not be computed. */
    FAILED,
    /** It was deleted before it was complete, or another process has taken it over. */
    CANCELLED
  }

  /** Called when the computation of a report begins, with how long the report waited for it. */
  default void started(Duration waited) {}

  /**
   * Called with how a report ended; not for a report that the end of the program leaves to the next
   * start.
   *
   * @param took how long the computation took
   */
  default void ended(Outcome outcome, Duration took) {}
}
