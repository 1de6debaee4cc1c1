package dev.storewatch.report;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
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

/** A server at which two reports run, and the one that may wait waits. */
final class FullQueueTest {
  private static final String REPORTS = "/api/v1/reports";
  private static final List<String> ASKED = new ArrayList<>();

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = TestServer.startWith(path, "storewatch.limits.queued-reports: 1\n");
    server.polls().shut();
    for (int i = 0; i < 2; i++) {
      String id = ask();
      Eventually.until("report " + id + " runs", () -> state(id).equals("running"));
    }
    assertThat(state(ask())).isEqualTo("queued");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String ask() throws Exception {
    HttpResponse<String> answer = server.post(REPORTS);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    ASKED.add(json(answer).get("id").stringValue());
    return ASKED.getLast();
  }

  private static String state(String id) throws Exception {
    return json(server.get(REPORTS + "/" + id)).get("state").stringValue();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/v1/reports",
    "POST, /api/trigger_report/",
    "POST, /trigger_report",
    "GET, /trigger_report",
    "GET, /store/42/trigger_report/",
  })
  void saysWhenToAskAgain(String method, String path) throws Exception {
    HttpResponse<String> answer = server.send(method, path, "");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("5");
    assertThat(json(answer).get("detail").stringValue())
        .isEqualTo("1 reports are queued, the most that is allowed: ask again in 5 seconds");
  }

  @Test
  void takesAnotherWhenOneIsGivenUp() throws Exception {
    String waiting = ASKED.getLast();

    assertThat(server.send("DELETE", REPORTS + "/" + waiting, "").statusCode()).isEqualTo(204);

    assertThat(state(ask())).isEqualTo("queued");
    assertThat(server.post(REPORTS).statusCode()).isEqualTo(429);
  }
}
