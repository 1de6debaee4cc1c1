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

/** Replays what the clients of system A send. */
@AnyDatabase
final class DialectATest {
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
  void bringsTheFileItselfWhenTheReportIsComplete() throws Exception {
    server.polls().shut();
    HttpResponse<String> started = server.post("/api/trigger_report/");
    assertThat(started.statusCode()).isEqualTo(200);
    String id = json(started).get("report_id").stringValue();
    assertThat(started.body()).isEqualTo("{\"report_id\":\"" + id + "\"}");

    HttpResponse<String> running = server.get("/api/get_report/" + id + "/");
    assertThat(running.statusCode()).isEqualTo(200);
    assertThat(running.body()).isEqualTo("{\"status\":\"Running\"}");

    server.polls().open();
    server.awaitEnd(id);
    for (String path :
        List.of(
            "/api/get_report/" + id + "/",
            "/api/get_report/" + id,
            "/api/get_report?report_id=" + id,
            "/api/get_report/?report_id=" + id,
            "/get_report/" + id + "/")) {
      HttpResponse<String> file = server.get(path);
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.body()).isEqualTo(TestServer.CSV);
      assertThat(file.headers().firstValue("Content-Type")).contains("text/csv");
      assertThat(file.headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=\"report-" + id + ".csv\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/api/trigger_report, {}, application/json",
    "/api/trigger_report/, {}, application/json",
    "/api/trigger_report/, '', application/json",
    "/api/trigger_report/, '', application/x-www-form-urlencoded",
    "/api/trigger_report/, {}, text/plain",
  })
  void startsWhateverTheBodyIs(String path, String body, String contentType) throws Exception {
    HttpResponse<String> started = server.post(path, body, contentType);

    assertThat(started.statusCode()).isEqualTo(200);
    String id = json(started).get("report_id").stringValue();
    assertThat(server.awaitEnd(id).get("state").stringValue()).isEqualTo("complete");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/get_report/11111111-2222-4333-8444-555555555555/",
        "/api/get_report/nonsense",
        "/api/get_report/7/",
        "/api/get_report",
        "/api/get_report/?report_id=nonsense",
        "/get_report/nonsense/",
      })
  void knowsNoOtherReport(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"Report not found\",\"detail\":\"Report not found\"}");
  }

  @Test
  void knowsNoReportThatFailed() throws Exception {
    String id = server.addFailedReport("the disk is full");

    for (String path :
        List.of(
            "/api/get_report/" + id + "/", "/get_report/" + id + "/", "/api/get_report/" + id)) {
      HttpResponse<String> answer = server.get(path);

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body())
          .isEqualTo("{\"error\":\"Report not found\",\"detail\":\"Report not found\"}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/trigger_report/",
    "PUT, /api/trigger_report/",
    "POST, /api/get_report/7/",
    "DELETE, /api/get_report/7/",
  })
  void refusesOtherMethods(String method, String path) throws Exception {
    assertThat(server.send(method, path, "").statusCode()).isEqualTo(405);
  }
}
