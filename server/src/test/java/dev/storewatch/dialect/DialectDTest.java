package dev.storewatch.dialect;

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
import org.junit.jupiter.params.provider.ValueSource;

/** Replays what the clients of system D send. */
@AnyDatabase
final class DialectDTest {
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
  void tellsWhereTheFileOfACompleteReportIs() throws Exception {
    server.polls().shut();
    String id = json(server.post("/trigger_report")).get("report_id").stringValue();

    assertThat(server.get("/get_report/" + id).body()).isEqualTo("{\"status\":\"Running\"}");
    HttpResponse<String> early = server.get("/download_report/" + id);
    assertThat(early.statusCode()).isEqualTo(404);
    assertThat(early.body())
        .isEqualTo("{\"error\":\"Report is not complete\",\"detail\":\"Report is not complete\"}");

    server.polls().open();
    server.awaitEnd(id);
    HttpResponse<String> complete = server.get("/get_report/" + id);
    assertThat(complete.statusCode()).isEqualTo(200);
    assertThat(complete.headers().firstValue("Content-Type")).contains("application/json");
    String url = json(complete).get("report_url").stringValue();
    assertThat(url).isEqualTo("/download_report/" + id);

    HttpResponse<String> file = server.get(url);
    assertThat(file.body()).isEqualTo(TestServer.CSV);
    assertThat(file.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"report-" + id + ".csv\"");
    assertThat(server.get("/get_report/" + id + "/").body()).isEqualTo(TestServer.CSV);
    assertThat(server.get("/download_report?report_id=" + id).body()).isEqualTo(TestServer.CSV);
    assertThat(server.get("/download_report/" + id + "/").body()).isEqualTo(TestServer.CSV);
  }

  @Test
  void countsAQueuedReportAsRunning() throws Exception {
    server.polls().shut();
    String id = "";
    for (int i = 0; i < 5; i++) {
      id = json(server.post("/trigger_report")).get("report_id").stringValue();
    }

    assertThat(json(server.get("/api/v1/reports/" + id)).get("state").stringValue())
        .isEqualTo("queued");
    assertThat(server.get("/get_report/" + id).body()).isEqualTo("{\"status\":\"Running\"}");
    server.polls().open();
    server.awaitEnd(id);
  }

  @Test
  void tellsWhyAReportFailed() throws Exception {
    String id = server.addFailedReport("the disk is full");

    HttpResponse<String> answer = server.get("/get_report/" + id);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"Failed\",\"error\":\"the disk is full\"}");
    assertThat(server.get("/download_report/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void answersAReportWithOtherWindowsInFullDetail() throws Exception {
    String id =
        json(server.post("/api/v1/reports", "{\"windows\":[\"PT2H\"]}", "application/json"))
            .get("id")
            .stringValue();
    server.awaitEnd(id);

    assertThat(server.get("/download_report/" + id).body())
        .startsWith("store_id,window,from,")
        .contains("\n42,PT2H,2023-01-25T10:00:00Z,2023-01-25T12:00:00Z,120.00,90.00,30.00,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/get_report/11111111-2222-4333-8444-555555555555",
        "/get_report/7",
        "/get_report/%20",
        "/get_report/%27%3B--/",
        "/download_report/nonsense",
        "/download_report/11111111-2222-4333-8444-555555555555/",
      })
  void knowsNoOtherReport(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"Report not found\",\"detail\":\"Report not found\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /trigger_report/",
    "POST, /get_report/7/",
    "DELETE, /get_report/7",
    "POST, /download_report/7",
    "DELETE, /download_report/7/"
  })
  void refusesOtherMethods(String method, String path) throws Exception {
    HttpResponse<String> answer = server.send(method, path, "");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).isPresent();
  }
}
