package dev.storewatch.gate;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.storewatch.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What strangers can write into the log. It is alone, because others write into the log too. */
@Isolated
final class AnonymousLogTest {
  private static final List<String> PATHS =
      List.of(
          "/",
          "/api/v1/audit",
          "/api/v1/imports",
          "/api/v1/keys",
          "/api/v1/me",
          "/api/v1/quality",
          "/api/v1/reports",
          "/api/v1/stores",
          "/actuator/health",
          "/actuator/health/liveness",
          "/actuator/health/readiness",
          "/actuator/info",
          "/actuator/prometheus",
          "/api/get_report/1",
          "/assets/x",
          "/docs",
          "/download_report/1",
          "/error",
          "/get_report",
          "/login/oauth2/code/oidc",
          "/nothing",
          "/oauth2/authorization/oidc",
          "/openapi.json",
          "/reports/1.csv",
          "/sign-in",
          "/sign-out",
          "/store",
          "/trigger_report");

  private static TestServer server;
  private static String key;
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();

  @BeforeAll
  static void start(@TempDir Path path) {
    server = TestServer.start(path);
    key = server.key("admin");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void listen() {
    written.start();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(written);
  }

  @AfterEach
  void leave() {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(written);
  }

  @SuppressWarnings("StringConcatToTextBlock") // the line ends are what it is about
  private static String send(String method, String target, String headers) throws IOException {
    URI uri = URI.create(server.url());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
      socket.setSoTimeout(20_000);
      String head =
          "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n"
              .formatted(method, target, uri.getAuthority(), headers);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void assertOneLineAtMost(String what) {
    List<ILoggingEvent> events = List.copyOf(written.list);
    written.list.clear();
    assertThat(events).as(what).hasSizeLessThan(2);
    assertThat(events).as(what).allMatch(event -> event.getThrowableProxy() == null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%ff", "a=%ff", "%zz=1", "a=%", "limit=%C3", "%ff=%ff&b"})
  void isNotWhatAQueryThatCannotBeReadDoes(String query) throws Exception {
    for (String path : PATHS) {
      for (String method : new String[] {"GET", "POST", "HEAD"}) {
        String answer = send(method, path + "?" + query, "");

        assertThat(answer).as("%s %s", method, path).startsWith("HTTP/1.1 400 ");
        assertOneLineAtMost(method + " " + path);
      }
      String known = send("GET", path + "?" + query, "X-API-Key: " + key + "\r\n");
      assertThat(known).as(path).startsWith("HTTP/1.1 400 ").contains("UTF-8");
      assertOneLineAtMost(path);
    }
  }

  @Test
  void isOneLineForEachRequestWhateverItIs() throws Exception {
    for (String target :
        List.of(
            "//",
            "///x",
            "/%00",
            "/%ff",
            "/%0a",
            "/..%2f",
            "/%2e%2e/x",
            "/sign-in;x=1",
            "/a%0d%0ab",
            "/error",
            "/sign-in?error=%0aINFO%20all%20is%20well",
            "*",
            "/%",
            "/|")) {
      assertThat(send("GET", target, "")).as(target).doesNotStartWith("HTTP/1.1 5");
      assertOneLineAtMost(target);
    }
    for (String headers :
        List.of(
            "Accept: ;;;",
            "Accept-Language: %%%",
            "Content-Type: ;;;",
            "Cookie: storewatch=%ff",
            "Cookie: \"",
            "If-None-Match: \"\"a",
            "If-Modified-Since: x",
            "Origin: ::::",
            "Range: bytes=a",
            "X-Forwarded-Proto: ftp:",
            "Authorization: Bearer",
            "Authorization: Bearer \u00e9",
            "X-API-Key: ",
            "Sec-Fetch-Site: \u00e9")) {
      for (String path : List.of("/sign-in", "/nothing", "/assets/x", "/actuator/health")) {
        for (String method : new String[] {"GET", "POST", "OPTIONS", "FOO"}) {
          String answer = send(method, path, headers + "\r\n");

          assertThat(answer).as("%s %s", path, headers).doesNotStartWith("HTTP/1.1 5");
          assertOneLineAtMost(method + " " + path + " " + headers);
        }
      }
    }
  }
}
