package dev.storewatch.cli;

import dev.storewatch.calendar.ClosureBody;
import dev.storewatch.calendar.ClosureChange;
import dev.storewatch.calendar.ClosureView;
import dev.storewatch.calendar.StoreCalendar;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.history.GroupHistoryView;
import dev.storewatch.history.GroupsView;
import dev.storewatch.history.HistoryView;
import dev.storewatch.history.HoursOfWeek;
import dev.storewatch.history.HoursOfWeekView;
import dev.storewatch.history.StoreGroups;
import dev.storewatch.history.StoreHistories;
import dev.storewatch.http.Encoded;
import dev.storewatch.http.Paging;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Reject;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.journal.FileSet;
import dev.storewatch.lake.ExportOptions;
import dev.storewatch.lake.ExportResult;
import dev.storewatch.outage.OutageBook;
import dev.storewatch.outage.OutageSummaryQuery;
import dev.storewatch.outage.OutageSums;
import dev.storewatch.outage.OutageView;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.quality.CoverageWriter;
import dev.storewatch.quality.Fault;
import dev.storewatch.quality.Notice;
import dev.storewatch.report.ComparisonView;
import dev.storewatch.report.RevisionView;
import dev.storewatch.source.KafkaView;
import dev.storewatch.source.ProbeBody;
import dev.storewatch.source.ProbeView;
import dev.storewatch.source.SourceBody;
import dev.storewatch.source.SourceView;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The server that holds the data folder, used over its HTTP interface. */
final class RemoteInstallation implements Installation {
  private static final Set<String> UNFINISHED = Set.of("queued", "running");
  private static final String CLOSURES = "/api/v1/closures";
  private static final String OUTAGES = "/api/v1/outages";
  private static final String SOURCES = "/api/v1/sources";
  private static final String QUALITY = "/api/v1/quality";
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

  private final JsonMapper json = JsonMapper.builder().build();

  /** Reads what the interface names in words with underscores. */
  private final JsonMapper underscored =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
          .build();

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private final String url;
  private final String ticket;

  /** The server at an address; its ticket lets in everybody who can read the data folder. */
  RemoteInstallation(String url, String ticket) {
    this.url = url;
    this.ticket = ticket;
  }

