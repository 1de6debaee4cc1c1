package dev.storewatch.incident;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import dev.storewatch.channel.Receiver;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From polls that are pushed to a server to what a receiver gets, by the clock of the machine. */
@AnyDatabase
final class ToldByServerTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path path;

  private static void push(TestServer server, String status, Instant at) throws Exception {
    HttpResponse<String> answer =
        server.post(
            "/api/v1/polls",
            "[{\"store_id\":\"8419537941919820732\",\"status\":\"%s\",\"timestamp_utc\":\"%s\"}]"
                .formatted(status, at),
            "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static JsonNode incident(TestServer server) throws Exception {
    return json(server.get("/api/v1/incidents")).at("/incidents/0");
  }

  @Test
  void tellsAReceiverOfTheBeginningAndTheEnd() throws Exception {
    try (Receiver receiver = new Receiver();
        TestServer server =
            TestServer.startWith(
                path,
                """
                storewatch:
                  outgoing.allowed: 127.0.0.1
                  alerts.rules:
                    group-wait: PT0S
                    link: https://watch.example.com/incidents/{id}
                """)) {
      HttpResponse<String> channel =
          server.post(
              "/api/v1/channels",
              "{\"name\":\"hook\",\"kind\":\"webhook\",\"settings\":{\"url\":\"%s\"}}"
                  .formatted(receiver.url("/hook")),
              "application/json");
      assertThat(channel.statusCode()).as(channel.body()).isEqualTo(201);
      Instant now = Instant.now();

      push(server, "active", now.minus(Duration.ofMinutes(100)));
      push(server, "inactive", now.minus(Duration.ofMinutes(90)));
      push(server, "inactive", now.minus(Duration.ofMinutes(30)));
      Eventually.until("the beginning is told", () -> receiver.got().size() == 1);

      JsonNode begun = JSON.readTree(receiver.got().getFirst().body());
      String id = incident(server).get("id").stringValue();
      assertThat(begun.get("type").stringValue()).isEqualTo("storewatch.down.started");
      assertThat(begun.at("/data/incident").stringValue()).isEqualTo(id);
      assertThat(begun.at("/data/subject/stores/0/id").stringValue())
          .isEqualTo("8419537941919820732");
      assertThat(begun.at("/data/link").stringValue())
          .isEqualTo("https://watch.example.com/incidents/" + id);

      push(server, "active", now);
      Eventually.until("the end is told", () -> receiver.got().size() == 2);

      JsonNode ended = JSON.readTree(receiver.got().getLast().body());
      assertThat(ended.get("type").stringValue()).isEqualTo("storewatch.down.ended");
      assertThat(ended.at("/data/incident").stringValue()).isEqualTo(id);
      assertThat(ended.at("/data/ended_by").stringValue()).isEqualTo("an active poll");
      JsonNode kept = json(server.get("/api/v1/incidents/" + id));
      assertThat(kept.get("told")).hasSize(1);
      assertThat(kept.at("/told/0/end_at").isNull()).isFalse();
      assertThat(List.of(kept.get("store_id").stringValue(), kept.get("trouble").stringValue()))
          .containsExactly("8419537941919820732", "down");
    }
  }
}
