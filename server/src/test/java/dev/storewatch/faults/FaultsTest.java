package dev.storewatch.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Real servers on a real database that breaks. After each fault nothing that was acknowledged is
 * lost, nothing is counted twice, and the service recovers by itself.
 *
 * <p>What is to break in the middle is held there by a trigger that sleeps when its rows are
 * written and not committed yet.
 */
@Tag("long")
final class FaultsTest {
  private static final int STORES = 40;
  private static final int POLLS = 50;
  private static final Instant START = Instant.parse("2023-01-20T00:00:00Z");

  @TempDir private static Path cluster;
  private static PostgresServer postgres;

  @TempDir private Path folder;
  private final List<AutoCloseable> open = new ArrayList<>();
  private static int databases;
  private String database = "";

  @BeforeAll
  static void startDatabase() throws IOException {
    postgres = new PostgresServer(cluster.resolve("data"));
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void makeDatabase() throws SQLException {
    database = "faults_" + ++databases;
    postgres.execute("postgres", "CREATE DATABASE " + database);
  }

  @AfterEach
  void endProcesses() throws Exception {
    for (AutoCloseable closeable : open.reversed()) {
      closeable.close();
    }
  }

  /** What is in the middle when something breaks. */
  enum Work {
    IMPORT("poll"),
    REPORT("report_block"),
    PUSH("poll");

    /** The table that it writes to. */
    private final String table;

    Work(String table) {
      this.table = table;
    }
  }

  private ServerProcess server(String name) throws IOException {
    return server(name, postgres.port());
  }

  private ServerProcess server(String name, int port) throws IOException {
    ServerProcess server =
        new ServerProcess(folder.resolve(name), PostgresServer.url(port, database));
    open.add(server);
    return server;
  }

  @ParameterizedTest
  @EnumSource
  void goesOnWhenTheDatabaseComesBack(Work work) throws Exception {
    ServerProcess server = server("one");
    importFirst(server);
    hold(work.table);
    Running running = begin(work, server);
    awaitHeld();

    postgres.crashAndRecover();
    letGo();

    running.awaitDone(server);
    assertEverythingIsThereOnce(server);
  }

  @ParameterizedTest
  @EnumSource
  void anotherServerDoesWhatAKilledOneLeft(Work work) throws Exception {
    ServerProcess first = server("one");
    importFirst(first);
    hold(work.table);
    Running running = begin(work, first);
    awaitHeld();
    ServerProcess second = server("two");

    first.kill();
    letGo();

    running.awaitDone(second);
    assertEverythingIsThereOnce(second);
  }

  @ParameterizedTest
  @EnumSource
  void anotherServerDoesWhatOneLeftWhoseConnectionsHang(Work work) throws Exception {
    TcpProxy way = new TcpProxy(postgres.port());
    open.add(way);
    ServerProcess first = server("one", way.port());
    importFirst(first);
    hold(work.table);
    Running running = begin(work, first);
    awaitHeld();
    ServerProcess second = server("two");
    assertThat(second.url()).isNotEmpty();

    way.freeze();
    letGo();

    running.awaitDone(second);
    awaitHealth(first, 503);
    way.thaw();
    awaitHealth(first, 200);
    assertEverythingIsThereOnce(first);
    assertEverythingIsThereOnce(second);
  }

  @ParameterizedTest
  @EnumSource
  void waitsUntilTheDatabaseHasRoom(Work work) throws Exception {
    ServerProcess server = server("one");
    importFirst(server);
    fillDisk(work.table);
    Running running = begin(work, server);

    assertThat(running.isRefusedOrWaits(server)).isTrue();
    letGo();

    running.awaitDone(server);
    assertEverythingIsThereOnce(server);
  }

  @Test
  void twoServersStartOnAnEmptyDatabaseAtOnce() throws Exception {
    ServerProcess first = server("one");
    ServerProcess second = server("two");

    importFirst(first);
    begin(Work.IMPORT, second).awaitDone(first);
    begin(Work.PUSH, second).awaitDone(first);
    begin(Work.REPORT, first).awaitDone(second);
    assertEverythingIsThereOnce(first);
    assertEverythingIsThereOnce(second);
  }

  @Test
  void servesWhileTheTablesOfTheNextVersionAreMade() throws Exception {
    ServerProcess server = server("old");
    importFirst(server);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> pushes = threads.submit(() -> push(server, 200));
      Flyway.configure()
          .dataSource(PostgresServer.url(postgres.port(), database), "postgres", "")
          .locations("classpath:db/postgresql", "classpath:db/next")
          .load()
          .migrate();
      assertThat(pushes.get()).isEqualTo(200);
    }
    begin(Work.IMPORT, server).awaitDone(server);
    begin(Work.REPORT, server).awaitDone(server);

    assertThat(count("SELECT count(*) FROM poll")).isEqualTo(2L * STORES * POLLS + 200);
    ServerProcess again = server("old again");
    assertThat(again.stop()).isNotZero();
  }

