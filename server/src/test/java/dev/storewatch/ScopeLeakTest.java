package dev.storewatch;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.database.Database;
import dev.storewatch.hours.LateClose;
import dev.storewatch.incident.IncidentKeepers;
import dev.storewatch.interval.Micros;
import dev.storewatch.outage.OutageTracker;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.Reports;
import dev.storewatch.report.RequestOrigin;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Makes every call as callers who may see the stores of the west alone, and looks in the answers
 * for anything of the others.
 */
@AnyDatabase
final class ScopeLeakTest {
  private static final String REPORTS = "/api/v1/reports";
  private static final String STORES = "/api/v1/stores";
  private static final String IMPORTS = "/api/v1/imports";
  private static final String UPTIME = "/api/v1/uptime";
  private static final String OUTAGES = "/api/v1/outages";
  private static final String INCIDENTS = "/api/v1/incidents";
  private static final String QUALITY = "/api/v1/quality";
  private static final String NO_REPORT = "11111111-2222-4333-8444-555555555555";
  private static final String NO_NUMBER = "999999999";
  private static final long NEWEST = Micros.of(Instant.parse("2023-01-25T12:00:00Z"));
  private static final String WEST_CSV =
      """
      store_id,uptime_last_hour,uptime_last_day,uptime_last_week,\
      downtime_last_hour,downtime_last_day,downtime_last_week
      mine-1,30.00,23.50,24.50,30.00,0.50,0.50
      mine-2,60.00,24.00,24.00,0.00,0.00,0.00
      """;

  /** The one that was seen until it was given another tag is like those that never were. */
  private static final List<String> HIDDEN_STORES =
      List.of("theirs-1", "theirs-2", "nobodys", "moved-1");

  /** What no answer may say: ids, names, zones, instants of polls and names of callers. */
  private static final List<String> SECRETS =
      new ArrayList<>(List.of("Ostbahnhof", "Asia/Tokyo", "Umzug", ".654321"));

  /**
   * For each handler that reads, the paths to ask for, and what the client accepts after a space.
   */
  private static final Map<String, List<String>> WALK = new TreeMap<>();

