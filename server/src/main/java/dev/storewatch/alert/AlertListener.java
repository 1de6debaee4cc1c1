package dev.storewatch.alert;

import java.time.Duration;

/** Whoever is told how attempts to send messages end; called by the threads that send. */
public interface AlertListener {
  /** What came of an attempt. */
  enum Result {
    /** The receiver has the message. */
    DELIVERED,
    /** The receiver has taken it to pass it on. */
    ACCEPTED,
    /** It is tried again. */
    FAILED,
    /** It is not tried any more. */
    DEAD
  }

  /**
   * Called after an attempt.
   *
   * @param kind the word of the kind of the channel
   * @param took how long the receiver took
   */
  void attempted(String kind, Result result, Duration took);
}
