package dev.storewatch.dialect;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Planned closures and special days in the files of the replaced systems: excluded time leaves both
 * up and down alone, and the files keep their form.
 */
@AnyDatabase
final class RealDaysTest {
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

  private static void enter(String path, String body) throws Exception {
    HttpResponse<String> entered =
        server.post("/api/v1/" + path, body.replace('\'', '"'), "application/json");
    assertThat(entered.statusCode()).as(entered.body()).isEqualTo(201);
  }

  private static List<String> rows(String method, String trigger, String file) throws Exception {
    String id = json(server.send(method, trigger, "")).get("report_id").asString();
    String path = file.formatted(id);
    String body =
        Eventually.until(
            "the file " + path,
            () -> server.get(path, "Accept", "text/csv").body(),
            answer -> answer.startsWith("store_id,uptime_last_hour"));
    return body.lines().skip(1).toList();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "A, POST, /api/trigger_report, /api/get_report/%s",
    "B, POST, /trigger_report, /reports/%s.csv",
    "C, GET, /store/42/trigger_report/, /store/download_report/%s",
    "D, POST, /trigger_report, /download_report/%s",
    "E, GET, /trigger_report, /get_report/%s",
  })
  void countInEveryFile(String dialect, String method, String trigger, String file)
      throws Exception {
    List<String> others =
        dialect.equals("C")
            ? List.of()
            : List.of("\"a,\"\"b\"\"\",60.00,24.00,24.00,0.00,0.00,0.00");
    enter(
        "closures",
        "{'store': '42', 'from': '2023-01-25T05:30', 'to': '2023-01-25', 'reason': 'works'}");
    assertThat(rows(method, trigger, file))
        .contains("42,30.00,23.50,24.50,0.00,0.00,0.00")
        .containsAll(others);

    enter("special-days", "{'store': '42', 'date': '2023-01-25', 'hours': [], 'label': 'Closed'}");
    // All its polls were made while it was closed, so the day before is unknown.
    assertThat(rows(method, trigger, file))
        .contains("42,0.00,0.00,0.00,0.00,0.00,0.00")
        .containsAll(others);
  }
}
