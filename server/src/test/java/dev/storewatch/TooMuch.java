package dev.storewatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.system.Database;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

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
    }
  }

  private void tooLarge(TestServer server) throws Exception {
    expect(server, 413, POLLS, POLL.repeat(20_000), LINES);
    expect(server, 413, IMPORTS, ZONES.repeat(5_000), "text/csv");
  }

  private void slowPush(TestServer server) throws Exception {
    try (Socket slow = begin(server, POLLS, LINES)) {
      check(408, trickle(server, POLLS, slow));
    }
  }

  private void slowUpload(TestServer server) throws Exception {
    try (Socket slow = begin(server, IMPORTS, "text/csv")) {
      HttpResponse<String> answer = server.post(IMPORTS, ZONES, "text/csv");
      while (answer.statusCode() == 202) {
        answer = server.post(IMPORTS, ZONES, "text/csv");
      }
      check(429, answer);
      check(408, trickle(server, IMPORTS, slow));
    }
  }

  /** Holds the database while so many push that the next has to come again. */
  private void tooManyPolls(TestServer server) throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch hold = new CountDownLatch(1);
    Database database = server.bean(Database.class);
    Thread holder =
        Thread.ofPlatform()
            .start(() -> database.inSteadyTransaction(() -> waitBetween(held, hold)));
    held.await();
    List<Thread> senders = new ArrayList<>();
    for (int i = 0; i < 26; i++) {
      senders.add(Thread.ofVirtual().start(() -> pushQuietly(server)));
    }
    HttpResponse<String> answer = server.post(POLLS, POLL.repeat(9_000), LINES);
    hold.countDown();
    holder.join();
    for (Thread sender : senders) {
      sender.join();
    }
    check(429, answer);
  }

  private static boolean waitBetween(CountDownLatch held, CountDownLatch hold) {
    held.countDown();
    try {
      hold.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return true;
  }

  private static void pushQuietly(TestServer server) {
    try {
      var _ = server.post(POLLS, POLL.repeat(9_900), LINES);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
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

  private static Socket begin(TestServer server, String path, String type) throws IOException {
    URI url = URI.create(server.url());
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
    socket.setSoTimeout(20_000);
    OutputStream out = socket.getOutputStream();
    String head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: 50000\r\n\r\n{"
            .formatted(path, url.getAuthority(), type);
    out.write(head.getBytes(StandardCharsets.UTF_8));
    out.flush();
    return socket;
  }

  /** Goes on until the server has long lost its patience; returns its answer. */
  private static RawAnswer trickle(TestServer server, String path, Socket slow) throws Exception {
    for (int i = 0; i < 40; i++) {
      slow.getOutputStream().write('x');
      Thread.sleep(10);
    }
    String text = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return RawAnswer.read(URI.create(server.url() + path), text);
  }
}
