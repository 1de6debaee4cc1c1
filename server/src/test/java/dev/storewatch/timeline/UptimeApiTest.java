package dev.storewatch.timeline;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Uptime over HTTP; store 42 is always open, up at 11:00 and down at 12:00. */
@AnyDatabase
class UptimeApiTest {
  private static final String UPTIME = "/api/v1/stores/42/uptime";
  private static final String DAY = "?from=2023-01-25T00:00:00Z&to=2023-01-25T12:00:00Z";

  @TempDir private static Path path;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode uptime(String query) throws Exception {
    HttpResponse<String> answer = server.get(UPTIME + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer);
  }

  @Test
  void measuresTheLastHourDayAndWeek() throws Exception {
    JsonNode uptime = uptime("");

    assertThat(uptime.at("/windows/0/window").stringValue()).isEqualTo("PT1H");
    assertThat(uptime.at("/windows/1/window").stringValue()).isEqualTo("P1D");
    assertThat(uptime.at("/windows/2/window").stringValue()).isEqualTo("P7D");
    assertThat(uptime.get("windows")).hasSize(3);
    assertThat(server.get(UPTIME + "?windows=PT1H").body())
        .isEqualTo(
            """
            {"store_id":"42","as_of":"2023-01-25T12:00:00Z","rule":"nearest","carry":"P1D",\
            "unit":"seconds","windows":[{"window":"PT1H","from":"2023-01-25T11:00:00Z","to":"2023-01-25T12:00:00Z","over":true,\
            "scheduled":3600.000000,"up":1800.000000,"down":1800.000000,"unknown":0.000000,\
            "excluded":0.000000,"up_at_least":0.000000,"up_at_most":3600.000000,"polls":1,\
            "uptime_percent":50.00,"cost":null}]}\
            """);
  }

  @Test
  void measuresAnyPeriodByAnyRule() throws Exception {
    JsonNode nearest = uptime(DAY).at("/windows/0");
    assertThat(nearest.get("window").isNull()).isTrue();
    assertThat(nearest.get("from").stringValue()).isEqualTo("2023-01-25T00:00:00Z");
    assertThat(nearest.get("up").decimalValue()).isEqualByComparingTo("41400");
    assertThat(nearest.get("uptime_percent").decimalValue()).isEqualByComparingTo("95.83");

    JsonNode previous = uptime(DAY + "&rule=previous&carry=PT30M").at("/windows/0");
    assertThat(previous.get("up").decimalValue()).isEqualByComparingTo("1800");
    assertThat(previous.get("unknown").decimalValue()).isEqualByComparingTo("41400");
    assertThat(previous.get("uptime_percent").decimalValue()).isEqualByComparingTo("100");

    JsonNode ratio = uptime(DAY + "&rule=ratio").at("/windows/0");
    assertThat(ratio.get("up").decimalValue()).isEqualByComparingTo("21600");
    assertThat(ratio.get("polls").intValue()).isEqualTo(2);
  }

  @Test
  void cutsAPeriodIntoPieces() throws Exception {
    JsonNode parts = uptime("?windows=PT1H&step=PT25M").get("windows");

    assertThat(parts).hasSize(3);
    assertThat(parts.at("/0/window").isNull()).isTrue();
    assertThat(parts.at("/0/up").decimalValue()).isEqualByComparingTo("1500");
    assertThat(parts.at("/1/up").decimalValue()).isEqualByComparingTo("300");
    assertThat(parts.at("/1/down").decimalValue()).isEqualByComparingTo("1200");
    assertThat(parts.at("/2/from").stringValue()).isEqualTo("2023-01-25T11:50:00Z");
    assertThat(parts.at("/2/to").stringValue()).isEqualTo("2023-01-25T12:00:00Z");
    assertThat(uptime(DAY + "&step=PT43.2S").get("windows")).hasSize(1_000);
    assertThat(uptime(DAY + "&step=PT12H&rule=ratio").get("windows")).hasSize(1);
    assertThat(uptime(DAY + "&step=P30D").get("windows")).hasSize(1);
  }

  @Test
  void readsAPeriodInTheFormsOfFiles() throws Exception {
    assertThat(
            uptime(
                "?from=2023-01-25%2000:00:00%20UTC&to=20230125T120000Z&as_of=2023-01-25%2012:00:00%20%2B0000%20UTC"))
        .isEqualTo(uptime(DAY + "&as_of=2023-01-25T12:00:00Z"));
  }

  @Test
  void measuresSeveralStoresPageByPage() throws Exception {
    JsonNode first = json(server.get("/api/v1/uptime?windows=PT1H&limit=2"));
    assertThat(first.get("unit").stringValue()).isEqualTo("seconds");
    assertThat(first.get("stores")).hasSize(2);
    assertThat(first.at("/stores/0/store_id").stringValue()).isEqualTo("42");
    assertThat(first.at("/stores/0/windows")).isEqualTo(uptime("?windows=PT1H").get("windows"));
    assertThat(first.get("after").stringValue()).isEqualTo("a,\"b\"");
    JsonNode last = json(server.get("/api/v1/uptime?limit=2&after=a,%22b%22"));
    assertThat(last.get("stores")).hasSize(1);
    assertThat(last.at("/stores/0/windows")).hasSize(3);
    assertThat(last.get("after").isNull()).isTrue();
    assertThat(server.get("/api/v1/uptime?step=PT1H").statusCode()).isEqualTo(400);
  }