  /** The server refused a request, or failed at it. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  @Override
  public ImportRun importFile(
      Path file, ReadOptions options, @Nullable FileSet set, ImportDisplay display)
      throws IOException {
    StringBuilder query = new StringBuilder(Encoded.value(String.valueOf(file.getFileName())));
    options
        .texts()
        .forEach(
            (name, text) -> query.append('&').append(name).append('=').append(Encoded.value(text)));
    if (set != null) {
      query.append("&set=").append(Encoded.value(set.id())).append("&more=").append(set.more());
    }
    JsonNode begun =
        send(
            request("/api/v1/imports?source=" + query)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofFile(file)));
    String path = "/api/v1/imports/" + begun.path("id").asString();
    JsonNode run = begun;
    while (UNFINISHED.contains(run.path("state").asString())) {
      pause();
      run = send(request(path));
    }
    ImportRun ended = importRun(run);
    if (ended.state() == ImportRun.State.FAILED) {
      throw new Refused(String.valueOf(ended.error()));
    }
    return ended;
  }

  @Override
  public ExportResult export(Path target, ExportOptions options) {
    throw new WrongInput(
        "a server holds the data folder, and files are not exported through a server: stop it"
            + " first, or export from another data folder or --database");
  }

  @Override
  public void importLake(Path lake, Consumer<ImportRun> receiver) {
    throw new WrongInput(
        "a server holds the data folder, and a folder of Parquet is not imported through a server:"
            + " stop it first, or import into another data folder or --database");
  }

  @Override
  public ImportRun undo(String importId) throws IOException {
    return importRun(send(request("/api/v1/imports/" + Encoded.segment(importId)).DELETE()));
  }

  @Override
  public List<ImportRun> imports(int limit) throws IOException {
    List<ImportRun> runs = new ArrayList<>();
    send(request("/api/v1/imports?limit=" + limit))
        .path("imports")
        .forEach(run -> runs.add(importRun(run)));
    return runs;
  }

  private static ImportRun importRun(JsonNode run) {
    String kind = text(run, "kind");
    String ended = text(run, "ended_at");
    return new ImportRun(
        run.path("id").asString(),
        run.path("source").asString(),
        kind == null ? null : FileKind.valueOf(kind.toUpperCase(Locale.ROOT)),
        ImportRun.State.valueOf(run.path("state").asString().toUpperCase(Locale.ROOT)),
        new RowCounts(
            run.path("read").asLong(),
            run.path("added").asLong(),
            run.path("repeated").asLong(),
            run.path("replaced").asLong(),
            run.path("rejected").asLong()),
        Instant.parse(run.path("received_at").asString()),
        ended == null ? null : Instant.parse(ended),
        text(run, "error"),
        ReadOptions.of(texts(run.path("options"))),
        null,
        run.path("notes").valueStream().map(JsonNode::asString).toList());
  }

  private static Map<String, String> texts(JsonNode options) {
    Map<String, String> texts = new HashMap<>();
    options.forEachEntry((name, text) -> texts.put(name, text.asString()));
    return texts;
  }

  static @Nullable String text(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isString() ? value.asString() : null;
  }

  @Override
  public List<Reject> rejects(String importId, long afterLine, int limit) throws IOException {
    List<Reject> rejects = new ArrayList<>();
    send(request(
            "/api/v1/imports/%s/rejects?after=%d&limit=%d".formatted(importId, afterLine, limit)))
        .path("rejects")
        .forEach(
            reject ->
                rejects.add(
                    new Reject(
                        reject.path("line").asLong(),
                        reject.path("reason").asString(),
                        reject.path("text").asString())));
    return rejects;
  }

  @Override
  public long deletePolls(String storeId, Span period) throws IOException {
    String path =
        "/api/v1/stores/%s/polls?from=%s&to=%s"
            .formatted(
                Encoded.segment(storeId),
                Micros.toInstant(period.start()),
                Micros.toInstant(period.end()));
    return send(request(path).DELETE()).path("deleted").asLong();
  }

  @Override
  public StoreCalendar calendar(String storeId, @Nullable LocalDate from, @Nullable LocalDate to)
      throws IOException {
    String dates =
        Stream.of(from == null ? "" : "from=" + from, to == null ? "" : "to=" + to)
            .filter(date -> !date.isEmpty())
            .collect(Collectors.joining("&"));
    return underscored.treeToValue(
        send(request("/api/v1/stores/%s/calendar?%s".formatted(Encoded.segment(storeId), dates))),
        StoreCalendar.class);
  }

  @Override
  public ClosureView addClosure(ClosureBody body) throws IOException {
    return closure(sendJson("POST", CLOSURES, json.writeValueAsString(body)));
  }

  @Override
  public ClosureView closure(String id) throws IOException {
    return closure(send(request(closurePath(id))));
  }

  @Override
  public List<ClosureView> closures(
      @Nullable Span period, @Nullable String store, @Nullable String tag) throws IOException {
    StringBuilder query = new StringBuilder(CLOSURES + "?limit=" + Paging.MOST);
    if (period != null) {
      query.append("&from=").append(Micros.toInstant(period.start()));
      query.append("&to=").append(Micros.toInstant(period.end()));
    }
    add(query, "store", store);
    add(query, "tag", tag);
    List<ClosureView> all = new ArrayList<>();
    forEach(query.toString(), "closures", closure -> all.add(closure(closure)));
    return all;
  }

  @Override
  public SourceView addSource(SourceBody body) throws IOException {
    return source(sendJson("POST", SOURCES, underscored.writeValueAsString(body)));
  }

  @Override
  public List<SourceView> sources() throws IOException {
    // There are no more than one page may have.
    JsonNode page = send(request(SOURCES + "?limit=" + Paging.MOST));
    return page.path("sources").valueStream().map(this::source).toList();
  }

  @Override
  public SourceView changeSource(String id, SourceBody body) throws IOException {
    return source(sendJson("PATCH", sourcePath(id), underscored.writeValueAsString(body)));
  }

  @Override
  public SourceView pullSource(String id) throws IOException {
    return source(send(request(sourcePath(id) + "/pull").POST(BodyPublishers.noBody())));
  }

  @Override
  public void deleteSource(String id) throws IOException {
    exchange(request(sourcePath(id)).DELETE()).body().close();
  }

  @Override
  public KafkaView kafka() throws IOException {
    return underscored.treeToValue(send(request("/api/v1/kafka")), KafkaView.class);
  }

  private SourceView source(JsonNode node) {
    return underscored.treeToValue(node, SourceView.class);
  }

  private static String sourcePath(String id) {
    return SOURCES + "/" + Encoded.segment(id);
  }

  @Override
  public ProbeView putProbe(String storeId, ProbeBody body) throws IOException {
    return probe(sendJson("PUT", probePath(storeId), underscored.writeValueAsString(body)));
  }

  @Override
  public List<ProbeView> probes() throws IOException {
    List<ProbeView> all = new ArrayList<>();
    forEach("/api/v1/probes?limit=" + Paging.MOST, "probes", probe -> all.add(probe(probe)));
    return all;
  }

  @Override
  public void deleteProbe(String storeId) throws IOException {
    exchange(request(probePath(storeId)).DELETE()).body().close();
  }

  private ProbeView probe(JsonNode node) {
    return underscored.treeToValue(node, ProbeView.class);
  }

  private static String probePath(String storeId) {
    return "/api/v1/stores/%s/probe".formatted(Encoded.segment(storeId));
  }

  @Override
  public ClosureView changeClosure(String id, ClosureChange change) throws IOException {
    return closure(sendJson("PATCH", closurePath(id), json.writeValueAsString(change)));
  }

  @Override
  public void deleteClosure(String id) throws IOException {
    exchange(request(closurePath(id)).DELETE()).body().close();
  }

  private static String closurePath(String id) {
    return CLOSURES + "/" + Encoded.segment(id);
  }

  private ClosureView closure(JsonNode closure) {
    return underscored.treeToValue(closure, ClosureView.class);
  }

  @Override
  public List<Notice> report(ReportOptions wanted, OutputStream out) throws IOException {
    if (wanted.id() != null) {
      return storedReport(wanted.id(), wanted, out);
    }
    JsonNode report =
        send(
            request("/api/v1/reports")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body(wanted))));
    String path = "/api/v1/reports/" + report.path("id").asString();
    while (UNFINISHED.contains(report.path("state").asString())) {
      pause();
      report = send(request(path));
    }
    if (!report.path("state").asString().equals("complete")) {
      throw new Refused(
          "the report failed: "
              + Optional.ofNullable(text(report, "error")).orElse("no reason given"));
    }
    copyRows(path, wanted, out);
    return notices(report);
  }

  private List<Notice> storedReport(String id, ReportOptions wanted, OutputStream out)
      throws IOException {
    String path = "/api/v1/reports/" + Encoded.segment(id);
    copyRows(path, wanted, out);
    return notices(send(request(path)));
  }

  @Override
  public ComparisonView compare(String reportId) throws IOException {
    return underscored.treeToValue(
        send(
            request(
                "/api/v1/reports/%s/comparison?limit=10000".formatted(Encoded.segment(reportId)))),
        ComparisonView.class);
  }

  @Override
  public byte[] summary(
      @Nullable String store, List<String> tags, @Nullable String period, String asOf)
      throws IOException {
    StringBuilder query = new StringBuilder("/api/v1/summary.pdf?as_of=" + Encoded.value(asOf));
    add(query, "store", store);
    tags.forEach(tag -> query.append("&tag=").append(Encoded.value(tag)));
    add(query, "period", period);
    try (InputStream body =
        exchange(request(query.toString()).header("Accept", "application/pdf")).body()) {
      return body.readAllBytes();
    }
  }

  @Override
  public List<RevisionView> revisions(int limit) throws IOException {
    List<RevisionView> revisions = new ArrayList<>();
    send(request("/api/v1/revisions?limit=" + limit))
        .path("revisions")
        .forEach(each -> revisions.add(underscored.treeToValue(each, RevisionView.class)));
    return revisions;
  }

  private String body(ReportOptions wanted) {
    ObjectNode body = json.createObjectNode();
    body.put("as_of", wanted.asOf());
    body.put("rule", wanted.rule().name());
    body.put("carry", wanted.rule().carry().toString());
    if (wanted.lateClose().isAsMidnight()) {
      body.put("late_close_as_midnight", true);
    }
    if (wanted.revision() != null) {
      body.put("revision", wanted.revision());
    }
    if (wanted.knownAt() != null) {
      body.put("known_at", wanted.knownAt());
    }
    ArrayNode windows = body.putArray("windows");
    wanted.windows().forEach(window -> windows.add(window.format()));
    if (wanted.storeIds() != null) {
      ArrayNode stores = body.putArray("stores");
      wanted.storeIds().forEach(stores::add);
    }
    if (!wanted.tags().isEmpty()) {
      ArrayNode tags = body.putArray("tags");
      wanted.tags().forEach(tags::add);
    }
    return body.toString();
  }

  private void copyRows(String path, ReportOptions wanted, OutputStream out) throws IOException {
    String type =
        switch (wanted.format()) {
          case CSV -> "text/csv";
          case JSON -> "application/json";
        };
    StringBuilder query = new StringBuilder("/rows?detail=");
    query.append(wanted.detail().name().toLowerCase(Locale.ROOT));
    if (wanted.grouping().isWanted()) {
      query.append("&totals=true");
    }
    wanted.grouping().by().forEach(by -> query.append("&group_by=").append(Encoded.value(by)));
    HttpResponse<InputStream> rows = exchange(request(path + query).header("Accept", type));
    try (InputStream body = rows.body()) {
      body.transferTo(out);
    }
  }

  private static List<Notice> notices(JsonNode answer) {
    return answer
        .path("notices")
        .valueStream()
        .map(
            notice ->
                new Notice(
                    notice.path("code").asString(),
                    notice.path("text").asString(),
                    notice.path("count").asInt(),
                    notice.path("examples").valueStream().map(JsonNode::asString).toList()))
        .toList();
  }

  @Override
  public List<Notice> notices() throws IOException {
    return notices(send(request(QUALITY + "?limit=1")));
  }

  @Override
  public void quality(Consumer<Fault> receiver) throws IOException {
    forEach(
        QUALITY + "?limit=" + Paging.MOST,
        "faults",
        fault -> {
          receiver.accept(fault(fault));
          return true;
        });
  }

  @Override
  public void expectedPolls(
      @Nullable String from,
      @Nullable String to,
      String every,
      CoverageWriter.By by,
      PrintWriter out)
      throws IOException {
    StringBuilder path =
        new StringBuilder(QUALITY + "/polls?by=" + by.word() + "&every=" + Encoded.value(every));
    if (from != null) {
      path.append("&from=").append(Encoded.value(from));
    }
    if (to != null) {
      path.append("&to=").append(Encoded.value(to));
    }
    copy(request(path.toString()).setHeader("Accept", "text/csv"), out);
  }

  /** Writes the text of an answer as it comes. */
  private void copy(HttpRequest.Builder request, PrintWriter out) throws IOException {
    try (Reader text = new InputStreamReader(exchange(request).body(), StandardCharsets.UTF_8)) {
      var _ = text.transferTo(out);
    }
    out.flush();
  }

