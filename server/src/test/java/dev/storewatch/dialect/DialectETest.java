package dev.storewatch.dialect;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestServer;
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

/** Replays what the clients of system E send. */
@AnyDatabase
final class DialectETest {
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void givesTheFileAlongWithTheStatus() throws Exception {
    server.polls().shut();
    HttpResponse<String> started = server.get("/trigger_report");
    assertThat(started.statusCode()).isEqualTo(200);
    String id = json(started).get("report_id").stringValue();

    HttpResponse<String> running = server.get("/get_report/" + id, "Accept", "text/csv");
    assertThat(running.statusCode()).isEqualTo(200);
    assertThat(running.headers().firstValue("X-Report-Status")).contains("Running");
    assertThat(running.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(running.body()).isEqualTo("{\"status\":\"Running\"}");

    server.polls().open();
    server.awaitEnd(id);
    HttpResponse<String> complete = server.get("/get_report/" + id, "Accept", "text/csv");
    assertThat(complete.statusCode()).isEqualTo(200);
    assertThat(complete.headers().firstValue("X-Report-Status")).contains("Complete");
    assertThat(complete.headers().firstValue("Content-Type")).contains("text/csv");
    assertThat(complete.body()).isEqualTo(TestServer.CSV);
    for (String path : List.of("/get_report/" + id + "/", "/get_report/?report_id=" + id)) {
      HttpResponse<String> file = server.get(path);
      assertThat(file.headers().firstValue("X-Report-Status")).contains("Complete");
      assertThat(file.headers().firstValue("Content-Type")).contains("text/csv");
      assertThat(file.body()).isEqualTo(TestServer.CSV);
    }
    assertThat(server.get("/get_report?report_id=" + id, "Accept", "text/csv").body())
        .isEqualTo(TestServer.CSV);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*/*",
        "application/json",
        "text/plain",
        "application/json, text/csv;q=0.5",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
      })
  void givesJsonToWhoeverLikesItAsWell(String accept) throws Exception {
    String id = json(server.post("/trigger_report/")).get("report_id").stringValue();
    server.awaitEnd(id);

    HttpResponse<String> answer = server.get("/get_report/" + id, "Accept", accept);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).get("status").stringValue()).isEqualTo("Complete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/csv", "text/csv, application/json;q=0.5", "text/csv, */*;q=0.1"})
  void givesTheFileToWhoeverLikesItBest(String accept) throws Exception {
    String id = json(server.get("/trigger_report/")).get("report_id").stringValue();
    server.awaitEnd(id);

    assertThat(server.get("/get_report/" + id, "Accept", accept).body()).isEqualTo(TestServer.CSV);
  }

  @Test
  void startsNothingByHead() throws Exception {
    for (String path :
        List.of("/trigger_report", "/trigger_report/", "/store/42/trigger_report/")) {
      HttpResponse<String> answer = server.send("HEAD", path, "");

      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(answer.headers().firstValue("Allow")).contains("GET");
    }
  }

  @Test
  void tellsThatAReportFailed() throws Exception {
    String id = server.addFailedReport("the disk is full");

    HttpResponse<String> answer = server.get("/get_report/" + id, "Accept", "text/csv");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Report-Status")).contains("Failed");
    assertThat(answer.body()).isEqualTo("{\"status\":\"Failed\",\"error\":\"the disk is full\"}");
  }

  @Test
  void knowsNoOtherReport() throws Exception {
    HttpResponse<String> answer = server.get("/get_report/nonsense", "Accept", "text/csv");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"Report not found\",\"detail\":\"Report not found\"}");
  }

  @ParameterizedTest
  @CsvSource({"PATCH, /trigger_report", "PUT, /get_report/7", "POST, /get_report/7/"})
  void refusesOtherMethods(String method, String path) throws Exception {
    HttpResponse<String> answer = server.send(method, path, "");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).isPresent();
  }
}
