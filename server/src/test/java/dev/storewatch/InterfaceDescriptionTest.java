package dev.storewatch;

import static dev.storewatch.TestServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.channel.Receiver;
import dev.storewatch.database.Database;
import dev.storewatch.incident.IncidentKeepers;
import dev.storewatch.outage.OutageTracker;
import dev.storewatch.signin.Browser;
import dev.storewatch.store.Stores;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Holds the OpenAPI document to what the running server answers: every answer that it tells of is
 * asked for here, and every answer that comes has to be told of.
 */
final class InterfaceDescriptionTest {
  private static final String REPORTS = "/api/v1/reports";
  private static final String STORES = "/api/v1/stores";
  private static final String POLLS = "/api/v1/polls";
  private static final String IMPORTS = "/api/v1/imports";
  private static final String NONE = "11111111-2222-4333-8444-555555555555";
  private static final String PASSWORD = "correct horse battery";
  private static final String TOO_LARGE = "{\"name\":\"%s\"}".formatted("x".repeat(1 << 20));

  /** Part of the names of the answers that come while the database is away. */
  private static final String AWAY = " 503 ";

  /** Pages for people. */
  private static final Set<String> NOT_DESCRIBED =
      Set.of("GET /", "GET /sign-in", "* /error", "GET /docs");

  /**
   * One report may wait, and one client listen, so that it takes little for both to be too many.
   */
  private static final String SETTINGS =
      """
      storewatch:
        limits:
          queued-reports: 1
          report-listeners: 1
        access:
          anonymous-requests-per-second: 1000
        outgoing:
          allowed: 127.0.0.1
      """;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static TestServer server;
  private static Receiver receiver;
  private static String admin;
  private static DescribedInterface described;

  @BeforeAll
  static void start(@TempDir Path path) throws Exception {
    receiver = new Receiver();
    server = TestServer.startWith(path, SETTINGS);
    admin = server.key("admin");
    HttpResponse<String> document = server.get("/openapi.json", "X-API-Key", admin);
    assertThat(document.statusCode()).isEqualTo(200);
    described = new DescribedInterface(document.body());
  }

  @AfterAll
  static void stop() {
    server.close();
    receiver.close();
    CLIENT.close();
  }

  @Test
  void isInTheVersionThatItShouldBe() {
    assertThat(described.document().get("openapi").stringValue()).startsWith("3.1");
  }

  @Test
  void tellsOfEveryHandler() {
    Set<String> handled = new TreeSet<>();
    server
        .bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (info, method) -> {
              if (!isPage(method)) {
                handled.addAll(calls(info));
              }
            });

