package dev.storewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A server with stores in every state, up to now: up, down (with an incident), unknown, in a
 * planned closure, and closed. None of it depends on the time of day.
 */
final class ShownFleet {
  static final String DOWN = "mill";
  static final String UP = "harbour";
  static final String HOSTILE = "a/<b>&";

  private static final String SETTINGS =
      """
      storewatch:
        outgoing.allowed: 127.0.0.1
        alerts.rules.group-wait: PT0S
      """;

  private ShownFleet() {}

  static TestServer start(Path path) throws Exception {
    TestServer server = TestServer.startWith(path, SETTINGS);
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    bring(
        server,
        "store_id,timezone_str\nharbour,Europe/Berlin\nmill,America/Chicago\nstation,Asia/Tokyo\n");
    bring(
        server,
        """
        store_id,name,tags
        harbour,Old Harbour,region:west
        mill,<script>alert(1)</script>,region:west
        station,Main Station,region:east
        """);
    StringBuilder closed = new StringBuilder("store_id,day,start_time_local,end_time_local\n");
    for (int day = 0; day < 7; day++) {
      closed.append("shut,%d,Closed,Closed\n".formatted(day));
    }
    bring(server, closed.toString());
    bring(
        server,
        "store_id,from_utc,to_utc,reason\nworks,%sT00:00:00Z,%sT00:00:00Z,new floor\n"
            .formatted(today.minusDays(1), today.plusDays(2)));
    bring(server, polls(Instant.now().truncatedTo(ChronoUnit.SECONDS)));
    push(server, DOWN, "inactive", Instant.now().minus(Duration.ofMinutes(5)));
    var _ =
        Eventually.until(
            "the incident of " + DOWN,
            () -> server.get("/api/v1/incidents").body(),
            incidents -> incidents.contains("\"" + DOWN + "\""));
    var _ =
        Eventually.until(
            "the outage of " + DOWN,
            () -> server.get("/api/v1/outages?state=ongoing").body(),
            outages -> outages.contains("\"" + DOWN + "\""));
    return server;
  }

  private static String polls(Instant now) {
    StringBuilder polls = new StringBuilder("store_id,status,timestamp_utc\n");
    for (int hour = 9 * 24; hour >= 0; hour--) {
      Instant at = now.minus(Duration.ofHours(hour)).minus(Duration.ofMinutes(10));
      for (String store : new String[] {UP, DOWN, "station", "shut", "works", "quiet", HOSTILE}) {
        boolean isDown = store.equals(DOWN) ? hour <= 2 : store.equals(UP) && hour == 30;
        if (!store.equals("quiet") || hour > 3 * 24) {
          polls.append("%s,%s,%s\n".formatted(store, isDown ? "inactive" : "active", at));
        }
      }
    }
    return polls.toString();
  }

  static void bring(TestServer server, String file) throws Exception {
    HttpResponse<String> answer = server.post("/api/v1/imports", file, "text/csv");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String id = TestServer.json(answer).get("id").stringValue();
    var _ =
        Eventually.until(
            "the end of the import",
            () -> TestServer.json(server.get("/api/v1/imports/" + id)),
            run -> run.get("state").stringValue().equals("complete"));
  }

  static void push(TestServer server, String store, String status, Instant at) throws Exception {
    HttpResponse<String> answer =
        server.post(
            "/api/v1/polls",
            "[{\"store_id\":\"%s\",\"status\":\"%s\",\"timestamp_utc\":\"%s\"}]"
                .formatted(store, status, at),
            "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
