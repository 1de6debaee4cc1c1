package dev.storewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.TestDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.channel.Alert;
import dev.storewatch.channel.Alerts;
import dev.storewatch.channel.ChannelKinds;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** All that sends messages in one process, to a kind of channel of the test. */
final class Sending implements AutoCloseable {
  static final Duration GIVE_UP = Duration.ofDays(3);

  final DataFolder folder;
  final Database database;
  final Deliveries deliveries;
  final Claims claims;
  final ChannelBook book;
  final DeliveryQueue queue;
  final Queue<String> told = new ConcurrentLinkedQueue<>();

  Sending(Path path, TestClock clock, FakeKind kind) {
    this(path, TestDatabase.settings(path), clock, kind);
  }

  Sending(Path path, DatabaseSettings settings, TestClock clock, FakeKind kind) {
    folder = DataFolder.take(path, "test");
    database = TestFolder.open(folder, settings);
    deliveries = Deliveries.open(database, clock);
    claims = new Claims(database, clock);
    SecretKeys keys = new SecretKeys(AlertSettings.ofCommand(null), path);
    book = new ChannelBook(database, clock, deliveries, new ChannelKinds(List.of(kind)), keys);
    queue =
        new DeliveryQueue(
            database,
            deliveries,
            book,
            clock,
            GIVE_UP,
            new Pauses(() -> 1),
            List.of((of, result, took) -> told.add(of + " " + result)));
  }

  /** Enters a channel, and returns its id. */
  String channel(String name, int perMinute) {
    return book.add(null, body(name, perMinute)).id();
  }

  static ChannelBody body(String name, int perMinute) {
    return new ChannelBody(
        name, "fake", Map.of("place", "here"), Map.of("password", "sesame"), perMinute);
  }

  /** Queues messages about the beginning of incidents, and returns the ids. */
  List<String> queue(String channel, String... incidents) {
    return database.inTransaction(
        () ->
            deliveries.add(
                List.of(incidents).stream()
                    .map(
                        incident ->
                            new Deliveries.Order(Alerts.of(incident, Alert.Kind.STARTED), channel))
                    .toList()));
  }

  /** Claims what is sent next, of which a test wants to have one message alone. */
  Optional<Delivery> claimOne() {
    return claims
        .claim()
        .map(
            batch -> {
              assertThat(batch.messages()).hasSize(1);
              return batch.messages().getFirst().delivery();
            });
  }

  /** Ends a claim. */
  void end(String id) {
    Delivery delivery = delivery(id);
    Claims.End end = new Claims.End(delivery, Delivery.State.DELIVERED, "ok", 0);
    claims.end(delivery.channelId(), List.of(end));
  }

  Delivery delivery(String id) {
    return deliveries.find(id).orElseThrow();
  }

  Delivery await(String id, Delivery.State state) {
    return Eventually.until(
        "%s is %s".formatted(id, state), () -> delivery(id), found -> found.state() == state);
  }

  /** Waits until a message was tried so often and waits for the next attempt. */
  Delivery awaitAttempts(String id, int attempts) {
    return Eventually.until(
        "%s was tried %d times".formatted(id, attempts),
        () -> delivery(id),
        found -> found.attempts() == attempts && found.state() == Delivery.State.QUEUED);
  }

  @Override
  public void close() {
    queue.close();
    database.close();
    folder.close();
  }
}
