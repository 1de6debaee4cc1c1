package dev.storewatch;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The newest poll, for callers who may see some stores alone. */
@AnyDatabase
final class ScopedLatestTest {
  private static final String OF_WEST = "2021-01-25T12:00:00Z";
  private static final String OF_ALL = "2023-01-25T11:17:23.654321Z";
  private static TestServer server;
  private static String west;
  private static String nothing;
  private static String all;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server =
        TestServer.start(
            path,
            new TestFleet()
                .store("mine")
                .poll("2021-01-25T11:00:00Z", false)
                .poll(OF_WEST, true)
                .store("theirs")
                .poll("2021-01-25T12:00:01Z", true)
                .poll("2022-01-25T12:00:00Z", true)
                .poll(OF_ALL, true)
                .store("silent"));
    server.tag("mine", "west");
    server.tag("silent", "silent");
    west = server.key("operator", "west");
    nothing = server.key("operator", "silent");
    all = server.key("operator");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> get(String key, String path) throws Exception {
    return server.get(path, "X-API-Key", key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/stores/mine",
        "/api/v1/stores/mine/uptime",
        "/api/v1/stores/mine/timeline",
        "/api/v1/stores/mine?as_of=latest"
      })
  void isThatOfTheirOwnStores(String path) throws Exception {
    for (int again = 0; again < 2; again++) {
      assertThat(json(get(west, path)).get("as_of").stringValue()).isEqualTo(OF_WEST);
      assertThat(json(get(all, path)).get("as_of").stringValue()).isEqualTo(OF_ALL);
    }
  }

  @Test
  void isWhatTheStatesOfAListAreOf() throws Exception {
    for (String query : List.of("", "?state=up")) {
      var stores = json(get(west, "/api/v1/stores" + query)).get("stores");
      assertThat(stores.get(0).get("as_of").stringValue()).isEqualTo(OF_WEST);
      assertThat(stores.get(0).get("state").stringValue()).isEqualTo("up");
    }
    assertThat(json(get(all, "/api/v1/stores")).at("/stores/0/state").stringValue())
        .isEqualTo("unknown");
  }

  private static String report(String key, String body) throws Exception {
    HttpResponse<String> asked =
        server.send(
            "POST", "/api/v1/reports", body, "X-API-Key", key, "Content-Type", "application/json");
    return json(asked).get("id").stringValue();
  }

  @Test
  void isWhatTheirReportsSpeakFrom() throws Exception {
    var own = server.awaitEndAs(west, report(west, ""));
    assertThat(own.get("as_of").stringValue()).isEqualTo(OF_WEST);
    assertThat(own.get("row_count").intValue()).isEqualTo(1);
    assertThat(get(west, "/api/v1/reports/" + own.get("id").stringValue() + ".csv").body())
        .contains("mine,30.00,0.50,");
    assertThat(server.awaitEndAs(all, report(all, "")).get("as_of").stringValue())
        .isEqualTo(OF_ALL);
  }

  @Test
  void isNoneForThoseWhoseStoresWereNeverPolled() throws Exception {
    var report = server.awaitEndAs(nothing, report(nothing, ""));

    assertThat(report.get("as_of").isNull()).isTrue();
    assertThat(report.get("row_count").intValue()).isZero();
    assertThat(get(nothing, "/api/v1/stores/silent").body()).doesNotContain("2023-01-25T11:17");
  }
}
