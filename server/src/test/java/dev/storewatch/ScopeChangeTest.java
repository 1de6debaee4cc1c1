package dev.storewatch;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Changes what callers may see, after which every answer is another at once. */
final class ScopeChangeTest {
  private static final String REPORTS = "/api/v1/reports";
  private static final String STORES = "/api/v1/stores";

  /** Every call that brings the rows of a report as CSV. */
  private static final List<String> ROWS =
      List.of(
          REPORTS + "/{id}/rows",
          REPORTS + "/{id}.csv",
          "/api/get_report/{id}/",
          "/reports/{id}.csv",
          "/download_report/{id}",
          "/get_report/{id}");

  @SuppressWarnings("NullAway.Init") // started before every test
  private TestServer server;

  private String admin = "";
  private String west = "";

  @BeforeEach
  void start(@TempDir Path path) throws Exception {
    server =
        TestServer.start(
            path,
            new TestFleet()
                .store("w1")
                .poll("2023-01-25T12:00:00Z", true)
                .store("w2")
                .poll("2023-01-25T12:00:00Z", false)
                .store("other")
                .poll("2023-01-25T12:00:00Z", true));
    admin = server.key("admin");
    west = server.key("operator", "west");
    tag("w1", "west");
    tag("w2", "west");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> send(String key, String method, String path, String body)
      throws Exception {
    return server.send(method, path, body, "X-API-Key", key, "Content-Type", "application/json");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return server.get(path, "X-API-Key", west, "Accept", "text/csv, application/json;q=0.5");
  }

  private void tag(String store, String tag) throws Exception {
    String body = "{\"tags\":[\"%s\"]}".formatted(tag);
    assertThat(send(admin, "PUT", STORES + "/" + store, body).statusCode()).isEqualTo(200);
  }

  private String complete() throws Exception {
    String id = json(send(west, "POST", REPORTS, "")).get("id").stringValue();
    server.awaitEndAs(west, id);
    return id;
  }

  private void assertRows(String report, String... stores) throws Exception {
    for (String path : ROWS) {
      HttpResponse<String> rows = get(path.replace("{id}", report));
      assertThat(rows.statusCode()).as(path).isEqualTo(200);
      assertThat(rows.body().lines().skip(1).map(line -> line.substring(0, line.indexOf(','))))
          .as(path)
          .containsExactly(stores);
    }
    assertCounted(json(get(REPORTS + "/" + report)), stores.length);
    assertCounted(json(get(REPORTS)).get("reports").get(0), stores.length);
    assertThat(get(REPORTS + "/" + report + "/events").body())
        .contains("\"row_count\":" + stores.length);
  }

  private static void assertCounted(JsonNode report, int rows) {
    assertThat(report.get("row_count").intValue()).isEqualTo(rows);
    assertThat(report.get("progress").toString())
        .isEqualTo("{\"done\":%d,\"total\":%d}".formatted(rows, rows));
  }

  private void assertStores(String... ids) throws Exception {
    assertThat(json(get(STORES)).get("stores").values())
        .extracting(store -> store.get("store_id").stringValue())
        .containsExactly(ids);
    assertThat(json(get("/store/")).values())
        .extracting(store -> store.get("store_id").stringValue())
        .containsExactly(ids);
  }

  @Test
  void leavesOutAStoreThatLostTheTag() throws Exception {
    String id = complete();
    String rows = REPORTS + "/" + id + "/rows";
    String tag = get(rows).headers().firstValue("ETag").orElseThrow();
    assertThat(server.get(rows, "X-API-Key", west, "If-None-Match", tag).statusCode())
        .isEqualTo(304);

    tag("w2", "east");

    assertRows(id, "w1");
    assertStores("w1");
    HttpResponse<String> again = server.get(rows, "X-API-Key", west, "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.headers().firstValue("ETag")).isEmpty();
    for (String path :
        List.of(STORES + "/w2", STORES + "/w2/uptime", "/store/w2/trigger_report/")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
    tag("w2", "west");
    assertRows(id, "w1", "w2");
    assertThat(get(rows).headers().firstValue("ETag")).contains(tag);
  }

  @Test
  void leavesNothingOfAReportOnTheStoreThatLostTheTag() throws Exception {
    String number = json(get("/store/w2/trigger_report/")).get("report_id").asString();
    JsonNode report = json(get(REPORTS)).get("reports").get(0);
    assertThat(report.get("number").asString()).isEqualTo(number);
    server.awaitEndAs(west, report.get("id").stringValue());
    assertThat(get("/store/download_report/" + number + "/").body()).hasLineCount(2);

    tag("w2", "east");

    assertThat(get("/store/download_report/" + number + "/").body()).hasLineCount(1);
    assertThat(get(REPORTS + "/" + report.get("id").stringValue()).body())
        .contains("\"stores\":[]", "\"row_count\":0", "\"checksum\":null")
        .doesNotContain("w2");
  }

  @Test
  void showsAStoreThatGotTheTag() throws Exception {
    String before = complete();

    tag("other", "west");

    assertStores("other", "w1", "w2");
    assertThat(get(STORES + "/other/timeline").statusCode()).isEqualTo(200);
    assertRows(before, "w1", "w2");
    assertRows(complete(), "other", "w1", "w2");
  }

  @Test
  void leavesOutAStoreThatIsDeleted() throws Exception {
    String id = complete();

    assertThat(send(admin, "DELETE", STORES + "/w2", "").statusCode()).isEqualTo(204);

    assertStores("w1");
    assertRows(id, "w1");
  }

  @Test
  void showsTheReportsOfAScopeToWhoeverSeesMore() throws Exception {
    String id = complete();
    String both = server.key("viewer", "west", "north");
    String part = server.key("viewer", "north");

    for (String path : ROWS) {
      String call = path.replace("{id}", id);
      assertThat(server.get(call, "X-API-Key", both, "Accept", "text/csv").body())
          .isEqualTo(get(call).body());
      assertThat(server.get(call, "X-API-Key", part, "Accept", "text/csv").statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void showsNothingToAKeyThatWasTakenBack() throws Exception {
    String id = complete();
    String key = west.split("_", 3)[1];
    assertThat(send(admin, "DELETE", "/api/v1/keys/" + key, "").statusCode()).isEqualTo(204);

    for (String path : ROWS) {
      assertThat(get(path.replace("{id}", id)).statusCode()).isEqualTo(401);
    }
    assertThat(get(STORES).statusCode()).isEqualTo(401);
    assertThat(get("/store/").statusCode()).isEqualTo(401);
  }

  @Test
  void tellsNothingMoreToAListenerWhoseKeyWasTakenBack() throws Exception {
    server.polls().shut();
    String id = json(send(west, "POST", REPORTS, "")).get("id").stringValue();
    server.polls().awaitScan();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + REPORTS + "/" + id + "/events"))
            .header("X-API-Key", west)
            .build();
    try (HttpClient client = HttpClient.newHttpClient();
        InputStream events = client.send(request, BodyHandlers.ofInputStream()).body()) {
      assertThat(new String(events.readNBytes(12), StandardCharsets.UTF_8))
          .isEqualTo("event: state");

      String key = west.split("_", 3)[1];
      assertThat(send(admin, "DELETE", "/api/v1/keys/" + key, "").statusCode()).isEqualTo(204);
      server.polls().open();
      server.awaitEndAs(admin, id);

      assertThat(new String(events.readAllBytes(), StandardCharsets.UTF_8))
          .doesNotContain("event:", "complete");
    }
  }
}
