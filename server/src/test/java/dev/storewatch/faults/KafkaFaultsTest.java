package dev.storewatch.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.source.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real servers that read from a real broker into a real database, any of which breaks in the
 * middle. Each record that the broker has acknowledged is in the database once.
 */
@Tag("long")
final class KafkaFaultsTest {
  private static final int PARTITIONS = 4;
  private static final int RECORDS = 20_000;
  private static final Instant START = Instant.parse("2023-01-20T00:00:00Z");

  @TempDir private static Path ofDatabase;
  @TempDir private static Path ofBroker;
  private static PostgresServer postgres;
  private static KafkaBroker broker;
  private static int runs;

  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private String name = "";

  @BeforeAll
  static void startAll() throws Exception {
    postgres = new PostgresServer(ofDatabase.resolve("data"));
    broker = new KafkaBroker(ofBroker);
  }

  @AfterAll
  static void stopAll() throws Exception {
    broker.close();
    postgres.close();
  }

  @BeforeEach
  void make() throws Exception {
    name = "kafka_" + ++runs;
    postgres.execute("postgres", "CREATE DATABASE " + name);
    broker.make(name, PARTITIONS);
  }

  @AfterEach
  void endProcesses() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  private ServerProcess server(String of) throws IOException {
    String settings =
        """
        storewatch.kafka: { bootstrap-servers: "%s", topics: %s, group: %s, client: { session.timeout.ms: 6000, heartbeat.interval.ms: 500, max.poll.records: 50 } }
        """
            .formatted(broker.address(), name, name);
    ServerProcess server =
        new ServerProcess(folder.resolve(of), PostgresServer.url(postgres.port(), name), settings);
    open.add(server);
    assertThat(server.url()).isNotEmpty();
    return server;
  }

  /** Sends some of the records, each of another poll; every hundredth is poison. */
  private List<Future<?>> send(int from, int to) {
    List<Future<?>> sent = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String value =
          i % 100 == 0 ? "poison" : "store %d,active,%s".formatted(i % 40, START.plusSeconds(i));
      sent.add(broker.send(name, i % PARTITIONS, value));
    }
    return sent;
  }

  private static void awaitAcknowledged(List<Future<?>> sent) throws Exception {
    for (Future<?> each : sent) {
      each.get();
    }
  }

  private long count(String sql) throws SQLException {
    return postgres.query(name, sql);
  }

  private void awaitSomePolls(long more) {
    Eventually.until("polls come", () -> count("SELECT count(*) FROM poll") > more);
  }

  /** Producers that try again write a record twice at most, which is one poll all the same. */
  private void assertEachIsThereOnce() throws SQLException {
    long polls = RECORDS - RECORDS / 100;
    Eventually.until("all polls", () -> count("SELECT count(*) FROM poll") == polls);
    Eventually.until(
        "all offsets", () -> count("SELECT sum(next_offset) FROM kafka_offset") >= RECORDS);
    assertThat(count("SELECT count(*) FROM poll")).isEqualTo(polls);
    assertThat(count("SELECT count(DISTINCT (store_key, polled_at)) FROM poll")).isEqualTo(polls);
    assertThat(count("SELECT count(*) FROM import_reject"))
        .isEqualTo(count("SELECT sum(next_offset) FROM kafka_offset") - polls);
    assertThat(count("SELECT count(*) FROM import_reject WHERE text <> 'poison'")).isZero();
  }

  @Test
  void losesNothingWhenTheBrokerIsKilled() throws Exception {
    ServerProcess server = server("one");
    List<Future<?>> sent = send(0, RECORDS / 2);
    awaitSomePolls(0);

    broker.kill();
    // A producer that knows no broker any more waits in each call until there is one.
    CompletableFuture<List<Future<?>>> rest =
        CompletableFuture.supplyAsync(() -> send(RECORDS / 2, RECORDS));
    broker.start();

    awaitAcknowledged(sent);
    awaitAcknowledged(rest.get());
    assertEachIsThereOnce();
    assertThat(server.get("/actuator/health").statusCode()).isEqualTo(200);
  }

  @Test
  void losesNothingWhileTheDatabaseIsAwayForAMinute() throws Exception {
    ServerProcess server = server("one");
    List<Future<?>> sent = send(0, RECORDS / 2);
    awaitSomePolls(0);

    postgres.crash();
    sent.addAll(send(RECORDS / 2, RECORDS));
    awaitAcknowledged(sent);
    Thread.sleep(Duration.ofMinutes(1));
    postgres.recover();

    assertEachIsThereOnce();
    Eventually.until(
        "all is told",
        () -> server.get("/actuator/prometheus").body().contains("storewatch_kafka_lag 0.0\n"));
  }

  @Test
  void losesNothingWhenServersComeAndAreKilled() throws Exception {
    ServerProcess first = server("one");
    List<Future<?>> sent = send(0, RECORDS / 4);
    awaitSomePolls(0);

    ServerProcess second = server("two");
    sent.addAll(send(RECORDS / 4, RECORDS / 2));
    first.kill();
    long before = count("SELECT count(*) FROM poll");
    sent.addAll(send(RECORDS / 2, RECORDS));
    awaitSomePolls(before);
    assertThat(server("one").url()).isNotEqualTo(second.url());
    second.kill();

    awaitAcknowledged(sent);
    assertEachIsThereOnce();
  }
}
