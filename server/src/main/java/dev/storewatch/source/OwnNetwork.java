package dev.storewatch.source;

import dev.storewatch.outgoing.NotAnswered;
import dev.storewatch.outgoing.Outgoing;
import dev.storewatch.outgoing.Request;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Whether the network of the prober itself is there: whether an address that always answers does.
 */
final class OwnNetwork {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private final Outgoing outgoing;
  private final List<URI> references;
  private long asked = Long.MIN_VALUE;
  private boolean there;

  OwnNetwork(Outgoing outgoing, List<URI> references) {
    this.outgoing = outgoing;
    this.references = references;
  }

  /**
   * Returns whether the network is there. When many stores fail at once, one answer serves all that
   * failed before it was asked for.
   *
   * @param since when a store had failed, by {@link System#nanoTime}
   */
  synchronized boolean isThere(long since) {
    if (asked == Long.MIN_VALUE || asked - since < 0) {
      asked = System.nanoTime();
      there = references.stream().anyMatch(this::answers);
    }
    return there;
  }

  /** Any answer will do: what it says is of no interest. */
  private boolean answers(URI reference) {
    try {
      var _ = outgoing.ask(Request.get(reference).within(LONGEST).reading(1_024).following(0));
      return true;
    } catch (NotAnswered e) {
      return false;
    }
  }
}
