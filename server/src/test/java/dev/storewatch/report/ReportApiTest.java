package dev.storewatch.report;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFleet;
import dev.storewatch.TestServer;
import dev.storewatch.database.Database;
import dev.storewatch.hours.ZoneTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@AnyDatabase
final class ReportApiTest {
  private static final String REPORTS = "/api/v1/reports";
  private static final String JSON = "application/json";

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String ask(String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = server.post(REPORTS, body, JSON);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer).get("id").stringValue();
  }

  private static String complete(String body) throws IOException, InterruptedException {
    String id = ask(body);
    assertThat(server.awaitEnd(id).get("state").stringValue()).isEqualTo("complete");
    return id;
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(json(answer).get("status").intValue()).isEqualTo(status);
    assertThat(json(answer).get("detail").stringValue()).contains(detail);
  }

  @Test
  void acceptsAReportAndTellsWhereItIs() throws Exception {
    server.polls().shut();
    HttpResponse<String> accepted = server.post(REPORTS);

    assertThat(accepted.statusCode()).isEqualTo(202);
    String id = json(accepted).get("id").stringValue();
    assertThat(accepted.headers().firstValue("Location")).contains(REPORTS + "/" + id);
    assertThat(json(accepted).get("state").stringValue()).isEqualTo("queued");

    server.polls().awaitScan();
    JsonNode running = json(server.get(REPORTS + "/" + id));
    assertThat(running.get("state").stringValue()).isEqualTo("running");
    assertThat(running.get("progress").toString()).isEqualTo("{\"done\":0,\"total\":2}");
    assertProblem(server.get(REPORTS + "/" + id + "/rows"), 409, "is running: ask for its rows");
    assertProblem(server.get(REPORTS + "/" + id + ".csv"), 409, "is running: ask for its rows");

    server.polls().open();
    JsonNode done = server.awaitEnd(id);
    assertThat(done.get("state").stringValue()).isEqualTo("complete");
    assertThat(done.get("progress").toString()).isEqualTo("{\"done\":2,\"total\":2}");
    assertThat(done.get("row_count").intValue()).isEqualTo(2);
    assertThat(done.get("as_of").stringValue()).isEqualTo("2023-01-25T12:00:00Z");
    assertThat(done.get("rule").stringValue()).isEqualTo("nearest");
    assertThat(done.get("carry").stringValue()).isEqualTo("P1D");
    assertThat(done.get("windows").toString()).isEqualTo("[\"PT1H\",\"P1D\",\"P7D\"]");
    assertThat(done.get("stores").isNull()).isTrue();
    assertThat(done.get("error").isNull()).isTrue();
    assertThat(instant(done, "asked_at")).isBeforeOrEqualTo(instant(done, "started_at"));
    assertThat(instant(done, "started_at")).isBeforeOrEqualTo(instant(done, "ended_at"));
  }

  private static Instant instant(JsonNode report, String field) {
    return Instant.parse(report.get(field).stringValue());
  }

  @Test
  void takesEveryPartOfAnOrder() throws Exception {
    String id =
        complete(
            """
            {"as_of": "2023-01-25T12:30:00+00:30", "rule": "previous", "carry": "PT2H",
             "stores": ["42"], "windows": ["PT2H", "P30D"]}
            """);

    JsonNode report = json(server.get(REPORTS + "/" + id));
    assertThat(report.get("as_of").stringValue()).isEqualTo("2023-01-25T12:00:00Z");
    assertThat(report.get("rule").stringValue()).isEqualTo("previous");
    assertThat(report.get("carry").stringValue()).isEqualTo("PT2H");
    assertThat(report.get("stores").toString()).isEqualTo("[\"42\"]");
    assertThat(server.get(REPORTS + "/" + id + "/rows").body())
        .isEqualTo(
            """
            store_id,window,from,to,scheduled_minutes,uptime_minutes,downtime_minutes,\
            unknown_minutes,excluded_minutes,uptime_percent,uptime_minutes_low,\
            uptime_minutes_high,polls
            42,PT2H,2023-01-25T10:00:00Z,2023-01-25T12:00:00Z,\
            120.00,60.00,0.00,60.00,0.00,100.00,0.00,120.00,2
            42,P30D,2022-12-26T12:00:00Z,2023-01-25T12:00:00Z,\
            43200.00,60.00,0.00,43140.00,0.00,100.00,0.00,43200.00,2
            """);
  }

  @Test
  void reportsOnTheStoresThatHaveAllOfSomeTags(@TempDir Path more) throws Exception {
    try (TestServer tagged = TestServer.start(more)) {
      tagged.tag("42", "region:west", "big");
      tagged.tag("a,\"b\"", "region:west");
      tagged.tag("never polled", "big");

      assertThat(rows(tagged, "{\"tags\":[\"region:west\"]}")).isEqualTo(TestServer.CSV);
      assertThat(rows(tagged, "{\"tags\":[\"region:west\",\"big\"]}").lines())
          .hasSize(2)
          .last()
          .asString()
          .startsWith("42,");
      assertThat(rows(tagged, "{\"tags\":[\"big\"],\"stores\":[\"a,\\\"b\\\"\",\"42\"]}").lines())
          .hasSize(2);
      JsonNode newest = json(tagged.get(REPORTS + "?limit=1")).at("/reports/0");
      assertThat(newest.get("tags").toString()).isEqualTo("[\"big\"]");
    }
  }

  /** The figures and the windows stay, whatever zone the store is said to be in later. */
  @Test
  void keepsTheMonthsOfTheClocksOfEachStore(@TempDir Path more) throws Exception {
    try (TestServer other = TestServer.start(more)) {
      setZone(other, "Asia/Tokyo");
      String id =
          json(other.post(REPORTS, "{\"windows\": [\"p3m\", \"PT1H\"]}", JSON))
              .get("id")
              .stringValue();
      assertThat(other.awaitEnd(id).get("windows").toString()).isEqualTo("[\"P3M\",\"PT1H\"]");
      String csv = other.get(REPORTS + "/" + id + ".csv").body();
      String json = other.get(REPORTS + "/" + id + "/rows", "Accept", "application/json").body();
      setZone(other, "UTC");

      assertThat(csv.lines().map(line -> line.replaceAll("Z,[0-9.]+,.*", "Z")))
          .containsExactly(
              "store_id,window,from,to,scheduled_minutes,uptime_minutes,downtime_minutes,"
                  + "unknown_minutes,excluded_minutes,uptime_percent,uptime_minutes_low,"
                  + "uptime_minutes_high,polls",
              "42,P3M,2022-10-25T12:00:00Z,2023-01-25T12:00:00Z",
              "42,PT1H,2023-01-25T11:00:00Z,2023-01-25T12:00:00Z",
              "\"a,\"\"b\"\"\",P3M,2022-10-25T11:00:00Z,2023-01-25T12:00:00Z",
              "\"a,\"\"b\"\"\",PT1H,2023-01-25T11:00:00Z,2023-01-25T12:00:00Z");
      assertThat(other.get(REPORTS + "/" + id + ".csv").body()).isEqualTo(csv);
      assertThat(json).contains("\"window\":\"P3M\",\"from\":\"2022-10-25T12:00:00Z\"");
    }
  }

  private static void setZone(TestServer other, String zone) throws Exception {
    String body = "{\"zone\": \"%s\"}".formatted(zone);
    assertThat(other.send("PATCH", "/api/v1/stores/42", body, "Content-Type", JSON).statusCode())
        .isEqualTo(200);
  }

  private static String rows(TestServer of, String order) throws Exception {
    String id = json(of.post(REPORTS, order, JSON)).get("id").stringValue();
    assertThat(of.awaitEnd(id).get("state").stringValue()).isEqualTo("complete");
    return of.get(REPORTS + "/" + id + ".csv").body();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"asof\":\"now\"}| there is no field 'asof': use as_of, carry, known_at,"
            + " late_close_as_midnight, revision, rule, stores, tags, windows",
        "{\"revision\":999}| there is no revision 999: use a number from 0 to ",
        "{\"revision\":-1}| there is no revision -1: use a number from 0 to ",
        "{\"known_at\":\"soon\"}| 'soon' is no instant at which something was known: use for"
            + " example",
        "{\"revision\":1,\"known_at\":\"2026-01-01T00:00:00Z\"}| leave out revision, or known_at",
        "{\"as_of\":\"soon\"}| 'soon' is not an as-of instant: use latest, now or for example",
        "{\"as_of\":\"-0001-01-01T00:00:00Z\"}| use one of the years 1900 to 9999",
        "{\"rule\":\"guess\"}| there is no rule 'guess': use nearest, previous or ratio",
        "{\"carry\":\"1 day\"}| '1 day' is not an ISO 8601 duration: use for example PT24H",
        "{\"carry\":\"P900D\"}| use one from PT1S to P366D",
        "{\"windows\":[]}| 'windows' is empty: leave it out for the default, or list for example",
        "{\"windows\":[\"1h\"]}| '1h' is not an ISO 8601 duration: use for example PT1H",
        "{\"windows\":[\"PT1H\",\"PT60M\"]}| a window stands twice in the list",
        "{\"windows\":[\"-PT1H\"]}| use a positive length",
        "{\"windows\":[\"P99999999D\"]}| use a positive length of at most",
        "{\"windows\":\"PT1H\"}| the field 'windows' has the wrong type: use an array",
        "{\"stores\":[null]}| 'stores' contains null",
        "{\"tags\":[]}| 'tags' is empty: leave it out for the default, or list for example",
        "{\"tags\":[\"no tag\"]}| 'no tag' is not a tag",
        "{\"tags\":[\"west\"]}| there is no store with the tag west: use tags"
            + " that stores have",
        "{\"stores\":[[]]}| the field 'stores[0]' has the wrong type: use a text",
        "{\"stores\":[\"42\",\"43\"]}| there is no store with the id 43",
        "[]| the body is not a JSON object: send for example {}",
        "7| the body is not a JSON object: send for example {}",
        "{\"rule\":| the body is not JSON: Unexpected end-of-input",
        "{rule}| the body is not JSON:",
        "{} {}| the body is not a JSON object",
        "{\"rule\":\"ratio\",\"rule\":\"nearest\"}| the body is not JSON: Duplicate",
        "{\"rule\":true}| the field 'rule' has the wrong type: use a text",
        "{\"stores\":[1.5]}| the field 'stores[0]' has the wrong type: use a text",
        "{\"stores\":[false]}| the field 'stores[0]' has the wrong type: use a text",
        "{\"late_close_as_midnight\":\"true\"}| the field 'late_close_as_midnight' has the wrong"
            + " type",
        "{\"late_close_as_midnight\":1}| the field 'late_close_as_midnight' has the wrong type",
        "{\"late_close_as_midnight\":\"\"}| the field 'late_close_as_midnight' has the wrong type",
        "{\"as_of\":\"2016-12-31T23:59:60Z\"}| is not an as-of instant",
      })
  void refusesAnOrderThatMakesNoSense(String body, String detail) throws Exception {
    assertProblem(server.post(REPORTS, body, JSON), 400, detail);
  }

  @Test
  void takesAnEmptyBodyOfAnyMediaType() throws Exception {
    assertThat(server.post(REPORTS, "", "application/x-www-form-urlencoded").statusCode())
        .isEqualTo(202);
    assertThat(server.post(REPORTS, "", JSON).statusCode()).isEqualTo(202);
    assertThat(server.post(REPORTS, "null", JSON).statusCode()).isEqualTo(202);
    assertProblem(
        server.post(REPORTS, "{}", "text/plain"),
        415,
        "the body is sent as text/plain: send it with Content-Type application/json");
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    String large = "{\"rule\":\"" + "x".repeat(1 << 20) + "\"}";

    assertProblem(server.post(REPORTS, large, JSON), 413, "larger than 1 MB");
  }

  @Test
  void writesRowsAsTheClientAccepts() throws Exception {
    String rows = REPORTS + "/" + complete("{}") + "/rows";

    HttpResponse<String> csv = server.get(rows, "Accept", "text/csv");
    assertThat(csv.body()).isEqualTo(TestServer.CSV);
    assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
    assertThat(String.join(",", csv.headers().allValues("Vary"))).containsIgnoringCase("accept");
    HttpResponse<String> json = server.get(rows, "Accept", JSON);
    assertThat(json.headers().firstValue("Content-Type")).contains(JSON);
    assertThat(json.body())
        .startsWith(
            """
            [{"store_id":"42","uptime_last_hour":30.00,"uptime_last_day":23.50,\
            "uptime_last_week":24.50,"downtime_last_hour":30.00,"downtime_last_day":0.50,\
            "downtime_last_week":0.50},{"store_id":"a,\\"b\\"",\
            """);
    assertProblem(
        server.get(rows, "Accept", "image/png"),
        406,
        "cannot be had as 'image/png': accept application/json, text/csv");
    assertThat(server.get(rows + "?detail=full", "Accept", "text/csv").body())
        .contains("\n42,PT1H,2023-01-25T11:00:00Z,2023-01-25T12:00:00Z,60.00,30.00,30.00,");
    assertProblem(server.get(rows + "?detail=most"), 400, "detail is 'most': use standard or full");
  }

  @Test
  void sendsRowsOnceToAClientThatKeepsThem() throws Exception {
    String rows = REPORTS + "/" + complete("{}") + "/rows";
    String tag = server.get(rows).headers().firstValue("ETag").orElseThrow();

    assertThat(server.get(rows, "If-None-Match", tag).statusCode()).isEqualTo(304);
    HttpResponse<String> other = server.get(rows + "?detail=full", "If-None-Match", tag);
    assertThat(other.statusCode()).isEqualTo(200);
    assertThat(other.headers().firstValue("ETag")).isPresent().isNotEqualTo(tag);
  }

  @Test
  void givesEqualReportsOneChecksum() throws Exception {
    String asked = "{\"as_of\":\"2023-01-25T12:00:00Z\"}";
    String first = complete(asked);
    String second = complete(asked);

    assertThat(checksum(first)).hasSize(64).isEqualTo(checksum(second));
    assertThat(checksum(complete("{\"rule\":\"previous\"}"))).isNotEqualTo(checksum(first));
  }

  @Test
  void tellsByWhichRulesOfTimeZonesAReportWasMade() throws Exception {
    String id = complete("");
    JsonNode now = newest(id);
    assertThat(now.get("zone_rules").stringValue()).isEqualTo(ZoneTable.inUse().version());
    assertThat(now.get("zone_rules_notice").isNull()).isTrue();

    setZoneRules(id, "'2019c'");
    JsonNode other = newest(id);
    assertThat(other.get("zone_rules").stringValue()).isEqualTo("2019c");
    assertThat(other.get("zone_rules_notice").stringValue())
        .startsWith("made by the rules 2019c of time zones, those in use now are ");

    setZoneRules(id, "NULL");
    JsonNode unknown = newest(id);
    assertThat(unknown.get("zone_rules").isNull()).isTrue();
    assertThat(unknown.get("zone_rules_notice").stringValue()).startsWith("made by unknown rules");
  }

  /** Reads it in the list, which is not answered from memory. */
  private static JsonNode newest(String id) throws IOException, InterruptedException {
    JsonNode report = json(server.get(REPORTS + "?limit=1")).get("reports").get(0);
    assertThat(report.get("id").stringValue()).isEqualTo(id);
    return report;
  }

  private static void setZoneRules(String id, String rules) {
    Database database = server.bean(Database.class);
    int changed =
        database.inTransaction(
            () ->
                database
                    .jdbc()
                    .sql("UPDATE report SET zone_rules = %s WHERE id = ?".formatted(rules))
                    .param(id)
                    .update());
    assertThat(changed).isEqualTo(1);
  }

  private static String checksum(String id) throws IOException, InterruptedException {
    return json(server.get(REPORTS + "/" + id)).get("checksum").stringValue();
  }

  @Test
  void compressesRowsForAClientThatLikesIt() throws Exception {
    String id = complete("{}");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + REPORTS + "/" + id + "/rows"))
            .header("Accept-Encoding", "gzip")
            .build();

    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(TestServer.CSV);
      }
    }
  }

  @Test
  void offersTheRowsAsADownload() throws Exception {
    String id = complete("{}");

    HttpResponse<String> file = server.get(REPORTS + "/" + id + ".csv");
    assertThat(file.body()).isEqualTo(TestServer.CSV);
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"report-" + id + ".csv\"");
    HttpResponse<String> full = server.get(REPORTS + "/" + id + ".csv?detail=full");
    assertThat(full.body()).startsWith("store_id,window,");
    assertThat(full.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"report-" + id + "-full.csv\"");
  }

  @Test
  void refusesTheStandardColumnsForOtherWindows() throws Exception {
    String id = complete("{\"windows\":[\"PT2H\"]}");

    assertProblem(
        server.get(REPORTS + "/" + id + "/rows?detail=standard"), 400, "ask for full detail");
    assertThat(server.get(REPORTS + "/" + id + "/rows").body()).contains("\n42,PT2H,");
  }

  @Test
  void listsTheNewestFirstPageByPage() throws Exception {
    String first = complete("{}");
    String second = complete("{}");
    String third = complete("{}");

    JsonNode page = json(server.get(REPORTS + "?limit=2"));
    assertThat(page.get("reports").values())
        .extracting(report -> report.get("id").stringValue())
        .containsExactly(third, second);
    JsonNode next = json(server.get(REPORTS + "?limit=1&after=" + page.get("after").stringValue()));
    assertThat(next.get("reports").get(0).get("id").stringValue()).isEqualTo(first);
    assertThat(json(server.get(REPORTS + "?after=1")).get("after").isNull()).isTrue();
    assertProblem(server.get(REPORTS + "?limit=0"), 400, "use a whole number from 1 to 1000");
    assertProblem(server.get(REPORTS + "?limit=many"), 400, "limit is 'many': use a whole");
    assertProblem(server.get(REPORTS + "?after=x"), 400, "after is 'x': use a whole number");
  }

  @Test
  void deletesAReport() throws Exception {
    String id = complete("{}");

    assertThat(server.send("DELETE", REPORTS + "/" + id, "").statusCode()).isEqualTo(204);
    assertProblem(server.get(REPORTS + "/" + id), 404, "there is no report with the id " + id);
    assertProblem(server.send("DELETE", REPORTS + "/" + id, ""), 404, "there is no report");
    assertProblem(server.get(REPORTS + "/" + id + "/rows"), 404, "there is no report");
    assertProblem(server.get(REPORTS + "/" + id + ".csv"), 404, "there is no report");
  }

  @Test
  void givesUpARunningReportThatIsDeleted() throws Exception {
    server.polls().shut();
    String id = ask("{}");
    server.polls().awaitScan();

    assertThat(server.send("DELETE", REPORTS + "/" + id, "").statusCode()).isEqualTo(204);
    server.polls().open();
    complete("{}");
    assertThat(server.get(REPORTS + "/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void tellsWhyAReportHasNoRows() throws Exception {
    String id = server.addFailedReport("the disk is full");

    JsonNode failed = json(server.get(REPORTS + "/" + id));
    assertThat(failed.get("state").stringValue()).isEqualTo("failed");
    assertThat(failed.get("error").stringValue()).isEqualTo("the disk is full");
    assertProblem(server.get(REPORTS + "/" + id + "/rows"), 409, "the disk is full");
  }

  @Test
  void answersWithAProblemWhenTheRowsCannotBeRead() throws Exception {
    String id = complete("{}");
    deleteRowsFrom(server, id, 0);

    HttpResponse<String> answer = server.get(REPORTS + "/" + id + "/rows", "Accept", "text/csv");

    assertProblem(answer, 500, "something went wrong on the server");
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void cutsTheAnswerOffWhenTheRestOfTheRowsCannotBeRead(@TempDir Path path) throws Exception {
    TestFleet fleet = new TestFleet();
    for (int i = 0; i < 15_000; i++) {
      fleet.store("store %06d".formatted(i)).poll("2023-01-25T12:00:00Z", true);
    }
    try (TestServer large = TestServer.start(path, fleet)) {
      String id = json(large.post(REPORTS)).get("id").stringValue();
      large.awaitEnd(id);
      String rows = REPORTS + "/" + id + "/rows?detail=full";
      assertThat(large.get(rows).body()).hasLineCount(45_001);

      deleteRowsFrom(large, id, 14_000);

      assertThatThrownBy(() -> large.get(rows)).isInstanceOf(IOException.class);
    }
  }

  private static void deleteRowsFrom(TestServer from, String id, int store) {
    int number = from.bean(Reports.class).find(id).orElseThrow().number();
    int deleted =
        from.bean(Database.class)
            .jdbc()
            .sql("DELETE FROM report_block WHERE report_number = ? AND first_store >= ?")
            .params(number, store)
            .update();
    assertThat(deleted).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /nothing/here, 404, there is nothing at /nothing/here",
    "GET, /api/v1/nothing, 404, there is nothing at /api/v1/nothing",
    "GET, /api/v1/reports/nonsense, 404, there is no report with the id nonsense",
    "GET, /api/v1/reports/%0a, 400, the server cannot take this request",
    "PUT, /api/v1/reports, 405, PUT is not possible here: use GET",
    "POST, /api/v1/reports/7/rows, 405, POST is not possible here: use GET",
    "DELETE, /trigger_report, 405, DELETE is not possible here: use GET",
    "GET, /error, 404, the server cannot take this request",
    "GET, /actuator, 404, there is nothing at /actuator",
    "GET, /actuator/env, 404, there is nothing at /actuator/env",
  })
  void answersWhatItCannotDoWithAProblem(String method, String path, int status, String detail)
      throws Exception {
    assertProblem(server.send(method, path, ""), status, detail);
  }
}
