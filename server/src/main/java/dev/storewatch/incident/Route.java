package dev.storewatch.incident;

import dev.storewatch.channel.Alert.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is told of.
 *
 * @param id a random id
 * @param channel the id of the channel
 * @param tags of stores with all of these alone; empty for all stores
 * @param troubles of these alone; empty for all
 * @param after only what has lasted as long since it was found, and nobody has acknowledged
 * @param quiet the hours in which nothing begins to be told; null for none
 * @param digest whether what still lasts is told when its store opens
 * @param entered when it was entered
 * @param enteredBy who entered it; null for somebody without a name
 */
record Route(
    String id,
    String channel,
    List<String> tags,
    List<Trouble> troubles,
    Duration after,
    @Nullable Quiet quiet,
    boolean digest,
    Instant entered,
    @Nullable String enteredBy) {
  /** Copies the lists. */
  public Route {
    tags = List.copyOf(tags);
    troubles = List.copyOf(troubles);
  }

  /** Returns the route of a channel that has none of its own: it is told of everything. */
  static Route ofEverything(String channel) {
    return new Route(
        "", channel, List.of(), List.of(), Duration.ZERO, null, true, Instant.EPOCH, null);
  }

  /** Returns whether something wrong at a store with some tags is told. */
  boolean isOf(Trouble trouble, Set<String> storeTags) {
    return (troubles.isEmpty() || troubles.contains(trouble)) && storeTags.containsAll(tags);
  }
}
