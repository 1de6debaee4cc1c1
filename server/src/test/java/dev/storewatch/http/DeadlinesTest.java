package dev.storewatch.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients who send a byte now and then, for as long as they are let, before anybody is known. */
@Timeout(300)
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

  @Test
  void endForHeadsFormsAndWhatNobodyReads() throws Exception {
    String key = server.key("viewer");
    try (Slow line = new Slow("GET /sign-in");
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
    }
    assertThat(server.get("/api/v1/me", "X-API-Key", key).statusCode()).isEqualTo(200);
  }
}
