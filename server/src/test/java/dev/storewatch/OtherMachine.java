package dev.storewatch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Another machine that is asked over HTTP: its answers by path, and what it was asked. */
public final class OtherMachine implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A machine on the loopback, which answers 404 until it is told otherwise. */
  public OtherMachine() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  /** What was asked of it; the headers by their names in lower case. */
  public record Asked(String method, String path, Map<String, String> headers, String body) {}

  /** How it answers. */
  @FunctionalInterface
  public interface Handler {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** Answers a path with something else from now on. */
  public OtherMachine answers(String path, Handler handler) {
    handlers.put(path, handler);
    return this;
  }

  /** Answers a path with a status, a text, and headers, as names and values by turns. */
  public OtherMachine answers(String path, int status, String text, String... headers) {
    return answers(path, exchange -> send(exchange, status, text, headers));
  }

  /** Sends an answer. */
  public static void send(HttpExchange exchange, int status, String text, String... headers)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      Map<String, String> headers = new ConcurrentHashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      asked.add(new Asked(exchange.getRequestMethod(), path, headers, body));
      Handler handler = handlers.get(path);
      if (handler == null) {
        send(exchange, 404, "nothing here");
      } else {
        handler.answer(exchange);
      }
    }
  }

  /** Returns what it was asked so far. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  /** Returns what it was asked last. */
  public Asked last() {
    return asked.getLast();
  }

  /** Returns the port that it listens on. */
  public int port() {
    return http.getAddress().getPort();
  }

  /** Returns the address of a path, by the number of the loopback. */
  public URI uri(String path) {
    return uri("127.0.0.1", path);
  }

  /** Returns the address of a path, by a name of the machine. */
  public URI uri(String host, String path) {
    return URI.create("http://%s:%d%s".formatted(host, port(), path));
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
