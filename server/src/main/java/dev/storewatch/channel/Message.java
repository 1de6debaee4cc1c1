package dev.storewatch.channel;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert on its way to one channel.
 *
 * @param id the id of the delivery, the same each time that it is tried, so that a receiver can
 *     tell when it gets a message twice
 * @param at when it is sent
 * @param alert what it is about
 * @param attachment the file that it takes along, on channels that take files; or null
 */
public record Message(String id, Instant at, Alert alert, @Nullable Attachment attachment) {
  /** A message without a file. */
  public Message(String id, Instant at, Alert alert) {
    this(id, at, alert, null);
  }

  /** What a message says, as plain text: one line, and the lines after it. */
  public record Words(String title, String text) {}

  /** Returns what a message about an alert says. */
  public static Words words(Alert alert) {
    Wording wording = Wording.of(alert);
    return new Words(wording.title(), wording.text());
  }

  /** Returns it in words. */
  Wording wording() {
    return Wording.of(alert);
  }
}
