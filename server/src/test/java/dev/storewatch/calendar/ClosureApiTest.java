package dev.storewatch.calendar;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Planned closures over HTTP. Store 42, always open in Chicago, was up at 05:00 and down at 06:00
 * on 2023-01-25 there.
 */
@AnyDatabase
final class ClosureApiTest {
  private static final String CLOSURES = "/api/v1/closures";
  private static final String JSON = "application/json";
  private static final String OF_42 =
      """
      {"store": "42", "from": "2023-01-25T05:30", "to": "2023-01-26T00:00", "reason": "works"}
      """;

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void beginAnew() {
    server.beginAnew();
  }

  private static JsonNode enter(String body) throws Exception {
    HttpResponse<String> answer = server.post(CLOSURES, body, JSON);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    JsonNode closure = json(answer);
    assertThat(answer.headers().firstValue("Location"))
        .hasValue(CLOSURES + "/" + closure.get("id").stringValue());
    return closure;
  }

  private static HttpResponse<String> change(JsonNode closure, String body) throws Exception {
    return server.send("PATCH", path(closure), body, "Content-Type", JSON);
  }

  private static String path(JsonNode closure) {
    return CLOSURES + "/" + closure.get("id").stringValue();
  }

  private static JsonNode lastHour(String store) throws Exception {
    return json(server.get("/api/v1/stores/" + store + "/uptime?windows=PT1H")).at("/windows/0");
  }

