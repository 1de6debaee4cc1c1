package dev.storewatch.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.nio.file.Path;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that reads from a real broker. */
@AnyDatabase
@Tag("long")
final class KafkaBrokerTest {
  @TempDir private static Path ofBroker;
  private static KafkaBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = new KafkaBroker(ofBroker);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  static String settings(String address, String topic) {
    return """
    storewatch.kafka:
      bootstrap-servers: %s
      topics: %s
      group: of-%s
      client:
        # Notices sooner that a topic is new or was made anew.
        metadata.max.age.ms: 500
    """
        .formatted(address, topic, topic);
  }

  static String poll(String store, int second) {
    return """
    {"store_id":"%s","status":"active","timestamp_utc":"2026-10-31T10:%02d:%02dZ"}\
    """
        .formatted(store, second / 60, second % 60);
  }

  private static String metrics(TestServer server) throws Exception {
    return server.get("/actuator/prometheus").body();
  }

  private static void awaitMetric(TestServer server, String line) throws Exception {
    Eventually.until(line, () -> metrics(server), all -> all.contains(line + "\n"));
  }

  @Test
  void takesPollsAndShowsWhatIsWrong(@TempDir Path path) throws Exception {
    broker.make("polls", 2);
    broker.send("polls", 0, "the very first").get();
    broker.send("polls", 0, poll("one", 1)).get();
    try (TestServer server = TestServer.startWith(path, settings(broker.address(), "polls"))) {
      broker.send("polls", 0, "poison").get();
      broker.send("polls", 1, null).get();
      broker.send("polls", 1, "two,inactive,2026-10-31T10:00:00Z").get();
      broker.send("polls", 0, "[%s,%s]".formatted(poll("one", 2), poll("one", 1))).get();

      awaitMetric(server, "storewatch_kafka_polls_total{outcome=\"added\"} 3.0");
      awaitMetric(server, "storewatch_kafka_polls_total{outcome=\"repeated\"} 1.0");
      awaitMetric(server, "storewatch_kafka_records_total{outcome=\"empty\"} 1.0");
      awaitMetric(server, "storewatch_kafka_lag 0.0");

      JsonNode kafka =
          Eventually.until(
              "the last look at both partitions",
              () -> TestServer.json(server.get("/api/v1/kafka")),
              now ->
                  now.get("partitions")
                      .toString()
                      .equals(
                          """
                          [{"topic":"polls","partition":0,"read_to":4,"end":4,"lag":0},\
                          {"topic":"polls","partition":1,"read_to":2,"end":2,"lag":0}]\
                          """));
      assertThat(kafka.get("looked_at").isNull()).isFalse();
      assertThat(kafka.get("error").isNull()).isTrue();

      JsonNode run = TestServer.json(server.get("/api/v1/imports")).at("/imports/0");
      assertThat(run.get("source").stringValue()).isEqualTo("kafka/polls/0");
      assertThat(run.get("rejected").asLong()).isEqualTo(2);
      JsonNode rejects =
          TestServer.json(
              server.get("/api/v1/imports/%s/rejects".formatted(run.get("id").stringValue())));
      assertThat(rejects.get("rejects")).hasSize(2);
      assertThat(rejects.at("/rejects/0/line").asLong()).isZero();
      assertThat(rejects.at("/rejects/0/text").stringValue()).isEqualTo("the very first");
      assertThat(rejects.at("/rejects/1/line").asLong()).isEqualTo(2);
      assertThat(rejects.at("/rejects/1/reason").stringValue())
          .startsWith("topic polls, partition 0, offset 2: ");
      assertThat(rejects.at("/rejects/1/text").stringValue()).isEqualTo("poison");
    }
    // What is sent while the server is not there.
    broker.send("polls", 1, poll("three", 5)).get();
    try (TestServer server = TestServer.restartWith(path, settings(broker.address(), "polls"))) {
      awaitMetric(server, "storewatch_kafka_polls_total{outcome=\"added\"} 1.0");
      awaitMetric(server, "storewatch_kafka_lag 0.0");
      assertThat(metrics(server))
          .contains("storewatch_kafka_polls_total{outcome=\"repeated\"} 0.0");
    }
  }

  @Test
  void readsATopicThatIsMadeAnewAndOneThatIsMadeLater(@TempDir Path path) throws Exception {
    try (TestServer server = TestServer.startWith(path, settings(broker.address(), "later"))) {
      broker.make("later", 1);
      broker.send("later", 0, poll("a", 1)).get();
      broker.send("later", 0, poll("a", 2)).get();
      awaitMetric(server, "storewatch_kafka_polls_total{outcome=\"added\"} 2.0");

      broker.delete("later");
      broker.make("later", 1);
      for (int i = 0; i < 3; i++) {
        Future<?> sent = broker.send("later", 0, poll("b", i));
        sent.get();
      }

      awaitMetric(server, "storewatch_kafka_moves_total{why=\"made-anew\"} 1.0");
      awaitMetric(server, "storewatch_kafka_polls_total{outcome=\"added\"} 5.0");
    }
  }
}