  static {
    SECRETS.addAll(HIDDEN_STORES);
    walk(
        REPORTS,
        REPORTS,
        REPORTS + "?limit=1000",
        REPORTS + "?limit=1",
        REPORTS + "?state=complete",
        REPORTS + "?state=failed",
        REPORTS + "?after=3");
    walk(REPORTS + "/{id}", REPORTS + "/{report}");
    walk(
        REPORTS + "/{id}/rows",
        REPORTS + "/{report}/rows",
        REPORTS + "/{report}/rows application/json",
        REPORTS + "/{report}/rows?detail=standard text/csv",
        REPORTS + "/{report}/rows?detail=full text/csv",
        REPORTS + "/{report}/rows?detail=full application/json",
        REPORTS + "/{report}/rows?detail=most");
    walk(
        REPORTS + "/{id}.csv",
        REPORTS + "/{report}.csv",
        REPORTS + "/{report}.csv?detail=full",
        REPORTS + "/{report}.csv?detail=most");
    walk(
        REPORTS + "/{id}.json",
        REPORTS + "/{report}.json",
        REPORTS + "/{report}.json?totals=true",
        REPORTS + "/{report}.json?group_by=east");
    walk(
        REPORTS + "/{id}/comparison",
        REPORTS + "/{report}/comparison",
        REPORTS + "/{report}/comparison?with={report}",
        REPORTS + "/{report}/comparison?limit=1");
    walk("/api/v1/revisions", "/api/v1/revisions");
    walk(
        "/api/v1/quality/polls",
        "/api/v1/quality/polls application/json",
        "/api/v1/quality/polls text/csv",
        "/api/v1/quality/polls?by=slot text/csv",
        "/api/v1/quality/polls?limit=1&after=mine-1 application/json",
        "/api/v1/quality/polls?from=2023-01-20T00:00:00Z&to=2023-01-26T00:00:00Z text/csv");
    walk("/api/v1/probes", "/api/v1/probes", "/api/v1/probes?limit=1");
    walk(STORES + "/{storeId}/probe", STORES + "/{store}/probe");
    walk("/api/v1/sources", "/api/v1/sources", "/api/v1/sources?limit=1");
    walk("/api/v1/sources/{id}", "/api/v1/sources/" + NO_REPORT);
    walk("/api/v1/kafka", "/api/v1/kafka");
    walk(REPORTS + "/{id}/events", REPORTS + "/{report}/events text/event-stream");
    walk(
        STORES,
        STORES,
        STORES + "?limit=1000",
        STORES + "?limit=1",
        STORES + "?search=e",
        STORES + "?search=moved",
        STORES + "?search=ostbahnhof",
        STORES + "?tag=east",
        STORES + "?tag=west&tag=east",
        STORES + "?state=up",
        STORES + "?state=down",
        STORES + "?state=unknown",
        STORES + "?state=closed",
        STORES + "?as_of=now",
        STORES + "?after=mine-2",
        STORES + "?after=moved-1",
        STORES + "?after=a&limit=1");
    walk(STORES + "/{id}", STORES + "/{store}", STORES + "/{store}?as_of=now");
    walk(
        STORES + "/{storeId}/history",
        STORES + "/{store}/history",
        STORES + "/{store}/history?by=month text/csv",
        STORES + "/{store}/history?from=2023-01-20&to=2023-01-25&by=week");
    walk(
        STORES + "/{storeId}/hours-of-week",
        STORES + "/{store}/hours-of-week",
        STORES + "/{store}/hours-of-week?from=2023-01-20&to=2023-01-25");
    walk(
        "/api/v1/groups",
        "/api/v1/groups",
        "/api/v1/groups?window=2023-01&lowest=100",
        "/api/v1/groups?tag=east text/csv");
    walk(
        "/api/v1/groups/history",
        "/api/v1/groups/history",
        "/api/v1/groups/history text/csv",
        "/api/v1/groups/history?tag=east&by=month");
    walk(
        "/api/v1/groups/hours-of-week",
        "/api/v1/groups/hours-of-week",
        "/api/v1/groups/hours-of-week text/csv",
        "/api/v1/groups/hours-of-week?tag=east&from=2023-01-20&to=2023-01-25");
    walk(
        STORES + "/{storeId}/uptime",
        STORES + "/{store}/uptime",
        STORES + "/{store}/uptime?windows=P7D&step=P1D",
        STORES + "/{store}/uptime?from=2023-01-20T00:00:00Z&to=2023-01-25T00:00:00Z",
        STORES + "/{store}/uptime?rule=best");
    walk(
        "/api/v1/closures",
        "/api/v1/closures",
        "/api/v1/closures?limit=1",
        "/api/v1/closures?tag=east",
        "/api/v1/closures?store=mine-1");
    walk("/api/v1/closures/{id}", "/api/v1/closures/{closure}");
    walk(
        "/api/v1/special-days",
        "/api/v1/special-days",
        "/api/v1/special-days?from=2026-01-01&to=2026-12-31",
        "/api/v1/special-days?tag=east",
        "/api/v1/special-days?store=mine-1");
    walk("/api/v1/special-days/{id}", "/api/v1/special-days/{day}");
    walk(STORES + "/{storeId}/hours", STORES + "/{store}/hours");
    walk(
        STORES + "/{storeId}/calendar", STORES + "/{store}/calendar?from=2026-07-01&to=2026-07-31");
    walk(
        STORES + "/{storeId}/timeline",
        STORES + "/{store}/timeline application/json",
        STORES + "/{store}/timeline?window=P30D text/plain",
        STORES + "/{store}/timeline?rule=ratio");
    walk(
        UPTIME,
        UPTIME,
        UPTIME + "?limit=1",
        UPTIME + "?tag=east",
        UPTIME + "?tag=west&windows=P7D",
        UPTIME + "?after=mine-2",
        UPTIME + "?after=moved-1",
        UPTIME + "?from=2023-01-20T00:00:00Z&to=2023-01-25T00:00:00Z");
    walk(
        QUALITY,
        QUALITY,
        QUALITY + "?limit=1",
        QUALITY + "?after=mine-2",
        QUALITY + "?after=moved-1",
        QUALITY + " text/csv");
    walk(OUTAGES, OUTAGES, OUTAGES + "?tag=east", OUTAGES + "?state=ongoing", OUTAGES + "?limit=1");
    walk(OUTAGES + ".csv", OUTAGES + ".csv", OUTAGES + ".csv?tag=east");
    walk(
        OUTAGES + ".ics",
        OUTAGES + ".ics",
        OUTAGES + ".ics?from=2023-01-01T00:00:00Z",
        OUTAGES + ".ics?from=2023-01-01T00:00:00Z&tag=east");
    walk(
        OUTAGES + "/summary",
        OUTAGES + "/summary",
        OUTAGES + "/summary?limit=1",
        OUTAGES + "/summary?tag=east",
        OUTAGES + "/summary?after=mine-1",
        OUTAGES + "/summary?group_by=west",
        OUTAGES + "/summary?group_by=east",
        OUTAGES + "/summary?group_by=west text/csv",
        OUTAGES + "/summary text/csv");
    walk(OUTAGES + "/{id}", OUTAGES + "/{outage}");
    walk(INCIDENTS, INCIDENTS, INCIDENTS + "?state=open", INCIDENTS + "?limit=1");
    walk(INCIDENTS + "/{id}", INCIDENTS + "/{incident}");
    // Its letters are packed: SummaryTest reads what it says to whom.
    walk("/api/v1/summary.pdf", "/api/v1/summary.pdf?period=P7D");
    walk("/api/v1/report-schedules", "/api/v1/report-schedules");
    walk("/api/v1/report-schedules/{id}", "/api/v1/report-schedules/{report}");
    walk("/reports/schedules", "/reports/schedules text/html");
    walk("/api/v1/routes", "/api/v1/routes");
    walk("/api/v1/mutes", "/api/v1/mutes");
    walk("/api/v1/channel-kinds", "/api/v1/channel-kinds");
    walk("/api/v1/channels", "/api/v1/channels");
    walk("/api/v1/channels/{id}", "/api/v1/channels/{channel}");
    walk("/api/v1/deliveries", "/api/v1/deliveries", "/api/v1/deliveries?state=dead");
    walk("/api/v1/deliveries/{id}", "/api/v1/deliveries/{delivery}");
    walk(IMPORTS, IMPORTS);
    walk(IMPORTS + "/{id}", IMPORTS + "/{import}");
    walk(IMPORTS + "/{id}/rejects", IMPORTS + "/{import}/rejects");
    walk("/api/v1/keys", "/api/v1/keys");
    walk("/api/v1/users", "/api/v1/users");
    walk("/api/v1/audit", "/api/v1/audit");
    walk("/api/v1/me", "/api/v1/me");
    // Dialect A
    walk("/api/get_report/{id}", "/api/get_report/{report}", "/api/get_report/{report}/");
    walk(
        "/api/get_report",
        "/api/get_report?report_id={report}",
        "/api/get_report/?report_id={report}");
    // Dialects B, D and E
    walk("/trigger_report", "/trigger_report");
    walk("/get_report", "/get_report?report_id={report}", "/get_report/?report_id={report}");
    walk(
        "/get_report/{id}",
        "/get_report/{report}",
        "/get_report/{report}/ application/json",
        "/get_report/{report}/",
        "/get_report/{report} text/csv");
    walk("/reports/{id}.csv", "/reports/{report}.csv");
    walk("/download_report/{id}", "/download_report/{report}");
    walk("/download_report", "/download_report?report_id={report}");
    // Dialect C
    walk("/store", "/store", "/store/");
    walk("/store/{storeId}/trigger_report", "/store/{store}/trigger_report/");
    walk("/store/download_report/{number}", "/store/download_report/{number}/");
    // Pages
    walk("/", "/ text/html");
    walk("/sign-in", "/sign-in text/html");
    walk("/docs", "/docs text/html");
    walk(
        "/fleet",
        "/fleet text/html",
        "/fleet?search=e text/html",
        "/fleet?search=ostbahnhof text/html",
        "/fleet?state=down&sort=state text/html",
        "/fleet?tag=east text/html",
        "/fleet?zone=Asia/Tokyo text/html");
    walk(
        "/stores/{id}",
        "/stores/{store} text/html",
        "/stores/{store}?date=2023-01-25&month=2023-01 text/html");
    walk(
        "/groups",
        "/groups text/html",
        "/groups?window=2023-01 text/html",
        "/groups?tag=east text/html");
    walk("/stores/{id}/other-numbers", "/stores/{store}/other-numbers text/html");
    walk("/outages", "/outages text/html", "/outages?tag=east text/html");
    walk("/incidents", "/incidents text/html", "/incidents?state=ended text/html");
    walk("/quality", "/quality text/html");
    walk(
        "/hours",
        "/hours text/html",
        "/hours?kind=day&of=tag&name=west&date=2023-01-25&hours= text/html",
        "/hours?kind=closure&of=tag&name=west&from=2023-01-25&to=2023-01-25&reason=x text/html");
    walk("/alerts", "/alerts text/html");
    walk("/imports", "/imports text/html");
    walk("/imports/{id}", "/imports/{import} text/html");
    walk("/imports/{id}/rejects.csv", "/imports/{import}/rejects.csv");
    walk("/settings", "/settings text/html");
    walk("/reports", "/reports text/html");
    walk(
        "/reports/{id}",
        "/reports/{report} text/html",
        "/reports/{report}?group_by=west text/html",
        "/reports/{report}?group_by=east text/html");
    walk("/reports/{id}/comparison", "/reports/{report}/comparison text/html");
    walk("/openapi.json", "/openapi.json");
    walk("/openapi.json.yaml", "/openapi.json.yaml");
  }

