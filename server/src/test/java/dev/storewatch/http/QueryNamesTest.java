package dev.storewatch.http;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Parameters of a query that no call reads. */
final class QueryNamesTest {
  @TempDir private static Path path;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(path);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void assertRefused(HttpResponse<String> answer, String... parts) {
    assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(json(answer).get("detail").stringValue()).contains(parts);
  }

  @ParameterizedTest
  @CsvSource({
    "/stores?stat=down, did you mean state?",
    "/stores?limit=1&Tags=west, did you mean tag?",
    "/stores?asOf=now, did you mean as_of?",
    "/stores?tag[]=a, did you mean tag?",
    "/stores?whatever, 'This call reads after, as_of, limit, search, state, tag'",
    "/stores?=down, write it as name=value",
    "/stores/42/uptime?window=P1D, did you mean windows?",
    "/stores/42/uptime?late-close-as-midnight=true, did you mean late_close_as_midnight?",
    "/stores/42/timeline?windows=P1D, did you mean window?",
    "/reports?status=complete, did you mean state?",
    "/imports?page=2, 'This call reads after, limit'",
    "/me?x=1, 'this call has none'",
  })
  void areRefusedWithTheNearestThatTheCallReads(String query, String right) throws Exception {
    assertRefused(server.get("/api/v1" + query.replace("[]", "%5B%5D")), right);
  }

  @Test
  void areRefusedBeforeAFileIsTaken() throws Exception {
    String zones = "store_id,timezone_str\n42,America/Denver\n";
    assertRefused(
        server.post("/api/v1/imports?knd=zones", zones, "text/csv"), "did you mean kind?");
    assertRefused(
        server.post("/api/v1/imports?time_zone=UTC", zones, "application/x-www-form-urlencoded"),
        "did you mean time-zone?");
    assertThat(json(server.get("/api/v1/imports")).get("imports")).isEmpty();
    assertThat(
            server
                .post(
                    "/api/v1/imports?kind=zones&source=z&days=monday%3D0&known-stores-only=true",
                    zones, "text/csv")
                .statusCode())
        .isEqualTo(202);
  }

  @Test
  void areRefusedByEveryNativeCall() throws Exception {
    Map<String, HandlerMethod> calls = new TreeMap<>();
    server
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (info, handler) ->
                info.getMethodsCondition()
                    .getMethods()
                    .forEach(
                        method ->
                            info.getPatternValues().stream()
                                .filter(pattern -> pattern.startsWith("/api/v1"))
                                .forEach(pattern -> calls.put(method + " " + pattern, handler))));

    assertThat(calls).hasSizeGreaterThan(25);
    for (Map.Entry<String, HandlerMethod> call : calls.entrySet()) {
      String[] parts = call.getKey().replaceAll("\\{[^}]*}", "42").split(" ", 2);
      HttpResponse<String> answer = server.send(parts[0], parts[1] + "?nobody_reads=1", "");
      assertRefused(answer, "there is no parameter 'nobody_reads'");
      for (String name : QueryNames.names(call.getValue())) {
        assertThat(answer.body()).as(call.getKey()).contains(name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/store?page=1",
        "/get_report/none?x=1",
        "/get_report?report_id=none&x=1",
        "/actuator/health?x=1",
        "/actuator/info?x=1",
        "/openapi.json?x=1",
        "/api/v1/stores?",
        "/api/v1/stores?&limit=2&"
      })
  void areIgnoredByTheOldSystemsAndByProbes(String query) throws Exception {
    assertThat(server.get(query).statusCode()).isIn(200, 404);
  }
}
