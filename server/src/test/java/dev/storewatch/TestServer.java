package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.access.AccessBook;
import dev.storewatch.access.Grant;
import dev.storewatch.access.Passwords;
import dev.storewatch.access.Role;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.Database;
import dev.storewatch.database.DatabaseSettings;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.Polls;
import dev.storewatch.report.Report;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.Reports;
import dev.storewatch.report.RequestOrigin;
import dev.storewatch.store.Scope;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.store.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.AvailabilityState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server on a free port, with a small fleet, and the means to talk to it. */
public final class TestServer implements AutoCloseable {
  /** The standard report of the small fleet. */
  public static final String CSV =
      """
      store_id,uptime_last_hour,uptime_last_day,uptime_last_week,\
      downtime_last_hour,downtime_last_day,downtime_last_week
      42,30.00,23.50,24.50,30.00,0.50,0.50
      "a,""b""\",60.00,24.00,24.00,0.00,0.00,0.00
      """;

  /** A database with the small fleet: a copy is there sooner than one that is filled. */
  private static final Supplier<byte[]> SMALL_FLEET =
      SingletonSupplier.of(() -> TestFolder.fileOf(database -> save(smallFleet(), database)));

  private static final JsonMapper JSON = new JsonMapper();

  private final DataFolder folder;
  private @Nullable ConfigurableApplicationContext context;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;

  private TestServer(DataFolder folder, ConfigurableApplicationContext context) {
    this.folder = folder;
    this.context = context;
    this.url =
        "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
  }

  /** Starts a server with two stores that were polled and one that was not. */
  public static TestServer start(Path path) {
    return start(withSmallFleet(path));
  }

  /** Starts a server with a fleet. */
  public static TestServer start(Path path, TestFleet fleet) {
    return start(withFleet(path, fleet));
  }

  private static DataFolder withFleet(Path path, TestFleet fleet) {
    DataFolder folder = DataFolder.take(path, "serve");
    try (Database database = TestFolder.open(folder, TestDatabase.settings(folder.path()))) {
      save(fleet, database);
    }
    return folder;
  }

  private static DataFolder withSmallFleet(Path path) {
    if (TestDatabase.settings(path).url() != null || TestFolder.isPrepared(path)) {
      return withFleet(path, smallFleet());
    }
    TestFolder.prepare(path, SMALL_FLEET);
    return DataFolder.take(path, "serve");
  }

  private static void save(TestFleet fleet, Database database) {
    fleet.save(database, Stores.open(database), Polls.open(database));
  }

  /** Starts a server on a folder with data. */
  public static TestServer start(DataFolder folder) {
    return start(folder, null);
  }

  /** Starts a server with a small fleet and a file of settings, given as YAML. */
  public static TestServer startWith(Path path, String yaml) throws IOException {
    Path config = Files.writeString(Files.createDirectories(path).resolve("config.yaml"), yaml);
    return start(withSmallFleet(path.resolve("data")), config);
  }

  /** Starts a server anew on what one that was started with a path left, with other settings. */
  public static TestServer restartWith(Path path, String yaml) throws IOException {
    Path config = Files.writeString(path.resolve("config.yaml"), yaml);
    return start(DataFolder.take(path.resolve("data"), "serve"), config);
  }

  /**
   * Starts one of several servers on one database.
   *
   * @param path what this one has for itself
   * @param yaml more settings
   */
  public static TestServer startOn(TestDatabase database, Path path, String yaml)
      throws IOException {
    Path config = Files.writeString(Files.createDirectories(path).resolve("config.yaml"), yaml);
    return start(DataFolder.take(path.resolve("data"), "serve"), config, database.settings());
  }

  /** Starts a server with a small fleet and more parts than it has of its own. */
  public static TestServer startWith(Path path, Class<?>... parts) {
    DataFolder folder = withSmallFleet(path);
    return start(folder, null, TestDatabase.settings(folder.path()), parts);
  }

  private static TestServer start(DataFolder folder, @Nullable Path config) {
    return start(folder, config, TestDatabase.settings(folder.path()));
  }

  private static TestServer start(
      DataFolder folder, @Nullable Path config, DatabaseSettings database, Class<?>... parts) {
    StorewatchServer.Settings settings =
        new StorewatchServer.Settings("127.0.0.1", 0, false, config, database, false);
    try {
      return new TestServer(
          folder, StorewatchServer.start(folder, settings, TestServer::addParts, parts));
    } catch (RuntimeException e) {
      folder.close();
      throw e;
    }
  }

  private static TestFleet smallFleet() {
    return new TestFleet()
        .store("a,\"b\"")
        .poll("2023-01-25T12:00:00Z", true)
        .store("42")
        .poll("2023-01-25T11:00:00Z", true)
        .poll("2023-01-25T12:00:00Z", false)
        .store("never polled");
  }

  /**
   * Takes the database away. Waits first until nobody waits for a connection, as all parts do that
   * begin with a server: the pool lets them wait for half a minute though it is closed.
   */
  public void loseDatabase() {
    Database database = bean(Database.class);
    Eventually.until(
        "nobody waits for a connection",
        () -> database.pool().getHikariPoolMXBean().getThreadsAwaitingConnection() == 0);
    database.close();
  }

  /**
   * Has the database write all that it knows into its files. DuckDB refuses that while the server
   * itself writes anything.
   */
  public void writeAllIntoFiles() {
    Eventually.until(
        "nothing else is written",
        () -> {
          try {
            new JdbcTemplate(bean(Database.class).pool()).execute("CHECKPOINT");
            return true;
          } catch (UncategorizedSQLException e) {
            assertThat(e).hasMessageContaining("other write transactions");
            return false;
          }
        });
  }

