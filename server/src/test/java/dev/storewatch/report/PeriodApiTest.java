package dev.storewatch.report;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFleet;
import dev.storewatch.TestServer;
import dev.storewatch.hours.OpeningInterval;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Reports on periods, of a bar in Chicago that is open from 18:00 to 02:00, a kiosk in Tokyo that
 * never closes, and a shop in Chicago.
 */
@AnyDatabase
final class PeriodApiTest {
  private static final String REPORTS = "/api/v1/reports";
  private static final String JSON = "application/json";

  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = TestServer.start(path, fleet());
    tag(server, "bar", "region:mid", "open-late");
    tag(server, "shop", "region:mid");
    tag(server, "kiosk", "region:east");
  }

  private static void tag(TestServer of, String store, String... tags) throws Exception {
    String body = "{\"tags\":[\"" + String.join("\",\"", tags) + "\"]}";
    assertThat(of.send("PATCH", "/api/v1/stores/" + store, body, "Content-Type", JSON).statusCode())
        .isEqualTo(200);
  }

  /** The newest poll is on Wednesday, February 1, at 07:30 in Chicago, at 22:30 in Tokyo. */
  private static TestFleet fleet() {
    TestFleet fleet = new TestFleet().store("bar").zone("America/Chicago");
    daily(fleet, "18:00", "02:00")
        .poll("2023-01-31T00:00:00Z", true) // Monday 18:00
        .poll("2023-01-31T07:30:00Z", false) // Tuesday 01:30, still Monday's night
        .poll("2023-02-01T00:00:00Z", true);
    daily(fleet.store("shop").zone("America/Chicago"), "09:00", "17:00")
        .poll("2023-01-31T16:00:00Z", false)
        .poll("2023-01-31T17:27:40Z", true)
        .poll("2023-02-01T13:30:00Z", true);
    return fleet
        .store("kiosk")
        .zone("Asia/Tokyo")
        .poll("2023-01-31T12:00:00Z", true)
        .poll("2023-02-01T12:00:00Z", true);
  }

  private static TestFleet daily(TestFleet fleet, String opens, String closes) {
    for (DayOfWeek day : DayOfWeek.values()) {
      fleet.hours(OpeningInterval.of(day, LocalTime.parse(opens), LocalTime.parse(closes)));
    }
    return fleet;
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String complete(String body) throws Exception {
    HttpResponse<String> answer = server.post(REPORTS, body, JSON);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String id = json(answer).get("id").stringValue();
    assertThat(server.awaitEnd(id).get("state").stringValue()).isEqualTo("complete");
    return REPORTS + "/" + id;
  }

  private static String on(String... windows) throws Exception {
    return complete("{\"windows\":[\"" + String.join("\",\"", windows) + "\"]}");
  }

  /** Returns the parts of the rows, without the header. */
  private static List<String> rows(String report, String query) throws Exception {
    HttpResponse<String> answer = server.get(report + "/rows" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body().lines().skip(1).toList();
  }

  @Test
  void countsTheNightWithTheDateOnWhichItBegan() throws Exception {
    assertThat(rows(on("2023-01-30", "2023-01-31"), ""))
        .containsExactly(
            "bar,2023-01-30,2023-01-30T08:00:00Z,2023-01-31T08:00:00Z,"
                + "480.00,225.00,255.00,0.00,0.00,46.87,0.00,480.00,2",
            "bar,2023-01-31,2023-01-31T08:00:00Z,2023-02-01T08:00:00Z,"
                + "480.00,480.00,0.00,0.00,0.00,100.00,0.00,480.00,1",
            "kiosk,2023-01-30,2023-01-29T15:00:00Z,2023-01-30T15:00:00Z,"
                + "1440.00,180.00,0.00,1260.00,0.00,100.00,0.00,1440.00,0",
            "kiosk,2023-01-31,2023-01-30T15:00:00Z,2023-01-31T15:00:00Z,"
                + "1440.00,1440.00,0.00,0.00,0.00,100.00,180.00,1440.00,1",
            "shop,2023-01-30,2023-01-30T06:00:00Z,2023-01-31T06:00:00Z,"
                + "480.00,0.00,420.00,60.00,0.00,0.00,0.00,480.00,0",
            "shop,2023-01-31,2023-01-31T06:00:00Z,2023-02-01T06:00:00Z,"
                + "480.00,376.17,103.83,0.00,0.00,78.36,0.00,480.00,2");
  }

  /** The poll at 11:27:40 speaks for the hour before 11:00, from the middle at 10:43:50 on. */
  @Test
  void knowsThePollsAfterAPeriod() throws Exception {
    String hour = "2023-01-31T16:00:00Z/2023-01-31T17:00:00Z";
    String report = complete("{\"stores\":[\"shop\"],\"windows\":[\"%s\"]}".formatted(hour));

    assertThat(rows(report, ""))
        .containsExactly(
            "shop,"
                + hour
                + ",2023-01-31T16:00:00Z,2023-01-31T17:00:00Z,"
                + "60.00,16.17,43.83,0.00,0.00,26.94,0.00,60.00,0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-01-31",
        "2023-W04",
        "2023-W05",
        "2023-01",
        "2023-01-30/2023-01-31",
        "2023-01-31T16:00:00Z/2023-01-31T17:00:00Z",
        "PT1H",
        "P1M",
        "P1D-before",
        "yesterday",
        "last-week",
        "this-month"
      })
  void saysTheSameInAReportAtUptimeAndInAnExplanation(String window) throws Exception {
    for (String store : List.of("bar", "kiosk", "shop")) {
      JsonNode row =
          json(server.get(
                  complete("{\"stores\":[\"%s\"],\"windows\":[\"%s\"]}".formatted(store, window))
                      + "/rows",
                  "Accept",
                  JSON))
              .get(0);
      String path = "/api/v1/stores/" + store;
      JsonNode measured = json(server.get(path + "/uptime?windows=" + window)).at("/windows/0");
      JsonNode told = json(server.get(path + "/timeline?window=" + window));

      assertThat(measured.get("window")).isEqualTo(row.get("window"));
      assertThat(List.of(measured.get("from"), measured.get("to"), told.get("from")))
          .isEqualTo(List.of(row.get("from"), row.get("to"), row.get("from")));
      assertThat(told.at("/totals/up").decimalValue())
          .isEqualByComparingTo(measured.get("up").decimalValue());
      assertThat(measured.get("up").doubleValue() / 60)
          .isCloseTo(
              row.get("uptime_minutes").doubleValue(),
              org.assertj.core.api.Assertions.within(0.0051));
      assertThat(measured.get("uptime_percent")).isEqualTo(row.get("uptime_percent"));
      assertThat(measured.get("polls")).isEqualTo(row.get("polls"));
    }
  }

  @Test
  void takesAPeriodByItsEnds() throws Exception {
    String uptime = "/api/v1/stores/bar/uptime";
    JsonNode dates = json(server.get(uptime + "?from=2023-01-30&to=2023-01-31")).at("/windows/0");
    JsonNode named = json(server.get(uptime + "?windows=2023-01-30/2023-01-31")).at("/windows/0");

    assertThat(dates.get("window").isNull()).isTrue();
    assertThat(dates.get("from").stringValue()).isEqualTo("2023-01-30T08:00:00Z");
    assertThat(dates.get("up")).isEqualTo(named.get("up"));
    assertThat(
            json(server.get("/api/v1/stores/bar/timeline?from=2023-01-30&to=2023-01-31"))
                .at("/totals/up"))
        .isEqualTo(named.get("up"));
    assertThat(
            json(server.get("/api/v1/uptime?from=2023-01-30&to=2023-01-31"))
                .at("/stores/0/windows/0"))
        .isEqualTo(dates);
  }

  /** The kiosk's clocks are ahead, and yesterday is over at all stores. */
  @Test
  void fixesYesterdayByTheEarliestDateAtAnyStore() throws Exception {
    String all = on("yesterday", "last-week", "last-month");
    assertThat(json(server.get(all)).get("windows").toString())
        .isEqualTo("[\"2023-01-31\",\"2023-W04\",\"2023-01\"]");

    String body =
        "{\"as_of\":\"2023-02-01T05:00:00Z\",\"windows\":[\"yesterday\"],\"%s\":[\"%s\"]}";
    assertThat(windows(complete(body.formatted("stores", "kiosk")))).isEqualTo("2023-01-31");
    assertThat(windows(complete(body.formatted("tags", "region:mid")))).isEqualTo("2023-01-30");
    String uptime = "?as_of=2023-02-01T05:00:00Z&windows=yesterday";
    assertThat(
            json(server.get("/api/v1/uptime" + uptime + "&limit=1"))
                .at("/stores/0/windows/0/window")
                .stringValue())
        .isEqualTo("2023-01-30");
    assertThat(
            json(server.get("/api/v1/stores/kiosk/uptime" + uptime))
                .at("/windows/0/window")
                .stringValue())
        .isEqualTo("2023-01-31");
  }

  private static String windows(String report) throws Exception {
    return json(server.get(report)).at("/windows/0").stringValue();
  }

  @Test
  void saysThatAPeriodIsNotOver() throws Exception {
    String report = on("2023-01-31", "2023-02", "PT1H");

    assertThat(json(server.get(report)).at("/notices/0/text").stringValue())
        .isEqualTo(
            "2023-02 is not over at the as-of instant 2023-02-01T13:30:00Z for 3 stores: only the"
                + " time until then is measured");
    assertThat(server.get(report + "/rows").headers().firstValue("Storewatch-Notices"))
        .get()
        .asString()
        .startsWith("unfinished-period=3");
    assertThat(rows(report, "").get(1))
        .startsWith("bar,2023-02,2023-02-01T08:00:00Z,2023-02-01T13:30:00Z,0.00,");
    JsonNode windows =
        json(server.get("/api/v1/stores/bar/uptime?windows=2023-01,2023-02")).get("windows");
    assertThat(windows.at("/0/over").booleanValue()).isTrue();
    assertThat(windows.at("/1/over").booleanValue()).isFalse();
    assertThat(json(server.get(on("2023-01"))).get("notices").toString())
        .doesNotContain("unfinished-period");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2023-02-03|the period 2023-02-03 begins after the as-of instant 2023-02-01T13:30:00Z",
        "2023-02-01T00:00Z/2023-02-02T00:00Z|to is 2023-02-02T00:00:00Z, after the as-of instant",
        "2023-02-30|not in the calendar",
        "2023-01-31/2023-01-30|not in order",
        "tomorrow|2026-03-04, 2026-W10 or 2026-03",
        "yesterday\",\"2023-01-31|a window stands twice",
      })
  void refusesPeriodsThatCannotBeReported(String windows, String said) throws Exception {
    HttpResponse<String> answer = server.post(REPORTS, "{\"windows\":[\"" + windows + "\"]}", JSON);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").stringValue()).contains(said);
  }

  @Test
  void sumsAllStoresAndGroupsOfThem() throws Exception {
    String report = on("2023-01-31", "2023-01-30");
    List<String> stores = rows(report, "?detail=full");
    List<String> all = rows(report, "?group_by=region&group_by=open-");

    assertThat(all.subList(0, 6)).isEqualTo(stores.stream().map(row -> row + ",,,,").toList());
    assertThat(all.subList(6, all.size()))
        .containsExactly(
            ",2023-01-31,2023-01-30T15:00:00Z,2023-02-01T08:00:00Z,"
                + "2400.00,2296.17,103.83,0.00,0.00,95.67,180.00,2400.00,4,fleet,,,3",
            ",2023-01-30,2023-01-29T15:00:00Z,2023-01-31T08:00:00Z,"
                + "2400.00,405.00,675.00,1320.00,0.00,37.50,0.00,2400.00,2,fleet,,,3",
            ",2023-01-31,2023-01-30T15:00:00Z,2023-01-31T15:00:00Z,"
                + "1440.00,1440.00,0.00,0.00,0.00,100.00,180.00,1440.00,1,group,region,region:east,1",
            ",2023-01-30,2023-01-29T15:00:00Z,2023-01-30T15:00:00Z,"
                + "1440.00,180.00,0.00,1260.00,0.00,100.00,0.00,1440.00,0,group,region,region:east,1",
            ",2023-01-31,2023-01-31T06:00:00Z,2023-02-01T08:00:00Z,"
                + "960.00,856.17,103.83,0.00,0.00,89.18,0.00,960.00,3,group,region,region:mid,2",
            ",2023-01-30,2023-01-30T06:00:00Z,2023-01-31T08:00:00Z,"
                + "960.00,225.00,675.00,60.00,0.00,25.00,0.00,960.00,2,group,region,region:mid,2",
            ",2023-01-31,2023-01-31T08:00:00Z,2023-02-01T08:00:00Z,"
                + "480.00,480.00,0.00,0.00,0.00,100.00,0.00,480.00,1,group,open-,open-late,1",
            ",2023-01-30,2023-01-30T08:00:00Z,2023-01-31T08:00:00Z,"
                + "480.00,225.00,255.00,0.00,0.00,46.87,0.00,480.00,2,group,open-,open-late,1",
            ",2023-01-31,2023-01-30T15:00:00Z,2023-02-01T06:00:00Z,"
                + "1920.00,1816.17,103.83,0.00,0.00,94.59,180.00,1920.00,3,group,open-,,2",
            ",2023-01-30,2023-01-29T15:00:00Z,2023-01-31T06:00:00Z,"
                + "1920.00,180.00,420.00,1320.00,0.00,30.00,0.00,1920.00,0,group,open-,,2");
    assertThat(server.get(report + ".csv?totals=true").body().lines().skip(7))
        .containsExactlyElementsOf(all.subList(6, 8));
    assertThat(server.get(report + "/rows?totals=true").headers().firstValue("ETag")).isEmpty();
    assertThat(server.get(report + ".csv").headers().firstValue("ETag")).isPresent();
  }

  @Test
  void writesTotalsAsJsonToo() throws Exception {
    String body = server.get(on("2023-01-31") + "/rows?group_by=region", "Accept", JSON).body();

    assertThat(body.split("\"total\":", -1)).hasSize(4);
    assertThat(body)
        .contains(",{\"total\":\"fleet\",\"group_by\":null,\"tag\":null,\"stores\":3,\"window\":")
        .endsWith(
            """
            {"total":"group","group_by":"region","tag":"region:mid","stores":2,\
            "window":"2023-01-31","from":"2023-01-31T06:00:00Z","to":"2023-02-01T08:00:00Z",\
            "scheduled_minutes":960.00,"uptime_minutes":856.17,"downtime_minutes":103.83,\
            "unknown_minutes":0.00,"excluded_minutes":0.00,"uptime_percent":89.18,\
            "uptime_minutes_low":0.00,"uptime_minutes_high":960.00,"polls":3}]\
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?group_by=district|no store has the tag district or one that begins with district",
        "?group_by=reg|no store has the tag reg",
        "?group_by=a,b,a|each named once",
        "?group_by=-|region:west and region:east",
        "?group_by=region&detail=standard|detail=full",
      })
  void refusesWhatStoresCannotBeGroupedBy(String query, String said) throws Exception {
    String report = complete("{}");
    for (String path : List.of("/rows", ".csv")) {
      HttpResponse<String> answer = server.get(report + path + query);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(json(answer).get("detail").stringValue()).contains(said);
    }
  }

  @Test
  void sumsTheStoresThatTheCallerMaySeeAlone(@TempDir Path more) throws Exception {
    try (TestServer guarded = TestServer.start(more, fleet())) {
      tag(guarded, "bar", "region:mid", "chain:a");
      tag(guarded, "shop", "region:mid", "chain:b");
      tag(guarded, "kiosk", "region:east", "chain:c");
      String operator = guarded.key("operator", "region:mid", "region:east");
      String id =
          json(guarded.send(
                  "POST",
                  REPORTS,
                  "{\"windows\":[\"2023-01-31\"]}",
                  "Content-Type",
                  JSON,
                  "X-API-Key",
                  operator))
              .get("id")
              .stringValue();
      assertThat(guarded.awaitEndAs(operator, id).get("row_count").intValue()).isEqualTo(3);
      guarded.tag("kiosk", "chain:c"); // out of their sight from now on

      HttpResponse<String> answer =
          guarded.get(REPORTS + "/" + id + "/rows?group_by=chain", "X-API-Key", operator);

      assertThat(
              Stream.of(answer.body().split("\n")).skip(3).map(row -> row.replaceAll(".*Z,", "")))
          .containsExactly(
              "960.00,856.17,103.83,0.00,0.00,89.18,0.00,960.00,3,fleet,,,2",
              "480.00,480.00,0.00,0.00,0.00,100.00,0.00,480.00,1,group,chain,chain:a,1",
              "480.00,376.17,103.83,0.00,0.00,78.36,0.00,480.00,2,group,chain,chain:b,1");
    }
  }
}
