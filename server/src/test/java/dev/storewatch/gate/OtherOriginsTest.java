package dev.storewatch.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.storewatch.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of other origins that may call the server from a browser. */
final class OtherOriginsTest {
  private static final String PAGES = "https://dashboard.example";
  private static TestServer server;
  private static HttpServer other;
  @TempDir private static Path folder;

  @BeforeAll
  static void start(@TempDir Path path) throws IOException {
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.start();
    server =
        TestServer.startWith(
            path,
            """
            storewatch.access.cors-origins:
              - HTTPS://Dashboard.example:443/
              - http://localhost:%d
            """
                .formatted(other.getAddress().getPort()));
  }

  @AfterAll
  static void stop() {
    server.close();
    other.stop(0);
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("(none)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/reports", "/trigger_report", "/get_report/7/", "/health", "/"})
  void mayCallWhatTheyLike(String path) throws Exception {
    HttpResponse<String> answer =
        server.get(path, "Origin", PAGES, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors");

    assertThat(answer.statusCode()).isIn(200, 404);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(PAGES);
    assertThat(header(answer, "Access-Control-Allow-Credentials")).isEqualTo("(none)");
    assertThat(header(answer, "Access-Control-Expose-Headers"))
        .contains("X-Report-Status", "Storewatch-Notices", "Content-Disposition");
    assertThat(String.join(",", answer.headers().allValues("Vary"))).containsIgnoringCase("origin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE"})
  void mayAskBeforeTheyCall(String method) throws Exception {
    HttpResponse<String> answer =
        server.send(
            "OPTIONS",
            "/api/v1/stores/42",
            "",
            "Origin",
            PAGES,
            "Access-Control-Request-Method",
            method,
            "Access-Control-Request-Headers",
            "content-type,x-api-key");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(PAGES);
    assertThat(header(answer, "Access-Control-Allow-Methods")).contains(method);
    assertThat(header(answer, "Access-Control-Allow-Headers")).contains("x-api-key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "http://dashboard.example",
        "https://dashboard.example.evil.example",
        "https://dashboard.example:8443",
        "null",
      })
  void areRefusedFromEveryOtherOrigin(String origin) throws Exception {
    HttpResponse<String> answer = server.get("/api/v1/reports", "Origin", origin);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("storewatch.access.cors-origins");
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("(none)");

    HttpResponse<String> before =
        server.send(
            "OPTIONS",
            "/api/v1/reports",
            "",
            "Origin",
            origin,
            "Access-Control-Request-Method",
            "POST");
    assertThat(before.statusCode()).isEqualTo(403);
    assertThat(header(before, "Access-Control-Allow-Origin")).isEqualTo("(none)");
  }

  @Test
  void areNotTakenForPagesOfTheServerItself() throws Exception {
    // As behind a proxy that ends TLS: the browser says https, the server sees http.
    String own = server.url().replace("http://", "https://");

    HttpResponse<String> answer =
        server.get("/api/v1/me", "Origin", own, "Sec-Fetch-Site", "same-origin");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("(none)");
  }

  /** The page asks for a report, waits for it, and shows what it read, in a real browser. */
  @Tag("long")
  @Test
  void readAReportInARealBrowser() throws Exception {
    Optional<Path> browser = browser();
    assumeThat(browser).as("Chromium is not on the path").isPresent();

    assertThat(shown("localhost", browser.get()))
        .contains("status=Complete;")
        .contains("x-report-status=Complete;")
        .contains("text/csv;")
        .contains("store_id,uptime_last_hour");
    // The same page by another name is of another origin, which nobody allowed.
    assertThat(shown("127.0.0.1", browser.get()))
        .contains("failed: TypeError")
        .doesNotContain("store_id");
  }

  private static Optional<Path> browser() {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .flatMap(
            each ->
                List.of("chromium", "chromium-browser", "google-chrome").stream()
                    .map(name -> Path.of(each, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Returns what the page says at the end. */
  private static String shown(String host, Path browser) throws Exception {
    String path = "/page-" + host;
    other.createContext(
        path,
        exchange -> {
          byte[] page = PAGE.replace("SERVER", server.url()).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/html;charset=UTF-8");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    Path out = folder.resolve(host + ".html");
    Process process =
        new ProcessBuilder(
                browser.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + folder.resolve("profile-" + host),
                "--timeout=30000",
                "--virtual-time-budget=30000",
                "--dump-dom",
                "http://%s:%d%s".formatted(host, other.getAddress().getPort(), path))
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return Files.readString(out);
  }

  private static final String PAGE =
      """
      <!doctype html><title>other</title><pre id="shown"></pre>
      <script>
        const server = 'SERVER';
        const show = text => { document.getElementById('shown').textContent += text + '\\n'; };
        const json = { 'Content-Type': 'application/json' };
        async function run() {
          const asked = await fetch(server + '/trigger_report', { method: 'POST', headers: json, body: '{}' });
          const id = (await asked.json()).report_id;
          let state = {};
          while (state.status !== 'Complete') {
            state = await (await fetch(server + '/get_report?report_id=' + id)).json();
          }
          show('status=' + state.status + ';');
          const file = await fetch(server + '/get_report/' + id + '/');
          show('x-report-status=' + file.headers.get('X-Report-Status') + ';');
          show(file.headers.get('Content-Type') + ';');
          show(await file.text());
        }
        run().catch(problem => show('failed: ' + problem));
      </script>
      """;
}
