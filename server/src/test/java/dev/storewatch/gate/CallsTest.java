package dev.storewatch.gate;

import static dev.storewatch.access.Role.ADMIN;
import static dev.storewatch.access.Role.OPERATOR;
import static dev.storewatch.access.Role.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import dev.storewatch.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** Every call, and the least role that may make it: a new call has to be added here. */
final class CallsTest {
  private static final String NONE = "11111111-2222-4333-8444-555555555555";

  private static final List<Row> TABLE =
      List.of(
          new Row("GET", "/api/v1/reports", VIEWER),
          new Row("POST", "/api/v1/reports", OPERATOR),
          new Row("GET", "/api/v1/reports/{}", VIEWER),
          new Row("DELETE", "/api/v1/reports/{}", OPERATOR),
          new Row("GET", "/api/v1/reports/{}/rows", VIEWER),
          new Row("GET", "/api/v1/reports/{}/events", VIEWER),
          new Row("GET", "/api/v1/reports/{}.csv", VIEWER),
          new Row("GET", "/api/v1/reports/{}.json", VIEWER),
          new Row("GET", "/api/v1/reports/{}/comparison", VIEWER),
          new Row("GET", "/api/v1/summary.pdf", VIEWER),
          new Row("GET", "/api/v1/report-schedules", OPERATOR),
          new Row("POST", "/api/v1/report-schedules", ADMIN),
          new Row("GET", "/api/v1/report-schedules/{}", OPERATOR),
          new Row("DELETE", "/api/v1/report-schedules/{}", ADMIN),
          new Row("POST", "/api/v1/report-schedules/{}/run", OPERATOR),
          new Row("GET", "/api/v1/revisions", OPERATOR),
          new Row("GET", "/api/v1/stores", VIEWER),
          new Row("POST", "/api/v1/stores", ADMIN),
          new Row("GET", "/api/v1/stores/{}", VIEWER),
          new Row("PUT", "/api/v1/stores/{}", ADMIN),
          new Row("PATCH", "/api/v1/stores/{}", ADMIN),
          new Row("DELETE", "/api/v1/stores/{}", ADMIN),
          new Row("GET", "/api/v1/stores/{}/uptime", VIEWER),
          new Row("GET", "/api/v1/stores/{}/timeline", VIEWER),
          new Row("GET", "/api/v1/uptime", VIEWER),
          new Row("GET", "/api/v1/quality", VIEWER),
          new Row("GET", "/api/v1/outages", VIEWER),
          new Row("GET", "/api/v1/outages.csv", VIEWER),
          new Row("GET", "/api/v1/outages.ics", VIEWER),
          new Row("GET", "/api/v1/outages/summary", VIEWER),
          new Row("GET", "/api/v1/outages/{}", VIEWER),
          new Row("GET", "/api/v1/stores/{}/history", VIEWER),
          new Row("GET", "/api/v1/stores/{}/hours-of-week", VIEWER),
          new Row("GET", "/api/v1/groups", VIEWER),
          new Row("GET", "/api/v1/groups/history", VIEWER),
          new Row("GET", "/api/v1/groups/hours-of-week", VIEWER),
          new Row("GET", "/api/v1/incidents", VIEWER),
          new Row("GET", "/api/v1/incidents/{}", VIEWER),
          new Row("POST", "/api/v1/incidents/{}/acknowledge", OPERATOR),
          new Row("GET", "/api/v1/routes", OPERATOR),
          new Row("POST", "/api/v1/routes", ADMIN),
          new Row("DELETE", "/api/v1/routes/{}", ADMIN),
          new Row("GET", "/api/v1/mutes", OPERATOR),
          new Row("POST", "/api/v1/mutes", OPERATOR),
          new Row("POST", "/api/v1/mutes/{}/end", OPERATOR),
          new Row("GET", "/api/v1/quality/polls", VIEWER),
          new Row("GET", "/api/v1/channel-kinds", OPERATOR),
          new Row("GET", "/api/v1/channels", OPERATOR),
          new Row("POST", "/api/v1/channels", ADMIN),
          new Row("GET", "/api/v1/channels/{}", OPERATOR),
          new Row("PATCH", "/api/v1/channels/{}", ADMIN),
          new Row("DELETE", "/api/v1/channels/{}", ADMIN),
          new Row("POST", "/api/v1/channels/{}/test", OPERATOR),
          new Row("POST", "/api/v1/channels/{}/resend", OPERATOR),
          new Row("GET", "/api/v1/deliveries", OPERATOR),
          new Row("GET", "/api/v1/deliveries/{}", OPERATOR),
          new Row("POST", "/api/v1/deliveries/{}/resend", OPERATOR),
          new Row("GET", "/api/v1/closures", VIEWER),
          new Row("POST", "/api/v1/closures", OPERATOR),
          new Row("GET", "/api/v1/closures/{}", VIEWER),
          new Row("PATCH", "/api/v1/closures/{}", OPERATOR),
          new Row("DELETE", "/api/v1/closures/{}", OPERATOR),
          new Row("GET", "/api/v1/special-days", VIEWER),
          new Row("POST", "/api/v1/special-days", OPERATOR),
          new Row("GET", "/api/v1/special-days/{}", VIEWER),
          new Row("PATCH", "/api/v1/special-days/{}", OPERATOR),
          new Row("DELETE", "/api/v1/special-days/{}", OPERATOR),
          new Row("GET", "/api/v1/stores/{}/hours", VIEWER),
          new Row("PUT", "/api/v1/stores/{}/hours/{}", ADMIN),
          new Row("DELETE", "/api/v1/stores/{}/hours/{}", ADMIN),
          new Row("GET", "/api/v1/stores/{}/calendar", VIEWER),
          new Row("DELETE", "/api/v1/stores/{}/polls", OPERATOR),
          new Row("POST", "/api/v1/polls", OPERATOR),
          new Row("GET", "/api/v1/imports", OPERATOR),
          new Row("POST", "/api/v1/imports", OPERATOR),
          new Row("GET", "/api/v1/imports/{}", OPERATOR),
          new Row("DELETE", "/api/v1/imports/{}", OPERATOR),
          new Row("GET", "/api/v1/imports/{}/rejects", OPERATOR),
          new Row("GET", "/api/v1/keys", ADMIN),
          new Row("POST", "/api/v1/keys", ADMIN),
          new Row("DELETE", "/api/v1/keys/{}", ADMIN),
          new Row("GET", "/api/v1/users", ADMIN),
          new Row("GET", "/api/v1/probes", VIEWER),
          new Row("GET", "/api/v1/stores/{}/probe", VIEWER),
          new Row("PUT", "/api/v1/stores/{}/probe", ADMIN),
          new Row("DELETE", "/api/v1/stores/{}/probe", ADMIN),
          new Row("GET", "/api/v1/sources", OPERATOR),
          new Row("POST", "/api/v1/sources", ADMIN),
          new Row("GET", "/api/v1/sources/{}", OPERATOR),
          new Row("PATCH", "/api/v1/sources/{}", ADMIN),
          new Row("DELETE", "/api/v1/sources/{}", ADMIN),
          new Row("POST", "/api/v1/sources/{}/pull", OPERATOR),
          new Row("GET", "/api/v1/kafka", OPERATOR),
          new Row("POST", "/api/v1/users", ADMIN),
          new Row("PUT", "/api/v1/users/{}", ADMIN),
          new Row("DELETE", "/api/v1/users/{}", ADMIN),
          new Row("GET", "/api/v1/audit", ADMIN),
          new Row("GET", "/api/v1/me", VIEWER),
          new Row("PUT", "/api/v1/me/password", VIEWER),
          new Row("POST", "/api/trigger_report", OPERATOR),
          new Row("GET", "/api/get_report/{}", VIEWER),
          new Row("GET", "/api/get_report", VIEWER),
          new Row("POST", "/trigger_report", OPERATOR),
          new Row("GET", "/trigger_report", OPERATOR),
          new Row("GET", "/get_report", VIEWER),
          new Row("POST", "/get_report", VIEWER),
          new Row("GET", "/get_report/{}", VIEWER),
          new Row("GET", "/reports/{}.csv", VIEWER),
          new Row("GET", "/download_report/{}", VIEWER),
          new Row("GET", "/download_report", VIEWER),
          new Row("GET", "/store", VIEWER),
          new Row("POST", "/store", ADMIN),
          new Row("GET", "/store/{}/trigger_report", OPERATOR),
          new Row("POST", "/store/get_report", VIEWER),
          new Row("GET", "/store/download_report/{}", VIEWER),
          new Row("GET", "/", VIEWER),
          new Row("GET", "/fleet", VIEWER),
          new Row("GET", "/fleet/events", VIEWER),
          new Row("GET", "/stores/{}", VIEWER),
          new Row("POST", "/stores/{}", ADMIN),
          new Row("GET", "/stores/{}/other-numbers", VIEWER),
          new Row("GET", "/groups", VIEWER),
          new Row("GET", "/outages", VIEWER),
          new Row("GET", "/incidents", VIEWER),
          new Row("GET", "/quality", VIEWER),
          new Row("GET", "/hours", VIEWER),
          new Row("POST", "/hours", OPERATOR),
          new Row("POST", "/hours/closures/{}/delete", OPERATOR),
          new Row("POST", "/hours/days/{}/delete", OPERATOR),
          new Row("GET", "/alerts", OPERATOR),
          new Row("POST", "/alerts/channels", ADMIN),
          new Row("POST", "/alerts/channels/{}/test", OPERATOR),
          new Row("POST", "/alerts/channels/{}/resend", OPERATOR),
          new Row("POST", "/alerts/channels/{}/delete", ADMIN),
          new Row("POST", "/alerts/deliveries/{}/resend", OPERATOR),
          new Row("POST", "/alerts/routes", ADMIN),
          new Row("POST", "/alerts/routes/{}/delete", ADMIN),
          new Row("POST", "/alerts/mutes", OPERATOR),
          new Row("POST", "/alerts/mutes/{}/end", OPERATOR),
          new Row("GET", "/imports", OPERATOR),
          new Row("GET", "/imports/{}", OPERATOR),
          new Row("GET", "/imports/{}/rejects.csv", OPERATOR),
          new Row("POST", "/imports/made-up", OPERATOR),
          new Row("POST", "/imports/{}/undo", OPERATOR),
          new Row("GET", "/settings", ADMIN),
          new Row("POST", "/settings/keys", ADMIN),
          new Row("POST", "/settings/keys/{}/revoke", ADMIN),
          new Row("POST", "/settings/people", ADMIN),
          new Row("POST", "/settings/people/{}/remove", ADMIN),
          new Row("POST", "/incidents/{}/acknowledge", OPERATOR),
          new Row("GET", "/reports", VIEWER),
          new Row("POST", "/reports", OPERATOR),
          new Row("GET", "/reports/schedules", OPERATOR),
          new Row("POST", "/reports/schedules", ADMIN),
          new Row("POST", "/reports/schedules/{}/delete", ADMIN),
          new Row("POST", "/reports/schedules/{}/run", OPERATOR),
          new Row("GET", "/reports/{}", VIEWER),
          new Row("POST", "/reports/{}/delete", OPERATOR),
          new Row("GET", "/reports/{}/comparison", VIEWER),
          new Row("GET", "/docs", VIEWER),
          new Row("GET", "/openapi.json", VIEWER),
          new Row("GET", "/actuator/info", VIEWER),
          new Row("GET", "/actuator/prometheus", VIEWER));

