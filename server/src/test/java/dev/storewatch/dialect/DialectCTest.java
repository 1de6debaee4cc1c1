package dev.storewatch.dialect;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFleet;
import dev.storewatch.TestServer;
import dev.storewatch.report.Reports;
import java.net.http.HttpResponse;
import java.nio.file.Path;
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
            uptime_last_hour_minutes,uptime_last_day_hours,uptime_last_week_hours,\
            downtime_last_hour_minutes,downtime_last_day_hours,downtime_last_week_hours
            30.00,23.50,24.50,30.00,0.50,0.50
            """);
    assertThat(server.get("/store/download_report/" + number).body()).isEqualTo(rows.body());
  }

  @Test
  void reportsOnAStoreThatIsCalledAsACallIs() throws Exception {
    int number = json(server.get("/store/get_report/trigger_report")).get("report_id").intValue();

    assertThat(awaitEnd(number)).isEqualTo("complete");
    assertThat(server.get("/store/download_report/" + number).body())
        .endsWith("\n60.00,24.00,24.00,0.00,0.00,0.00\n");
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
        "{\"report_id\": 1.5}",
        "{\"report_id\": null}",
        "{\"report_id\": \"nonsense\"}",
        "{\"report_id\": 99999999999999999999}",
        "{}",
        "[]",
        "{",
        "``",
      })
  void knowsNoOtherReport(String body) throws Exception {
    HttpResponse<String> answer = server.post("/store/get_report/", body, JSON);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"error\":\"Report not found\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/store/43/trigger_report/", "/store/%20/trigger_report"})
  void knowsNoOtherStore(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("{\"error\":\"Store not found\"}");
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
