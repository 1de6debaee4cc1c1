package dev.storewatch.gate;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slashes inside of an id, and what somebody could try with them. */
final class EncodedSlashTest {
  @TempDir private static Path path;
  private static TestServer server;
  private static String viewer;
  private static String admin;

  @BeforeAll
  static void start() {
    server = TestServer.start(path);
    viewer = server.key("viewer");
    admin = server.key("admin");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Sends a path as it stands: clients like to tidy paths up. */
  private static String raw(String method, String target, String key) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort())) {
      String request =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n"
              .formatted(method, target, key.isEmpty() ? "" : "X-API-Key: " + key + "\r\n");
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(9, 12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/stores%2f..%2fkeys",
        "/api/v1/stores/%2e%2e%2fkeys",
        "/api/v1/stores/..%2f..%2fv1%2fkeys",
        "/api/v1/stores%2F%2E%2E%2Fkeys",
        "/api/v1/%2fkeys",
        "/api/v1%2fkeys",
        "/api%2fv1%2fkeys",
        "/%2fapi/v1/keys",
        "/api/v1/%5ckeys",
        "/api/v1/stores/42%2f..%2f..%2fkeys",
        "/api/v1/stores/42%5c..%5c..%5ckeys",
        "/api/v1/stores/42%252f..%252fkeys",
      })
  void leadsNoViewerToTheKeys(String target) throws Exception {
    String asViewer = raw("GET", target, viewer);
    String asAdmin = raw("GET", target, admin);

    // Not even an admin finds them there, so it is not a matter of roles.
    assertThat(status(asAdmin)).as(asAdmin).isIn(400, 404);
    assertThat(status(asViewer)).as(asViewer).isIn(400, 404);
    assertThat(asAdmin + asViewer).doesNotContain("created_at");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets%2f..%2fapi/v1/stores",
        "/assets/..%2f..%2fapi%2fv1%2fstores",
        "/assets/%2e%2e%2fapi%2fv1%2fstores",
        "/assets/%5c..%5c..%5capplication.yaml",
        "/assets/..%2f..%2fapplication.yaml",
        "/assets/..%252f..%252fapplication.yaml",
        "/sign-in%2f..%2fapi/v1/stores",
        "/actuator/health%2f..%2f..%2fapi/v1/stores",
        "/actuator/health/..%2f..%2fapi%2fv1%2fstores",
        "/actuator/health/%2e%2e%2fmetrics",
        "/store/..%2fapi%2fv1%2fstores",
        "/api/v1/stores%2f",
        "//api/v1/stores",
        "/api//v1/stores",
      })
  void letsNobodyInWhoIsUnknown(String target) throws Exception {
    String answer = raw("GET", target, "");

    assertThat(status(answer)).as(answer).isIn(400, 401, 404);
    assertThat(answer).doesNotContain("store_id").doesNotContain("spring:");
  }

  @Test
  void staysWithinTheIdOfAStore() throws Exception {
    String id = "/api/v1/stores/a%2Fb%2F..%2F%2Fc%5Cd";
    HttpResponse<String> added =
        server.send("PUT", id, "{}", "X-API-Key", admin, "Content-Type", "application/json");

    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(json(added).get("store_id").stringValue()).isEqualTo("a/b/..//c\\d");
    assertThat(added.headers().firstValue("Location")).contains(id);
    assertThat(server.get(id, "X-API-Key", viewer).body()).isEqualTo(added.body());
    assertThat(server.get(id + "/uptime", "X-API-Key", viewer).statusCode()).isEqualTo(200);
    assertThat(server.send("DELETE", id, "", "X-API-Key", viewer).statusCode()).isEqualTo(403);
    assertThat(server.send("DELETE", id, "", "X-API-Key", admin).statusCode()).isEqualTo(204);
  }

  @Test
  void namesNoCallOfAStore() throws Exception {
    HttpResponse<String> answer = server.get("/api/v1/stores/42%2Ftimeline", "X-API-Key", viewer);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).get("detail").stringValue())
        .isEqualTo("there is no store with the id 42/timeline");
    assertThat(
            server
                .send("DELETE", "/api/v1/stores/42%2Ftimeline", "", "X-API-Key", admin)
                .statusCode())
        .isEqualTo(404);
    assertThat(server.get("/api/v1/stores/42/timeline", "X-API-Key", viewer).statusCode())
        .isEqualTo(200);
  }
}
