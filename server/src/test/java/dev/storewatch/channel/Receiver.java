package dev.storewatch.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A receiver of messages on this machine, which answers as a test says. */
public final class Receiver implements AutoCloseable {
  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Queue<Got> got = new ConcurrentLinkedQueue<>();
  private final Deque<Reply> next = new ArrayDeque<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private Reply always = Reply.of(200, "ok");

  /** A request that came. */
  public record Got(String path, Map<String, String> headers, String body) {
    /** Returns a header, by its name in lower case. */
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  /** What is answered: with a status of 0 nothing, ever; with -1 the connection is cut. */
  public record Reply(int status, String body, Map<String, String> headers) {
    /** An answer without headers. */
    public static Reply of(int status, String body) {
      return new Reply(status, body, Map.of());
    }

    /** No answer. */
    public static Reply silence() {
      return of(0, "");
    }

    /** A connection that is cut. */
    public static Reply hangUp() {
      return of(-1, "");
    }

    /** The same with one header more. */
    public Reply with(String name, String value) {
      Map<String, String> more = new TreeMap<>(headers);
      more.put(name, value);
      return new Reply(status, body, more);
    }
  }

  public Receiver() throws IOException {
    this(0);
  }

  /** A receiver at a port. */
  public Receiver(int port) throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  /** Answers so from now on. */
  public synchronized void answers(Reply reply) {
    always = reply;
  }

  /** Answers so next, after what was said before. */
  public synchronized void answersNext(Reply reply) {
    next.add(reply);
  }

  private synchronized Reply reply() {
    Reply said = next.poll();
    return said == null ? always : said;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Map<String, String> headers =
          exchange.getRequestHeaders().entrySet().stream()
              .collect(
                  Collectors.toMap(
                      header -> header.getKey().toLowerCase(java.util.Locale.ROOT),
                      header -> String.join(", ", header.getValue())));
      got.add(new Got(exchange.getRequestURI().toString(), headers, body));
      answer(exchange, reply());
    }
  }

  private void answer(HttpExchange exchange, Reply reply) throws IOException {
    if (reply.status <= 0) {
      if (reply.status == 0) {
        awaitEnd();
      }
      return;
    }
    reply.headers.forEach(exchange.getResponseHeaders()::add);
    byte[] bytes = reply.body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns what came so far. */
  public List<Got> got() {
    return List.copyOf(got);
  }

  /** Returns the only request that came. */
  public Got one() {
    List<Got> all = got();
    if (all.size() != 1) {
      throw new AssertionError("not one request, but " + all);
    }
    return all.getFirst();
  }

  /** Returns the port. */
  public int port() {
    return http.getAddress().getPort();
  }

  /** Returns the address of a path. */
  public String url(String path) {
    return "http://127.0.0.1:%d%s".formatted(port(), path);
  }

  /** How long a test lets a receiver take that is silent. */
  static final Duration PATIENCE = Duration.ofMillis(200);

  @Override
  public void close() {
    end.countDown();
    http.stop(0);
    threads.shutdownNow();
  }
}
