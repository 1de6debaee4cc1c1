package dev.storewatch.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A receiver of webhooks on this machine that takes everything at once. */
final class Acceptor implements AutoCloseable {
  private static final int NO_CONTENT = 204;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private final Queue<String> ids = new ConcurrentLinkedQueue<>();
  private volatile CountDownLatch expected = new CountDownLatch(0);

  Acceptor() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] _ = exchange.getRequestBody().readAllBytes();
      ids.add(Objects.requireNonNull(exchange.getRequestHeaders().getFirst("webhook-id")));
      exchange.sendResponseHeaders(NO_CONTENT, -1);
      expected.countDown();
    }
  }

  String url() {
    return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
  }

  /** Forgets what came, and counts from here on. */
  void expect(int messages) {
    ids.clear();
    expected = new CountDownLatch(messages);
  }

  /** Waits until as many came as were expected. */
  void await(Duration longest) throws InterruptedException {
    if (!expected.await(longest.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new IllegalStateException(
          "%d messages did not come in %s".formatted(expected.getCount(), longest));
    }
  }

  /** Checks that each message came, and came once. */
  void requireOnce(Collection<String> wanted) {
    if (ids.size() != wanted.size() || !new HashSet<>(ids).equals(new HashSet<>(wanted))) {
      throw new IllegalStateException(
          "%d messages came instead of %d, or others".formatted(ids.size(), wanted.size()));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
