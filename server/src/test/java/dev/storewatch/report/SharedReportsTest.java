package dev.storewatch.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.TestDatabase;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports on two servers that share a database: one computes, and anybody asks the other. */
@Tag("long")
final class SharedReportsTest {
  private static final String REPORTS = "/api/v1/reports";

  @TempDir private Path path;
  private TestDatabase database;
  private TestServer busy;
  private TestServer other;

  @BeforeEach
  void start() throws Exception {
    database = TestDatabase.withTables();
    busy = TestServer.startOn(database, path.resolve("busy"), "");
    other = busy;
    push("A", "2023-01-25T12:00:00Z");
    push("B", "2023-01-25T11:00:00Z");
  }

  @AfterEach
  void stop() {
    if (other != busy) {
      other.close();
    }
    busy.close();
    database.close();
  }

  private void push(String store, String at) throws Exception {
    HttpResponse<String> answer =
        busy.post(
            "/api/v1/polls",
            "{\"store_id\": \"%s\", \"status\": \"active\", \"timestamp_utc\": \"%s\"}"
                .formatted(store, at),
            "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** Asks for a report that the first server computes and does not finish. */
  private String askAndHold() throws Exception {
    busy.polls().shut();
    HttpResponse<String> asked = busy.post(REPORTS, "{}", "application/json");
    busy.polls().awaitScan();
    other = TestServer.startOn(database, path.resolve("other"), "");
    return TestServer.json(asked).get("id").stringValue();
  }

  @Test
  void tellHowFarTheyAreAtEitherServer() throws Exception {
    String id = askAndHold();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> events =
          threads.submit(() -> other.get(REPORTS + "/" + id + "/events"));
      String state =
          Eventually.until(
              "how far the report is",
              () -> other.get(REPORTS + "/" + id).body(),
              body -> body.contains("\"total\":2"));
      assertThat(state).contains("\"state\":\"running\"");

      busy.polls().open();

      assertThat(events.get(3, TimeUnit.MINUTES).body()).contains("\"state\":\"complete\"");
    }
    String csv = other.get(REPORTS + "/" + id + ".csv").body();
    assertThat(csv).hasLineCount(3).isEqualTo(busy.get(REPORTS + "/" + id + ".csv").body());
  }

  @Test
  void areGivenUpWhenTheyAreDeletedAtTheOtherServer() throws Exception {
    String id = askAndHold();
    Report report = busy.bean(Reports.class).find(id).orElseThrow();
    assertThat(busy.bean(ReportQueue.class).isUnwanted(report)).isFalse();

    assertThat(other.send("DELETE", REPORTS + "/" + id, "").statusCode()).isEqualTo(204);

    Eventually.until(
        "the report is unwanted", () -> busy.bean(ReportQueue.class).isUnwanted(report));
    busy.polls().open();
    assertThat(busy.get(REPORTS + "/" + id).statusCode()).isEqualTo(404);
  }

  @Test
  void areOneForOneKeyWhicheverServerIsAsked() throws Exception {
    other = TestServer.startOn(database, path.resolve("other"), "");
    String[] key = {"Content-Type", "application/json", "Idempotency-Key", "once"};
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> one =
          threads.submit(() -> busy.send("POST", REPORTS, "{}", key));
      Future<HttpResponse<String>> two =
          threads.submit(() -> other.send("POST", REPORTS, "{}", key));

      assertThat(TestServer.json(one.get()).get("id"))
          .isEqualTo(TestServer.json(two.get()).get("id"));
    }
  }
}
