package dev.storewatch.gate;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.StorewatchServer;
import dev.storewatch.TestFolder;
import dev.storewatch.TestPasswords;
import dev.storewatch.TestServer;
import dev.storewatch.access.AccessBook;
import dev.storewatch.access.AccessGate;
import dev.storewatch.access.Grant;
import dev.storewatch.access.Role;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.store.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A server of which nothing was said about access. */
final class FrontDoorTest {
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Sends a request with headers that no well-behaved client would set. */
  private static String raw(String request) throws IOException {
    URI url = URI.create(server.url());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
      socket
          .getOutputStream()
          .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void letsProgramsOfThisMachineDoEverything() throws Exception {
    assertThat(json(server.get("/api/v1/me")).toString())
        .isEqualTo("{\"name\":\"local\",\"role\":\"admin\",\"tags\":null}");
    assertThat(server.post("/trigger_report").statusCode()).isEqualTo(200);
    assertThat(server.get("/fleet", "Accept", "text/html").body())
        .contains("Access is not configured");
  }

  @Test
  void tellsAProgramAtTheRootWhereToGo() throws Exception {
    HttpResponse<String> answer = server.get("/");

    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(json(answer).get("name").stringValue()).isEqualTo("storewatch");
    for (JsonNode link : json(answer).get("links")) {
      assertThat(server.get(link.stringValue()).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.8.9.10:80", "[::1]:8000", "[::1]"})
  void goesByTheNamesOfThisMachine(String host) throws Exception {
    assertThat(raw("GET /api/v1/me HTTP/1.1\nHost: %s\nConnection: close\n\n".formatted(host)))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "evil.example:8000",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "[fe80::1]",
      })
  void refusesEveryOtherName(String host) throws Exception {
    String answer =
        raw("POST /trigger_report HTTP/1.1\nHost: %s\nConnection: close\n\n".formatted(host));

    assertThat(answer)
        .startsWith("HTTP/1.1 421")
        .contains("application/problem+json")
        .contains("this server does not go by the name");
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Origin, http://evil.example",
    "Origin, null",
    "Origin, http://localhost:1",
  })
  void refusesWhatThePageOfAnotherSiteSends(String header, String value) throws Exception {
    for (String path :
        new String[] {"/trigger_report", "/api/v1/reports", "/store/42/trigger_report/"}) {
      for (String method : new String[] {"GET", "POST"}) {
        String answer =
            raw(
                "%s %s HTTP/1.1\nHost: localhost\n%s: %s\nConnection: close\n\n"
                    .formatted(method, path, header, value));

        assertThat(answer)
            .startsWith("HTTP/1.1 403")
            .contains("the page of another site")
            .contains("storewatch.access.cors-origins");
      }
    }
  }

  @Test
  void takesWhatItsOwnPagesAndProgramsSend() throws Exception {
    String own = URI.create(server.url()).getAuthority();
    for (String header :
        new String[] {
          "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none", "Origin: http://" + own
        }) {
      assertThat(
              raw(
                  "GET /api/v1/me HTTP/1.1\nHost: %s\n%s\nConnection: close\n\n"
                      .formatted(own, header)))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void letsALinkOnAnotherSiteLeadToAPageAlone() throws Exception {
    String navigation =
        """
        Host: localhost
        Sec-Fetch-Site: cross-site
        Sec-Fetch-Mode: navigate
        Connection: close

        """;

    assertThat(raw("GET /sign-in HTTP/1.1\n" + navigation)).startsWith("HTTP/1.1 200");
    assertThat(raw("GET / HTTP/1.1\n" + navigation)).startsWith("HTTP/1.1 200");
    assertThat(raw("GET /docs HTTP/1.1\n" + navigation)).startsWith("HTTP/1.1 200");
    assertThat(raw("GET /trigger_report HTTP/1.1\n" + navigation)).startsWith("HTTP/1.1 403");
    assertThat(raw("GET /sign-in/../trigger_report HTTP/1.1\n" + navigation))
        .startsWith("HTTP/1.1 4");
    assertThat(raw("POST /sign-in HTTP/1.1\n" + navigation)).startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/reports/{}.csv",
        "/api/v1/reports/{}/rows",
        "/reports/{}.csv",
        "/download_report/{}",
        "/download_report?report_id={}",
        "/get_report/{}/",
        "/get_report?report_id={}",
        "/api/get_report/{}",
      })
  void letsALinkOnAnotherSiteLeadToTheFileOfAReport(String path) throws Exception {
    String id = json(server.post("/trigger_report")).get("report_id").stringValue();
    server.awaitEnd(id);
    String there = "GET %s HTTP/1.1\n".formatted(path.replace("{}", id));

    assertThat(
            raw(
                there
                    + "Host: localhost\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\n"
                    + "Connection: close\n\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(
            raw(
                there
                    + "Host: localhost\nSec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors\n"
                    + "Connection: close\n\n"))
        .startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarded: for=203.0.113.7",
        "Via: 1.1 proxy",
        "X-Forwarded-For: 203.0.113.7",
        "X-Forwarded-Host: uptime.example.com",
        "X-Forwarded-Proto: https",
        "X-Real-IP: 203.0.113.7",
        "x-real-ip: 203.0.113.7",
        "CF-Connecting-IP: 203.0.113.7",
      })
  void refusesWhatAProxyForwardsAsLongAsAccessIsNotConfigured(String header) throws Exception {
    HttpResponse<String> answer =
        server.get("/api/v1/me", header.split(": ", 2)[0], header.split(": ", 2)[1]);

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains("access is not configured")
        .contains("./storewatch access add-key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "framework"})
  void refusesItWhereTheServerBelievesWhatProxiesSayToo(String strategy, @TempDir Path path)
      throws Exception {
    try (TestServer believing =
        TestServer.startWith(path, "server.forward-headers-strategy: " + strategy)) {
      HttpResponse<String> answer = believing.get("/api/v1/me", "X-Forwarded-For", "127.0.0.1");

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).contains("access is not configured");
    }
  }

  @Test
  void beginsNoSessionAsLongAsAccessIsNotConfigured() throws Exception {
    for (String path : new String[] {"/fleet", "/docs", "/sign-in"}) {
      HttpResponse<String> page = server.get(path, "Accept", "text/html");

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
    }
  }

  @Test
  void tellsBrowsersWhatPagesMayDo() throws Exception {
    for (String path : new String[] {"/", "/api/v1/me", "/nothing", "/sign-in"}) {
      var headers = server.get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy"))
          .get()
          .asString()
          .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self';");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
      assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
      assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
      assertThat(headers.firstValue("Server")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void doesNotStartWhereOthersReachItUnguarded(String address, @TempDir Path path) {
    TestFolder.prepare(path);
    try (DataFolder folder = DataFolder.take(path, "serve")) {
      StorewatchServer.Settings settings = new StorewatchServer.Settings(address, 0, false);

      assertThatThrownBy(() -> StorewatchServer.start(folder, settings))
          .isInstanceOf(AccessGate.Unguarded.class)
          .hasMessageContaining("other machines can reach " + address)
          .hasMessageContaining("./storewatch access add-key --name NAME --role admin");
    }
  }

  @Test
  void startsWhereOthersReachItOnceAccessIsConfigured(@TempDir Path path) throws Exception {
    TestFolder.prepare(path);
    try (DataFolder folder = DataFolder.take(path, "serve")) {
      String key;
      try (Database database = Database.open(folder)) {
        key =
            AccessBook.open(database, Clock.systemUTC(), TestPasswords.cheap())
                .addKey("a", new Grant(Role.VIEWER, Scope.EVERYTHING), null)
                .reveal();
      }
      try (var context =
          StorewatchServer.start(folder, new StorewatchServer.Settings("0.0.0.0", 0, false))) {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", int.class);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket
              .getOutputStream()
              .write(
                  ("GET /api/v1/me HTTP/1.1\r\nHost: storewatch.example.com\r\nX-API-Key: "
                          + key
                          + "\r\nConnection: close\r\n\r\n")
                      .getBytes(StandardCharsets.US_ASCII));
          assertThat(
                  new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                      .toLowerCase(Locale.ROOT))
              .startsWith("http/1.1 200");
        }
      }
    }
  }
}