  private static Fault fault(JsonNode fault) {
    String since = text(fault, "since");
    return new Fault(
        fault.path("store_id").asString(),
        fault.path("code").asString(),
        since == null ? null : Instant.parse(since),
        fault.path("detail").asString());
  }

  @Override
  public void outages(
      @Nullable String state,
      @Nullable String store,
      List<String> tags,
      @Nullable String from,
      @Nullable String to,
      OutageBook.Receiver receiver)
      throws IOException {
    forEach(
        OUTAGES + "?limit=" + Paging.MOST + outageQuery(state, store, tags, from, to),
        "outages",
        outage -> receiver.test(underscored.treeToValue(outage, OutageView.class)));
  }

  private static String outageQuery(
      @Nullable String state,
      @Nullable String store,
      List<String> tags,
      @Nullable String from,
      @Nullable String to) {
    StringBuilder query = new StringBuilder();
    add(query, "state", state);
    add(query, "store", store);
    tags.forEach(tag -> add(query, "tag", tag));
    add(query, "from", from);
    add(query, "to", to);
    return query.toString();
  }

  @Override
  public HistoryView history(StoreHistories.Asked asked) throws IOException {
    StringBuilder query = new StringBuilder();
    add(query, "from", asked.from());
    add(query, "to", asked.to());
    String path =
        "/api/v1/stores/%s/history?by=%s%s"
            .formatted(Encoded.segment(asked.store()), Encoded.value(asked.by()), query);
    return underscored.treeToValue(send(request(path)), HistoryView.class);
  }

