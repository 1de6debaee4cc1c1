package dev.storewatch.timeline;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
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
import tools.jackson.databind.json.JsonMapper;

/**
 * Explanations over the native interface; store 42 is always open, up at 11:00 and down at 12:00.
 */
@AnyDatabase
class TimelineApiTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PATH = "/api/v1/stores/42/timeline";

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void givesTheSegmentsWithThePollBehindEach() throws Exception {
    JsonNode timeline = JSON.readTree(server.get(PATH + "?window=PT1H").body());

    assertThat(timeline.path("zone").asString()).isEqualTo("America/Chicago");
    assertThat(timeline.path("zone_assumed").asBoolean()).isTrue();
    assertThat(timeline.path("hours_assumed").asBoolean()).isTrue();
    assertThat(timeline.path("as_of").asString()).isEqualTo("2023-01-25T12:00:00Z");
    assertThat(timeline.path("segments").toString())
        .isEqualTo(
            """
            [{"from":"2023-01-25T11:00:00Z","to":"2023-01-25T11:30:00Z","state":"up","certain":false,\
            "poll":"2023-01-25T11:00:00Z","status":"active","closure":null,\
            "rests_on":[{"rule":"weekly_hours","since":null,"date":null,"label":null,"of":null,"reason":null}]},\
            {"from":"2023-01-25T11:30:00Z","to":"2023-01-25T12:00:00Z","state":"down","certain":false,\
            "poll":"2023-01-25T12:00:00Z","status":"inactive","closure":null,\
            "rests_on":[{"rule":"weekly_hours","since":null,"date":null,"label":null,"of":null,"reason":null}]}]\
            """);
    assertThat(timeline.path("totals").path("up").asDouble()).isEqualTo(1800);
    assertThat(timeline.path("outages").path(0).path("last_up").asString())
        .isEqualTo("2023-01-25T11:00:00Z");
  }

  @Test
  void followsTheRuleAndTheInstantThatAreAsked() throws Exception {
    JsonNode timeline =
        JSON.readTree(
            server
                .get(PATH + "?rule=previous&carry=PT30M&window=PT2H&as_of=2023-01-25T12:15:00Z")
                .body());

    assertThat(timeline.path("totals").path("up").asDouble()).isEqualTo(1800);
    assertThat(timeline.path("totals").path("down").asDouble()).isEqualTo(900);
    assertThat(timeline.path("totals").path("unknown").asDouble()).isEqualTo(4500);
  }

  @Test
  void givesThePollsOfThePeriod() throws Exception {
    JsonNode timeline = JSON.readTree(server.get(PATH + "?window=PT1H").body());

    assertThat(timeline.path("polls").toString())
        .isEqualTo("[{\"at\":\"2023-01-25T12:00:00Z\",\"status\":\"inactive\",\"in_hours\":true}]");
    assertThat(timeline.path("totals").path("polls").asInt()).isEqualTo(1);
  }

  @Test
  void takesAPeriodInsteadOfAWindow() throws Exception {
    String period = "?from=2023-01-25T10:00:00Z&to=2023-01-25T11:15:00Z";
    JsonNode timeline = JSON.readTree(server.get(PATH + period).body());

    assertThat(timeline.path("from").asString()).isEqualTo("2023-01-25T10:00:00Z");
    assertThat(timeline.path("to").asString()).isEqualTo("2023-01-25T11:15:00Z");
    assertThat(timeline.path("segments")).hasSize(1);
    assertThat(timeline.path("polls")).hasSize(1);
    assertThat(timeline.path("totals").path("up").asDouble()).isEqualTo(4500);
    assertThat(server.get(PATH + period, "Accept", "text/plain").body())
        .contains("Window   Wed 2023-01-25 04:00:00.000000 -06:00");

    assertThat(server.get(PATH + period + "&window=PT1H").body())
        .contains("\"status\":400")
        .contains("do not go together with window");
    assertThat(server.get(PATH + "?from=2023-01-25T10:00:00Z").body())
        .contains("\"status\":400")
        .contains("needs both from and to");
    assertThat(server.get(PATH + "?from=x&to=y", "Accept", "text/plain").statusCode())
        .isEqualTo(400);
  }

  @Test
  void givesTheTextOfTheCommandLine() throws Exception {
    HttpResponse<String> response = server.get(PATH + "?window=PT1H", "Accept", "text/plain");

    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
    assertThat(response.body()).startsWith("Store    42\n").contains("said inactive");
  }

  @Test
  void hasThePollsOfTheRuleRatioAlone() throws Exception {
    JsonNode ratio = json(server.get(PATH + "?rule=ratio"));

    assertThat(ratio.get("segments")).isEmpty();
    assertThat(ratio.get("outages")).isEmpty();
    assertThat(ratio.get("polls")).hasSize(2);
    assertThat(ratio.at("/totals/up").decimalValue())
        .isEqualByComparingTo(ratio.at("/totals/down").decimalValue());
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    assertThat(server.get("/api/v1/stores/43/timeline").statusCode()).isEqualTo(404);
    assertThat(server.get(PATH + "?window=week").body()).contains("PT1H, P7D or P1M");
    assertThat(server.get(PATH + "?rule=best").statusCode()).isEqualTo(400);
    assertThat(server.get(PATH + "?as_of=yesterday").body()).contains("2023-01-25T18:13:22Z");
    assertThat(server.get(PATH + "?carry=P1000D").body()).contains("PT24H");
    assertThat(server.get(PATH + "?window=P1000000000D").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/* | application/json",
        "text/html, */*;q=0.8 | application/json",
        "text/* | text/plain",
        "text/plain;q=0.5, application/json | application/json",
        "application/json;q=0.1, text/plain;q=0.2 | text/plain",
      })
  void answersInTheFormThatIsPreferred(String accepted, String type) throws Exception {
    HttpResponse<String> answer = server.get(PATH + "?window=PT1H", "Accept", accepted);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).get().asString().startsWith(type);
  }
}
