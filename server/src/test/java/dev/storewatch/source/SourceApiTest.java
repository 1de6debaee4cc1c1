package dev.storewatch.source;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.OtherMachine;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Sources over HTTP. */
@AnyDatabase
final class SourceApiTest {
  private static final String SOURCES = "/api/v1/sources";
  private static final String JSON = "application/json";

  private static TestServer server;
  private static OtherMachine other;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = TestServer.startWith(path, "storewatch.outgoing.allowed: 127.0.0.1");
    other = new OtherMachine();
    other.answers(
        "/polls.csv", 200, "store_id,status,timestamp_utc\n42,active,2023-01-25T11:30:00Z\n");
  }

  @AfterAll
  static void stop() {
    other.close();
    server.close();
  }

  private static JsonNode enter(String body) throws Exception {
    HttpResponse<String> answer = server.post(SOURCES, body, JSON);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode source = json(answer);
    assertThat(answer.headers().firstValue("Location")).hasValue(path(source));
    return source;
  }

  private static String path(JsonNode source) {
    return SOURCES + "/" + source.get("id").stringValue();
  }

  private static HttpResponse<String> change(JsonNode source, String body) throws Exception {
    return server.send("PATCH", path(source), body, "Content-Type", JSON);
  }

  private static JsonNode pulled(JsonNode source) {
    return Eventually.until(
        "a pull of " + source,
        () -> json(server.get(path(source))),
        now -> !now.get("last").isNull());
  }

  @Test
  void pullsWhatIsEntered() throws Exception {
    JsonNode source =
        enter("{\"name\":\"chain\",\"url\":\"%s\"}".formatted(other.uri("/polls.csv")));
    assertThat(source.get("every").stringValue()).isEqualTo("PT1H");
    JsonNode now = pulled(source);
    assertThat(now.at("/last/outcome").stringValue()).isEqualTo("imported");
    String run = "/api/v1/imports/" + now.at("/last/import_id").stringValue();
    Eventually.until(
        "the end of " + run,
        () -> json(server.get(run)).get("state").stringValue().equals("complete"));
    assertThat(json(server.get(SOURCES)).at("/sources").toString()).contains("chain");
    assertThat(server.get("/actuator/prometheus").body())
        .contains("storewatch_source_pulls_total{outcome=\"imported\"}")
        .contains("storewatch_sources_failing");
    assertThat(server.send("DELETE", path(source), "").statusCode()).isEqualTo(204);
    assertThat(server.get(path(source)).statusCode()).isEqualTo(404);
  }

  @Test
  void changesWhatIsSaidAlone() throws Exception {
    JsonNode source =
        enter(
            """
            {"name": "nightly", "url": "https://nowhere.invalid/a.csv", "daily_at": "02:30", "zone": "america/chicago",
             "secret": "env:STOREWATCH_SECRET_A", "sent_as": "X-Key", "kind": "polls",
             "reading": {"columns": "store_id=Shop"}, "paused": true}
            """);
    assertThat(source.get("zone").stringValue()).isEqualTo("America/Chicago");
    assertThat(source.get("next_at").isNull()).isTrue();
    JsonNode changed = json(change(source, "{\"daily_at\": \"03:00\"}"));
    assertThat(changed.get("daily_at").stringValue()).isEqualTo("03:00");
    assertThat(changed.get("zone").stringValue()).isEqualTo("America/Chicago");
    assertThat(changed.get("secret").stringValue()).isEqualTo("env:STOREWATCH_SECRET_A");
    assertThat(changed.get("sent_as").stringValue()).isEqualTo("X-Key");
    assertThat(changed.at("/reading/columns").stringValue()).isEqualTo("store_id=Shop");
    JsonNode hourly = json(change(source, "{\"every\": \"PT2H\", \"secret\": \"\"}"));
    assertThat(hourly.get("every").stringValue()).isEqualTo("PT2H");
    assertThat(hourly.get("daily_at").isNull()).isTrue();
    assertThat(hourly.get("secret").isNull()).isTrue();
    assertThat(server.post(path(source) + "/pull").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | the field name is missing: send for example {\\\"name\\\": \\\"chain\\\"",
        "{'name': 'a'} | the field url is missing",
        "{'name': ' ', 'url': 'https://a/'} | use 1 to 100 printable characters",
        "{'name': 'a', 'url': 'ftp://a/'} | url does not begin with http:// or https://",
        "{'name': 'a', 'url': 'https://u:p@a/'} | url has a name or a password in it",
        "{'name': 'a', 'url': 'https://a/', 'every': 'PT1S'} | every is PT1S: use PT1M to P31D",
        "{'name': 'a', 'url': 'https://a/', 'every': 'often'} | use for example PT1H",
        "{'name': 'a', 'url': 'https://a/', 'daily_at': '02:30'} | zone, which is missing",
        "{'name': 'a', 'url': 'https://a/', 'zone': 'UTC'} | daily_at, which is missing",
        "{'name': 'a', 'url': 'https://a/', 'daily_at': '2', 'zone': 'UTC'} | for example 02:30",
        "{'name': 'a', 'url': 'https://a/', 'every': 'PT1H', 'daily_at': '02:30'} | exclude",
        "{'name': 'a', 'url': 'https://a/', 'secret': 'hunter2'} | env:STOREWATCH_SECRET_CHAIN",
        "{'name': 'a', 'url': 'https://a/', 'sent_as': 'Host'} | for example X-Api-Key",
        "{'name': 'a', 'url': 'https://a/', 'kind': 'news'} | news",
        "{'name': 'a', 'url': 'https://a/', 'reading': {'day': '1'}} | reading has no 'day'",
        "{'name': 'a', 'url': 'https://a/', 'reading': {'days': '1'}} | monday=0",
        "{'name': 'a', 'url': 'https://a/', 'evry': 'PT1H'} | evry",
      })
  void sayWhatWouldBeRight(String body, String detail) throws Exception {
    HttpResponse<String> answer = server.post(SOURCES, body.replace('\'', '"'), JSON);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains(detail).doesNotContain("hunter2");
  }

  @Test
  void haveNamesOfTheirOwn() throws Exception {
    String body = "{\"name\":\"%s\",\"url\":\"https://a.invalid/\",\"paused\":true}";
    var _ = enter(body.formatted("mine"));
    HttpResponse<String> second = server.post(SOURCES, body.formatted("mine"), JSON);
    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(second.body()).contains("there is a source 'mine': choose another name");
    assertThat(change(enter(body.formatted("other")), "{\"name\":\"mine\"}").statusCode())
        .isEqualTo(409);
  }

  @Test
  void areListedInPages() throws Exception {
    for (int i = 0; i < 3; i++) {
      var _ =
          enter(
              "{\"name\":\"page-%d\",\"url\":\"https://a.invalid/\",\"paused\":true}".formatted(i));
    }
    JsonNode first = json(server.get(SOURCES + "?limit=1"));
    assertThat(first.get("sources")).hasSize(1);
    JsonNode second =
        json(server.get(SOURCES + "?limit=1&after=" + first.get("after").stringValue()));
    assertThat(second.at("/sources/0/id")).isNotEqualTo(first.at("/sources/0/id"));
    assertThat(server.get(SOURCES + "?after=x").statusCode()).isEqualTo(400);
  }
}
