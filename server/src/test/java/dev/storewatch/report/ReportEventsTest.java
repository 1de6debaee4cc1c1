package dev.storewatch.report;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestServer;
import dev.storewatch.database.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@AnyDatabase
final class ReportEventsTest {
  private final HttpClient client = HttpClient.newHttpClient();

  @TempDir private Path path;

  @SuppressWarnings("NullAway.Init") // started before every test
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(path);
  }

  @AfterEach
  void stop() {
    server.close();
    client.shutdownNow(); // what a failed test did not read to its end would be waited for
    client.close();
  }

  /** Returns the answer once it has begun, and with it the listening. */
  private HttpResponse<InputStream> listen(String id) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/reports/" + id + "/events"))
            .header("Accept", "text/event-stream")
            .timeout(Duration.ofMinutes(3))
            .build(),
        BodyHandlers.ofInputStream());
  }

  private static String body(HttpResponse<InputStream> events) throws IOException {
    try (InputStream body = events.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String ask() throws Exception {
    return json(server.post("/api/v1/reports")).get("id").stringValue();
  }

  @Test
  void tellHowFarAReportIsUntilItHasEnded() throws Exception {
    server.polls().shut();
    String id = ask();
    server.polls().awaitScan();
    List<HttpResponse<InputStream>> listeners = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      listeners.add(listen(id));
    }
    server.polls().open();

    for (HttpResponse<InputStream> events : listeners) {
      assertThat(events.headers().firstValue("Content-Type"))
          .get()
          .asString()
          .startsWith("text/event-stream");
      String body = body(events);
      assertThat(body).endsWith("\n\n");
      // A sign of life comes between them where they take long.
      List<String> each =
          Stream.of(body.split("\n\n", 0)).filter(event -> !event.startsWith(":")).toList();
      assertThat(each).allMatch(event -> event.startsWith("event: state\ndata: {"));
      assertThat(each.getLast()).contains("\"state\":\"complete\"", "\"row_count\":2");
    }
  }

  @Test
  void tellAtOnceWhatHasEndedAlready() throws Exception {
    String id = ask();
    server.awaitEnd(id);

    assertThat(body(listen(id)))
        .startsWith("event: state\ndata: {")
        .contains("\"state\":\"complete\"")
        .endsWith("}\n\n");
  }

  @Test
  void tellThatAReportWasDeleted() throws Exception {
    server.polls().shut();
    String id = ask();
    server.polls().awaitScan();
    HttpResponse<InputStream> listener = listen(id);

    assertThat(server.send("DELETE", "/api/v1/reports/" + id, "").statusCode()).isEqualTo(204);

    assertThat(body(listener))
        .contains("\"state\":\"running\"")
        .endsWith("event: deleted\ndata: {}\n\n");
  }

  @Test
  void areThereForNoOtherReport() throws Exception {
    HttpResponse<InputStream> answer = listen("nonsense");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(body(answer)).contains("no report");
  }

  @Test
  void endWhenTheServerStops() throws Exception {
    server.polls().shut();
    String id = ask();
    server.polls().awaitScan();
    HttpResponse<InputStream> listener = listen(id);

    long begun = System.nanoTime();
    server.close();

    assertThat(body(listener)).contains("\"state\":\"running\"");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
    server = TestServer.start(DataFolder.take(path, "serve"));
  }
}