    handled.removeAll(NOT_DESCRIBED);
    handled.removeIf(call -> call.startsWith("GET /openapi.json"));
    assertThat(described.calls().keySet()).isEqualTo(handled);
  }

  /** Returns whether a handler is for people alone, who see what there is to do on the page. */
  private static boolean isPage(HandlerMethod method) {
    return method.getBeanType().getPackageName().equals("dev.storewatch.dashboard");
  }

  private static List<String> calls(RequestMappingInfo info) {
    Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
    return info.getPatternValues().stream()
        .map(pattern -> pattern.length() > 1 ? pattern.replaceAll("/$", "") : pattern)
        .flatMap(
            pattern ->
                methods.isEmpty()
                    ? Stream.of("* " + pattern)
                    : methods.stream().map(method -> method + " " + pattern))
        .toList();
  }

  @Test
  void saysWhatEachCallIsFor() {
    Set<String> names = new TreeSet<>();
    described
        .calls()
        .forEach(
            (call, told) -> {
              assertThat(names.add(told.get("operationId").stringValue())).as(call).isTrue();
              assertThat(told.path("summary").asString("")).as(call).isNotBlank();
              assertThat(told.path("tags")).as(call).isNotEmpty();
              told.path("parameters").forEach(each -> saysWhatItIs(call, each));
            });
  }

  private static void saysWhatItIs(String call, JsonNode parameter) {
    assertThat(parameter.path("description").asString(""))
        .as("%s %s", call, parameter.get("name"))
        .isNotBlank();
  }

  @Tag("long")
  @Test
  void tellsOfEveryAnswerOfEveryCall(@TempDir Path more) throws Exception {
    nobody();
    String complete = reports();
    fullQueue(complete);
    dialects(complete);
    stores();
    days();
    uptime();
    keys();
    users();
    me();
    audit();
    quality();
    outages();
    history();
    channels();
    polls();
    imports();
    sources();
    kafka(more.resolve("kafka"));
    probes();
    new TooMuch(described).send(more);

    assertThat(described.unseen())
        .as("answers that are described and never came")
        .allMatch(answer -> answer.contains(AWAY));
  }

  @Test
  @Tag("long")
  void tellsOfTheAnswerWhileTheDatabaseIsAway(@TempDir Path more) throws Exception {
    try (TestDatabase database = TestDatabase.withTables();
        TestServer away = TestServer.startOn(database, more, "");
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      database.letNobodyIn();
      for (Future<HttpResponse<String>> asked : threads.invokeAll(calls(away))) {
        HttpResponse<String> answer = asked.get();
        assertThat(answer.statusCode()).as("%s", answer.uri()).isEqualTo(503);
        described.check(answer.request().method(), answer);
      }
    }

    assertThat(described.unseen()).noneMatch(answer -> answer.contains(AWAY));
  }

  /** Returns all calls, with a key that only the database can know. */
  private static List<Callable<HttpResponse<String>>> calls(TestServer of) {
    return described.calls().keySet().stream()
        .map(call -> call.split(" ", 2))
        .<Callable<HttpResponse<String>>>map(
            call -> () -> of.send(call[0], path(call[1]), "", "X-API-Key", "sw_nobody"))
        .toList();
  }

  private static String path(String template) {
    return template.replaceAll("\\{[^}]*}", NONE);
  }

  /** Asks for everything without a key, which is what the default of each call tells of. */
  private static void nobody() throws Exception {
    for (String call : described.calls().keySet()) {
      String method = call.substring(0, call.indexOf(' '));
      String path = path(call.substring(method.length() + 1));
      HttpResponse<String> answer = server.send(method, path, "");
      assertThat(answer.statusCode()).as(call).isEqualTo(401);
      described.check(method, answer);
    }
  }

  private static String reports() throws Exception {
    String complete = ask("", "Idempotency-Key", "one");
    expect(202, "POST", REPORTS, "", "Idempotency-Key", "one");
    expect(422, "POST", REPORTS, "{\"rule\":\"previous\"}", "Idempotency-Key", "one");
    expect(400, "POST", REPORTS, "{\"rule\":\"best\"}");
    expect(413, "POST", REPORTS, TOO_LARGE);
    expect(415, "POST", REPORTS, "{}", "Content-Type", "text/plain");
    expect(200, "GET", REPORTS + "?limit=1&state=complete", "");
    expect(400, "GET", REPORTS + "?limit=0", "");
    expect(200, "GET", REPORTS + "/" + complete, "");
    expect(404, "GET", REPORTS + "/" + NONE, "");
    rows(complete, "/rows");
    expect(200, "GET", REPORTS + "/" + complete + "/rows", "", "Accept", "application/json");
    expect(
        200,
        "GET",
        REPORTS + "/" + complete + "/rows?detail=full",
        "",
        "Accept",
        "application/json");
    expect(
        200,
        "GET",
        REPORTS + "/" + complete + "/rows?totals=true",
        "",
        "Accept",
        "application/json");
    expect(406, "GET", REPORTS + "/" + complete + "/rows", "", "Accept", "image/png");
    rows(complete, ".csv");
    expect(200, "GET", REPORTS + "/" + complete + ".csv", "", "Accept", "application/json");
    reportOnOneStore();
    jsonFile(complete);
    summary();
    schedules();
    comparison(complete);
    events(complete);
    return complete;
  }

  /** Asks for a report, and returns its id when it is complete. */
  private static String ask(String body, String... headers) throws Exception {
    String id = json(expect(202, "POST", REPORTS, body, headers)).get("id").stringValue();
    assertThat(server.awaitEndAs(admin, id).get("state").stringValue()).isEqualTo("complete");
    return id;
  }

  /** Asks for the rows of a report in one of two ways. */
  private static void rows(String complete, String way) throws Exception {
    String path = REPORTS + "/" + complete + way;
    HttpResponse<String> csv = expect(200, "GET", path, "", "Accept", "text/csv");
    String tag = csv.headers().firstValue("ETag").orElseThrow();
    expect(304, "GET", path, "", "Accept", "text/csv", "If-None-Match", tag);
    expect(400, "GET", path + "?detail=most", "");
    expect(404, "GET", REPORTS + "/" + NONE + way, "");
    expect(409, "GET", REPORTS + "/" + server.addFailedReport("no reason") + way, "");
  }

  private static void jsonFile(String complete) throws Exception {
    String path = REPORTS + "/" + complete + ".json";
    HttpResponse<String> file = expect(200, "GET", path, "");
    String tag = file.headers().firstValue("ETag").orElseThrow();
    expect(304, "GET", path, "", "If-None-Match", tag);
    expect(200, "GET", path + "?totals=true", "");
    expect(400, "GET", path + "?group_by=nothing", "");
    expect(404, "GET", REPORTS + "/" + NONE + ".json", "");
    expect(409, "GET", REPORTS + "/" + server.addFailedReport("no reason") + ".json", "");
  }

  private static void schedules() throws Exception {
    String schedules = "/api/v1/report-schedules";
    String body =
        """
        {"name": "%s", "every": "%s", "at": "06:00", "zone": "Europe/Berlin", "what": "report",
         "folder": "daily"}\
        """;
    String id =
        json(expect(201, "POST", schedules, body.formatted("Daily", "day")))
            .get("id")
            .stringValue();
    expect(400, "POST", schedules, body.formatted("Yearly", "year"));
    String path = schedules + "/" + id;
    expect(200, "GET", schedules, "");
    expect(200, "GET", path, "");
    expect(404, "GET", schedules + "/" + NONE, "");
    expect(202, "POST", path + "/run", "");
    expect(404, "POST", schedules + "/" + NONE + "/run", "");
    expect(204, "DELETE", path, "");
    expect(404, "DELETE", path, "");
    expect(413, "POST", schedules, TOO_LARGE);
    expect(415, "POST", schedules, "a=b", "Content-Type", "application/x-www-form-urlencoded");
  }

  private static void summary() throws Exception {
    String path = "/api/v1/summary.pdf?period=P7D";
    expect(200, "GET", path, "");
    expect(200, "GET", path + "&store=42", "");
    expect(400, "GET", path + "&tag=nothing", "");
    expect(404, "GET", path + "&store=nobody", "");
    server.polls().shut();
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> first = thread.submit(() -> expect(200, "GET", path, ""));
      server.polls().awaitScan();
      expect(429, "GET", path, "");
      server.polls().open();
      assertThat(first.get().body()).startsWith("%PDF");
    }
  }

  private static void comparison(String complete) throws Exception {
    String path = REPORTS + "/" + complete + "/comparison";
    expect(200, "GET", path + "?limit=1", "");
    expect(400, "GET", path + "?limit=0", "");
    expect(200, "GET", path + "?with=" + complete, "");
    expect(404, "GET", path + "?with=" + NONE, "");
    expect(404, "GET", REPORTS + "/" + NONE + "/comparison", "");
    expect(409, "GET", REPORTS + "/" + server.addFailedReport("no reason") + "/comparison", "");
    server.polls().shut();
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> first = thread.submit(() -> expect(200, "GET", path, ""));
      server.polls().awaitScan();
      expect(429, "GET", path, "");
      server.polls().open();
      assertThat(first.get().body()).contains("\"figures\":");
    }
    expect(200, "GET", "/api/v1/revisions", "");
    expect(400, "GET", "/api/v1/revisions?limit=0", "");
  }

  private static void reportOnOneStore() throws Exception {
    String order =
        """
        {"as_of":"2023-01-25T12:00:00Z","rule":"ratio","carry":"PT2H","stores":["never polled"],\
        "windows":["PT1H","P30D"],"late_close_as_midnight":true}
        """;
    String id = ask(order);
    expect(200, "GET", REPORTS + "/" + id + "/rows", "", "Accept", "application/json");
    expect(400, "GET", REPORTS + "/" + id + "/rows?detail=standard", "");
    expect(204, "DELETE", REPORTS + "/" + id, "");
    expect(404, "DELETE", REPORTS + "/" + id, "");
  }

  private static void events(String complete) throws Exception {
    HttpResponse<String> events = expect(200, "GET", REPORTS + "/" + complete + "/events", "");
    String data = events.body().strip().replaceFirst("(?s)event: state\ndata: ", "");
    described.checkAgainst("ReportView", data);
    expect(404, "GET", REPORTS + "/" + NONE + "/events", "");
  }

  /** Keeps both threads that compute busy, and another report waiting. */
  private static void fullQueue(String complete) throws Exception {
    server.polls().shut();
    List<String> asked = List.of(askAndStart(), askAndStart(), askOnly());
    try (InputStream listening = listen(asked.getFirst())) {
      expect(429, "GET", REPORTS + "/" + complete + "/events", "");
      expect(429, "POST", REPORTS, "");
      for (String path : List.of("/api/trigger_report", "/trigger_report")) {
        expect(429, "POST", path, "");
      }
      expect(429, "GET", "/trigger_report", "");
      expect(429, "GET", "/store/42/trigger_report", "");
      expect(200, "GET", REPORTS, "");
      expect(409, "GET", REPORTS + "/" + asked.getFirst() + "/rows", "");
      unfinished(asked.getFirst());
      server.polls().open();
      assertThat(new String(listening.readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"complete\"");
    }
    for (String id : asked) {
      assertThat(server.awaitEndAs(admin, id).get("state").stringValue()).isEqualTo("complete");
    }
  }

  private static String askOnly() throws Exception {
    return json(expect(202, "POST", REPORTS, "")).get("id").stringValue();
  }

  private static String askAndStart() throws Exception {
    String id = askOnly();
    Eventually.until(
        "report " + id + " runs",
        () -> expect(200, "GET", REPORTS + "/" + id, "").body().contains("\"running\""));
    return id;
  }

  /** Listens to a report, which takes the only place there is until the report has ended. */
  private static InputStream listen(String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + REPORTS + "/" + id + "/events"))
            .header("X-API-Key", admin)
            .build();
    return CLIENT.send(request, BodyHandlers.ofInputStream()).body();
  }

  private static void unfinished(String id) throws Exception {
    expect(200, "GET", "/api/get_report/" + id, "");
    expect(200, "GET", "/api/get_report?report_id=" + id, "");
    expect(200, "GET", "/get_report?report_id=" + id, "");
    expect(200, "GET", "/get_report/" + id, "");
    expect(404, "GET", "/reports/" + id + ".csv", "");
    expect(404, "GET", "/download_report/" + id, "");
  }

  private static void dialects(String complete) throws Exception {
    String failed = server.addFailedReport("no reason");
    for (String path : List.of("/api/trigger_report", "/trigger_report")) {
      awaitStarted(expect(200, "POST", path, ""));
    }
    awaitStarted(expect(200, "GET", "/trigger_report", ""));
    for (String path :
        List.of(
            "/get_report?report_id=%s",
            "/get_report/%s",
            "/get_report/%s/",
            "/api/get_report?report_id=%s",
            "/api/get_report/%s")) {
      expect(200, "GET", path.formatted(complete), "");
      expect(404, "GET", path.formatted(NONE), "");
    }
    expect(200, "GET", "/get_report/" + failed, "");
    expect(200, "GET", "/get_report/" + complete, "", "Accept", "text/csv");
    expect(404, "GET", "/get_report/" + NONE, "", "Accept", "text/csv");
    expect(200, "GET", "/get_report?report_id=" + complete, "", "Accept", "text/csv");
    String body = "{\"report_id\":\"%s\"}";
    expect(200, "POST", "/get_report", body.formatted(complete));
    expect(200, "POST", "/get_report", body.formatted(complete), "Accept", "text/csv");
    expect(404, "POST", "/get_report", body.formatted(NONE));
    expect(400, "POST", "/get_report", "{}");
    for (String path :
        List.of("/reports/%s.csv", "/download_report/%s", "/download_report?report_id=%s")) {
      expect(200, "GET", path.formatted(complete), "");
      expect(404, "GET", path.formatted(NONE), "");
    }
    dialectC();
  }

  private static void awaitStarted(HttpResponse<String> started) throws Exception {
    var _ = server.awaitEndAs(admin, json(started).get("report_id").stringValue());
  }

  private static void dialectC() throws Exception {
    HttpResponse<String> started = expect(200, "GET", "/store/42/trigger_report", "");
    expect(404, "GET", "/store/none/trigger_report", "");
    int number = json(started).get("report_id").intValue();
    Eventually.until(
        "report " + number + " is complete",
        () -> expect(200, "POST", "/store/get_report", started.body()).body().contains("Complete"));
    expect(404, "POST", "/store/get_report", "{\"report_id\":999999}");
    expect(400, "POST", "/store/get_report", "{}");
    expect(200, "GET", "/store/download_report/" + number, "");
    expect(404, "GET", "/store/download_report/999999", "");
    expect(200, "GET", "/store", "");
    expect(201, "POST", "/store", "{\"store_id\":7,\"timezone_str\":\"Asia/Tokyo\",\"x\":1}");
    expect(409, "POST", "/store", "{\"store_id\":\"7\"}");
    expect(400, "POST", "/store", "{}");
  }

  private static void stores() throws Exception {
    String store =
        """
        {"name":"Main Street","zone":"Europe/Berlin","tags":["region:west"],\
        "hours":[{"day":0,"opens":"09:00","closes":"24:00"}]%s}
        """;
    expect(201, "POST", STORES, store.formatted(",\"store_id\":\"new one\""));
    expect(409, "POST", STORES, store.formatted(",\"store_id\":\"new one\""));
    expect(400, "POST", STORES, "{}");
    expect(413, "POST", STORES, TOO_LARGE);
    expect(415, "POST", STORES, "{}", "Content-Type", "text/plain");
    expect(200, "GET", STORES + "?limit=2", "");
    expect(200, "GET", STORES + "?state=down&search=4&as_of=2023-01-25T12:00:00Z", "");
    expect(400, "GET", STORES + "?state=sleepy", "");
    expect(200, "GET", STORES + "/42", "");
    expect(400, "GET", STORES + "/42?as_of=yesterday", "");
    expect(404, "GET", STORES + "/none", "");
    expect(201, "PUT", STORES + "/another", "{}");
    expect(200, "PUT", STORES + "/another", store.formatted(""));
    expect(400, "PUT", STORES + "/another", "{\"zone\":\"nowhere\"}");
    expect(413, "PUT", STORES + "/another", TOO_LARGE);
    expect(415, "PUT", STORES + "/another", "{}", "Content-Type", "text/plain");
    String patch = "application/merge-patch+json";
    expect(200, "PATCH", STORES + "/another", "{\"tags\":null}", "Content-Type", patch);
    HttpResponse<String> shown = expect(200, "PATCH", STORES + "/another", "{}");
    expect(200, "PUT", STORES + "/another", shown.body());
    expect(400, "PATCH", STORES + "/another", "{\"zone\":\"nowhere\"}");
    expect(404, "PATCH", STORES + "/none", "{}");
    expect(413, "PATCH", STORES + "/another", TOO_LARGE);
    expect(415, "PATCH", STORES + "/another", "{}", "Content-Type", "text/plain");
    expect(204, "DELETE", STORES + "/another", "");
    expect(404, "DELETE", STORES + "/another", "");
  }

  private static void days() throws Exception {
    String works = "\"from\":\"2023-01-25\",\"to\":\"2023-01-25\",\"reason\":\"works\"}";
    entries("/api/v1/closures", works, "{\"reason\":\" \"}");
    String free = "\"date\":\"2023-01-26\",\"hours\":[{\"opens\":\"06:00\",\"closes\":\"23:00\"}]}";
    entries("/api/v1/special-days", free, "{\"label\":\" \"}");

    String hours = STORES + "/42/hours/2023-02-01";
    String week = "{\"hours\":[{\"day\":0,\"opens\":\"09:00\",\"closes\":\"17:30\"}]}";
    expect(200, "PUT", hours, week);
    expect(400, "PUT", hours, "{}");
    expect(404, "PUT", STORES + "/none/hours/2023-02-01", week);
    expect(413, "PUT", hours, TOO_LARGE);
    expect(415, "PUT", hours, week, "Content-Type", "text/plain");
    expect(200, "GET", STORES + "/42/hours", "");
    expect(404, "GET", STORES + "/none/hours", "");
    expect(200, "GET", STORES + "/42/calendar?from=2023-01-24&to=2023-02-02", "");
    expect(400, "GET", STORES + "/42/calendar?from=never", "");
    expect(404, "GET", STORES + "/none/calendar", "");
    expect(204, "DELETE", hours, "");
    expect(400, "DELETE", STORES + "/42/hours/never", "");
    expect(404, "DELETE", STORES + "/none/hours/2023-02-01", "");
  }

  /** Enters, changes and deletes what is of stores, given without of which. */
  private static void entries(String path, String rest, String wrong) throws Exception {
    String of42 = "{\"store\":\"42\"," + rest;
    String entered = path + "/" + json(expect(201, "POST", path, of42)).get("id").stringValue();
    expect(201, "POST", path, "{\"all\":true," + rest);
    expect(200, "POST", path + "?preview=true", of42);
    expect(400, "POST", path, "{}");
    expect(404, "POST", path, "{\"store\":\"none\"," + rest);
    expect(413, "POST", path, TOO_LARGE);
    expect(415, "POST", path, of42, "Content-Type", "text/plain");
    expect(200, "GET", path + "?limit=1", "");
    expect(400, "GET", path + "?from=never", "");
    expect(404, "GET", path + "?store=none", "");
    expect(200, "GET", entered, "");
    expect(404, "GET", path + "/" + NONE, "");
    expect(200, "PATCH", entered, "{}");
    expect(400, "PATCH", entered, wrong);
    expect(404, "PATCH", path + "/" + NONE, "{}");
    expect(413, "PATCH", entered, TOO_LARGE);
    expect(415, "PATCH", entered, "{}", "Content-Type", "text/plain");
    expect(204, "DELETE", entered, "");
    expect(404, "DELETE", entered, "");
  }

  private static void uptime() throws Exception {
    String period = "?from=2023-01-24T00:00:00Z&to=2023-01-25T12:00:00Z&as_of=2023-01-25T12:00:00Z";
    String uptime = STORES + "/42/uptime";
    expect(200, "GET", uptime, "");
    expect(200, "GET", uptime + period + "&step=PT7H&rule=ratio", "");
    expect(200, "GET", STORES + "/never%20polled/uptime", "");
    expect(400, "GET", uptime + "?rule=best", "");
    expect(404, "GET", STORES + "/none/uptime", "");

    expect(200, "GET", "/api/v1/uptime?limit=1&windows=P1D", "");
    expect(200, "GET", "/api/v1/uptime" + period + "&tag=region:west", "");
    expect(400, "GET", "/api/v1/uptime?tag=-", "");

    String timeline = STORES + "/42/timeline";
    expect(200, "GET", timeline, "", "Accept", "application/json");
    expect(200, "GET", timeline + period + "&rule=previous", "");
    expect(200, "GET", STORES + "/new%20one/timeline", "");
    expect(200, "GET", timeline, "", "Accept", "text/plain");
    expect(400, "GET", timeline + "?window=long", "");
    expect(404, "GET", STORES + "/none/timeline", "");
  }

  private static void outages() throws Exception {
    String poll =
        "{\"store_id\":\"dark\",\"status\":\"inactive\",\"timestamp_utc\":\"2023-01-20T12:00:00Z\"}";
    expect(200, "POST", "/api/v1/polls", poll);
    long _ = server.bean(OutageTracker.class).update();
    HttpResponse<String> all = expect(200, "GET", "/api/v1/outages", "");
    expect(400, "GET", "/api/v1/outages?state=over", "");
    expect(404, "GET", "/api/v1/outages?store=nobody", "");
    expect(200, "GET", "/api/v1/outages.csv", "");
    expect(400, "GET", "/api/v1/outages.csv?from=soon", "");
    expect(404, "GET", "/api/v1/outages.csv?store=nobody", "");
    expect(200, "GET", "/api/v1/outages.ics", "");
    expect(400, "GET", "/api/v1/outages.ics?from=soon", "");
    expect(404, "GET", "/api/v1/outages.ics?store=nobody", "");
    expect(200, "GET", "/api/v1/outages/summary", "");
    expect(200, "GET", "/api/v1/outages/summary", "", "Accept", "text/csv");
    expect(400, "GET", "/api/v1/outages/summary?from=soon", "");
    expect(404, "GET", "/api/v1/outages/summary?store=nobody", "");
    expect(406, "GET", "/api/v1/outages/summary", "", "Accept", "application/xml");
    String id = json(all).at("/outages/0/id").stringValue();
    expect(200, "GET", "/api/v1/outages/" + id, "");
    expect(404, "GET", "/api/v1/outages/7", "");
  }

  private static void history() throws Exception {
    String store = STORES + "/dark";
    expect(200, "GET", store + "/history", "");
    expect(200, "GET", store + "/history?by=month", "", "Accept", "text/csv");
    expect(400, "GET", store + "/history?by=year", "");
    expect(404, "GET", STORES + "/nobody/history", "");
    expect(406, "GET", store + "/history", "", "Accept", "application/xml");
    expect(200, "GET", store + "/hours-of-week", "");
    expect(400, "GET", store + "/hours-of-week?rule=ratio", "");
    expect(404, "GET", STORES + "/nobody/hours-of-week", "");
    expect(200, "GET", store + "/hours-of-week", "", "Accept", "text/csv");
    expect(406, "GET", store + "/hours-of-week", "", "Accept", "application/xml");
    expect(200, "GET", "/api/v1/groups", "");
    expect(200, "GET", "/api/v1/groups?window=2023-01", "", "Accept", "text/csv");
    expect(400, "GET", "/api/v1/groups?window=P7D", "");
    expect(406, "GET", "/api/v1/groups", "", "Accept", "application/xml");
    expect(200, "GET", "/api/v1/groups/history", "");
    expect(200, "GET", "/api/v1/groups/history", "", "Accept", "text/csv");
    expect(406, "GET", "/api/v1/groups/history", "", "Accept", "application/xml");
    expect(400, "GET", "/api/v1/groups/history?by=year", "");
    expect(200, "GET", "/api/v1/groups/hours-of-week", "");
    expect(200, "GET", "/api/v1/groups/hours-of-week", "", "Accept", "text/csv");
    expect(406, "GET", "/api/v1/groups/hours-of-week", "", "Accept", "application/xml");
    expect(400, "GET", "/api/v1/groups/hours-of-week?from=soon", "");
  }

  private static void quality() throws Exception {
    expect(200, "GET", "/api/v1/quality", "");
    expect(200, "GET", "/api/v1/quality?limit=1", "", "Accept", "application/json");
    expect(200, "GET", "/api/v1/quality", "", "Accept", "text/csv");
    expect(400, "GET", "/api/v1/quality?limit=0", "");
    expect(406, "GET", "/api/v1/quality", "", "Accept", "image/png");
    expect(200, "GET", "/api/v1/quality/polls", "");
    expect(200, "GET", "/api/v1/quality/polls", "", "Accept", "text/csv");
    expect(400, "GET", "/api/v1/quality/polls?every=PT1S", "");
    expect(406, "GET", "/api/v1/quality/polls", "", "Accept", "application/xml");
  }

  private static void keys() throws Exception {
    String key =
        "{\"name\":\"gateway\",\"role\":\"operator\",\"tags\":[\"west\"],\"expires_in\":\"P90D\"}";
    JsonNode made = json(expect(201, "POST", "/api/v1/keys", key));
    expect(409, "POST", "/api/v1/keys", key);
    expect(400, "POST", "/api/v1/keys", "{\"name\":\"nobody\"}");
    expect(204, "DELETE", "/api/v1/keys/" + made.get("id").stringValue(), "");
    expect(404, "DELETE", "/api/v1/keys/" + NONE, "");
    expect(200, "GET", "/api/v1/keys", "");
    expect(406, "GET", "/api/v1/keys", "", "Accept", "illegible");
  }

  private static void users() throws Exception {
    String zoe = "{\"name\":\"zoe\",\"password\":\"%s\",\"role\":\"viewer\",\"tags\":[\"west\"]}";
    expect(201, "POST", "/api/v1/users", zoe.formatted(PASSWORD));
    expect(409, "POST", "/api/v1/users", zoe.formatted(PASSWORD));
    expect(400, "POST", "/api/v1/users", zoe.formatted("short"));
    expect(200, "PUT", "/api/v1/users/zoe", "{\"role\":\"operator\"}");
    expect(400, "PUT", "/api/v1/users/zoe", "{\"role\":\"king\"}");
    expect(404, "PUT", "/api/v1/users/nobody", "{\"role\":\"viewer\"}");
    expect(204, "DELETE", "/api/v1/users/zoe", "");
    expect(404, "DELETE", "/api/v1/users/nobody", "");
    expect(200, "GET", "/api/v1/users", "");
  }

  private static void me() throws Exception {
    expect(200, "GET", "/api/v1/me", "");
    expect(200, "GET", "/api/v1/me", "", "X-API-Key", server.key("viewer", "west"));
    String change = "{\"old_password\":\"%s\",\"new_password\":\"another horse battery\"}";
    expect(409, "PUT", "/api/v1/me/password", change.formatted(PASSWORD));

    for (String name : List.of("ann", "bob")) {
      expect(
          201,
          "POST",
          "/api/v1/users",
          "{\"name\":\"%s\",\"password\":\"%s\",\"role\":\"viewer\"}".formatted(name, PASSWORD));
    }
    expectOf(signedIn("ann"), 204, change.formatted(PASSWORD));
    Browser bob = signedIn("bob");
    // Each wait is twice as long as the one before, so one is too long for any machine.
    HttpResponse<String> guess;
    do {
      guess = changePassword(bob, change.formatted("not the password"));
    } while (guess.statusCode() == 400);
    assertThat(guess.statusCode()).as(guess.body()).isEqualTo(429);
  }

  private static Browser signedIn(String name) throws Exception {
    Browser browser = new Browser(server.url());
    assertThat(browser.signIn(name, PASSWORD).statusCode()).isEqualTo(200);
    return browser;
  }

  private static void expectOf(Browser person, int status, String change) throws Exception {
    HttpResponse<String> answer = changePassword(person, change);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  private static HttpResponse<String> changePassword(Browser person, String change)
      throws Exception {
    HttpResponse<String> answer =
        person.script("PUT", "/api/v1/me/password", change, "X-CSRF-TOKEN", person.token());
    described.check("PUT", answer);
    return answer;
  }

  private static void audit() throws Exception {
    JsonNode page = json(expect(200, "GET", "/api/v1/audit?limit=1", ""));
    expect(200, "GET", "/api/v1/audit?after=" + page.get("after").stringValue(), "");
    expect(400, "GET", "/api/v1/audit?after=x", "");
  }

  private static void routes(String channel) throws Exception {
    String path = "/api/v1/routes";
    String body = "{\"channel\":\"%s\",\"tags\":[\"west\"]}".formatted(channel);
    String id = json(expect(201, "POST", path, body)).get("id").stringValue();
    expect(400, "POST", path, "{}");
    expect(413, "POST", path, TOO_LARGE);
    expect(415, "POST", path, body, "Content-Type", "text/plain");
    expect(200, "GET", path, "");
    expect(204, "DELETE", path + "/" + id, "");
    expect(404, "DELETE", path + "/" + id, "");
    mutes();
    incidents();
  }

  private static void mutes() throws Exception {
    String path = "/api/v1/mutes";
    String body = "{\"all\":true,\"lasting\":\"PT2H\",\"reason\":\"works\"}";
    String id = json(expect(201, "POST", path, body)).get("id").stringValue();
    expect(400, "POST", path, "{}");
    expect(404, "POST", path, body.replace("\"all\":true", "\"store_id\":\"nobody\""));
    expect(413, "POST", path, TOO_LARGE);
    expect(415, "POST", path, body, "Content-Type", "text/plain");
    expect(200, "GET", path, "");
    expect(200, "POST", path + "/" + id + "/end", "");
    expect(404, "POST", path + "/" + id + "/end", "");
  }

  private static void incidents() throws Exception {
    int key = server.bean(Stores.class).registry().key("dark").orElseThrow();
    String path = "/api/v1/incidents/" + IncidentKeepers.open(server.bean(Database.class), key, 5);
    expect(200, "GET", "/api/v1/incidents", "");
    expect(400, "GET", "/api/v1/incidents?state=over", "");
    expect(404, "GET", "/api/v1/incidents?store=nobody", "");
    expect(200, "GET", path, "");
    expect(404, "GET", "/api/v1/incidents/7", "");
    String acknowledge = path + "/acknowledge";
    expect(404, "POST", "/api/v1/incidents/7/acknowledge", "{}");
    expect(400, "POST", acknowledge, "{\"note\":\"%s\"}".formatted("x".repeat(501)));
    expect(413, "POST", acknowledge, TOO_LARGE);
    expect(415, "POST", acknowledge, "{}", "Content-Type", "text/plain");
    expect(200, "POST", acknowledge, "{\"note\":\"on my way\"}");
  }

  private static void channels() throws Exception {
    expect(200, "GET", "/api/v1/channel-kinds", "");
    String path = "/api/v1/channels";
    String hook =
        """
        {"name":"hook","kind":"webhook","settings":{"url":"%s"},\
        "secrets":{"secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},"per_minute":6000}\
        """
            .formatted(receiver.url("/"));
    String id = json(expect(201, "POST", path, hook)).get("id").stringValue();
    String entered = path + "/" + id;
    expect(409, "POST", path, hook);
    expect(400, "POST", path, "{}");
    expect(413, "POST", path, TOO_LARGE);
    expect(415, "POST", path, hook, "Content-Type", "text/plain");
    expect(200, "GET", path, "");
    expect(200, "GET", entered, "");
    expect(404, "GET", path + "/" + NONE, "");
    expect(200, "PATCH", entered, "{\"per_minute\":6000}");
    expect(201, "POST", path, hook.replace("\"hook\"", "\"other\""));
    expect(409, "PATCH", entered, "{\"name\":\"other\"}");
    expect(400, "PATCH", entered, "{\"settings\":{\"colour\":\"red\"}}");
    expect(404, "PATCH", path + "/" + NONE, "{}");
    expect(413, "PATCH", entered, TOO_LARGE);
    expect(415, "PATCH", entered, "{}", "Content-Type", "text/plain");
    deliveries(entered);
    routes(id);
    expect(204, "DELETE", entered, "");
    expect(404, "DELETE", entered, "");
    expect(404, "POST", entered + "/test", "");
    expect(404, "POST", entered + "/resend", "");
  }

  private static void deliveries(String channel) throws Exception {
    String deliveries = "/api/v1/deliveries";
    receiver.answersNext(Receiver.Reply.of(400, "no"));
    String id = json(expect(202, "POST", channel + "/test", "")).get("id").stringValue();
    String path = deliveries + "/" + id;
    Eventually.until(
        "the receiver has refused it",
        () -> expect(200, "GET", path, "").body().contains("\"dead\""));
    expect(202, "POST", channel + "/test", "");
    expect(200, "GET", deliveries + "?limit=1", "");
    expect(200, "GET", deliveries + "?state=queued", "");
    expect(400, "GET", deliveries + "?state=lost", "");
    expect(404, "GET", deliveries + "/" + NONE, "");
    expect(404, "POST", deliveries + "/" + NONE + "/resend", "");
    expect(202, "POST", path + "/resend", "");
    expect(409, "POST", path + "/resend", "");
    expect(200, "POST", channel + "/resend", "");
  }

  private static void polls() throws Exception {
    String poll =
        "{\"store_id\":\"new\",\"status\":\"active\",\"timestamp_utc\":\"2023-01-25T11:00:00Z\"}";
    expect(200, "POST", POLLS, poll);
    expect(200, "POST", POLLS, "[%s]".formatted(poll));
    expect(200, "POST", POLLS, poll + "\n" + poll, "Content-Type", "application/x-ndjson");
    expect(400, "POST", POLLS, "{}");
    expect(415, "POST", POLLS, "[]", "Content-Type", "text/csv");
    String of = STORES + "/new/polls?from=2023-01-25T11:00:00Z&to=";
    expect(200, "DELETE", of + "2023-01-25T12:00:00Z", "");
    expect(400, "DELETE", of + "2023-01-25", "");
    expect(404, "DELETE", of.replace("new", NONE) + "2023-01-25T12:00:00Z", "");
  }

  private static void imports() throws Exception {
    String zones = "store_id,timezone_str\n42,America/Denver\n42,nowhere\n";
    JsonNode run =
        json(expect(202, "POST", IMPORTS + "?source=z.csv", zones, "Content-Type", "text/csv"));
    String path = IMPORTS + "/" + run.get("id").stringValue();
    Eventually.until(
        "the end of " + path, () -> !json(expect(200, "GET", path, "")).get("ended_at").isNull());
    expect(202, "POST", IMPORTS + "?kind=zones", zones, "Content-Type", "text/csv");
    expect(400, "POST", IMPORTS, "x", "Content-Type", "text/csv");
    expect(415, "POST", IMPORTS, "x", "Content-Type", "multipart/form-data");
    expect(404, "GET", IMPORTS + "/" + NONE, "");
    expect(200, "GET", IMPORTS + "?limit=1", "");
    expect(400, "GET", IMPORTS + "?after=x", "");
    expect(200, "GET", path + "/rejects?limit=1", "");
    expect(400, "GET", path + "/rejects?after=x", "");
    expect(404, "GET", IMPORTS + "/" + NONE + "/rejects", "");

    String csv = "text/csv";
    String set = IMPORTS + "?set=a&more=true&known-stores-only=true";
    expect(202, "POST", set, zones, "Content-Type", csv);
    expect(400, "POST", IMPORTS + "?set=%20", zones, "Content-Type", csv);
    expect(400, "POST", IMPORTS + "?more=true", zones, "Content-Type", csv);
    expect(404, "DELETE", IMPORTS + "/" + NONE, "");
    JsonNode other =
        json(
            expect(
                202, "POST", IMPORTS, "store_id,timezone_str\nundone,UTC\n", "Content-Type", csv));
    String undone = IMPORTS + "/" + other.get("id").stringValue();
    Eventually.until(
        "the end of " + undone,
        () -> !json(expect(200, "GET", undone, "")).get("ended_at").isNull());
    expect(200, "DELETE", undone, "");
    expect(409, "DELETE", undone, "");

    String west = server.key("operator", "west");
    expect(403, "DELETE", path, "", "X-API-Key", west);
    expect(403, "POST", IMPORTS, zones, "Content-Type", "text/csv", "X-API-Key", west);
    for (String each : List.of(IMPORTS, path, path + "/rejects")) {
      expect(403, "GET", each, "", "X-API-Key", west);
    }
  }

  private static void probes() throws Exception {
    String path = "/api/v1/stores/42/probe";
    String nobody = "/api/v1/stores/" + NONE + "/probe";
    String body = "{\"url\":\"https://nowhere.invalid/\",\"text\":\"Order\"}";
    expect(404, "GET", path, "");
    expect(404, "DELETE", path, "");
    expect(200, "PUT", path, body);
    expect(200, "GET", path, "");
    expect(200, "GET", "/api/v1/probes", "");
    expect(400, "GET", "/api/v1/probes?limit=0", "");
    expect(400, "PUT", path, "{\"url\":\"ftp://a/\"}");
    expect(404, "PUT", nobody, body);
    expect(413, "PUT", path, TOO_LARGE);
    expect(415, "PUT", path, "a=b", "Content-Type", "application/x-www-form-urlencoded");
    expect(204, "DELETE", path, "");
  }

  private static void sources() throws Exception {
    String sources = "/api/v1/sources";
    String body =
        "{\"name\":\"a\",\"url\":\"https://nowhere.invalid/\",\"daily_at\":\"02:30\",\"zone\":\"UTC\"}";
    String path = sources + "/" + json(expect(201, "POST", sources, body)).get("id").stringValue();
    Eventually.until(
        "a pull of " + path, () -> !json(expect(200, "GET", path, "")).get("last").isNull());
    expect(202, "POST", path + "/pull", "");
    expect(200, "PATCH", path, "{\"paused\":true,\"reading\":{\"days\":\"monday=1\"}}");
    expect(400, "POST", path + "/pull", "");
    expect(200, "GET", sources, "");
    expect(400, "GET", sources + "?limit=0", "");
    expect(409, "POST", sources, body);
    String other =
        sources
            + "/"
            + json(expect(201, "POST", sources, body.replace("\"a\"", "\"b\"")))
                .get("id")
                .stringValue();
    expect(409, "PATCH", other, "{\"name\":\"a\"}");
    expect(204, "DELETE", other, "");
    String west = server.key("operator", "west");
    for (String each : List.of(sources, path)) {
      expect(403, "GET", each, "", "X-API-Key", west);
    }
    expect(403, "POST", path + "/pull", "", "X-API-Key", west);
    for (String method : List.of("POST", "PATCH")) {
      String to = method.equals("POST") ? sources : path;
      expect(400, method, to, "{\"every\":\"PT1S\"}");
      expect(413, method, to, TOO_LARGE);
      expect(415, method, to, "a=b", "Content-Type", "application/x-www-form-urlencoded");
    }
    expect(204, "DELETE", path, "");
    expect(404, "DELETE", path, "");
    expect(404, "GET", path, "");
    expect(404, "PATCH", path, "{}");
    expect(404, "POST", path + "/pull", "");
  }

  private static void kafka(Path path) throws Exception {
    expect(404, "GET", "/api/v1/kafka", "");
    String settings =
        """
        storewatch.kafka:
          bootstrap-servers: 127.0.0.1:1
          topics: polls
        """;
    try (TestServer reading = TestServer.startWith(path, settings)) {
      HttpResponse<String> answer = reading.get("/api/v1/kafka");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      described.check("GET", answer);
    }
  }

  /** Sends a request, as an admin unless another key is given, and checks its answer. */
  private static HttpResponse<String> expect(
      int status, String method, String path, String body, String... headers) throws Exception {
    Map<String, String> all = new TreeMap<>(Map.of("X-API-Key", admin));
    if (!body.isEmpty()) {
      all.put("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    List<String> sent = new ArrayList<>();
    all.forEach((name, value) -> sent.addAll(List.of(name, value)));
    HttpResponse<String> answer = server.send(method, path, body, sent.toArray(String[]::new));
    assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isEqualTo(status);
    described.check(method, answer);
    if (status < 300
        && all.get("Content-Type") != null
        && all.get("Content-Type").endsWith("/json")) {
      described.checkTaken(method, body, answer);
    }
    return answer;
  }
}
