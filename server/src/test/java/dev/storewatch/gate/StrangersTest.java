package dev.storewatch.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Those who try to make the server keep more and more sessions. */
final class StrangersTest {
  @ParameterizedTest
  @CsvSource({
    "/sign-in, Accept, text/html",
    "/sign-in, X-API-Key, x",
    "/api/v1/reports, Cookie, storewatch=made-up",
  })
  void areSlowedDown(String call, String header, String value, @TempDir Path path)
      throws Exception {
    try (TestServer server = TestServer.start(path)) {
      String key = server.key("viewer");
      HttpResponse<String> answer = server.send("POST", call, "", header, value);
      for (int i = 0; i < 2_000 && answer.statusCode() != 429; i++) {
        answer = server.send("POST", call, "", header, value);
      }

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(server.get("/api/v1/me", "X-API-Key", key).statusCode()).isEqualTo(200);
    }
  }
}
