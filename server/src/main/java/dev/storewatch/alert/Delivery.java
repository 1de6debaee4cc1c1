package dev.storewatch.alert;

import dev.storewatch.channel.Alert;
import dev.storewatch.input.WrongInput;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An alert on its way to one channel, or what became of it. Instants are microseconds since the
 * epoch.
 *
 * @param number a number that is larger for what was queued later
 * @param id its id, by which a receiver can tell when it gets it twice
 * @param channelId the channel
 * @param alert what it is about
 * @param state how far it is
 * @param queuedAt when it was queued
 * @param sinceAt since when it is tried: when it was queued, or queued again by somebody
 * @param dueAt when it is tried next, if it waits
 * @param attempts how often it was tried, or begun to be tried
 * @param endedAt when it came to its end, or null
 * @param note what the receiver said last, or what went wrong; null before the first attempt
 */
public record Delivery(
    long number,
    String id,
    String channelId,
    Alert alert,
    State state,
    long queuedAt,
    long sinceAt,
    long dueAt,
    int attempts,
    @Nullable Long endedAt,
    @Nullable String note) {
  /** How far a delivery is. */
  public enum State {
    /** It waits for its first or its next attempt. */
    QUEUED,
    /** A process is sending it. */
    RUNNING,
    /** The receiver says that it has it. */
    DELIVERED,
    /** The receiver has taken it to pass it on. */
    ACCEPTED,
    /** It is not tried any more, unless somebody says so. */
    DEAD,
    /** It told of a beginning, which was over before it could be sent: the end was sent alone. */
    SKIPPED;

    /** Returns the word for it, in the database and in answers. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /**
     * Returns the state that somebody names.
     *
     * @throws WrongInput if there is none
     */
    public static State parse(String word) {
      return Arrays.stream(values())
          .filter(state -> state.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new WrongInput(
                      "there is no state '%s': use %s"
                          .formatted(
                              word,
                              Arrays.stream(values())
                                  .map(State::word)
                                  .collect(Collectors.joining(", ")))));
    }

    /** Returns whether it may be sent again because somebody wants it. */
    public boolean isResendable() {
      return this == DEAD || this == ACCEPTED;
    }
  }
}
