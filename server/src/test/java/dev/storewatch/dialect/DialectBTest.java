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

/** Replays what the clients of system B send. */
@AnyDatabase
final class DialectBTest {
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
  void givesTheFileOfAReportWhenItIsComplete() throws Exception {
    server.polls().shut();
    HttpResponse<String> started = server.post("/trigger_report");
    assertThat(started.statusCode()).isEqualTo(200);
    String id = json(started).get("report_id").stringValue();
    assertThat(started.body()).isEqualTo("{\"report_id\":\"" + id + "\"}");

    HttpResponse<String> running = server.get("/get_report?report_id=" + id);
    assertThat(running.statusCode()).isEqualTo(200);
    assertThat(running.body()).isEqualTo("{\"status\":\"Running\"}");
    assertThat(server.get("/reports/" + id + ".csv").statusCode()).isEqualTo(404);

    server.polls().open();
    server.awaitEnd(id);
    HttpResponse<String> complete = server.get("/get_report?report_id=" + id);
    assertThat(complete.body())
        .isEqualTo("{\"status\":\"Complete\",\"report_url\":\"/reports/%s.csv\"}".formatted(id));
    assertThat(server.get(json(complete).get("report_url").stringValue()).body())
        .isEqualTo(TestServer.CSV);

    HttpResponse<String> file = server.get("/reports/" + id + ".csv");
    assertThat(file.body()).isEqualTo(TestServer.CSV);
    assertThat(file.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
    assertThat(file.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"report-" + id + ".csv\"");
  }

  @ParameterizedTest
  @CsvSource({
    "/trigger_report, {}, application/json",
    "/trigger_report/, {}, application/json",
    "/trigger_report, '', application/json",
    "/trigger_report, '', application/x-www-form-urlencoded",
    "/trigger_report, {}, application/x-www-form-urlencoded",
    "/trigger_report, {}, text/plain",
  })
  void startsWhateverTheBodyIs(String path, String body, String contentType) throws Exception {
    HttpResponse<String> started = server.post(path, body, contentType);

    assertThat(started.statusCode()).isEqualTo(200);
    String id = json(started).get("report_id").stringValue();
    assertThat(server.get("/get_report/?report_id=" + id).statusCode()).isEqualTo(200);
    assertThat(server.awaitEnd(id).get("state").stringValue()).isEqualTo("complete");
    assertThat(server.get("/reports/" + id + ".csv/").body()).isEqualTo(TestServer.CSV);
  }

  @ParameterizedTest
  @CsvSource({
    "/get_report?report_id=11111111-2222-4333-8444-555555555555",
    "/get_report?report_id=nonsense",
    "/get_report?report_id=",
    "/get_report",
    "/reports/nonsense.csv",
  })
  void knowsNoOtherReport(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body())
        .isEqualTo("{\"error\":\"Report not found\",\"detail\":\"Report not found\"}");
  }

  @Test
  void tellsWhyAReportFailed() throws Exception {
    String id = server.addFailedReport("the disk is full");
    String failed = "{\"status\":\"Failed\",\"error\":\"the disk is full\"}";

    assertThat(server.get("/get_report?report_id=" + id).body()).isEqualTo(failed);
    assertThat(server.get("/get_report/?report_id=" + id).body()).isEqualTo(failed);
    assertThat(server.get("/reports/" + id + ".csv").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /trigger_report",
    "DELETE, /trigger_report/",
    "DELETE, /get_report",
    "POST, /get_report/7",
    "PUT, /reports/nonsense.csv"
  })
  void refusesOtherMethods(String method, String path) throws Exception {
    HttpResponse<String> answer = server.send(method, path, "");

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).isPresent();
  }
}