  private static List<String> reasons(String query) throws Exception {
    return json(server.get(CLOSURES + query))
        .get("closures")
        .valueStream()
        .map(closure -> closure.get("reason").stringValue())
        .toList();
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).get("detail").stringValue()).contains(detail);
  }

  @Test
  void areExcludedEverywhereUntilTheyAreDeleted() throws Exception {
    assertThat(lastHour("42").get("down").decimalValue()).isEqualByComparingTo("1800");
    JsonNode closure = enter(OF_42);

    assertThat(closure.get("store").stringValue()).isEqualTo("42");
    assertThat(closure.get("from").stringValue()).isEqualTo("2023-01-25T05:30");
    assertThat(closure.get("local").booleanValue()).isTrue();
    assertThat(closure.get("repeat").stringValue()).isEqualTo("once");
    assertThat(closure.get("entered_by").stringValue()).isEqualTo("local");
    assertThat(json(server.get(path(closure)))).isEqualTo(closure);
    JsonNode hour = lastHour("42");
    assertThat(hour.get("up").decimalValue()).isEqualByComparingTo("1800");
    assertThat(hour.get("down").decimalValue()).isEqualByComparingTo("0");
    assertThat(hour.get("excluded").decimalValue()).isEqualByComparingTo("1800");
    JsonNode store = json(server.get("/api/v1/stores/42"));
    assertThat(store.get("state").stringValue()).isEqualTo("closed");
    assertThat(store.get("closure").stringValue()).isEqualTo("works");
    assertThat(store.get("closed_until").stringValue()).isEqualTo("2023-01-26T06:00:00Z");
    String timeline = "/api/v1/stores/42/timeline?window=PT1H";
    assertThat(json(server.get(timeline)).at("/segments/1/closure").stringValue())
        .isEqualTo("works");
    assertThat(server.get(timeline, "Accept", "text/plain").body())
        .contains("excluded planned closure: works\n");
    String report = json(server.post("/api/v1/reports", "{}", JSON)).get("id").stringValue();
    assertThat(server.awaitEnd(report).get("state").stringValue()).isEqualTo("complete");
    assertThat(server.get("/api/v1/reports/" + report + ".csv?detail=full").body())
        .contains("42,PT1H,2023-01-25T11:00:00Z,2023-01-25T12:00:00Z,60.00,30.00,0.00,0.00,30.00,");

    assertThat(server.send("DELETE", path(closure), "").statusCode()).isEqualTo(204);
    assertThat(lastHour("42").get("down").decimalValue()).isEqualByComparingTo("1800");
    assertThat(json(server.get("/api/v1/stores/42")).get("closure").isNull()).isTrue();
    assertProblem(server.get(path(closure)), 404, "there is no planned closure with the id");
    assertThat(json(server.get("/api/v1/audit?limit=2")).get("entries").valueStream())
        .extracting(entry -> entry.get("action").stringValue())
        .contains("closure.delete");
  }

  @Test
  void areOfATagOrOfAllStores() throws Exception {
    server.tag("42", "region:west");
    enter(
        """
        {"tag": "region:west", "from": "2023-01-25T11:30:00Z", "to": "2023-01-25T11:45:00Z",
         "reason": "storm"}
        """);
    assertThat(lastHour("42").get("excluded").decimalValue()).isEqualByComparingTo("900");
    assertThat(lastHour("a,%22b%22").get("excluded").decimalValue()).isEqualByComparingTo("0");

    enter("{\"all\": true, \"from\": \"2023-01-25\", \"to\": \"2023-01-25\", \"reason\": \"x\"}");
    assertThat(lastHour("42").get("excluded").decimalValue()).isEqualByComparingTo("3600");
    assertThat(lastHour("a,%22b%22").get("excluded").decimalValue()).isEqualByComparingTo("3600");

    assertThat(reasons("")).containsExactly("storm", "x");
    assertThat(reasons("?store=42")).containsExactly("storm", "x");
    assertThat(reasons("?tag=region:west")).containsExactly("storm");
    assertThat(reasons("?from=2023-01-25T11:45:00Z&to=2023-01-25T12:00:00Z")).containsExactly("x");
    assertThat(reasons("?limit=1")).containsExactly("storm");
    JsonNode first = json(server.get(CLOSURES + "?limit=1"));
    assertThat(reasons("?after=" + first.get("after").stringValue())).containsExactly("x");
    assertProblem(server.get(CLOSURES + "?after=gone"), 400, "begin again without after");
    assertProblem(server.get(CLOSURES + "?store=43"), 404, "there is no store with the id 43");
  }

  @Test
  void tellWhatTheyWouldChange() throws Exception {
    HttpResponse<String> answer = server.post(CLOSURES + "?preview=true", OF_42, JSON);

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode preview = json(answer);
    assertThat(preview.get("stores").intValue()).isEqualTo(1);
    assertThat(preview.get("unit").stringValue()).isEqualTo("seconds");
    assertThat(preview.get("days")).hasSize(14);
    assertThat(preview.at("/days/0").toString())
        .isEqualTo("{\"date\":\"2023-01-25\",\"open_before\":86400.0,\"open_after\":19800.0}");
    assertThat(preview.at("/days/1").toString())
        .isEqualTo("{\"date\":\"2023-01-26\",\"open_before\":86400.0,\"open_after\":86400.0}");
    assertThat(preview.at("/examples/0/store_id").stringValue()).isEqualTo("42");
    assertThat(preview.at("/examples/0/days")).isEqualTo(preview.get("days"));
    assertThat(reasons("")).isEmpty();
  }

  @Test
  void areChangedAndEnded() throws Exception {
    JsonNode closure = enter(OF_42);

    JsonNode changed =
        json(change(closure, "{\"to\": \"2023-01-25T05:45\", \"reason\": \"less\"}"));
    assertThat(changed.get("id")).isEqualTo(closure.get("id"));
    assertThat(changed.get("from").stringValue()).isEqualTo("2023-01-25T05:30");
    assertThat(changed.get("to").stringValue()).isEqualTo("2023-01-25T05:45");
    assertThat(lastHour("42").get("excluded").decimalValue()).isEqualByComparingTo("900");
    assertThat(reasons("")).containsExactly("less");

    Instant now = Instant.now();
    JsonNode on =
        enter(
            "{\"store\": \"42\", \"from\": \"%s\", \"to\": \"%s\", \"reason\": \"on\"}"
                .formatted(now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1))));
    JsonNode ended = json(change(on, "{\"to\": \"now\"}"));
    assertThat(Instant.parse(ended.get("to").stringValue()))
        .isBetween(now.minusSeconds(1), now.plusSeconds(60));

    JsonNode yearly =
        enter(
            """
            {"all": true, "from": "2020-07-04", "to": "2020-07-04", "repeat": "yearly",
             "reason": "Independence Day"}
            """);
    assertThat(json(change(yearly, "{\"until\": \"2024-07-04\"}")).get("until").stringValue())
        .isEqualTo("2024-07-04");
    assertThat(reasons("?from=2024-07-01T00:00:00Z&to=2024-08-01T00:00:00Z"))
        .containsExactly("Independence Day");
    assertThat(reasons("?from=2025-07-01T00:00:00Z&to=2025-08-01T00:00:00Z")).isEmpty();
    assertProblem(change(yearly, "{\"to\": \"now\"}"), 400, "give its end without an offset");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|send one of store, tag and all",
        "{'store': '42', 'all': true}|send one of store, tag and all",
        "{'all': false}|send one of store, tag and all",
        "{'all': true, 'to': '2026-07-04', 'reason': 'x'}|the field from is missing",
        "{'all': true, 'from': '2026-07-04', 'to': '2026-07-04'}|the field reason is missing",
        "{'all': true, 'from': 'soon', 'to': 'later', 'reason': 'x'}|from is 'soon', which is not",
        "{'all': true, 'from': '2026-02-30', 'to': '2026-03-01', 'reason': 'x'}|has an offset and"
            + " the other has none",
        "{'all': true, 'from': '2026-07-04T10:00', 'to': '2026-07-04T15:00Z', 'reason': 'x'}|has an"
            + " offset and the other has none",
        "{'all': true, 'from': '2026-07-04', 'to': '2026-07-03', 'reason': 'x'}|not after its"
            + " start",
        "{'all': true, 'from': '2026-07-04', 'to': '2028-07-04', 'reason': 'x'}|lasts over 400"
            + " days",
        "{'all': true, 'from': '2026-07-04', 'to': '2026-07-04', 'reason': ' '}|the reason of a"
            + " closure has 1 to 500 characters",
        "{'all': true, 'from': '2026-07-04', 'to': '2026-07-04', 'reason': 'x', 'repeat':"
            + " 'daily'}|use once, weekly or yearly",
        "{'all': true, 'from': '2026-07-04', 'to': '2026-07-04', 'reason': 'x', 'repeat':"
            + " 'weekly', 'until': 'never'}|until is 'never', which is not a date",
        "{'all': true, 'from': '2026-07-04T00:00Z', 'to': '2026-07-05T00:00Z', 'reason': 'x',"
            + " 'repeat': 'weekly'}|without an offset",
        "{'tag': 'nobody', 'from': '2026-07-04', 'to': '2026-07-04', 'reason': 'x'}|there is no"
            + " store with the tag nobody",
        "{'all': true, 'from': '2026-07-04', 'to': '2026-07-04', 'why': 'x'}|there is no field"
            + " 'why'",
      })
  void areRefusedWithWhatWouldBeRight(String body, String detail) throws Exception {
    assertProblem(server.post(CLOSURES, body.replace('\'', '"'), JSON), 400, detail);
    assertThat(reasons("")).isEmpty();
  }

  @Test
  void areOfStoresInSightAlone(@TempDir Path more) throws Exception {
    try (TestServer guarded = TestServer.start(more)) {
      guarded.tag("42", "west");
      String operator = "Bearer " + guarded.key("operator", "west");
      String other =
          "{\"store\": \"never polled\", \"from\": \"2026-07-04\", \"to\": \"2026-07-04\","
              + " \"reason\": \"x\"}";
      String[] headers = {"Content-Type", JSON, "Authorization", operator};

      assertProblem(guarded.send("POST", CLOSURES, other, headers), 404, "no store with the id");
      assertProblem(
          guarded.send(
              "POST",
              CLOSURES,
              other.replace("\"store\": \"never polled\"", "\"all\": true"),
              headers),
          403,
          "out of your sight: name a store, or one of the tags west");
      assertThat(
              guarded
                  .send(
                      "POST",
                      CLOSURES,
                      other.replace("\"store\": \"never polled\"", "\"tag\": \"west\""),
                      headers)
                  .statusCode())
          .isEqualTo(201);
    }
  }
}