  private static TestServer server;
  private static String admin;
  private static String viewer;
  private static String operator;

  /** Of all stores, and of the east. */
  private static final List<String> HIDDEN_REPORTS = new ArrayList<>();

  /** Of the west: of all its stores, of some that it names, and one that failed. */
  private static final List<String> OWN_REPORTS = new ArrayList<>();

  private static String importId;

  /** A channel of all stores, and a message to it. */
  private static String channelId;

  private static String deliveryId;

  private static String ownIncident;

  private static String hiddenIncident;

  /** Two that the west may see, and two that it may not. */
  private static final List<String> CLOSURES = new ArrayList<>();

  private static final List<String> DAYS = new ArrayList<>();

  private static void walk(String handler, String... paths) {
    WALK.put(handler, List.of(paths));
  }

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    server = TestServer.start(path, fleet());
    admin = server.key("admin");
    viewer = server.key("viewer", "west");
    operator = server.key("operator", "west");
    describe("mine-1", "{\"tags\":[\"west\"]}");
    describe("mine-2", "{\"tags\":[\"west\"]}");
    describe("moved-1", "{\"tags\":[\"west\"]}");
    describe("theirs-1", "{\"tags\":[\"east\"],\"name\":\"Ostbahnhof\",\"zone\":\"Asia/Tokyo\"}");
    describe("theirs-2", "{\"tags\":[\"east\"],\"name\":\"Ostbahnhof 2\"}");
    enterDays();
    enterProbes();
    askForReports();
    importId = importFile();
    channelId = enterChannel();
    deliveryId = sendTest();
    ownIncident = IncidentKeepers.open(server.bean(Database.class), key("mine-1"), 5_000);
    hiddenIncident = IncidentKeepers.open(server.bean(Database.class), key("theirs-1"), 6_000_001);
    SECRETS.addAll(List.of(channelId, deliveryId, hiddenIncident, "ostbahnhof.invalid"));
  }

  private static int key(String store) {
    return server.bean(Stores.class).registry().key(store).orElseThrow();
  }

  /** Enters a channel that tells of all stores. */
  private static String enterChannel() throws Exception {
    HttpResponse<String> entered =
        send(
            admin,
            "POST",
            "/api/v1/channels",
            """
            {"name": "Ostbahnhof", "kind": "webhook", "settings": {"url": "https://ostbahnhof.invalid"}}\
            """);
    assertThat(entered.statusCode()).as(entered.body()).isEqualTo(201);
    return json(entered).get("id").stringValue();
  }

  private static String sendTest() throws Exception {
    HttpResponse<String> sent = send(admin, "POST", "/api/v1/channels/" + channelId + "/test", "");
    return json(sent).get("id").stringValue();
  }

  /** Of all stores by somebody who sees them all, of the west, and of others. */
  private static void enterDays() throws Exception {
    String everything = server.key("operator");
    SECRETS.add(json(as(everything, "/api/v1/me")).get("name").stringValue());
    for (Map.Entry<String, List<String>> days :
        Map.of("/api/v1/closures", CLOSURES, "/api/v1/special-days", DAYS).entrySet()) {
      for (String of :
          List.of(
              "\"tag\": \"west\"",
              "\"all\": true",
              "\"store\": \"theirs-1\"",
              "\"tag\": \"east\"")) {
        boolean theirs = of.contains("theirs") || of.contains("east");
        String what = theirs ? "Ostbahnhof" : "Feiertag";
        String body =
            days.getKey().endsWith("closures")
                ? "\"from\": \"2026-07-04\", \"to\": \"2026-07-04\", \"reason\": \"%s\""
                : "\"date\": \"2026-07-05\", \"hours\": [], \"label\": \"%s\"";
        HttpResponse<String> entered =
            send(everything, "POST", days.getKey(), "{" + of + ", " + body.formatted(what) + "}");
        assertThat(entered.statusCode()).as(entered.body()).isEqualTo(201);
        String id = json(entered).get("id").stringValue();
        days.getValue().add(id);
        if (theirs) {
          SECRETS.add(id);
        }
      }
    }
  }

  private static void enterProbes() throws Exception {
    enterProbe("mine-1", "Order");
    enterProbe("theirs-1", "Ostbahnhof");
  }

  private static void enterProbe(String id, String text) throws Exception {
    HttpResponse<String> entered =
        send(
            admin,
            "PUT",
            STORES + "/" + id + "/probe",
            "{\"url\": \"https://%s.invalid/\", \"text\": \"%s\"}".formatted(id, text));
    assertThat(entered.statusCode()).as(entered.body()).isEqualTo(200);
  }

  private static TestFleet fleet() {
    return new TestFleet()
        .store("mine-1")
        .poll("2023-01-25T11:00:00Z", true)
        .poll("2023-01-25T12:00:00Z", false)
        .store("mine-2")
        .poll("2023-01-25T12:00:00Z", true)
        .store("moved-1")
        .poll("2023-01-24T09:17:23.654321Z", true)
        .store("theirs-1")
        .poll("2023-01-24T09:17:23.654321Z", false)
        .poll("2023-01-25T12:11:23.654321Z", false) // the newest of all
        .store("theirs-2")
        .store("nobodys")
        .poll("2023-01-24T09:17:23.654321Z", true);
  }

  private static void askForReports() throws Exception {
    String everything = server.key("operator");
    String east = server.key("operator", "east");
    HIDDEN_REPORTS.add(ask(everything, ""));
    HIDDEN_REPORTS.add(ask(east, ""));
    OWN_REPORTS.add(ask(operator, ""));
    OWN_REPORTS.add(ask(operator, "{\"stores\":[\"mine-1\",\"moved-1\"]}"));
    awaitEnd(HIDDEN_REPORTS);
    awaitEnd(OWN_REPORTS);
    describe("moved-1", "{\"tags\":[\"east\"],\"name\":\"Umzug\"}");
    OWN_REPORTS.add(addReportThatFails());
    HIDDEN_REPORTS.add(ask(everything, ""));
    awaitEnd(HIDDEN_REPORTS);
    awaitEnd(OWN_REPORTS);
    SECRETS.addAll(HIDDEN_REPORTS);
    SECRETS.add(json(as(everything, "/api/v1/me")).get("name").stringValue());
    SECRETS.add(json(as(east, "/api/v1/me")).get("name").stringValue());
  }

  /** Queues a report as if it had been asked for before its store got another tag. */
  private static String addReportThatFails() {
    Scope west = Scope.of(Set.of("west"));
    ReportSpec spec =
        new ReportSpec(
            NEWEST, Rule.standard(), Window.STANDARD, List.of("moved-1"), LateClose.AS_GIVEN, west);
    return server
        .bean(Database.class)
        .inTransaction(
            () ->
                server
                    .bean(Reports.class)
                    .add(spec, OptionalLong.of(NEWEST), new RequestOrigin(1, "key:west", null))
                    .id());
  }

  private static void awaitEnd(List<String> reports) throws Exception {
    for (String id : reports) {
      server.awaitEndAs(admin, id);
    }
  }

  private static String importFile() throws Exception {
    String file = "store_id,status,timestamp_utc\ntheirs-1,maybe,2023-01-24 09:17:23.654321 UTC\n";
    HttpResponse<String> taken = send(admin, "POST", IMPORTS + "?source=Ostbahnhof.csv", file);
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    return json(taken).get("id").stringValue();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> send(String key, String method, String path, String body)
      throws Exception {
    return server.send(method, path, body, "X-API-Key", key, "Content-Type", "application/json");
  }

  /** Sends a GET request; after a space the path may say what the client accepts. */
  private static HttpResponse<String> as(String key, String path) throws Exception {
    List<String> parts = List.of(path.split(" ", 2));
    return parts.size() == 1
        ? server.get(path, "X-API-Key", key)
        : server.get(parts.getFirst(), "X-API-Key", key, "Accept", parts.getLast());
  }

  private static void describe(String store, String body) throws Exception {
    HttpResponse<String> answer = send(admin, "PUT", STORES + "/" + store, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static String ask(String key, String body) throws Exception {
    HttpResponse<String> answer = send(key, "POST", REPORTS, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return json(answer).get("id").stringValue();
  }

  private static String number(String report) throws Exception {
    return json(as(admin, REPORTS + "/" + report)).get("number").asString();
  }

  /** Returns all that an answer tells but the time of day. */
  private static String text(HttpResponse<String> answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.remove("date");
    return answer.statusCode() + "\n" + headers + "\n" + answer.body();
  }

  private static void assertSaysNothing(String path, HttpResponse<String> answer) {
    // What somebody asks for with its name is repeated in the form.
    String said = text(answer).replace("name=\"zone\" value=\"Asia/Tokyo\"", "");
    assertThat(said).as(path).doesNotContain(SECRETS);
  }

  /** Asserts that what is hidden is answered as what is not there. */
  private static void assertSame(
      HttpResponse<String> hidden, String id, HttpResponse<String> unknown, String noId) {
    assertThat(hidden.statusCode()).as(hidden.body()).isBetween(400, 404);
    assertThat(text(hidden).replace(id, "?")).isEqualTo(text(unknown).replace(noId, "?"));
  }

  private static String noStore(String like) {
    return "x".repeat(like.length());
  }

  @Test
  void walksOverEveryHandlerThatReads() {
    Set<String> handlers = new TreeSet<>();
    server
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(info -> handlers.addAll(patternsThatRead(info)));

    // It says nothing of what was changed, and never ends.
    handlers.remove("/fleet/events");
    assertThat(WALK.keySet()).isEqualTo(handlers);
  }

  private static List<String> patternsThatRead(RequestMappingInfo info) {
    return info.getMethodsCondition().getMethods().contains(RequestMethod.GET)
        ? info.getPatternValues().stream()
            .map(pattern -> pattern.length() > 1 ? pattern.replaceAll("/$", "") : pattern)
            .toList()
        : List.of();
  }

  static Stream<String> walk() {
    return WALK.values().stream().flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("walk")
  void saysNothingOfOthers(String path) throws Exception {
    for (String key : List.of(viewer, operator)) {
      if (path.contains("{report}")) {
        walkReports(key, path);
      } else if (path.contains("{number}")) {
        walkNumbers(key, path);
      } else if (path.contains("{store}")) {
        walkStores(key, path);
      } else if (path.contains("{closure}")) {
        walkDays(key, path, "{closure}", CLOSURES);
      } else if (path.contains("{outage}")) {
        walkOutages(key, path);
      } else if (path.contains("{incident}")) {
        walkIncidents(key, path);
      } else if (path.contains("{day}")) {
        walkDays(key, path, "{day}", DAYS);
      } else {
        walkOfAllStores(key, path);
      }
    }
  }

  private static void walkOfAllStores(String key, String path) throws Exception {
    HttpResponse<String> answer =
        as(
            key,
            path.replace("{import}", importId)
                .replace("{channel}", channelId)
                .replace("{delivery}", deliveryId));
    if (path.contains("{")) {
      assertThat(answer.statusCode()).as(path).isEqualTo(403);
    } else {
      assertSaysNothing(path, answer);
    }
  }

  private static void assertIsThere(HttpResponse<String> own) {
    assertThat(own.statusCode()).as(own.body()).isNotIn(401, 404, 429, 500);
  }

  private static void walkReports(String key, String path) throws Exception {
    for (String id : OWN_REPORTS) {
      assertSaysNothing(path, as(key, path.replace("{report}", id)));
    }
    assertIsThere(as(key, path.replace("{report}", OWN_REPORTS.getFirst())));
    HttpResponse<String> unknown = as(key, path.replace("{report}", NO_REPORT));
    for (String id : HIDDEN_REPORTS) {
      assertSame(as(key, path.replace("{report}", id)), id, unknown, NO_REPORT);
    }
  }

  private static void walkIncidents(String key, String path) throws Exception {
    HttpResponse<String> own = as(key, path.replace("{incident}", ownIncident));
    assertIsThere(own);
    assertSaysNothing(path, own);
    HttpResponse<String> unknown = as(key, path.replace("{incident}", "77"));
    assertSame(as(key, path.replace("{incident}", hiddenIncident)), hiddenIncident, unknown, "77");
    HttpResponse<String> after = as(key, INCIDENTS + "?after=" + hiddenIncident);
    assertSame(after, hiddenIncident, as(key, INCIDENTS + "?after=77"), "77");
  }

  private static void walkOutages(String key, String path) throws Exception {
    server.bean(OutageTracker.class).update();
    HttpResponse<String> unknown = as(key, path.replace("{outage}", "77"));
    for (JsonNode outage : json(as(admin, OUTAGES)).get("outages")) {
      String id = outage.get("id").stringValue();
      HttpResponse<String> answer = as(key, path.replace("{outage}", id));
      if (outage.get("store_id").stringValue().startsWith("mine")) {
        assertIsThere(answer);
        assertSaysNothing(path, answer);
      } else {
        assertSame(answer, id, unknown, "77");
        HttpResponse<String> after = as(key, OUTAGES + "?after=" + id);
        assertSame(after, id, as(key, OUTAGES + "?after=77"), "77");
      }
    }
  }

  private static void walkDays(String key, String path, String name, List<String> ids)
      throws Exception {
    for (String id : ids.subList(0, 2)) {
      HttpResponse<String> own = as(key, path.replace(name, id));
      assertSaysNothing(path, own);
      assertIsThere(own);
    }
    HttpResponse<String> unknown = as(key, path.replace(name, NO_REPORT));
    for (String id : ids.subList(2, 4)) {
      assertSame(as(key, path.replace(name, id)), id, unknown, NO_REPORT);
    }
  }

  private static void walkNumbers(String key, String path) throws Exception {
    for (String id : OWN_REPORTS) {
      assertSaysNothing(path, as(key, path.replace("{number}", number(id))));
    }
    assertIsThere(as(key, path.replace("{number}", number(OWN_REPORTS.getFirst()))));
    HttpResponse<String> unknown = as(key, path.replace("{number}", NO_NUMBER));
    for (String id : HIDDEN_REPORTS) {
      assertSame(as(key, path.replace("{number}", number(id))), id, unknown, NO_NUMBER);
    }
  }

  private static void walkStores(String key, String path) throws Exception {
    HttpResponse<String> mine = as(key, path.replace("{store}", "mine-1"));
    assertSaysNothing(path, mine);
    assertIsThere(mine);
    for (String id : HIDDEN_STORES) {
      HttpResponse<String> unknown = as(key, path.replace("{store}", noStore(id)));
      assertSame(as(key, path.replace("{store}", id)), id, unknown, noStore(id));
    }
  }

  @Test
  void listsItsOwnReportsAndStoresAlone() throws Exception {
    assertThat(json(as(viewer, REPORTS + "?state=failed")).get("reports").values())
        .extracting(report -> report.get("id").stringValue())
        .containsExactly(OWN_REPORTS.getLast());
    assertThat(json(as(viewer, STORES)).get("stores").values())
        .extracting(store -> store.get("store_id").stringValue())
        .containsExactly("mine-1", "mine-2");
    assertThat(as(viewer, STORES + "?limit=2").body()).contains("\"after\":null");
    assertThat(as(viewer, "/store/").body())
        .isEqualTo(
            """
            [{"store_id":"mine-1","timezone_str":"America/Chicago"},\
            {"store_id":"mine-2","timezone_str":"America/Chicago"}]\
            """);
  }

  @Test
  void tellsNoticesOnItsOwnStoresAlone() throws Exception {
    JsonNode named = json(as(viewer, REPORTS + "/" + OWN_REPORTS.get(1))).get("notices");

    assertThat(named.get(0).get("code").stringValue()).isEqualTo("assumed-hours");
    assertThat(named.get(0).get("examples").toString()).isEqualTo("[\"mine-1\"]");
    assertThat(json(as(viewer, QUALITY)).at("/notices/0/count").intValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "moved-1", "mine-1", "nobodys", "theirs-1", "theirs-2"})
  void turnsPagesAtAnyId(String id) throws Exception {
    assertThat(as(viewer, STORES + "?after=" + id).body())
        .isEqualTo(as(viewer, STORES + "?after=" + id + "-").body());
  }

  @Test
  void countsTheRowsThatItSeesAlone() throws Exception {
    var report = json(as(viewer, REPORTS + "/" + OWN_REPORTS.getFirst()));

    assertThat(report.get("row_count").intValue()).isEqualTo(2);
    assertThat(report.get("progress").toString()).isEqualTo("{\"done\":2,\"total\":2}");
    assertThat(report.get("checksum").isNull()).isTrue();
    var named = json(as(viewer, REPORTS + "/" + OWN_REPORTS.get(1)));
    assertThat(named.get("stores").toString()).isEqualTo("[\"mine-1\"]");
    assertThat(named.get("row_count").intValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        REPORTS + "/{report}/rows text/csv",
        REPORTS + "/{report}.csv",
        "/api/get_report/{report}/",
        "/reports/{report}.csv",
        "/download_report/{report}",
        "/get_report/{report} text/csv",
      })
  void bringsTheSameRowsInEveryCall(String path) throws Exception {
    HttpResponse<String> answer = as(viewer, path.replace("{report}", OWN_REPORTS.getFirst()));

    assertThat(answer.body()).isEqualTo(WEST_CSV);
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void showsTheProgressOfItsOwnStores() throws Exception {
    awaitReportsOfTheWalk();
    server.polls().shut();
    String id = ask(operator, "");
    var _ =
        Eventually.until(
            "the viewer sees that none of two stores is done",
            () -> json(as(viewer, REPORTS + "/" + id)).get("progress").toString(),
            "{\"done\":0,\"total\":2}"::equals);

    server.polls().open();
    server.awaitEndAs(viewer, id);
    assertThat(as(viewer, REPORTS + "/" + id + ".csv").body()).isEqualTo(WEST_CSV);
  }

  /** One of those that the walk asked for would stand at the gate first. */
  private static void awaitReportsOfTheWalk() {
    for (String state : List.of("queued", "running")) {
      var _ =
          Eventually.until(
              "no report is " + state,
              () -> json(as(admin, REPORTS + "?state=" + state)).get("reports"),
              JsonNode::isEmpty);
    }
  }

  @Test
  void knowsNoOtherReportByItsNumber() throws Exception {
    HttpResponse<String> unknown = byNumber(NO_NUMBER);

    assertThat(unknown.statusCode()).isEqualTo(404);
    for (String id : HIDDEN_REPORTS) {
      assertSame(byNumber(number(id)), id, unknown, NO_NUMBER);
    }
    for (String id : OWN_REPORTS) {
      HttpResponse<String> own = byNumber(number(id));
      assertThat(own.statusCode()).isEqualTo(200);
      assertSaysNothing("/store/get_report/", own);
    }
  }

  private static HttpResponse<String> byNumber(String number) throws Exception {
    return send(viewer, "POST", "/store/get_report/", "{\"report_id\":%s}".formatted(number));
  }

  @Test
  void deletesNoOtherReport() throws Exception {
    for (String key : List.of(viewer, operator)) {
      HttpResponse<String> unknown = send(key, "DELETE", REPORTS + "/" + NO_REPORT, "");
      for (String id : HIDDEN_REPORTS) {
        assertSame(send(key, "DELETE", REPORTS + "/" + id, ""), id, unknown, NO_REPORT);
        assertThat(as(admin, REPORTS + "/" + id + ".csv").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void asksForNoReportOnOtherStores() throws Exception {
    for (String id : HIDDEN_STORES) {
      String body = "{\"stores\":[\"mine-1\",\"%s\"]}";
      HttpResponse<String> hidden = send(operator, "POST", REPORTS, body.formatted(id));
      HttpResponse<String> unknown = send(operator, "POST", REPORTS, body.formatted(noStore(id)));

      assertThat(hidden.statusCode()).isEqualTo(400);
      assertSame(hidden, id, unknown, noStore(id));
    }
  }

  @Test
  void deletesNoPollsOfOtherStores() throws Exception {
    String all = "/polls?from=2000-01-01T00:00:00Z&to=2030-01-01T00:00:00Z";
    for (String id : HIDDEN_STORES) {
      assertSame(
          send(operator, "DELETE", STORES + "/" + id + all, ""),
          id,
          send(operator, "DELETE", STORES + "/" + noStore(id) + all, ""),
          noStore(id));
    }
    for (String id : List.of("theirs-1", "nobodys", "moved-1")) {
      assertThat(as(admin, STORES + "/" + id + "/uptime").body()).contains("\"polls\":1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "POST"})
  void changesNoOtherStore(String method) throws Exception {
    for (String key : List.of(viewer, operator)) {
      for (String id : HIDDEN_STORES) {
        assertSame(change(key, method, id), id, change(key, method, noStore(id)), noStore(id));
      }
      assertThat(as(admin, STORES + "/theirs-1").body()).contains("Ostbahnhof");
    }
  }

  private static HttpResponse<String> change(String key, String method, String id)
      throws Exception {
    return switch (method) {
      case "POST" -> send(key, method, "/store/", "{\"store_id\":\"%s\"}".formatted(id));
      case "PUT" -> send(key, method, STORES + "/" + id, "{\"tags\":[\"west\"]}");
      default -> send(key, method, STORES + "/" + id, "");
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {IMPORTS, IMPORTS + "/{import}", IMPORTS + "/{import}/rejects"})
  void readsNoImport(String path) throws Exception {
    for (String key : List.of(viewer, operator)) {
      HttpResponse<String> known = as(key, path.replace("{import}", importId));
      HttpResponse<String> unknown = as(key, path.replace("{import}", NO_REPORT));

      assertThat(known.statusCode()).as(known.body()).isEqualTo(403);
      assertSame(known, importId, unknown, NO_REPORT);
    }
  }

  @Test
  void sendsNothingAndChangesNoChannel() throws Exception {
    for (String call :
        List.of(
            "POST /api/v1/channels",
            "PATCH /api/v1/channels/" + channelId,
            "DELETE /api/v1/channels/" + channelId,
            "POST /api/v1/channels/%s/test".formatted(channelId),
            "POST /api/v1/channels/%s/resend".formatted(channelId),
            "POST /api/v1/deliveries/%s/resend".formatted(deliveryId))) {
      String[] parts = call.split(" ", 2);
      HttpResponse<String> answer = send(operator, parts[0], parts[1], "{}");

      assertThat(answer.statusCode()).as(call).isEqualTo(403);
      assertThat(answer.body()).doesNotContain("ostbahnhof.invalid");
    }
    assertThat(as(admin, "/api/v1/channels/" + channelId).statusCode()).isEqualTo(200);
  }

  @Test
  void tellsNobodyElseWhatToHear() throws Exception {
    String acknowledge = INCIDENTS + "/%s/acknowledge";
    HttpResponse<String> hidden =
        send(operator, "POST", acknowledge.formatted(hiddenIncident), "{}");
    HttpResponse<String> unknown = send(operator, "POST", acknowledge.formatted("77"), "{}");
    assertThat(hidden.statusCode()).as(hidden.body()).isEqualTo(404);
    assertSame(hidden, hiddenIncident, unknown, "77");
    for (String call :
        List.of(
            "POST /api/v1/routes",
            "DELETE /api/v1/routes/x",
            "POST /api/v1/mutes",
            "POST /api/v1/mutes/x/end")) {
      String[] parts = call.split(" ", 2);
      assertThat(send(operator, parts[0], parts[1], "{}").statusCode()).as(call).isEqualTo(403);
    }
  }

  @Test
  void takesBackNoImport() throws Exception {
    HttpResponse<String> known = send(operator, "DELETE", IMPORTS + "/" + importId, "");
    HttpResponse<String> unknown = send(operator, "DELETE", IMPORTS + "/" + NO_REPORT, "");

    assertThat(known.statusCode()).as(known.body()).isEqualTo(403);
    assertSame(known, importId, unknown, NO_REPORT);
    assertThat(as(admin, IMPORTS + "/" + importId).body()).contains("\"state\":\"complete\"");
  }

  @Test
  void importsNothing() throws Exception {
    HttpResponse<String> answer =
        send(operator, "POST", IMPORTS, "store_id,timezone_str\ntheirs-1,UTC\n");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(as(admin, STORES + "/theirs-1").body()).contains("Asia/Tokyo");
  }

  @Test
  void sharesNoReportThroughAnIdempotencyKey() throws Exception {
    String everything = server.key("operator");
    String neighbour = server.key("operator", "west");
    Set<String> ids = new TreeSet<>();
    for (String key : List.of(everything, operator, neighbour)) {
      HttpResponse<String> asked =
          server.send("POST", REPORTS, "", "X-API-Key", key, "Idempotency-Key", "shared");
      assertThat(asked.statusCode()).isEqualTo(202);
      assertThat(asked.headers().firstValue("Idempotency-Replayed")).isEmpty();
      ids.add(json(asked).get("id").stringValue());
      server.awaitEndAs(admin, json(asked).get("id").stringValue());
      if (!key.equals(everything)) {
        assertSaysNothing(REPORTS, asked);
      }
    }
    assertThat(ids).hasSize(3);
  }
}
