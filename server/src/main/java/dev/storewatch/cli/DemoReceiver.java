package dev.storewatch.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A webhook receiver on this machine that prints what it gets, as people would read it. */
final class DemoReceiver implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int NO_CONTENT = 204;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newSingleThreadExecutor();
  private final PrintWriter out;
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  /** Begins to listen on any free port. */
  DemoReceiver(PrintWriter out) throws IOException {
    this.out = out;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.setExecutor(threads);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream body = exchange.getRequestBody()) {
      print(JSON.readTree(body));
      exchange.sendResponseHeaders(NO_CONTENT, -1);
    }
  }

  private void print(JsonNode message) {
    JsonNode data = message.path("data");
    switch (data.path("kind").asString()) {
      case "started" -> begun.incrementAndGet();
      case "ended" -> ended.incrementAndGet();
      default -> {
        // Nothing of one store begins or ends.
      }
    }
    JsonNode end = data.path("times").path("end");
    JsonNode time = end.isString() ? end : data.path("times").path("start");
    out.printf("  %s  %s%n", time.asString(), data.path("title").asString());
    out.flush();
  }

  /** Returns where it listens. */
  String url() {
    return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
  }

  /** Returns how many beginnings it was told of. */
  int begun() {
    return begun.get();
  }

  /** Returns how many ends it was told of. */
  int ended() {
    return ended.get();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