  @Test
  void measuresTheStoresWithATag(@TempDir Path more) throws Exception {
    try (TestServer guarded = TestServer.start(more)) {
      guarded.tag("42", "west", "big");
      guarded.tag("never polled", "west");
      String viewer = guarded.key("viewer");
      String east = guarded.key("viewer", "east");

      assertThat(measured(guarded, viewer, "?tag=west")).containsExactly("42", "never polled");
      assertThat(measured(guarded, viewer, "?tag=west&tag=big")).containsExactly("42");
      assertThat(measured(guarded, viewer, "?tag=nowhere")).isEmpty();
      assertThat(measured(guarded, east, "?tag=west")).isEmpty();
      assertThat(guarded.get("/api/v1/uptime?tag=-", "X-API-Key", viewer).body())
          .contains("is not a tag");
    }
  }

  private static List<String> measured(TestServer of, String key, String query) throws Exception {
    List<String> ids = new ArrayList<>();
    json(of.get("/api/v1/uptime" + query, "X-API-Key", key))
        .get("stores")
        .forEach(store -> ids.add(store.get("store_id").stringValue()));
    return ids;
  }

  @Test
  void saysNothingWhereNothingIsKnown() throws Exception {
    JsonNode never = json(server.get("/api/v1/stores/never%20polled/uptime")).at("/windows/0");

    assertThat(never.get("uptime_percent").isNull()).isTrue();
    assertThat(never.get("unknown").decimalValue()).isEqualByComparingTo("3600");
    assertThat(uptime("?as_of=now").at("/windows/2/uptime_percent").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?from=2023-01-25T00:00:00Z|needs both from and to",
        "?to=2023-01-25T00:00:00Z|from=2023-01-24T00:00:00Z",
        "?from=2023-01-25&to=2023-01-25T10:00:00Z|from is '2023-01-25'",
        "?from=yesterday&to=2023-01-25T00:00:00Z|from is 'yesterday'",
        "?from=1023-01-25T00:00:00Z&to=2023-01-25T00:00:00Z|years 1900 to 9999",
        "?from=2023-01-25T00:00:00Z&to=2023-01-25T00:00:00Z|not after from",
        "?from=2023-01-25T00:00:00Z&to=2023-01-25T12:00:00.000001Z|after the as-of instant"
            + " 2023-01-25T12:00:00Z",
        "?from=2003-01-25T00:00:00Z&to=2023-01-25T00:00:00Z|longer than",
        "?from=2023-01-24T00:00:00Z&to=2023-01-25T00:00:00Z&windows=P1D|do not go together",
        "?windows=week|PT1H, P7D or P1M",
        "?windows=|PT1H, P7D or P1M",
        "?windows=PT0S|use a positive length",
        "?from=2023-01-27&to=2023-01-28|begins after the as-of instant 2023-01-25T12:00:00Z",
        "?from=2023-01-24&to=2023-01-23|not in order",
        "?windows=2023-02-30|not in the calendar",
        "?windows=P1D,2023-W08|begins after the as-of instant",
        "?windows=P10000D|use a positive length",
        "?step=PT1H|windows=P7D&step=P1D",
        "?windows=P1D,P7D&step=PT1H|windows=P7D&step=P1D",
        "?windows=P7D&step=day|PT1H or P1D",
        "?windows=P7D&step=PT0S|PT1H or P1D",
        "?windows=P7D&step=-PT1S|PT1H or P1D",
        "?windows=P7D&step=PT0.0000001S|PT1H or P1D",
        "?windows=P7D&step=PT10000000000000S|PT1H or P1D",
        "?windows=P7D&step=PT10M|1008 parts, more than 1000",
        "?rule=best|nearest, previous or ratio",
        "?carry=P1000D|PT24H",
        "?as_of=soon|2023-01-25T18:13:22Z",
        "?late_close_as_midnight=maybe|late_close_as_midnight",
      })
  void saysWhatIsWrong(String query, String right) throws Exception {
    HttpResponse<String> answer = server.get(UPTIME + query);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).get("detail").stringValue()).contains(right);
  }

  @Test
  void takesAHundredWindowsAtMost() throws Exception {
    String hundred = "PT1H" + ",PT2H".repeat(99);

    assertThat(uptime("?windows=" + hundred).get("windows")).hasSize(100);
    HttpResponse<String> answer = server.get(UPTIME + "?windows=" + hundred + ",PT3H");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").stringValue()).contains("at most 100 at once");
  }

  @Test
  void knowsNoOtherStore() throws Exception {
    HttpResponse<String> answer = server.get("/api/v1/stores/43/uptime");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).get("detail").stringValue())
        .isEqualTo("there is no store with the id 43");
  }
}
