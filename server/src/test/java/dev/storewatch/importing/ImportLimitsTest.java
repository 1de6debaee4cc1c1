package dev.storewatch.importing;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.SlowSender;
import dev.storewatch.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is said to those who upload too much, too slowly, or what is not theirs to upload. */
final class ImportLimitsTest {
  private static final String IMPORTS = "/api/v1/imports";
  private static final String ZONES = "store_id,timezone_str\n42,America/Denver\n";

  private static TestServer server;
  private static String operator;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server =
        TestServer.startWith(
            path,
            """
            storewatch.limits:
              upload-bytes: 100KB
              unpacked-bytes: 2MB
              uploads-at-once: 1
              slowest-bytes-per-second: 1KB
              slow-after: 400ms
            """);
    operator = server.key("operator");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> upload(String key, String body) throws Exception {
    return server.send("POST", IMPORTS, body, "Content-Type", "text/csv", "X-API-Key", key);
  }

  @Test
  void refusesAFileThatIsTooLargeBeforeItIsSent() throws Exception {
    HttpResponse<String> answer = upload(operator, ZONES + "x".repeat(200_000));

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(json(answer).path("detail").asString())
        .isEqualTo(
            "the body is larger than 100 KB: send less at a time, or raise"
                + " storewatch.limits.upload-bytes");
  }

  @Test
  void refusesAStreamThatTurnsOutToBeTooLarge() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + IMPORTS))
            .header("X-API-Key", operator)
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[150_000])))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }
  }

  @Test
  void endsAnImportThatUnpacksToTooMuch() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(ZONES.getBytes(StandardCharsets.UTF_8));
      out.write("x,UTC\n".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + IMPORTS + "?source=bomb.gz"))
            .header("X-API-Key", operator)
            .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      JsonNode sent = json(client.send(request, BodyHandlers.ofString()));
      String path = IMPORTS + "/" + sent.path("id").asString();
      JsonNode run =
          Eventually.until(
              "the end of the import",
              () -> json(server.get(path, "X-API-Key", operator)),
              now -> !now.path("ended_at").isNull());
      assertThat(run.path("state").asString()).isEqualTo("failed");
      assertThat(run.path("error").asString()).startsWith("bomb.gz unpacks to more than 2 MB");
    }
  }

  @Test
  void givesUpASenderThatIsTooSlowAndTakesTheNext() throws Exception {
    try (SlowSender slow = new SlowSender(server, IMPORTS, "X-API-Key", operator)) {
      HttpResponse<String> tooMany = upload(operator, ZONES);
      assertThat(tooMany.statusCode()).isEqualTo(429);
      assertThat(tooMany.headers().firstValue("Retry-After")).hasValue("5");

      HttpResponse<String> tooSlow = slow.answer();
      assertThat(tooSlow.statusCode()).isEqualTo(408);
      assertThat(tooSlow.body()).contains("less than 1 KB a second");
    }
    assertThat(upload(operator, ZONES).statusCode()).isEqualTo(202);
  }

  @Test
  void isClosedToThoseWhoMaySeeSomeStoresAlone() throws Exception {
    String id = json(upload(operator, ZONES)).path("id").asString();
    String west = server.key("operator", "west");
    List<HttpResponse<String>> answers = new ArrayList<>();
    answers.add(upload(west, ZONES));
    for (String path : List.of("", "/" + id, "/" + id + "/rejects", "/none")) {
      answers.add(server.get(IMPORTS + path, "X-API-Key", west));
    }

    for (HttpResponse<String> answer : answers) {
      assertThat(answer.statusCode()).as(answer.uri().toString()).isEqualTo(403);
      assertThat(json(answer).path("detail").asString()).contains("push polls to /api/v1/polls");
    }
  }
}
