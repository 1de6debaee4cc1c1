package dev.storewatch.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Eventually;
import dev.storewatch.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;

/** What has a server do one of everything. */
final class BusyServer {
  private static final String POLLS =
      """
      store_id,status,timestamp_utc
      42,active,2023-01-25 11:00:00 UTC
      42,active,2023-01-25 13:00:00 UTC
      42,active,2023-01-25 13:00:00 UTC
      43,inactive,2023-01-25 13:00:00 UTC
      43,perhaps,2023-01-25 13:00:00 UTC
      """;
  private static final String PUSHED =
      """
      [{"store_id":"42","status":"inactive","timestamp_utc":"2023-01-25T13:00:00Z"},
       {"store_id":"43","status":"inactive","timestamp_utc":"2023-01-25T13:00:00Z"},
       {"store_id":"44","status":"active","timestamp_utc":"2023-01-25T14:00:00Z"},
       {"store_id":"44","status":"active","timestamp_utc":"2023-01-25T14:05:00Z"},
       {"store_id":"44","status":"perhaps","timestamp_utc":"2023-01-25T14:10:00Z"}]
      """;

  private BusyServer() {}

  /** Imports a file, pushes polls and asks for a report; returns when all is done. */
  static void work(TestServer server) throws IOException, InterruptedException {
    HttpResponse<String> upload =
        server.post("/api/v1/imports?source=polls.csv", POLLS, "text/csv");
    assertThat(upload.statusCode()).as(upload.body()).isEqualTo(202);
    String id = TestServer.json(upload).get("id").stringValue();
    Eventually.until(
        "the end of the import",
        () -> !TestServer.json(server.get("/api/v1/imports/" + id)).get("ended_at").isNull());
    HttpResponse<String> push = server.post("/api/v1/polls", PUSHED, "application/json");
    assertThat(push.statusCode()).as(push.body()).isEqualTo(200);
    report(server);
  }

  private static void report(TestServer server) throws IOException, InterruptedException {
    HttpResponse<String> report = server.post("/api/v1/reports", "{}", "application/json");
    assertThat(report.statusCode()).as(report.body()).isEqualTo(202);
    server.awaitEnd(TestServer.json(report).get("id").stringValue());
  }
}