  @Override
  public GroupHistoryView history(StoreGroups.HistoryAsked asked) throws IOException {
    StringBuilder query = new StringBuilder();
    add(query, "from", asked.from());
    add(query, "to", asked.to());
    asked.tags().forEach(tag -> add(query, "tag", tag));
    String path = "/api/v1/groups/history?by=%s%s".formatted(Encoded.value(asked.by()), query);
    return underscored.treeToValue(send(request(path)), GroupHistoryView.class);
  }

  @Override
  public HoursOfWeekView hoursOfWeek(HoursOfWeek.Asked asked) throws IOException {
    StringBuilder query = new StringBuilder();
    add(query, "from", asked.from());
    add(query, "to", asked.to());
    asked.tags().forEach(tag -> add(query, "tag", tag));
    String of = asked.store() == null ? "groups" : "stores/" + Encoded.segment(asked.store());
    String path =
        "/api/v1/%s/hours-of-week%s".formatted(of, query.toString().replaceFirst("&", "?"));
    return underscored.treeToValue(send(request(path)), HoursOfWeekView.class);
  }

  @Override
  public GroupsView groups(StoreGroups.Asked asked) throws IOException {
    StringBuilder query = new StringBuilder();
    add(query, "from", asked.from());
    add(query, "to", asked.to());
    add(query, "window", asked.window());
    asked.tags().forEach(tag -> add(query, "tag", tag));
    asked.groupBy().forEach(by -> add(query, "group_by", by));
    String path = "/api/v1/groups?lowest=%d%s".formatted(asked.lowest(), query);
    return underscored.treeToValue(send(request(path)), GroupsView.class);
  }

