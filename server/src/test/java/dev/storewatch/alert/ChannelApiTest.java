package dev.storewatch.alert;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import dev.storewatch.channel.Alerts;
import dev.storewatch.channel.Receiver;
import dev.storewatch.database.Database;
import dev.storewatch.setting.BadSetting;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@AnyDatabase
final class ChannelApiTest {
  private static final String CHANNELS = "/api/v1/channels";
  private static final String DELIVERIES = "/api/v1/deliveries";
  private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String OTHER = "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=";
  private static final String SETTINGS =
      """
      storewatch:
        outgoing.allowed: 127.0.0.1
        alerts.key: %s
      """;

  @TempDir private Path path;
  private Receiver receiver;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    receiver = new Receiver();
    server = TestServer.startWith(path, SETTINGS.formatted(KEY));
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return body.isEmpty()
        ? server.send(method, path, "")
        : server.send(method, path, body, "Content-Type", "application/json");
  }

  private String slack(String name) throws Exception {
    HttpResponse<String> entered =
        send(
            "POST",
            CHANNELS,
            """
            {"name": "%s", "kind": "slack", "secrets": {"url": "%s"}}\
            """
                .formatted(name, receiver.url("/services/hidden")));
    assertThat(entered.statusCode()).as(entered.body()).isEqualTo(201);
    assertThat(entered.headers().firstValue("Location"))
        .contains(CHANNELS + "/" + json(entered).get("id").stringValue());
    return json(entered).get("id").stringValue();
  }

  private JsonNode ended(String id) {
    return Eventually.until(
        "the end of " + id,
        () -> json(server.get(DELIVERIES + "/" + id)),
        delivery -> !delivery.get("ended_at").isNull());
  }

  @Test
  void sendsATestAndShowsNoSecret() throws Exception {
    String id = slack("ops");

    HttpResponse<String> queued = send("POST", CHANNELS + "/" + id + "/test", "");

    assertThat(queued.statusCode()).isEqualTo(202);
    JsonNode delivery = ended(json(queued).get("id").stringValue());
    assertThat(delivery.get("state").stringValue()).isEqualTo("delivered");
    assertThat(delivery.get("note").stringValue()).isEqualTo("the chat says ok");
    assertThat(delivery.get("kind").stringValue()).isEqualTo("test");
    assertThat(receiver.one().path()).isEqualTo("/services/hidden");
    assertThat(receiver.one().body()).contains("*Test: Example Street");
    for (String path :
        List.of(CHANNELS, CHANNELS + "/" + id, DELIVERIES, "/api/v1/audit?limit=100")) {
      assertThat(server.get(path).body()).as(path).contains("ops").doesNotContain("hidden");
    }
    assertThat(server.get("/api/v1/audit").body()).contains("channel.create", "channel.test");
  }

  @Test
  void sendsAgainWhatIsDead() throws Exception {
    receiver.answers(Receiver.Reply.of(400, "invalid_payload"));
    String id = slack("ops");
    String sent =
        server
            .bean(Database.class)
            .inTransaction(() -> server.bean(Deliveries.class).add(Alerts.down(), id));
    JsonNode dead = ended(sent);
    assertThat(dead.get("state").stringValue()).isEqualTo("dead");
    assertThat(dead.get("incident").stringValue()).isEqualTo("incident-1");
    assertThat(json(server.get(CHANNELS + "/" + id)).get("dead").asInt()).isOne();

    receiver.answers(Receiver.Reply.of(200, "ok"));
    HttpResponse<String> again = send("POST", DELIVERIES + "/" + sent + "/resend", "");
    assertThat(again.statusCode()).as(again.body()).isEqualTo(202);

    assertThat(ended(sent).get("state").stringValue()).isEqualTo("delivered");
    HttpResponse<String> delivered = send("POST", DELIVERIES + "/" + sent + "/resend", "");
    assertThat(delivered.statusCode()).isEqualTo(409);
    assertThat(json(delivered).get("detail").stringValue()).contains("the message is delivered");
  }

  @Test
  void turnsPages() throws Exception {
    String id = slack("ops");
    for (int i = 0; i < 3; i++) {
      assertThat(send("POST", CHANNELS + "/" + id + "/test", "").statusCode()).isEqualTo(202);
    }

    JsonNode first = json(server.get(DELIVERIES + "?limit=2"));
    JsonNode second =
        json(server.get(DELIVERIES + "?limit=2&after=" + first.get("after").stringValue()));

    assertThat(first.get("deliveries")).hasSize(2);
    assertThat(second.get("deliveries")).hasSize(1);
    assertThat(second.get("after").isNull()).isTrue();
    assertThat(server.get(DELIVERIES + "?after=x").statusCode()).isEqualTo(400);
    assertThat(json(server.get(DELIVERIES + "?channel=none")).get("deliveries")).isEmpty();
    assertThat(json(server.get(DELIVERIES + "?incident=none")).get("deliveries")).isEmpty();
  }

  @Test
  void saysWhatWouldBeRight() throws Exception {
    for (String wrong :
        List.of(
            "{}",
            "{\"name\": \"a\"}",
            "{\"name\": \"a\", \"kind\": \"pigeon\"}",
            "{\"name\": \"a\", \"kind\": \"slack\"}",
            "{\"name\": \"a\", \"kind\": \"slack\", \"settings\": {\"url\":"
                + " \"https://example.com\"}}",
            "{\"name\": \"a\", \"kind\": \"slack\", \"secrets\": {\"url\":"
                + " \"mailto:a@example.com\"}}",
            "{\"name\": \"a\", \"kind\": \"slack\", \"secrets\": {\"url\": [1]}}",
            "{\"name\": \"a\", \"kind\": \"slack\", \"colour\": \"red\"}")) {
      HttpResponse<String> answer = send("POST", CHANNELS, wrong);

      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
      assertThat(json(answer).get("detail").stringValue()).as(wrong).isNotBlank();
    }
    assertThat(json(server.get(CHANNELS)).get("channels")).isEmpty();
    JsonNode kinds = json(server.get("/api/v1/channel-kinds")).get("kinds");
    assertThat(kinds).hasSize(7);
  }

  /** A key that is lost must not be noticed when the first alert is due. */
  @Test
  void doesNotStartWithoutTheKeyOfItsSecrets() throws Exception {
    String _ = slack("ops");
    server.close();

    assertThatThrownBy(() -> TestServer.restartWith(path, SETTINGS.formatted(OTHER)))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("the secrets of the channels ops cannot be read")
        .hasMessageContaining("put back the key");
    assertThatThrownBy(() -> TestServer.restartWith(path, SETTINGS.formatted("short")))
        .isInstanceOf(BadSetting.class)
        .hasMessageContaining("openssl rand -base64 32");

    String both = SETTINGS.formatted(OTHER) + "  alerts.old-keys: " + KEY + "\n";
    server = TestServer.restartWith(path, both);
    server.close();
    server = TestServer.restartWith(path, SETTINGS.formatted(OTHER));
    String id = json(server.get(CHANNELS)).at("/channels/0/id").stringValue();
    JsonNode sent = json(send("POST", CHANNELS + "/" + id + "/test", ""));
    assertThat(ended(sent.get("id").stringValue()).get("state").stringValue())
        .isEqualTo("delivered");
  }
}