  /**
   * Gives the server its small fleet again, and takes away all else that stores and polls say: a
   * new server for each test would take longer. Who may use the server stays as it is.
   */
  public void beginAnew() {
    Database database = bean(Database.class);
    Stores stores = bean(Stores.class);
    Polls all = bean(Polls.class);
    var _ =
        database.inWriteTransaction(
            () -> {
              List.of("store", "probe", "recipient").forEach(of -> database.changes(of).change());
              for (int key = 1; key <= stores.registry().size(); key++) {
                all.delete(key);
              }
              for (String table :
                  List.of(
                      "kafka_offset",
                      "store_probe",
                      "incident",
                      "incident_told",
                      "alert_route",
                      "alert_mute",
                      "report_schedule",
                      "alert_attachment",
                      "alert_delivery",
                      "alert_channel",
                      "planned_closure",
                      "special_day",
                      "dated_hours",
                      "outage",
                      "outage_past",
                      "outage_progress",
                      "history_month",
                      "history_progress",
                      "poll_past",
                      "store_past",
                      "store_tag",
                      "business_hours",
                      "store")) {
                var _ = database.jdbc().sql("DELETE FROM " + table).update();
              }
              return true;
            });
    smallFleet().save(database, stores, all);
  }

  /** Puts a gate before the scans of reports, and makes the hashing of passwords cheap. */
  private static void addParts(GenericApplicationContext beans) {
    beans.registerBean(
        "gatedPolls",
        GatedPolls.class,
        () -> new GatedPolls(Polls.open(beans.getBean(Database.class))),
        definition -> definition.setPrimary(true));
    beans.registerBean(
        "cheapPasswords",
        Passwords.class,
        TestPasswords::cheap,
        definition -> definition.setPrimary(true));
  }

  private ConfigurableApplicationContext context() {
    return Objects.requireNonNull(context, "the server is stopped");
  }

  /** Returns the polls of the server, with their gate. */
  public GatedPolls polls() {
    return (GatedPolls) context().getBean(Polls.class);
  }

  /** Returns a bean of the server. */
  public <T> T bean(Class<T> type) {
    return context().getBean(type);
  }

  /** Returns all beans of a type. */
  public <T> Collection<T> beans(Class<T> type) {
    return context().getBeansOfType(type).values();
  }

  /** Returns the bean of a name. */
  public <T> T bean(String name, Class<T> type) {
    return context().getBean(name, type);
  }

  /** Makes a key, after which the server asks everybody for one; returns the key. */
  public String key(String role, String... tags) {
    Scope scope = tags.length == 0 ? Scope.EVERYTHING : Scope.of(Set.of(tags));
    return bean(AccessBook.class)
        .addKey("key " + UUID.randomUUID(), new Grant(Role.of(role), scope), null)
        .reveal();
  }

  /** Says that the server takes requests or not, or that it is broken. */
  public <S extends AvailabilityState> void becomes(S state) {
    AvailabilityChangeEvent.publish(context(), state);
  }

  /** Returns the address of the server. */
  public String url() {
    return url;
  }

  /** Sends a GET request with headers: names and values in turn. */
  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, "", headers);
  }

  /** Sends a request without a body, as {@code curl -X POST} does. */
  public HttpResponse<String> post(String path) throws IOException, InterruptedException {
    return send("POST", path, "");
  }

  /** Sends a request with a body. */
  public HttpResponse<String> post(String path, String body, String contentType)
      throws IOException, InterruptedException {
    return send("POST", path, body, "Content-Type", contentType);
  }

  /** Sends a request. */
  public HttpResponse<String> send(String method, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofMinutes(3))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** Returns the body of an answer as JSON. */
  public static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  /** Gives a store of the fleet tags. */
  public void tag(String storeId, String... tags) {
    Stores stores = bean(Stores.class);
    int tagged =
        bean(Database.class)
            .inWriteTransaction(
                () -> {
                  int key = stores.registry().key(storeId).orElseThrow();
                  stores.describe(key, new StoreDetails(null, null, List.of(), Set.of(tags)));
                  return key;
                });
    assertThat(tagged).isPositive();
  }

  /** Puts a failed report into the database, without the server's own threads ever seeing it. */
  public String addFailedReport(String reason) {
    return bean(Database.class)
        .inTransaction(
            () -> {
              Reports reports = bean(Reports.class);
              // One that ended long ago would be deleted, whenever the job comes that does so.
              long now = Micros.of(Instant.now());
              Report report =
                  reports.add(
                      ReportSpec.standard(0),
                      OptionalLong.of(0),
                      new RequestOrigin(now, null, null));
              assertThat(reports.start(report.number(), now)).isTrue();
              assertThat(reports.fail(report.number(), now, reason)).isTrue();
              return report.id();
            });
  }

  /** Waits until a report is complete or failed. */
  public JsonNode awaitEnd(String id) {
    return awaitEndWith(id);
  }

  /** Waits until a report is complete or failed, with a key. */
  public JsonNode awaitEndAs(String key, String id) {
    return awaitEndWith(id, "X-API-Key", key);
  }

  private JsonNode awaitEndWith(String id, String... headers) {
    return Eventually.until(
        "the end of report " + id,
        () -> {
          HttpResponse<String> answer = get("/api/v1/reports/" + id, headers);
          assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
          return json(answer);
        },
        report -> !report.get("ended_at").isNull());
  }

  @Override
  public void close() {
    if (context == null) {
      return;
    }
    polls().open();
    context.close();
    folder.close();
    context = null;
  }
}