  @Override
  public void outageCalendar(
      @Nullable String state,
      @Nullable String store,
      List<String> tags,
      @Nullable String from,
      @Nullable String to,
      PrintWriter out)
      throws IOException {
    String query = outageQuery(state, store, tags, from, to).replaceFirst("&", "?");
    copy(request(OUTAGES + ".ics" + query).setHeader("Accept", "text/calendar"), out);
  }

  @Override
  public void outageSums(OutageSummaryQuery.Asked asked, OutageSums.Receiver receiver)
      throws IOException {
    boolean isGrouped = !asked.groupBy().isEmpty();
    StringBuilder query =
        new StringBuilder(OUTAGES + "/summary?limit=" + (isGrouped ? 1 : Paging.MOST));
    query.append(outageQuery(null, asked.store(), asked.tags(), asked.from(), asked.to()));
    asked.groupBy().forEach(by -> add(query, "group_by", by));
    String after = "";
    while (after != null) {
      JsonNode page = send(request(query + after));
      for (JsonNode total : page.path("totals")) {
        receiver.total(underscored.treeToValue(total, OutageSums.OfGroup.class));
      }
      if (isGrouped) {
        return;
      }
      for (JsonNode store : page.path("stores")) {
        receiver.store(underscored.treeToValue(store, OutageSums.OfStore.class));
      }
      after = next(page);
    }
  }

