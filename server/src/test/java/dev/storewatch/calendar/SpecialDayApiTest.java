package dev.storewatch.calendar;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
 * A chain's year over HTTP: hours that change, special days and what they make of real days. Store
 * 42 is in Chicago, as none is said; it was up at 05:00 and down at 06:00 on 2023-01-25 there.
 */
@AnyDatabase
final class SpecialDayApiTest {
  private static final String DAYS = "/api/v1/special-days";
  private static final String STORE = "/api/v1/stores/42";
  private static final String JSON = "application/json";
  private static final String NIGHTS =
      """
      {"hours": [{"day": 0, "opens": "18:00", "closes": "02:00"}, {"day": 1, "opens": "18:00", "closes": "02:00"},
        {"day": 2, "opens": "18:00", "closes": "02:00"}, {"day": 3, "opens": "18:00", "closes": "02:00"},
        {"day": 4, "opens": "18:00", "closes": "02:00"}, {"day": 5, "opens": "18:00", "closes": "02:00"},
        {"day": 6, "opens": "18:00", "closes": "02:00"}]}
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

  private static JsonNode sent(String method, String path, String body, int status)
      throws Exception {
    HttpResponse<String> answer = server.send(method, path, body, "Content-Type", JSON);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json(answer);
  }

  private static JsonNode enter(String body) throws Exception {
    return sent("POST", DAYS, body.replace('\'', '"'), 201);
  }

  private static JsonNode day(String date) throws Exception {
    return json(server.get(STORE + "/calendar?from=" + date + "&to=" + date)).at("/days/0");
  }

  private static List<String> open(String date) throws Exception {
    return day(date)
        .get("open")
        .valueStream()
        .map(open -> open.get("from").stringValue() + " to " + open.get("to").stringValue())
        .toList();
  }

  private static JsonNode lastHour() throws Exception {
    return json(server.get(STORE + "/uptime?windows=PT1H")).at("/windows/0");
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).get("detail").stringValue()).contains(detail);
  }

  @Test
  void replaceWhatBeginsOnTheirDateUntilTheyAreDeleted() throws Exception {
    assertThat(lastHour().get("down").decimalValue()).isEqualByComparingTo("1800");
    JsonNode entered =
        enter(
            "{'store': '42', 'date': '2023-01-25', 'hours': [{'opens': '02:00', 'closes':"
                + " '05:20'}], 'label': 'Inventory'}");

    assertThat(entered.get("date").stringValue()).isEqualTo("2023-01-25");
    assertThat(entered.at("/hours/0").toString())
        .isEqualTo("{\"opens\":\"02:00:00\",\"closes\":\"05:20:00\"}");
    assertThat(entered.get("entered_by").stringValue()).isEqualTo("local");
    // Only the poll of 05:00 was made while the store was open.
    assertThat(lastHour().get("scheduled").decimalValue()).isEqualByComparingTo("1200");
    assertThat(lastHour().get("up").decimalValue()).isEqualByComparingTo("1200");
    assertThat(json(server.get(STORE)).get("state").stringValue()).isEqualTo("closed");
    assertThat(day("2023-01-25").get("rests_on").stringValue()).isEqualTo("special_day");
    assertThat(day("2023-01-25").get("label").stringValue()).isEqualTo("Inventory");

    String path = DAYS + "/" + entered.get("id").stringValue();
    JsonNode changed = sent("PATCH", path, "{\"hours\": [], \"label\": \"Closed\"}", 200);
    assertThat(changed.get("id")).isEqualTo(entered.get("id"));
    assertThat(changed.get("hours")).isEmpty();
    assertThat(lastHour().get("scheduled").decimalValue()).isEqualByComparingTo("0");
    JsonNode moved = sent("PATCH", path, "{\"date\": \"2023-01-24\"}", 200);
    assertThat(moved.get("label").stringValue()).isEqualTo("Closed");
    assertThat(lastHour().get("scheduled").decimalValue()).isEqualByComparingTo("3600");
    assertThat(server.send("DELETE", path, "").statusCode()).isEqualTo(204);
    assertProblem(server.get(path), 404, "there is no special day with the id");
    assertThat(json(server.get(DAYS)).get("special_days")).isEmpty();
  }

  @Test
  void areNamedForEachStretchThatRestsOnThem() throws Exception {
    enter("{'all': true, 'date': '2023-01-24', 'hours': [], 'label': 'Inventory'}");
    var _ = sent("PUT", STORE + "/hours/2023-01-25", NIGHTS.replace("18:00", "04:00"), 200);
    var _ =
        sent(
            "POST",
            "/api/v1/closures",
            "{\"all\": true, \"from\": \"2023-01-25T04:30\", \"to\": \"2023-01-25T05:00\","
                + " \"reason\": \"works\"}",
            201);
    String timeline = STORE + "/timeline?window=P2D";
    JsonNode segments = json(server.get(timeline)).get("segments");

    assertThat(
            segments
                .valueStream()
                .map(segment -> segment.get("state").stringValue() + " " + segment.get("rests_on"))
                .toList())
        .containsExactly(
            "unknown [" + rule("weekly_hours") + "]",
            "closed ["
                + rule("special_day")
                    .replace("\"date\":null", "\"date\":\"2023-01-24\"")
                    .replace("\"label\":null", "\"label\":\"Inventory\"")
                    .replace("\"of\":null", "\"of\":\"all\"")
                + ","
                + since()
                + "]",
            "up [" + since() + "]",
            "excluded [" + rule("closure").replace("\"reason\":null", "\"reason\":\"works\"") + "]",
            "up [" + since() + "]",
            "down [" + since() + "]");
    assertThat(server.get(timeline, "Accept", "text/plain").body())
        .contains(
            "outside business hours; closed by special day Inventory of all stores, weekly hours"
                + " since 2023-01-25\n",
            "excluded planned closure: works\n",
            "said active; open by weekly hours since 2023-01-25\n");
  }

  private static String since() {
    return rule("weekly_hours").replace("\"since\":null", "\"since\":\"2023-01-25\"");
  }

  private static String rule(String rule) {
    return "{\"rule\":\"%s\",\"since\":null,\"date\":null,\"label\":null,\"of\":null,\"reason\":null}"
        .formatted(rule);
  }

  @Test
  void ofAStoreHoldBeforeThoseOfItsTagsAndOfAll() throws Exception {
    server.tag("42", "region:west", "big");
    enter("{'all': true, 'date': '2026-11-27', 'hours': [], 'label': 'all'}");
    assertThat(open("2026-11-27")).isEmpty();
    enter(
        "{'tag': 'region:west', 'date': '2026-11-27', 'hours': [{'opens': '06:00', 'closes':"
            + " '08:00'}]}");
    enter(
        "{'tag': 'big', 'date': '2026-11-27', 'hours': [{'opens': '07:00', 'closes': '09:00'}],"
            + " 'label': 'Black Friday'}");
    assertThat(open("2026-11-27"))
        .containsExactly("2026-11-27T06:00:00-06:00 to 2026-11-27T09:00:00-06:00");
    assertThat(day("2026-11-27").get("label").stringValue()).isEqualTo("Black Friday");
    enter(
        "{'store': '42', 'date': '2026-11-27', 'hours': [{'opens': '10:00', 'closes': '11:00'}]}");
    assertThat(open("2026-11-27"))
        .containsExactly("2026-11-27T10:00:00-06:00 to 2026-11-27T11:00:00-06:00");

    assertThat(json(server.get(DAYS + "?store=42&limit=3")).get("special_days")).hasSize(3);
    JsonNode page = json(server.get(DAYS + "?limit=3"));
    assertThat(
            json(server.get(DAYS + "?after=" + page.get("after").stringValue()))
                .get("special_days"))
        .hasSize(1);
    assertThat(json(server.get(DAYS + "?tag=big")).get("special_days")).hasSize(1);
    assertThat(json(server.get(DAYS + "?from=2026-11-28")).get("special_days")).isEmpty();
    assertThat(json(server.get(DAYS + "?from=2026-11-27&to=2026-11-27")).get("special_days"))
        .hasSize(4);
  }

  @Test
  void makeAYearWithHoursThatChange() throws Exception {
    sent("PATCH", STORE, NIGHTS, 200);
    sent(
        "PUT",
        STORE + "/hours/2026-07-01",
        "{\"hours\": [{\"day\": 2, \"opens\": \"11:00\", \"closes\": \"15:00\"}]}",
        200);
    enter("{'all': true, 'date': '2026-12-25', 'hours': [], 'label': 'Christmas'}");
    sent(
        "POST",
        "/api/v1/closures",
        "{\"all\": true, \"from\": \"2026-03-08T01:00\", \"to\": \"2026-03-08T03:30\", \"reason\":"
            + " \"works\"}",
        201);

    // The night before ends as it was planned, and July 1 is a Wednesday.
    assertThat(open("2026-07-01"))
        .containsExactly(
            "2026-07-01T00:00:00-05:00 to 2026-07-01T02:00:00-05:00",
            "2026-07-01T11:00:00-05:00 to 2026-07-01T15:00:00-05:00");
    assertThat(day("2026-07-01").get("weekly_from").stringValue()).isEqualTo("2026-07-01");
    assertThat(day("2026-06-30").get("weekly_from").isNull()).isTrue();
    assertThat(open("2026-12-25")).isEmpty();
    // The clocks skip 02:00, at which the night ends, and the works take its last hour.
    JsonNode spring = day("2026-03-08");
    assertThat(spring.get("clocks_change").intValue()).isEqualTo(3600);
    assertThat(spring.get("excluded_time").doubleValue()).isEqualTo(3600);
    assertThat(spring.at("/closures/0").stringValue()).isEqualTo("works");
    assertThat(open("2026-03-08"))
        .containsExactly(
            "2026-03-08T00:00:00-06:00 to 2026-03-08T01:00:00-06:00",
            "2026-03-08T18:00:00-05:00 to 2026-03-09T00:00:00-05:00");

    JsonNode hours = json(server.get(STORE + "/hours"));
    assertThat(hours.at("/versions/0/valid_from").isNull()).isTrue();
    assertThat(hours.at("/versions/0/hours")).hasSize(7);
    assertThat(hours.at("/versions/1/valid_from").stringValue()).isEqualTo("2026-07-01");
    assertThat(hours.at("/versions/1/hours/0").toString())
        .isEqualTo("{\"day\":2,\"opens\":\"11:00:00\",\"closes\":\"15:00:00\"}");

    assertThat(server.send("DELETE", STORE + "/hours/2026-07-01", "").statusCode()).isEqualTo(204);
    assertThat(json(server.get(STORE + "/hours")).get("versions")).hasSize(1);
    sent("PUT", STORE + "/hours/2026-07-01", "{\"hours\": []}", 200);
    assertThat(open("2026-07-02")).isEmpty();
    sent("PATCH", STORE, NIGHTS.replace("18:00", "19:00"), 200);
    assertThat(json(server.get(STORE + "/hours")).get("versions"))
        .as("hours without a date replace all")
        .hasSize(1);
  }

  @Test
  void tellWhatTheyWouldChange() throws Exception {
    sent("PATCH", STORE, NIGHTS, 200);
    JsonNode preview =
        sent(
            "POST",
            DAYS + "?preview=true",
            "{\"store\": \"42\", \"date\": \"2026-12-25\", \"hours\": []}",
            200);

    assertThat(preview.get("stores").intValue()).isEqualTo(1);
    assertThat(preview.at("/days/0").toString())
        .isEqualTo("{\"date\":\"2026-12-24\",\"open_before\":28800.0,\"open_after\":28800.0}");
    // The night before goes on until two o'clock.
    assertThat(preview.at("/days/1").toString())
        .isEqualTo("{\"date\":\"2026-12-25\",\"open_before\":28800.0,\"open_after\":7200.0}");
    assertThat(preview.at("/days/2").toString())
        .isEqualTo("{\"date\":\"2026-12-26\",\"open_before\":28800.0,\"open_after\":21600.0}");
    assertThat(json(server.get(DAYS)).get("special_days")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|send one of store, tag and all",
        "{'all': true, 'hours': []}|the field date is missing",
        "{'all': true, 'date': '2026-02-30', 'hours': []}|date is '2026-02-30', which is not a"
            + " date",
        "{'all': true, 'date': '2026-11-27'}|the field hours is missing: send an empty list",
        "{'all': true, 'date': '2026-11-27', 'hours': [{}]}|hours[0] needs opens and closes",
        "{'all': true, 'date': '2026-11-27', 'hours': [null]}|hours[0] needs opens and closes",
        "{'all': true, 'date': '2026-11-27', 'hours': [{'opens': '24:00', 'closes': '24:00'}]}|"
            + "hours[0].opens is '24:00', not a time from 00:00 to 23:59:59",
        "{'all': true, 'date': '2026-11-27', 'hours': [], 'label': ' '}|the label of a special day",
        "{'tag': 'nobody', 'date': '2026-11-27', 'hours': []}|there is no store with the tag",
      })
  void areRefusedWithWhatWouldBeRight(String body, String detail) throws Exception {
    assertProblem(server.post(DAYS, body.replace('\'', '"'), JSON), 400, detail);
    assertThat(json(server.get(DAYS)).get("special_days")).isEmpty();
  }

  @Test
  void refuseDatesAndHoursThatMakeNoSense() throws Exception {
    assertProblem(server.get(STORE + "/calendar?from=2026-02-30"), 400, "not a date");
    assertProblem(
        server.get(STORE + "/calendar?from=2026-02-01&to=2026-01-01"), 400, "not 1 to 400 days");
    assertProblem(server.get("/api/v1/stores/43/calendar"), 404, "no store with the id 43");
    assertProblem(server.get("/api/v1/stores/43/hours"), 404, "no store with the id 43");
    assertProblem(
        server.send("PUT", STORE + "/hours/today", "{\"hours\": []}", "Content-Type", JSON),
        400,
        "the date is 'today', which is not a date");
    assertProblem(
        server.send("PUT", STORE + "/hours/2026-07-01", "{}", "Content-Type", JSON),
        400,
        "the field hours is missing");
    assertProblem(
        server.send(
            "PUT",
            STORE + "/hours/2026-07-01",
            "{\"hours\": [{\"day\": 7, \"opens\": \"09:00\", \"closes\": \"10:00\"}]}",
            "Content-Type",
            JSON),
        400,
        "hours[0].day is 7, not 0 for Monday");
    assertThat(json(server.get(STORE + "/calendar")).get("days")).hasSize(14);
  }
}
