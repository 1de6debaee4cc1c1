package dev.storewatch.dialect;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFleet;
import dev.storewatch.TestServer;
import dev.storewatch.report.Reports;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replays what the clients of system C send. */
@AnyDatabase
final class DialectCTest {
  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PARTS = "multipart/form-data; boundary=x";
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server =
        TestServer.start(
            path,
            new TestFleet()
                .store("42")
                .poll("2023-01-25T11:00:00Z", true)
                .poll("2023-01-25T12:00:00Z", false)
                .store("get_report")
                .poll("2023-01-25T12:00:00Z", true)
                .store("never polled"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> ask(String number) throws Exception {
    return server.post("/store/get_report/", "{\"report_id\": " + number + "}", JSON);
  }

  private static String awaitEnd(int number) throws Exception {
    String id = server.bean(Reports.class).find(number).orElseThrow().id();
    return server.awaitEnd(id).get("state").stringValue();
  }

  @Test
  void reportsOnOneStoreWithANumberAndColumnsOfItsOwn() throws Exception {
    server.polls().shut();
    HttpResponse<String> started = server.get("/store/42/trigger_report/");
    assertThat(started.statusCode()).isEqualTo(200);
    int number = json(started).get("report_id").intValue();
    assertThat(started.body()).isEqualTo("{\"report_id\":" + number + "}");

    assertThat(ask("" + number).body()).isEqualTo("{\"status\":\"Running\"}");
    String file = "/store/download_report/" + number + "/";
    assertThat(server.get(file).statusCode()).isEqualTo(404);

    server.polls().open();
    assertThat(awaitEnd(number)).isEqualTo("complete");
    assertThat(ask("" + number).body())
        .isEqualTo("{\"status\":\"Complete\",\"report_url\":\"" + file + "\"}");
    assertThat(ask("\"" + number + "\"").body()).contains("Complete");
    HttpResponse<String> rows = server.get(file);
    assertThat(rows.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
    assertThat(rows.body())
        .isEqualTo(
            """
            store_id,uptime_last_hour_minutes,uptime_last_day_hours,uptime_last_week_hours,\
            downtime_last_hour_minutes,downtime_last_day_hours,downtime_last_week_hours
            42,30.00,23.50,24.50,30.00,0.50,0.50
            """);
    assertThat(server.get("/store/download_report/" + number).body()).isEqualTo(rows.body());
  }

  @Test
  void reportsOnAStoreThatIsCalledAsACallIs() throws Exception {
    int number = json(server.get("/store/get_report/trigger_report")).get("report_id").intValue();

    assertThat(awaitEnd(number)).isEqualTo("complete");
    assertThat(server.get("/store/download_report/" + number).body())
        .endsWith("\nget_report,60.00,24.00,24.00,0.00,0.00,0.00\n");
  }

  @Test
  void hasNoRowForAStoreThatWasNeverPolled() throws Exception {
    int number =
        json(server.get("/store/never%20polled/trigger_report/")).get("report_id").intValue();

    assertThat(awaitEnd(number)).isEqualTo("complete");
    assertThat(server.get("/store/download_report/" + number).body()).hasLineCount(1);
  }

  @Test
  void tellsWhyAReportFailed() throws Exception {
    String id = server.addFailedReport("the disk is full");
    int number = server.bean(Reports.class).find(id).orElseThrow().number();

    HttpResponse<String> answer = ask("" + number);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"Failed\",\"error\":\"the disk is full\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"report_id\": 999999}",
        "{\"report_id\": -1}",
        "{\"report_id\": \"nonsense\"}",
        "{\"report_id\": 99999999999999999999}",
      })
  void knowsNoOtherReport(String body) throws Exception {
    HttpResponse<String> answer = server.post("/store/get_report/", body, JSON);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"Report not found\",\"detail\":\"Report not found\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"report_id\": 1.5}|application/json|neither a text nor a whole number",
        "{\"report_id\": [7]}|application/json|neither a text nor a whole number",
        "{\"report_id\": null}|application/json|report_id is missing",
        "{}|application/json|report_id is missing",
        "[]|application/json|neither a JSON object nor a form",
        "{|application/json|not a JSON object",
        "``|application/json|neither a JSON object nor a form",
        "id=7|application/x-www-form-urlencoded|report_id is missing",
        "report_id=7|text/plain|neither a JSON object nor a form",
        "report_id=7|multipart/form-data|not a form in several parts",
      })
  void saysWhatIsWrongWithABodyThatNamesNoReport(String body, String type, String why)
      throws Exception {
    for (String path :
        List.of("/store/get_report/", "/store/get_report", "/get_report", "/get_report/")) {
      HttpResponse<String> answer = server.post(path, body, type);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(json(answer).get("error").stringValue()).contains(why);
      assertThat(json(answer).get("detail")).isEqualTo(json(answer).get("error"));
    }
  }

  @Test
  void takesTheNumberOfAReportFromAForm() throws Exception {
    int number = json(server.get("/store/42/trigger_report/")).get("report_id").intValue();
    awaitEnd(number);

    String form = "report_id=" + number;
    assertThat(server.post("/store/get_report/", form, FORM).body()).contains("Complete");
    String curl = "{\"report_id\": " + number + "}";
    assertThat(server.post("/store/get_report/", curl, FORM).body()).contains("Complete");
    assertThat(server.post("/store/get_report/", parts("report_id", "" + number), PARTS).body())
        .contains("Complete");
  }

  @Test
  void takesTheIdOfAnyReportFromABodyToo() throws Exception {
    String id = json(server.post("/trigger_report")).get("report_id").stringValue();
    server.awaitEnd(id);

    String body = "{\"report_id\": \"" + id + "\"}";
    assertThat(server.post("/get_report", body, JSON).body())
        .isEqualTo("{\"status\":\"Complete\",\"report_url\":\"/reports/%s.csv\"}".formatted(id));
    assertThat(server.post("/get_report/", body, JSON).body()).startsWith("store_id,uptime_");
    assertThat(server.post("/get_report", "report_id=" + id, FORM).body()).contains("Complete");
    assertThat(server.post("/get_report", parts("report_id", id), PARTS).body())
        .contains("Complete");
  }

  private static String parts(String name, String value) {
    return "--x\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n--x--\r\n"
        .formatted(name, value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/store/43/trigger_report/", "/store/%20/trigger_report"})
  void knowsNoOtherStore(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"Store not found\",\"detail\":\"Store not found\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /store/42/trigger_report/",
    "GET, /store/get_report/",
    "POST, /store/download_report/7/",
    "DELETE, /store/42/trigger_report",
  })
  void refusesOtherMethods(String method, String path) throws Exception {
    assertThat(server.send(method, path, "").statusCode()).isEqualTo(405);
  }
}
