package dev.storewatch.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes to a server that takes polls of known stores alone. */
class KnownStoresTest {
  private static final String POLL =
      """
      {"store_id":"%s","status":"active","timestamp_utc":"2023-01-25T11:00:00Z"}
      """;

  @Test
  void rejectsPollsOfStoresThatAreNotThere(@TempDir Path path) throws Exception {
    try (TestServer server =
        TestServer.startWith(path, "storewatch.push.known-stores-only: true\n")) {
      String admin = server.key("admin");
      assertThat(server.send("DELETE", "/api/v1/stores/never%20polled", "", "X-API-Key", admin))
          .extracting(HttpResponse::statusCode)
          .isEqualTo(204);

      HttpResponse<String> answer =
          server.send(
              "POST",
              "/api/v1/polls",
              POLL.formatted("42") + POLL.formatted("never polled") + POLL.formatted("043"),
              "Content-Type",
              "application/x-ndjson",
              "X-API-Key",
              admin);

      assertThat(answer.body())
          .contains("\"repeated\":1", "\"rejected\":2")
          .contains("there is no store with the id 043")
          .contains("there is no store with the id never polled");
      assertThat(server.get("/api/v1/stores/043", "X-API-Key", admin).statusCode()).isEqualTo(404);
    }
  }
}