  /**
   * Asks for one page after the other, and gives their items to a receiver as long as it wants
   * more.
   *
   * @param query the path and the query of the first page
   * @param items the name of the items in a page
   */
  private void forEach(String query, String items, Predicate<JsonNode> receiver)
      throws IOException {
    String after = "";
    while (after != null) {
      JsonNode page = send(request(query + after));
      for (JsonNode item : page.path(items)) {
        if (!receiver.test(item)) {
          return;
        }
      }
      after = next(page);
    }
  }

  /**
   * Returns what the query of the next page has more than that of the first; null after the last.
   */
  private static @Nullable String next(JsonNode page) {
    String after = text(page, "after");
    return after == null ? null : "&after=" + Encoded.value(after);
  }

  static void add(StringBuilder query, String name, @Nullable String value) {
    if (value != null) {
      query.append('&').append(name).append('=').append(Encoded.value(value));
    }
  }

  @Override
  public String explain(ExplainRequest wanted) throws IOException {
    String path =
        "/api/v1/stores/%s/timeline?as_of=%s&rule=%s&carry=%s&window=%s%s"
            .formatted(
                Encoded.segment(wanted.storeId()),
                Encoded.value(wanted.asOf()),
                wanted.rule().name(),
                wanted.rule().carry(),
                Encoded.value(wanted.window().format()),
                wanted.lateClose().isAsMidnight() ? "&late_close_as_midnight=true" : "");
    HttpResponse<InputStream> text = exchange(request(path).header("Accept", "text/plain"));
    try (InputStream body = text.body()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Bearer " + ticket);
  }

  private JsonNode send(HttpRequest.Builder request) throws IOException {
    try (InputStream body = exchange(request).body()) {
      return json.readTree(body);
    }
  }

  private HttpResponse<InputStream> exchange(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
      if (response.statusCode() >= 400) {
        throw refused(response);
      }
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + url, e);
    }
  }

  private Refused refused(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      JsonNode problem = json.readTree(body);
      String detail = text(problem, "detail");
      return new Refused(
          detail != null
              ? detail
              : "the server answered " + response.statusCode() + " to " + response.uri());
    } catch (JacksonException e) {
      return new Refused("the server answered " + response.statusCode() + " to " + response.uri());
    }
  }

  @Override
  public AccessDesk access() {
    return new RemoteAccess(this::sendJson);
  }

  @Override
  public IncidentDesk incidents() {
    return new RemoteIncidents(this::sendJson, underscored);
  }

  @Override
  public ScheduleDesk schedules() {
    return new RemoteSchedules(this::sendJson, underscored);
  }

  @Override
  public AlertDesk alerts() {
    return new RemoteAlerts(this::sendJson, underscored);
  }

  private JsonNode sendJson(String method, String path, @Nullable String body) throws IOException {
    HttpRequest.Builder request =
        body == null
            ? request(path).method(method, BodyPublishers.noBody())
            : request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
    return send(request);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_INTERVAL);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
