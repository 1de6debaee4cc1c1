package dev.storewatch.incident;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A time in which nothing begins to be told of some stores. What began before is told when it is
 * over, and what still lasts when the mute ends is told then.
 *
 * @param id a random id
 * @param store the key of its store; null for more than one
 * @param tag the tag of its stores; null for one store or all
 * @param until when it ends, in microseconds since the epoch
 * @param reason why
 * @param entered when it was entered
 * @param enteredBy who entered it; null for somebody without a name
 */
record Mute(
    String id,
    @Nullable Integer store,
    @Nullable String tag,
    long until,
    String reason,
    Instant entered,
    @Nullable String enteredBy) {
  /** Returns whether it is of a store with some tags. */
  boolean isOfStore(int key, Set<String> tags) {
    return store == null ? tag == null || tags.contains(tag) : store == key;
  }

  /** Returns whether it is of a group of stores, such as {@code tag:west}. */
  boolean isOfGroup(String group) {
    return store == null && (tag == null || group.equals("tag:" + tag));
  }
}
