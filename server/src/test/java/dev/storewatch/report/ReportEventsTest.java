package dev.storewatch.report;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import dev.storewatch.system.DataFolder;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
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
    client.close();
  }

  private CompletableFuture<HttpResponse<String>> listen(String id) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/reports/" + id + "/events"))
            .header("Accept", "text/event-stream")
            .timeout(Duration.ofSeconds(30))
            .build(),
        BodyHandlers.ofString());
  }

  private String ask() throws Exception {
    return json(server.post("/api/v1/reports")).get("id").stringValue();
  }

  @Test
  void tellHowFarAReportIsUntilItHasEnded() throws Exception {
    server.polls().shut();
    String id = ask();
    server.polls().awaitScan();
    List<CompletableFuture<HttpResponse<String>>> listeners = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      listeners.add(listen(id));
    }
    Thread.sleep(500);
    server.polls().open();

    for (CompletableFuture<HttpResponse<String>> listener : listeners) {
      HttpResponse<String> events = listener.get();
      assertThat(events.headers().firstValue("Content-Type"))
          .get()
          .asString()
          .startsWith("text/event-stream");
      assertThat(events.body()).endsWith("\n\n");
      List<String> each = List.of(events.body().split("\n\n", 0));
      assertThat(each).allMatch(event -> event.startsWith("event: state\ndata: {"));
      assertThat(each.getLast()).contains("\"state\":\"complete\"", "\"row_count\":2");
    }
  }

  @Test
  void tellAtOnceWhatHasEndedAlready() throws Exception {
    String id = ask();
    server.awaitEnd(id);

    assertThat(listen(id).get().body())
        .startsWith("event: state\ndata: {")
        .contains("\"state\":\"complete\"")
        .endsWith("}\n\n");
  }

  @Test
  void tellThatAReportWasDeleted() throws Exception {
    server.polls().shut();
    String id = ask();
    server.polls().awaitScan();
    CompletableFuture<HttpResponse<String>> listener = listen(id);
    Thread.sleep(500);

    assertThat(server.send("DELETE", "/api/v1/reports/" + id, "").statusCode()).isEqualTo(204);

    assertThat(listener.get().body())
        .contains("\"state\":\"running\"")
        .endsWith("event: deleted\ndata: {}\n\n");
  }

  @Test
  void areThereForNoOtherReport() throws Exception {
    assertThat(listen("nonsense").get().statusCode()).isEqualTo(404);
  }

  @Test
  void endWhenTheServerStops() throws Exception {
    server.polls().shut();
    String id = ask();
    server.polls().awaitScan();
    CompletableFuture<HttpResponse<String>> listener = listen(id);
    Thread.sleep(500);

    long begun = System.nanoTime();
    server.close();

    assertThat(listener.get().body()).contains("\"state\":\"running\"");
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(9));
    server = TestServer.start(DataFolder.take(path, "serve"));
  }
}
