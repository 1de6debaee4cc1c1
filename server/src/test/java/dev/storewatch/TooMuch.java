package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.database.Database;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Sends too much, too much at once and too slowly, and checks the answers. */
final class TooMuch {
  private static final String POLLS = "/api/v1/polls";
  private static final String IMPORTS = "/api/v1/imports";
  private static final String LINES = "application/x-ndjson";
  private static final String ZONES = "store_id,timezone_str\n42,America/Denver\n";
  private static final String POLL =
      "{\"store_id\":\"1\",\"status\":\"active\",\"timestamp_utc\":\"2023-01-25T11:00:00Z\"}\n";

  private final DescribedInterface described;

  TooMuch(DescribedInterface described) {
    this.described = described;
  }

  void send(Path path) throws Exception {
    String settings =
        """
        storewatch.limits:
          push-bytes: 1MB
          upload-bytes: 100KB
          uploads-at-once: 1
          slowest-bytes-per-second: 1KB
          slow-after: 300ms
        """;
    try (TestServer server = TestServer.startWith(path.resolve("small"), settings)) {
      tooLarge(server);
      slowPush(server);
      slowUpload(server);
      tooManyPolls(server);
    }
    String full = "storewatch.limits.free-disk-bytes: 1000000TB";
    try (TestServer server = TestServer.startWith(path.resolve("full"), full)) {
      expect(server, 507, POLLS, POLL, LINES);
      expect(server, 507, IMPORTS, ZONES, "text/csv");
      expect(server, 507, "/api/v1/reports", "{}", "application/json");
      expect(
          server, 507, "/api/v1/keys", "{\"name\":\"a\",\"role\":\"viewer\"}", "application/json");
    }
  }

  private void tooLarge(TestServer server) throws Exception {
    expect(server, 413, POLLS, POLL.repeat(20_000), LINES);
    expect(server, 413, IMPORTS, ZONES.repeat(5_000), "text/csv");
  }

  private void slowPush(TestServer server) throws Exception {
    try (SlowSender slow = new SlowSender(server, POLLS, "Content-Type", LINES)) {
      check(408, slow.answer());
    }
  }

  private void slowUpload(TestServer server) throws Exception {
    try (SlowSender slow = new SlowSender(server, IMPORTS)) {
      expect(server, 429, IMPORTS, ZONES, "text/csv");
      check(408, slow.answer());
    }
  }

  /** Holds the database while so many push that the next has to come again. */
  private void tooManyPolls(TestServer server) throws Exception {
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
        HeldDatabase held = new HeldDatabase(server.bean(Database.class))) {
      ExecutorCompletionService<HttpResponse<String>> answers =
          new ExecutorCompletionService<>(senders);
      for (int i = 0; i < 30; i++) {
        var _ = answers.submit(() -> server.post(POLLS, POLL.repeat(9_900), LINES));
      }
      HttpResponse<String> first = answers.take().get();
      held.letGo();
      check(429, first);
    }
  }

  private void expect(TestServer server, int status, String path, String body, String type)
      throws Exception {
    check(status, server.post(path, body, type));
  }

  private void check(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    described.check("POST", answer);
  }
}
