package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people send who mean no good, or whose programs are broken. */
final class HostileRequestsTest {
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Socket connect() throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  private static String raw(byte[] request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static void assertAnswers() throws Exception {
    assertThat(server.get("/api/v1/reports").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/reports",
        "/api/v1/stores",
        "/api/v1/keys",
        "/api/v1/users",
      })
  void takesNoJsonThatIsNone(String path) throws Exception {
    for (String body :
        List.of(
            "{",
            "[[[[",
            "{\"a\":",
            "\u0000",
            "nul",
            "\"text\"",
            "[".repeat(100_000),
            "{\"name\":".repeat(20_000),
            "{\"name\":\"" + "x".repeat(500_000) + "\"}",
            "{\"name\":1e999999999}",
            "{\"name\":{\"$ref\":\"x\"}}",
            "\uFEFF{}x")) {
      HttpResponse<String> answer = server.post(path, body, "application/json");

      assertThat(answer.statusCode()).as("%.40s: %s", body, answer.body()).isEqualTo(400);
      assertThat(answer.headers().firstValue("Content-Type"))
          .get()
          .asString()
          .startsWith("application/problem+json");
      assertThat(answer.body()).hasSizeLessThan(4_000).doesNotContain("java.", "Exception");
    }
    assertAnswers();
  }

  @Test
  void readsNoBodyThatIsTooLargeForItsCall() throws Exception {
    String huge = "{\"name\":\"" + "x".repeat(3 << 20) + "\"}";
    for (String path :
        List.of("/api/v1/reports", "/api/v1/stores", "/api/v1/keys", "/store/get_report")) {
      assertThat(server.post(path, huge, "application/json").statusCode()).as(path).isEqualTo(413);
    }
    assertAnswers();
  }

  @SuppressWarnings("StringConcatToTextBlock") // the line ends are what it is about
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nX: " + "\r\n\r\n",
        "GET /api/v1/me HTTP/1.1\r\n\r\n",
        "GET /api/v1/me HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "POST /api/v1/reports HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Length: 2\r\n"
            + "Content-Length: 3\r\n\r\n"
            + "{}",
        "POST /api/v1/reports HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Transfer-Encoding: chunked\r\n"
            + "Content-Length: 4\r\n\r\n"
            + "0\r\n\r\n",
        "POST /api/v1/reports HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "ffffffffffff\r\n",
        "GET /api/v1/me\u0000 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET http://evil.example/api/v1/me HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/me HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "\r\n\r\n\r\n",
        "NONSENSE\r\n\r\n",
      })
  void staysUpAfterWhatIsNoHttp(String request) throws Exception {
    String answer = raw(request.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(answer).doesNotContain("<html", "Exception", "\tat ");
    assertAnswers();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "1,2", "99999999999999999999"})
  void refusesALengthThatIsNone(String length) throws Exception {
    String request =
        "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Length: %s\r\n\r\n"
            .formatted(length);
    Logger log = Logger.getLogger("org.apache.coyote.http11.Http11Processor");
    List<String> failures = new CopyOnWriteArrayList<>();
    Handler handler = failuresInto(failures);
    log.addHandler(handler);
    try {
      String answer = raw(request.getBytes(StandardCharsets.US_ASCII));

      assertThat(answer).startsWith("HTTP/1.1 400");
      assertAnswers();
    } finally {
      log.removeHandler(handler);
    }
    assertThat(failures).as("what a stranger writes into the log").isEmpty();
  }

  private static Handler failuresInto(List<String> messages) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
          messages.add(record.getMessage() + " " + record.getThrown());
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @SuppressWarnings("StringConcatToTextBlock") // the line ends are what it is about
  @Test
  void takesNoHeadersThatAreTooLong() throws Exception {
    String answer =
        raw(
            ("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(100_000) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));

    assertThat(answer).startsWith("HTTP/1.1 4");
    assertAnswers();
  }

  @ParameterizedTest
  @Seeds
  void staysUpAfterRandomBytes(long seed) throws Exception {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      byte[] bytes = new byte[random.nextInt(2_000)];
      random.nextBytes(bytes);
      try {
        assertThat(raw(bytes)).doesNotContain("Exception");
      } catch (IOException closed) {
        assertThat(closed).isNotNull(); // the server may hang up
      }
    }
    assertAnswers();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/reports/a%0d%0aX-Injected:%20yes",
        "/api/v1/stores/a%0d%0aX-Injected:%20yes",
        "/get_report/a%0d%0aX-Injected:%20yes",
        "/download_report/%0d%0aSet-Cookie:%20a=b",
        "/get_report?report_id=a%0d%0aX-Injected:%20yes",
        "/api/v1/imports/a%0d%0aX-Injected:%20yes/rejects",
        "/store/a%0d%0aX-Injected:%20yes/trigger_report/",
      })
  void putsNothingOfARequestIntoTheHeadersOfItsAnswer(String path) throws Exception {
    HttpResponse<String> answer = server.get(path);

    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(answer.headers().firstValue("X-Injected")).isEmpty();
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @SuppressWarnings("StringConcatToTextBlock") // the line ends are what it is about
  @Test
  void answersOthersWhileManyClientsAreSlow() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        Socket socket = connect();
        slow.add(socket);
        OutputStream out = socket.getOutputStream();
        String begun =
            i % 2 == 0
                ? "GET /api/v1/reports HTTP/1.1\r\nHost: local"
                : "POST /api/v1/imports HTTP/1.1\r\n"
                    + "Host: localhost\r\n"
                    + "Content-Length: 1000\r\n\r\n"
                    + "store";
        out.write(begun.getBytes(StandardCharsets.US_ASCII));
      }
      for (int i = 0; i < 20; i++) {
        assertAnswers();
      }
      assertThat(server.post("/trigger_report").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void doesNotSayWhatItIsMadeOf() throws Exception {
    for (String path : List.of("/", "/nothing", "/api/v1/reports/x", "/actuator/health")) {
      HttpResponse<String> answer = server.get(path);
      assertThat(answer.headers().firstValue("Server")).isEmpty();
      assertThat(answer.headers().firstValue("X-Powered-By")).isEmpty();
      assertThat(answer.body()).doesNotContainIgnoringCase("tomcat", "spring", "duckdb");
    }
  }
}
