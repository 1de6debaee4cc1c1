package dev.storewatch.channel;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of an attempt to send a message. */
public sealed interface Outcome {
  /**
   * The receiver says that it has the message.
   *
   * @param note what it said, or what that means
   */
  record Delivered(String note) implements Outcome {}

  /**
   * The receiver has taken the message to pass it on; it does not say whether anybody gets it.
   *
   * @param note what it said, or what that means
   */
  record Accepted(String note) implements Outcome {}

  /**
   * The receiver did not take it this time: it is away, busy or set up wrongly.
   *
   * @param reason what went wrong
   * @param retryAfter how long it wants to be left alone, or null if it does not say
   */
  record Failed(String reason, @Nullable Duration retryAfter) implements Outcome {}

  /**
   * The receiver will not take this message, however often it is sent.
   *
   * @param reason what it said
   */
  record Refused(String reason) implements Outcome {}

  /** A failure of a receiver that does not say when to come again. */
  static Failed failed(String reason) {
    return new Failed(reason, null);
  }
}
