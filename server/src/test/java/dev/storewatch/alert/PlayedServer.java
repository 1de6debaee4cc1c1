package dev.storewatch.alert;

import dev.storewatch.channel.ChannelKind;
import dev.storewatch.channel.ChannelKinds;
import dev.storewatch.database.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What sends messages in a server whose clock and receivers are those of a test. */
public final class PlayedServer implements AutoCloseable {
  private final Claims claims;
  private final ChannelBook book;
  private final DeliveryQueue queue;

  /** A server that sends at once. */
  public PlayedServer(
      Database database, Deliveries deliveries, Clock clock, Path folder, List<ChannelKind> kinds) {
    claims = new Claims(database, clock);
    SecretKeys keys = new SecretKeys(AlertSettings.ofCommand(null), folder);
    book = new ChannelBook(database, clock, deliveries, new ChannelKinds(kinds), keys);
    queue =
        new DeliveryQueue(
            database,
            deliveries,
            book,
            clock,
            Duration.ofDays(3),
            new Pauses(() -> 0.5),
            List.of());
    queue.start();
  }

  /** Enters a channel that takes many messages; returns its id. */
  public String channel(String name, String kind) {
    return book.add(null, new ChannelBody(name, kind, Map.of(), Map.of(), 6_000)).id();
  }

  /** Claims what is sent next and sends nothing of it, as a server that is killed then. */
  public void claimsAndIsKilled() {
    var _ = claims.claim();
  }

  /** Looks again what is to be sent, because the clock is another one. */
  public void wake() {
    queue.wake();
  }

  @Override
  public void close() {
    queue.close();
  }
}
