package dev.storewatch.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to a server, of many clients at once. */
final class Traffic {
  /** The clients that send at the same time. */
  static final int CONNECTIONS = 16;

  private static final long ROUND_NANOS = 3_000_000_000L;
  private static final JsonMapper JSON = new JsonMapper();

  private Traffic() {}

  /** What the clients send. */
  interface Requests {
    /** Returns the requests of one client, each as the bytes that go over its connection. */
    Supplier<byte[]> on(Connection connection);
  }

  /** Returns one request, sent again and again: it is written once for each client. */
  static Requests get(String path) {
    return connection -> {
      byte[] request = connection.request("GET", path);
      return () -> request;
    };
  }

  /** Returns requests with bodies of JSON, one after the other, whichever client sends them. */
  static Requests post(String path, Supplier<String> bodies) {
    return connection ->
        () -> {
          byte[] body = bodies.get().getBytes(StandardCharsets.UTF_8);
          byte[] head = connection.head("POST", path, "application/json", body.length);
          byte[] whole = Arrays.copyOf(head, head.length + body.length);
          System.arraycopy(body, 0, whole, head.length, body.length);
          return whole;
        };
  }

  /** Sends requests for a while, each client one after the other, and adds what each took. */
  static void send(URI url, Requests requests, Latencies all) throws Exception {
    long begun = System.nanoTime();
    long end = begun + ROUND_NANOS;
    inParallel(
        CONNECTIONS,
        number -> {
          Latencies own = new Latencies();
          try (Connection connection = new Connection(url)) {
            Supplier<byte[]> next = requests.on(connection);
            byte[] request = next.get();
            for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
              if (connection.send(request) >= 300) {
                own.fail();
              }
              own.add(System.nanoTime() - now);
              request = next.get();
            }
          }
          all.addAll(own);
          return true;
        });
    all.lasted(System.nanoTime() - begun);
  }

  /** The work of one of several threads that all do the same at the same time. */
  interface Share<T> {
    T does(int number) throws Exception;
  }

  static <T> List<T> inParallel(int count, Share<T> share) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        Callable<T> work = () -> share.does(number);
        running.add(threads.submit(work));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> each : running) {
        results.add(each.get());
      }
      return results;
    }
  }

  /** Asks for a report on all stores, waits until it is complete, and returns its id. */
  static String completeReport(URI url) throws IOException, InterruptedException {
    try (Connection connection = new Connection(url)) {
      return completeReport(connection);
    }
  }

  private static String completeReport(Connection connection)
      throws IOException, InterruptedException {
    expect(200, connection.send(connection.request("POST", "/trigger_report")), connection);
    String id = json(connection).path("report_id").asString();
    byte[] ask = connection.request("GET", "/get_report/" + id);
    do {
      Thread.sleep(5);
      expect(200, connection.send(ask), connection);
    } while (json(connection).path("status").asString().equals("Running"));
    if (!json(connection).path("status").asString().equals("Complete")) {
      throw new IllegalStateException("a report failed: " + connection.body());
    }
    return id;
  }

  /** Returns the last answer. */
  static JsonNode json(Connection connection) {
    return JSON.readTree(connection.body());
  }

  /** Holds that an answer has a status. */
  static void expect(int expected, int status, Connection connection) {
    if (status != expected) {
      throw new IllegalStateException("the server answered " + status + ": " + connection.body());
    }
  }
}
