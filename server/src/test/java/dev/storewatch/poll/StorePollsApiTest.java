package dev.storewatch.poll;

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

/** The deletion of polls over HTTP, and what is seen of it. */
@AnyDatabase
final class StorePollsApiTest {
  private static final String STORE = "/api/v1/stores/42";
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> delete(String path) throws Exception {
    return server.send("DELETE", path, "");
  }

  @Test
  void makesEverythingAsIfThePollsHadNeverCome() throws Exception {
    String push =
        "{\"store_id\":\"42\",\"status\":\"active\",\"timestamp_utc\":\"2023-01-30T10:00:00Z\"}";
    String before = server.get(STORE).body();
    assertThat(server.post("/api/v1/polls", push, "application/json").statusCode()).isEqualTo(200);
    assertThat(server.get(STORE).body()).contains("2023-01-30T10:00:00Z").contains("\"up\"");

    HttpResponse<String> answer =
        delete(STORE + "/polls?from=2023-01-30T00:00:00Z&to=2023-01-31T00:00:00Z");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"store_id":"42","from":"2023-01-30T00:00:00Z","to":"2023-01-31T00:00:00Z","deleted":1}\
            """);
    assertThat(server.get(STORE).body()).isEqualTo(before);
    String report = json(server.post("/api/v1/reports")).get("id").stringValue();
    server.awaitEnd(report);
    assertThat(server.get("/api/v1/reports/" + report + ".csv").body()).isEqualTo(TestServer.CSV);
    assertThat(server.get("/api/v1/audit").body())
        .contains("poll.delete")
        .contains("/api/v1/stores/42/polls?from=2023-01-30T00:00:00Z&to=2023-01-31T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/stores/42/polls, 400, both from and to",
    "/api/v1/stores/42/polls?from=2023-01-30T00:00:00Z, 400, both from and to",
    "/api/v1/stores/42/polls?from=x&to=2023-01-30T00:00:00Z, 400, from is 'x'",
    "/api/v1/stores/42/polls?from=2023-01-30T00:00:00Z&to=2023-01-30T00:00:00Z, 400, not after",
    "/api/v1/stores/43/polls?from=2023-01-30T00:00:00Z&to=2023-01-31T00:00:00Z, 404, no store",
    "/api/v1/stores/43/polls?from=2023-01-30T00:00:00Z&to=x, 400, to is 'x'",
  })
  void saysWhatIsWrong(String path, int status, String said) throws Exception {
    HttpResponse<String> answer = delete(path);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(json(answer).get("detail").stringValue()).contains(said);
    if (status == 400) {
      assertThat(json(answer).get("detail").stringValue()).contains("2023-01-24T00:00:00Z");
    }
  }
}