  /** The call whose answer every role gets, and which goes on until its reader leaves. */
  private static final String ENDLESS = "/fleet/events";

  /** What needs nobody to be known. */
  private static final Set<String> PUBLIC =
      Set.of(
          "GET /sign-in",
          "* /error",
          "GET /health",
          "GET /actuator/health",
          "GET /actuator/health/**");

  private static TestServer server;
  private static final Map<Role, String> KEYS = new EnumMap<>(Role.class);

  record Row(String method, String pattern, Role role) {
    String name() {
      return method + " " + pattern;
    }

    String path() {
      return pattern.replace("{}", NONE);
    }
  }

  /** Calls of a library that are of no use here. */
  private static final Set<String> CLOSED = Set.of("GET /openapi.json.yaml");

  @BeforeAll
  static void start(@TempDir Path path) throws IOException {
    // All calls are made at once without a key, which are more than a stranger may make.
    server = TestServer.startWith(path, "storewatch.access.anonymous-requests-per-second: 100000");
    for (Role role : Role.values()) {
      KEYS.put(role, server.key(role.word()));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Row> table() {
    return TABLE.stream();
  }

  @Test
  void areClosedToEverybodyWhenNobodyOpenedThem() throws Exception {
    for (String call : CLOSED) {
      String path = call.substring(call.indexOf(' ') + 1);
      assertThat(
              server
                  .get(path, "X-API-Key", Objects.requireNonNull(KEYS.get(Role.ADMIN)))
                  .statusCode())
          .isEqualTo(403);
    }
  }

  @Test
  void areAllInTheTable() {
    Set<String> handled = new TreeSet<>();
    for (RequestMappingInfoHandlerMapping mapping :
        server.beans(RequestMappingInfoHandlerMapping.class)) {
      mapping.getHandlerMethods().keySet().forEach(info -> handled.addAll(names(info)));
    }

    Set<String> expected =
        TABLE.stream().map(Row::name).collect(Collectors.toCollection(TreeSet::new));
    expected.addAll(PUBLIC);
    handled.removeAll(CLOSED);
    assertThat(handled).isEqualTo(expected);
    expected.removeAll(PUBLIC);
    assertThat(new TreeSet<>(Calls.all())).isEqualTo(expected);
  }

  private static List<String> names(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    return info.getPatternValues().stream()
        .map(pattern -> pattern.replaceAll("\\{[^}]*}", "{}"))
        .map(pattern -> pattern.length() > 1 ? pattern.replaceAll("/$", "") : pattern)
        .flatMap(
            pattern ->
                methods.isEmpty()
                    ? Stream.of("* " + pattern)
                    : methods.stream().map(method -> method + " " + pattern))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("table")
  void areOpenToTheirRoleAndThoseAboveIt(Row row) throws Exception {
    for (Role role : Role.values()) {
      if (row.pattern.equals(ENDLESS)) {
        assertThat(beginning(key(role), row.path())).as(role.word()).isEqualTo(200);
        continue;
      }
      HttpResponse<String> answer = as(key(role), row.method, row.path());

      if (role.includes(row.role)) {
        assertThat(answer.statusCode()).as("%s %s", role, answer.body()).isNotIn(401, 403);
      } else {
        assertThat(answer.statusCode()).as("%s %s", role, answer.body()).isEqualTo(403);
        assertThat(answer.body())
            .contains("this needs the role " + row.role.word())
            .contains("has " + role.word());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void areOpenToNobodyWithoutAKey(Row row) throws Exception {
    assertThat(server.send(row.method, row.path(), "").statusCode()).isEqualTo(401);
  }

  /** Spellings of a path that must not lead past the rules. */
  static Stream<String> tricks() {
    return Stream.of(
        "/api/v1/keys/",
        "/api/v1//keys",
        "//api/v1/keys",
        "/api/v1/./keys",
        "/api/v1/x/../keys",
        "/api/v1/%6beys",
        "/api/v1/keys;x=1",
        "/api/v1;x=1/keys",
        "/api/v1/keys%3Bx",
        "/api/v1/KEYS",
        "/api/v1%2fkeys",
        "/api/v1/%2e%2e/v1/keys",
        "/api/v1/keys%2f",
        "/api/v1/keys%00",
        "/api/v1/keys.json",
        "/api/v1/keys%20",
        "/assets/../api/v1/keys",
        "/assets/%2e%2e/api/v1/keys",
        "/assets/..;/api/v1/keys",
        "/sign-in/../api/v1/keys",
        "/sign-in;/../api/v1/keys",
        "/actuator/health/../../api/v1/keys",
        "/actuator/health/..%2f..%2fapi/v1/keys",
        "/actuator/health;/api/v1/keys");
  }

  @ParameterizedTest
  @MethodSource("tricks")
  void areFoundByNoOtherSpellingOfTheirPath(String path) throws Exception {
    HttpResponse<String> viewer = as(key(VIEWER), "GET", path);
    assertThat(viewer.statusCode()).as(viewer.body()).isIn(400, 403, 404);
    assertThat(viewer.body()).doesNotContain("created_at");

    HttpResponse<String> nobody = server.send("GET", path, "");
    assertThat(nobody.statusCode()).as(nobody.body()).isIn(400, 401, 404);
    assertThat(nobody.body()).doesNotContain("created_at");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void areFoundByNoOtherMethod(String method) throws Exception {
    HttpResponse<String> answer =
        server.send(
            method,
            "/api/v1/keys",
            "{}",
            "X-API-Key",
            key(VIEWER),
            "X-HTTP-Method-Override",
            "GET");

    assertThat(answer.statusCode()).as(answer.body()).isIn(400, 403, 405, 501);
  }

  static Stream<String> methods() {
    return Stream.of("HEAD", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get");
  }

  private static String key(Role role) {
    return Objects.requireNonNull(KEYS.get(role));
  }

  /** Returns the status of an answer that does not end by itself. */
  private static int beginning(String key, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + path)).header("X-API-Key", key).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode();
    }
  }

  private static HttpResponse<String> as(String key, String method, String path) throws Exception {
    return server.send(method, path, "", "X-API-Key", key);
  }
}
