package dev.storewatch.gate;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What somebody begins to send, and ends when it is no longer allowed. */
final class LateBodiesTest {
  private static TestServer server;
  private static String admin;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
    admin = server.key("admin");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A body whose end waits; it is asked for when the server knows who sends it. */
  private static final class Held extends FilterInputStream {
    private final CountDownLatch begun;
    private final CountDownLatch hold;
    private boolean first = true;

    Held(String body, CountDownLatch begun, CountDownLatch hold) {
      super(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
      this.begun = begun;
      this.hold = hold;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (first) {
        first = false;
        return super.read(bytes, from, 1);
      }
      begun.countDown();
      try {
        hold.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return super.read(bytes, from, length);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "/api/v1/keys|application/json|{\"name\":\"back door\",\"role\":\"admin\"}",
        "/api/v1/stores|application/json|{\"store_id\":\"late\"}",
        "/api/v1/polls|application/json|{\"store_id\":\"late\",\"status\":\"active\",\"timestamp_utc\":\"2023-01-25T11:00:00Z\"}",
        "/api/v1/imports|text/csv|store_id,timezone_str",
        "/store/|application/json|{\"store_id\":\"late\"}",
      })
  void areRefused(String path, String type, String body) throws Exception {
    String name = "slow" + path.replace("/", "-");
    String added =
        server
            .send(
                "POST",
                "/api/v1/keys",
                "{\"name\":\"%s\",\"role\":\"admin\"}".formatted(name),
                "X-API-Key",
                admin,
                "Content-Type",
                "application/json")
            .body();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch hold = new CountDownLatch(1);
    InputStream held = new Held(body, begun, hold);
    try (HttpClient client = HttpClient.newHttpClient()) {
      CompletableFuture<HttpResponse<String>> late =
          client.sendAsync(
              HttpRequest.newBuilder(URI.create(server.url() + path))
                  .header("X-API-Key", new JsonMapper().readTree(added).get("key").stringValue())
                  .header("Content-Type", type)
                  .expectContinue(true)
                  .POST(BodyPublishers.ofInputStream(() -> held))
                  .build(),
              BodyHandlers.ofString());
      begun.await();
      String id = new JsonMapper().readTree(added).get("id").stringValue();
      assertThat(server.send("DELETE", "/api/v1/keys/" + id, "", "X-API-Key", admin).statusCode())
          .isEqualTo(204);
      hold.countDown();

      assertThat(late.get().statusCode()).as(late.get().body()).isEqualTo(403);
      assertThat(json(late.get()).get("detail").stringValue())
          .startsWith("what you may do was changed while");
    }
    assertThat(server.get("/api/v1/keys", "X-API-Key", admin).body()).doesNotContain("back door");
    assertThat(server.get("/api/v1/stores/late", "X-API-Key", admin).statusCode()).isEqualTo(404);
    assertThat(json(server.get("/api/v1/imports", "X-API-Key", admin)).get("imports")).isEmpty();
  }
}
