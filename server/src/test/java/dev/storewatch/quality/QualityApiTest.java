package dev.storewatch.quality;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.Eventually;
import dev.storewatch.TestFleet;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a server says of a fleet in which something is wrong with most stores. */
@AnyDatabase
final class QualityApiTest {
  private static final String QUALITY = "/api/v1/quality";
  private static final String REPORTS = "/api/v1/reports";

  private static TestServer server;
  private static String report;
  private static int number;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = TestServer.start(path, new TestFleet());
    importText(SpoiledFleet.POLLS);
    importText(SpoiledFleet.HOURS);
    importText(SpoiledFleet.ZONES);
    JsonNode asked = json(server.post(REPORTS));
    report = asked.get("id").stringValue();
    number = asked.get("number").intValue();
    server.awaitEnd(report);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void importText(String file) throws Exception {
    HttpResponse<String> taken = server.post("/api/v1/imports", file, "text/csv");
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    String run = "/api/v1/imports/" + json(taken).get("id").stringValue();
    var _ =
        Eventually.until(
            "the end of " + run,
            () -> json(server.get(run)),
            now -> now.get("state").stringValue().equals("complete"));
  }

  private static List<String> texts(JsonNode answer) {
    return answer.get("notices").valueStream().map(each -> each.get("text").stringValue()).toList();
  }

  @Test
  void tellsNoticesBesideAReport() throws Exception {
    JsonNode shown = json(server.get(REPORTS + "/" + report));

    assertThat(texts(shown)).first().isEqualTo(SpoiledFleet.LATE);
    assertThat(texts(shown).subList(1, 6)).isEqualTo(SpoiledFleet.NOTICES);
    assertThat(shown.at("/notices/1").toString())
        .isEqualTo(
            """
            {"code":"flagged-hours","text":"1 store counts on business hours of which rows were refused,\
             until they are mended: flagged","count":1,"examples":["flagged"]}\
            """);
    assertThat(json(server.get(REPORTS)).at("/reports/0/notices")).isEqualTo(shown.get("notices"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        REPORTS + "/{id}/rows",
        REPORTS + "/{id}.csv",
        "/api/get_report/{id}/",
        "/get_report?report_id={id}",
        "/get_report/{id}",
        "/get_report/{id}/",
        "/reports/{id}.csv",
        "/download_report/{id}",
        "/store/download_report/{number}/",
      })
  void tellsThemInAHeader(String path) throws Exception {
    HttpResponse<String> answer =
        server.get(path.replace("{id}", report).replace("{number}", String.valueOf(number)));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Storewatch-Notices")).hasValue(SpoiledFleet.HEADER);
  }

  @Test
  void tellsThemInAHeaderOfTheInterfaceOnOneStore() throws Exception {
    HttpResponse<String> answer =
        server.post("/store/get_report/", "{\"report_id\":" + number + "}", "application/json");

    assertThat(answer.headers().firstValue("Storewatch-Notices")).hasValue(SpoiledFleet.HEADER);
  }

  @Test
  void leavesTheFileAsItIs() throws Exception {
    assertThat(server.get(REPORTS + "/" + report + ".csv").body()).isEqualTo(SpoiledFleet.CSV);
  }

  @Test
  void speaksOfTheStoresOfTheReportAlone() throws Exception {
    String one =
        json(server.post(REPORTS, "{\"stores\":[\"no-zone\",\"shut\"]}", "application/json"))
            .get("id")
            .stringValue();

    JsonNode shown = server.awaitEnd(one);
    assertThat(texts(shown).subList(1, 3))
        .containsExactly(
            "1 store has no time zone, so it is taken to be in America/Chicago: no-zone",
            "1 store has business hours or a time zone but was never polled: shut");
  }

  @Test
  void saysNothingWhereNothingIsToBeSaid() throws Exception {
    String one =
        json(server.post(
                REPORTS,
                "{\"stores\":[\"good\"],\"as_of\":\"2026-02-02T16:00:00Z\"}",
                "application/json"))
            .get("id")
            .stringValue();

    assertThat(texts(server.awaitEnd(one))).isEmpty();
    assertThat(server.get(REPORTS + "/" + one + ".csv").headers().firstValue("Storewatch-Notices"))
        .isEmpty();
  }

  @Test
  void listsEachStoreAndFault() throws Exception {
    JsonNode page = json(server.get(QUALITY));

    assertThat(texts(page)).isEqualTo(SpoiledFleet.NOTICES);
    assertThat(page.get("after").isNull()).isTrue();
    assertThat(rows(page))
        .containsExactly(
            "123 never-polled",
            "123.0 assumed-hours",
            "123.0 assumed-zone",
            "123.0 polled-only",
            "flagged flagged-hours",
            "no-hours assumed-hours",
            "no-zone assumed-zone",
            "shut never-polled");
    assertThat(page.at("/faults/3").toString())
        .isEqualTo(
            """
            {"store_id":"123.0","code":"polled-only","since":"2026-02-02T15:30:00Z",\
            "detail":"it is polled but in no file of hours or zones; did you mean '123' by '123.0'?"}\
            """);
  }

  private static List<String> rows(JsonNode page) {
    return page.get("faults")
        .valueStream()
        .map(row -> row.get("store_id").stringValue() + " " + row.get("code").stringValue())
        .toList();
  }

  @Test
  void listsThemByPages() throws Exception {
    List<String> all = new ArrayList<>();
    String query = "?limit=1";
    while (!query.isEmpty()) {
      JsonNode page = json(server.get(QUALITY + query));
      assertThat(page.get("notices").isEmpty()).isEqualTo(query.contains("after"));
      all.addAll(rows(page));
      JsonNode after = page.get("after");
      query = after.isNull() ? "" : "?limit=1&after=" + after.stringValue();
    }

    assertThat(all).isEqualTo(rows(json(server.get(QUALITY))));
    assertThat(server.get(QUALITY + "?limit=0").statusCode()).isEqualTo(400);
  }

  @Test
  void listsThemAsCsv() throws Exception {
    HttpResponse<String> file = server.get(QUALITY, "Accept", "text/csv");

    assertThat(file.headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
    assertThat(file.body().lines())
        .startsWith(
            "store_id,code,since,detail",
            "123,never-polled,,\"it has business hours and a time zone but was never polled, so no"
                + " report has it\"")
        .hasSize(9);
    assertThat(server.get(QUALITY, "Accept", "text/html").statusCode()).isEqualTo(406);
  }

  @Test
  void showsTheFlagsOfAStore() throws Exception {
    JsonNode store = json(server.get("/api/v1/stores/flagged"));

    assertThat(store.get("hours_flagged_since").isString()).isTrue();
    assertThat(store.get("zone_flagged_since").isNull()).isTrue();
    assertThat(json(server.get("/api/v1/stores/good")).get("hours_flagged_since").isNull())
        .isTrue();
    JsonNode timeline = json(server.get("/api/v1/stores/flagged/timeline"));
    assertThat(timeline.get("hours_flagged_since")).isEqualTo(store.get("hours_flagged_since"));
    assertThat(server.get("/api/v1/stores/flagged/timeline", "Accept", "text/plain").body())
        .contains(
            "\n         flagged: rows of its hours were refused at "
                + store.get("hours_flagged_since").stringValue()
                + ", and not mended\n");
  }
}