  private static int push(ServerProcess server, int polls) throws Exception {
    int accepted = 0;
    for (int i = 0; i < polls; i++) {
      HttpResponse<String> answer =
          server.send("POST", "/api/v1/polls", "application/json", poll("pushed", i));
      accepted += answer.statusCode() == 200 ? 1 : 0;
    }
    return accepted;
  }

  private static String poll(String store, int number) {
    return "{\"store_id\": \"%s\", \"status\": \"active\", \"timestamp_utc\": \"%s\"}"
        .formatted(store, START.plusSeconds(number));
  }

  @Test
  void losesNothingWhenServersAreRestartedOneAfterTheOther() throws Exception {
    ServerProcess first = server("one");
    ServerProcess second = server("two");
    importFirst(first);
    List<Running> reports = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      reports.add(begin(Work.REPORT, i % 2 == 0 ? first : second));
    }
    Running imported = begin(Work.IMPORT, first);

    first.stop();
    ServerProcess third = server("one");
    assertThat(third.url()).isNotEmpty();
    second.stop();
    ServerProcess fourth = server("two");

    imported.awaitDone(third);
    for (Running report : reports) {
      report.awaitDone(fourth);
    }
    begin(Work.PUSH, fourth).awaitDone(third);
    assertEverythingIsThereOnce(third);
  }

  // What the tests do

  private static void awaitHealth(ServerProcess server, int status) {
    Eventually.until(
        "health " + status, () -> server.get("/actuator/health").statusCode() == status);
  }

  private void importFirst(ServerProcess server) throws Exception {
    awaitImport(server, upload(server, "first", 0));
    assertThat(count("SELECT count(*) FROM poll")).isEqualTo((long) STORES * POLLS);
  }

  private static String upload(ServerProcess server, String name, int hours) throws Exception {
    StringBuilder file = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int store = 0; store < STORES; store++) {
      for (int poll = 0; poll < POLLS; poll++) {
        file.append(store)
            .append(poll % 7 == 0 ? ",inactive," : ",active,")
            .append(START.plusSeconds(3_600L * (poll + hours) + store))
            .append('\n');
      }
    }
    HttpResponse<String> answer =
        server.send("POST", "/api/v1/imports?source=" + name + ".csv", "text/csv", file.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return ServerProcess.json(answer).get("id").stringValue();
  }

  private static void awaitImport(ServerProcess server, String id) {
    HttpResponse<String> answer =
        Eventually.until(
            "the end of import " + id,
            () -> server.get("/api/v1/imports/" + id),
            now -> now.statusCode() == 200 && !ServerProcess.json(now).get("ended_at").isNull());
    assertThat(ServerProcess.json(answer).get("state").stringValue())
        .as(answer.body())
        .isEqualTo("complete");
  }

  /** Work that was begun on a server. */
  private interface Running {
    /** Waits until it is done, whoever does it, and checks what came of it. */
    void awaitDone(ServerProcess server) throws Exception;

    /** Returns whether it goes no farther. */
    boolean isRefusedOrWaits(ServerProcess server) throws Exception;
  }

  private Running begin(Work work, ServerProcess server) throws Exception {
    return switch (work) {
      case IMPORT -> new Import(upload(server, "second", POLLS));
      case REPORT -> new Report(ask(server));
      case PUSH -> new Push(server);
    };
  }

  private final class Import implements Running {
    private final String id;

    Import(String id) {
      this.id = id;
    }

    @Override
    public void awaitDone(ServerProcess server) throws Exception {
      awaitImport(server, id);
      JsonNode run = ServerProcess.json(server.get("/api/v1/imports/" + id));
      assertThat(run.get("added").longValue()).as(run.toString()).isEqualTo((long) STORES * POLLS);
      assertThat(count("SELECT count(*) FROM poll WHERE polled_at >= " + micros(POLLS)))
          .isGreaterThanOrEqualTo((long) STORES * POLLS);
      assertThat(count("SELECT count(*) FROM upload_piece")).isZero();
    }

    @Override
    public boolean isRefusedOrWaits(ServerProcess server) throws Exception {
      awaitAnotherTry();
      return ServerProcess.json(server.get("/api/v1/imports/" + id)).get("ended_at").isNull();
    }
  }

  private static String ask(ServerProcess server) throws Exception {
    HttpResponse<String> answer =
        server.send(
            "POST",
            "/api/v1/reports",
            "application/json",
            "{\"as_of\": \"%s\"}".formatted(START.plusSeconds(3_600L * POLLS)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return ServerProcess.json(answer).get("id").stringValue();
  }

  private final class Report implements Running {
    private final String id;

    Report(String id) {
      this.id = id;
    }

    @Override
    public void awaitDone(ServerProcess server) throws Exception {
      Eventually.until("the rows of report " + id, () -> state(server).equals("complete"));
      long stores = count("SELECT count(*) FROM store WHERE first_poll_at <= " + micros(POLLS));
      assertThat(server.get("/api/v1/reports/" + id + ".csv").body())
          .hasLineCount((int) stores + 1);
      long blocks =
          count(
              "SELECT count(*) FROM report_block JOIN report ON number = report_number WHERE id = '%s'"
                  .formatted(id));
      assertThat(blocks).as("of 1,024 stores each").isEqualTo((stores + 1_023) / 1_024);
    }

    private String state(ServerProcess server) throws Exception {
      HttpResponse<String> answer = server.get("/api/v1/reports/" + id);
      return answer.statusCode() == 200
          ? ServerProcess.json(answer).get("state").stringValue()
          : "unknown";
    }

    @Override
    public boolean isRefusedOrWaits(ServerProcess server) throws Exception {
      awaitAnotherTry();
      return state(server).equals("running");
    }
  }

  /** A push whose sender sends again until it is acknowledged, as senders do. */
  private final class Push implements Running {
    private static final String STORE = "pushed";

    private final CompletableFuture<Integer> first;

    Push(ServerProcess server) {
      first =
          CompletableFuture.supplyAsync(() -> send(server), task -> Thread.ofVirtual().start(task));
    }

    private static int send(ServerProcess server) {
      try {
        return server
            .send("POST", "/api/v1/polls", "application/json", poll(STORE, 0))
            .statusCode();
      } catch (IOException e) {
        return 0; // the server is gone
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void awaitDone(ServerProcess server) throws Exception {
      int status = first.get(3, TimeUnit.MINUTES);
      assertThat(status).isIn(0, 200, 503, 507);
      if (status != 200) {
        Eventually.until("a push that is acknowledged", () -> send(server) == 200);
      }
      assertThat(
              count(
                  "SELECT count(*) FROM poll JOIN store USING (store_key) WHERE store_id = '%s'"
                      .formatted(STORE)))
          .isEqualTo(1);
    }

    @Override
    public boolean isRefusedOrWaits(ServerProcess server) throws Exception {
      return first.get(3, TimeUnit.MINUTES) == 507;
    }
  }

  private static long micros(int hour) {
    return START.plusSeconds(3_600L * hour).getEpochSecond() * 1_000_000;
  }

  private void assertEverythingIsThereOnce(ServerProcess server) throws Exception {
    assertThat(server.get("/actuator/health").statusCode()).isEqualTo(200);
    assertThat(
            count(
                "SELECT count(*) FROM poll WHERE polled_at < %d AND store_key <= %d"
                    .formatted(micros(POLLS), STORES)))
        .isEqualTo((long) STORES * POLLS);
    assertThat(count("SELECT sum(polls) - (SELECT count(*) FROM poll) FROM poll_partition"))
        .as("counted polls")
        .isZero();
    assertThat(count("SELECT max(store_key) - count(*) FROM store")).as("gaps in keys").isZero();
    assertThat(count("SELECT count(*) FROM report WHERE state IN ('queued', 'running')")).isZero();
    assertThat(count("SELECT count(*) FROM import_run WHERE state <> 'complete'")).isZero();
  }

  // Faults

  /** Holds whoever writes to a table, before the commit. */
  private void hold(String table) throws SQLException {
    trigger(table, "PERFORM pg_sleep(6);");
  }

  /** Has whoever writes to a table find the disk full, and counts how often that is tried. */
  private void fillDisk(String table) throws SQLException {
    // What a sequence has counted is not taken back with the transaction.
    postgres.execute(database, "CREATE SEQUENCE tries");
    trigger(
        table,
        """
        PERFORM nextval('tries');
        RAISE EXCEPTION 'no space left on device' USING ERRCODE = 'disk_full';\
        """);
  }

  /** Waits until who found the disk full has come back, and so did not give up. */
  private void awaitAnotherTry() {
    Eventually.until("another try", () -> count("SELECT last_value FROM tries") >= 2);
  }

  private void trigger(String table, String action) throws SQLException {
    postgres.execute(
        database,
        """
        CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN %s RETURN NULL; END $$;
        CREATE TRIGGER fault AFTER INSERT ON %s FOR EACH STATEMENT EXECUTE FUNCTION fault()\
        """
            .formatted(action, table));
  }

  private void awaitHeld() {
    Eventually.until(
        "a write that is held",
        () -> count("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'") > 0);
  }

  private void letGo() throws Exception {
    // The function alone: to drop the trigger would wait for those that it holds.
    postgres.execute(
        database,
        """
        CREATE OR REPLACE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RETURN NULL; END $$\
        """);
  }

  private long count(String sql) throws SQLException {
    return postgres.query(database, sql);
  }
}
