package dev.storewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.TestServer;
import dev.storewatch.history.HistoryTracker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server tells of itself in numbers. */
final class MetricsTest {
  private static final Instant NEWEST = Instant.parse("2023-01-25T14:05:00Z");

  @TempDir private static Path sharedPath;

  /** The server of the tests that ask nothing but what every server tells, whatever it did. */
  private static TestServer shared;

  @TempDir private Path path;

  @BeforeAll
  static void start() {
    shared = TestServer.start(sharedPath);
  }

  @AfterAll
  static void stop() {
    shared.close();
  }

  @Test
  void countWhatWasImportedPushedAndReported() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      Scrape.await(server, now -> now.number("storewatch_stores") == 3);

      BusyServer.work(server);

      Scrape scrape =
          Scrape.await(
              server,
              now ->
                  now.number("storewatch_reports_ended_total{state=\"complete\"}") == 1
                      && now.number("storewatch_reports_queued") == 0
                      && now.number("storewatch_stores") == 5
                      && tellsOfTheNewest(now));
      assertThat(scrape.number("storewatch_imports_ended_total{kind=\"polls\",state=\"complete\"}"))
          .isEqualTo(1);
      assertThat(scrape.number("storewatch_imports_ended_total{kind=\"polls\",state=\"failed\"}"))
          .isZero();
      assertThat(rows(scrape, "storewatch_import_rows_total")).containsExactly(2, 2, 0, 1);
      assertThat(rows(scrape, "storewatch_pushed_polls_total")).containsExactly(2, 1, 1, 1);
      assertThat(scrape.number("storewatch_push_batches_total")).isEqualTo(1);
      assertThat(scrape.number("storewatch_push_commit_duration_seconds_count")).isEqualTo(1);
      assertThat(scrape.number("storewatch_push_commit_duration_seconds_sum")).isPositive();
      assertThat(scrape.number("storewatch_import_duration_seconds_count")).isEqualTo(1);
      assertThat(scrape.number("storewatch_import_duration_seconds_sum")).isBetween(0.001, 60.0);
      assertThat(scrape.number("storewatch_report_duration_seconds_count")).isEqualTo(1);
      assertThat(scrape.number("storewatch_report_duration_seconds_bucket{le=\"60.0\"}"))
          .isEqualTo(1);
      assertThat(scrape.number("storewatch_report_wait_seconds_count")).isEqualTo(1);
      assertThat(scrape.number("storewatch_report_wait_seconds_sum")).isBetween(0.0, 60.0);
      assertThat(scrape.number("storewatch_reports_running")).isZero();
      assertThat(scrape.number("storewatch_imports_queued")).isZero();
    }
  }

  /** The newest poll is of 14:05; what is six hours older is told of by no poll that is in time. */
  @Test
  void tellHowFarTheHistoryIsKept() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      BusyServer.work(server);
      long _ = server.bean(HistoryTracker.class).update(); // the server does so once a minute

      Scrape scrape =
          Scrape.await(
              server,
              now ->
                  now.number("storewatch_history_whole") == 1
                      && now.number("storewatch_history_behind_seconds") == 6 * 3600
                      && now.number("storewatch_history_last_building_duration_seconds") > 0);
      assertThat(scrape.number("storewatch_history_known_timestamp_seconds"))
          .isEqualTo(NEWEST.getEpochSecond() - 6.0 * 3600);
      assertThat(scrape.number("storewatch_history_last_building_timestamp_seconds"))
          .isBetween((double) NEWEST.getEpochSecond(), Instant.now().getEpochSecond() + 1.0);
    }
  }

  /** The numbers of one scrape may be of two looks at the database, a second apart. */
  private static boolean tellsOfTheNewest(Scrape scrape) {
    double age = Duration.between(NEWEST, Instant.now()).toSeconds();
    return Math.abs(scrape.number("storewatch_newest_poll_age_seconds") - age) < 60;
  }

  private static List<Integer> rows(Scrape scrape, String name) {
    return List.of("added", "repeated", "replaced", "rejected").stream()
        .map(outcome -> (int) scrape.number(name + "{outcome=\"" + outcome + "\"}"))
        .toList();
  }

  @Test
  void countImportsThatFail() throws Exception {
    try (TestServer server = TestServer.startWith(path, "storewatch.limits.stores: 3")) {
      String csv = "store_id,timezone_str\none store too many,Europe/Berlin\n";
      var upload = server.post("/api/v1/imports", csv, "text/csv");

      assertThat(upload.statusCode()).as(upload.body()).isEqualTo(202);
      Scrape.await(
          server,
          now ->
              now.number("storewatch_imports_ended_total{kind=\"zones\",state=\"failed\"}") == 1);
    }
  }

  @Test
  void countReportsThatWaitRunAndAreCancelled() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      server.polls().shut();
      String first = ask(server);
      ask(server);
      ask(server);

      Scrape.await(
          server,
          now ->
              now.number("storewatch_reports_running") == 2
                  && now.number("storewatch_reports_queued") == 1);
      assertThat(server.send("DELETE", "/api/v1/reports/" + first, "").statusCode()).isEqualTo(204);
      server.polls().open();

      Scrape.await(
          server,
          now ->
              now.number("storewatch_reports_ended_total{state=\"cancelled\"}") == 1
                  && now.number("storewatch_reports_ended_total{state=\"complete\"}") == 2
                  && now.number("storewatch_reports_queued") == 0);
    }
  }

  private static String ask(TestServer server) throws Exception {
    return TestServer.json(server.post("/api/v1/reports", "{}", "application/json"))
        .get("id")
        .stringValue();
  }

  @Test
  void tellOfTheDatabaseAndTheDisk() throws Exception {
    Scrape scrape = Scrape.await(shared, now -> now.number("storewatch_database_up") == 1);

    assertThat(scrape.number("storewatch_database_round_trip_seconds")).isBetween(0.0, 2.0);
    assertThat(scrape.series()).anyMatch(one -> one.startsWith("hikaricp_connections_max{pool="));
    assertThat(scrape.number("storewatch_disk_free_bytes"))
        .isPositive()
        .isLessThanOrEqualTo(scrape.number("storewatch_disk_total_bytes"));
  }

  @Test
  void areThereWhenTheDatabaseIsNot() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      server.loseDatabase();

      Scrape scrape = Scrape.await(server, now -> now.number("storewatch_database_up") == 0);
      assertThat(scrape.number("storewatch_stores")).isNaN();
      assertThat(scrape.number("storewatch_newest_poll_age_seconds")).isNaN();
      assertThat(scrape.number("storewatch_database_round_trip_seconds")).isNaN();
    }
  }

  @Test
  void countThoseWhoAreNotBelieved() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      String key = server.key("viewer");
      assertThat(server.get("/api/v1/me", "X-API-Key", "sw_wrong").statusCode()).isEqualTo(401);
      assertThat(server.get("/api/v1/me", "X-API-Key", "sw_wrong").statusCode()).isEqualTo(401);

      Scrape scrape = Scrape.of(server, "X-API-Key", key);

      assertThat(scrape.number("storewatch_access_refused_total{what=\"key\"}")).isEqualTo(2);
      assertThat(scrape.number("storewatch_access_refused_total{what=\"sign_in\"}")).isZero();
    }
  }

  @Test
  void haveNoIdsPathsOrManyValuesInTheirLabels() throws Exception {
    BusyServer.work(shared);
    for (int i = 0; i < 150; i++) {
      shared.get("/api/v1/stores/store-" + i + "/uptime");
      shared.get("/nothing/at/" + i);
      shared.send("METHOD" + i, "/api/v1/me", "");
    }

    Scrape scrape = Scrape.of(shared);

    assertThat(scrape.series())
        .noneMatch(series -> series.contains("store-"))
        .noneMatch(series -> series.contains("nothing"))
        .noneMatch(series -> series.contains("METHOD"))
        .noneMatch(series -> series.contains(sharedPath.toString()))
        .anyMatch(series -> series.contains("uri=\"/api/v1/stores/{storeId}/uptime\""));
    assertThat(scrape.series()).hasSizeLessThan(1_000);
  }

  @Test
  void followTheConventionsOfTheirNames() throws Exception {
    Scrape scrape = Scrape.of(shared);
    Set<String> own = Set.copyOf(scrape.types().keySet());

    assertThat(own).filteredOn(name -> name.startsWith("storewatch_")).hasSizeGreaterThan(15);
    for (String name : own) {
      if (name.startsWith("storewatch_")) {
        assertThat(name.endsWith("_total"))
            .as(name)
            .isEqualTo("counter".equals(scrape.types().get(name)));
        assertThat(name).doesNotContain("millis").doesNotContain("percent");
      }
    }
  }

  @Test
  void areForThoseWhoMaySeeAllStores() throws Exception {
    try (TestServer server = TestServer.start(path)) {
      assertThat(server.get("/actuator/prometheus").statusCode()).isEqualTo(200);
      String viewer = server.key("viewer");
      String limited = server.key("operator", "region:west");

      assertThat(server.get("/actuator/prometheus").statusCode()).isEqualTo(401);
      assertThat(server.get("/actuator/prometheus", "X-API-Key", viewer).statusCode())
          .isEqualTo(200);
      var refused = server.get("/actuator/prometheus", "X-API-Key", limited);
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("use a key without tags").doesNotContain("storewatch_");
    }
  }

  @Test
  void areAskedForWithAnAcceptHeaderOfPrometheus() throws Exception {
    var answer =
        shared.get(
            "/actuator/prometheus",
            "Accept",
            "application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text");
    assertThat(answer.body()).endsWith("# EOF\n");
  }
}
