package dev.storewatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients who send a byte now and then, for as long as they are let, before anybody is known. */
@Tag("long")
final class DeadlinesTest {
  private static final Duration LONGEST = Duration.ofSeconds(45);
  private static final Duration RHYTHM = Duration.ofMillis(200);
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A client who goes on until the server hangs up. */
  private static final class Slow implements AutoCloseable {
    private final Socket socket;
    private final Thread trickle;

    Slow(String beginning) throws IOException {
      int port = URI.create(server.url()).getPort();
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout((int) LONGEST.toMillis());
      write(beginning.replace("\n", "\r\n").formatted(port));
      trickle = Thread.ofVirtual().start(this::goOn);
    }

    private void write(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }

    private void goOn() {
      try {
        while (true) {
          write("x");
          Thread.sleep(RHYTHM); // which is what makes it slow
        }
      } catch (IOException | InterruptedException e) {
        // The server has hung up.
      }
    }

    /** Returns what was answered before the server hung up. */
    String answer() throws IOException {
      StringBuilder answer = new StringBuilder();
      try {
        for (int c = socket.getInputStream().read(); c >= 0; c = socket.getInputStream().read()) {
          answer.append((char) c);
        }
      } catch (java.net.SocketException e) {
        assertThat(e).hasMessageContaining("reset"); // a way to hang up
      }
      return answer.toString();
    }

    @Override
    public void close() throws IOException {
      trickle.interrupt();
      socket.close();
    }
  }

  /** A page that listens for news for as long as it is let. */
  private static final class Listener implements AutoCloseable {
    private final InputStream events;
    private final AtomicInteger news = new AtomicInteger();

    Listener(String key) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(server.url() + "/fleet/events"))
              .header("X-API-Key", key)
              .build();
      events = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream()).body();
      Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
      try {
        new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))
            .lines()
            .filter("event:news"::equals)
            .forEach(_ -> news.incrementAndGet());
      } catch (UncheckedIOException e) {
        // One of the two has hung up.
      }
    }

    @Override
    public void close() throws IOException {
      events.close();
    }
  }

  private static void poll() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        server.send(
            "POST",
            "/api/v1/polls",
            "[{'store_id': 'a', 'status': 'active', 'timestamp_utc': '2026-10-05T12:00:00Z'}]"
                .replace('\'', '"'),
            "Content-Type",
            "application/json",
            "X-API-Key",
            server.key("operator"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void endForHeadsFormsAndWhatNobodyReadsButNotForPagesThatListen() throws Exception {
    String key = server.key("viewer");
    try (Listener page = new Listener(key);
        Slow line = new Slow("GET /sign-in");
        Slow head = new Slow("GET /sign-in HTTP/1.1\nHost: localhost:%d\nX-Slow: ");
        Slow form =
            new Slow(
                """
                POST /sign-in HTTP/1.1
                Host: localhost:%d
                Content-Type: application/x-www-form-urlencoded
                Content-Length: 8000

                username=\
                """);
        Slow refused =
            new Slow(
                """
                POST /api/v1/reports HTTP/1.1
                Host: localhost:%d
                Content-Type: application/json
                Content-Length: 8000

                {\
                """);
        Slow disguised =
            new Slow(
                """
                POST /api/v1/reports HTTP/1.1
                Host: localhost:%d
                Cookie: storewatch=x
                Content-Type: application/x-www-form-urlencoded
                Content-Length: 8000

                _csrf=\
                """)) {
      assertThat(refused.answer()).startsWith("HTTP/1.1 401 ");
      assertThat(disguised.answer()).startsWith("HTTP/1.1 403 ");
      assertThat(form.answer()).startsWith("HTTP/1.1 408 ").contains("the form took longer than");
      for (Slow unfinished : List.of(line, head)) {
        assertThat(unfinished.answer()).isEmpty();
      }
      int heard = page.news.get();
      poll();
      Eventually.until("the page hears of the poll", () -> page.news.get() > heard);
    }
    assertThat(server.get("/api/v1/me", "X-API-Key", key).statusCode()).isEqualTo(200);
  }
}
