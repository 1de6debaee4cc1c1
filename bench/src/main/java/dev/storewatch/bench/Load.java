package dev.storewatch.bench;

import dev.storewatch.demo.Fleet;
import dev.storewatch.demo.FleetFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server under load over the loopback, measured with its own health end point beside it. */
final class Load {
  private static final int STORES = 14_000;
  private static final int CONNECTIONS = 16;
  private static final int ROUNDS = 3;
  private static final long ROUND_NANOS = 3_000_000_000L;
  private static final int REPORTS = 200;
  private static final int UPLOADS = 50;
  private static final int UPLOAD_ROWS = 2_000;
  private static final long LARGE_UPLOAD = 1_000_000_000L;
  private static final JsonMapper JSON = new JsonMapper();

  private final String launcher;
  private final Path scratch;
  private final int runs;
  private final PrintWriter out;

  Load(String launcher, Path scratch, int runs, PrintWriter out) {
    this.launcher = launcher;
    this.scratch = scratch;
    this.runs = runs;
    this.out = out;
  }

  void measure() throws Exception {
    out.printf(
        "%s, %d processors, Java %s, %d connections%n",
        System.getProperty("os.name"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        CONNECTIONS);
    Path data = scratch.resolve("data");
    String store = importFleet(data);
    starts(data);
    try (ServerProcess server = ServerProcess.start(launcher, data, "")) {
      throughput(server.url(), store);
      reports(server.url());
      uploads(server.url());
      out.printf("memory of the server so far: at most %.0f MB resident%n", server.peakMegabytes());
    }
    try (ServerProcess server = ServerProcess.start(launcher, data, "")) {
      largeUpload(server);
    }
  }

  /** Imports a made-up fleet and returns the id of one of its stores. */
  private String importFleet(Path data) throws IOException, InterruptedException {
    FleetFiles files = new Fleet(STORES, 3, 7).writeTo(scratch.resolve("input"));
    try (Installed installed = new Installed(data)) {
      installed.importFile(files.businessHours());
      installed.importFile(files.timezones());
      installed.importFile(files.storeStatus());
      return installed.stores().registry().id(STORES / 2);
    }
  }

  private void starts(Path data) throws Exception {
    Times with = starts("server from start to first answer", data, "");
    Times without = starts("the same without what Java learnt", data, "-XX:AOTMode=off");
    out.printf("%n| %-58s | %9s | %9s | %9s |%n", "milliseconds", "least", "median", "most");
    out.println(with);
    out.println(without);
    out.printf(
        "what Java learnt saves %.0f %% of a start%n%n",
        100 * (1 - with.median() / without.median()));
  }

  private Times starts(String name, Path data, String options) throws Exception {
    double[] millis = new double[runs];
    for (int i = -1; i < runs; i++) {
      try (ServerProcess server = ServerProcess.start(launcher, data, options)) {
        if (i >= 0) {
          millis[i] = server.millisToFirstAnswer();
        }
      }
    }
    return new Times(name, millis);
  }

  /** Measures in rounds, so that other work on the machine slows all calls alike. */
  private void throughput(URI url, String store) throws Exception {
    String report = completeReport(url);
    List<String> paths =
        List.of("/actuator/health", "/get_report/" + report, "/api/v1/stores/" + store);
    List<String> names = List.of("health", "status of a report", "one store");
    List<Latencies> measured = paths.stream().map(path -> new Latencies()).toList();
    for (int i = 0; i < paths.size(); i++) {
      requests(url, paths.get(i), new Latencies());
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < paths.size(); i++) {
        requests(url, paths.get(i), measured.get(i));
      }
    }
    out.printf("| %-20s | requests/s | p50 ms | p99 ms | failed | / health |%n", "call");
    for (int i = 0; i < paths.size(); i++) {
      Latencies each = measured.get(i);
      out.printf(
          "| %-20s | %10.0f | %6.2f | %6.2f | %6d | %8.2f |%n",
          names.get(i),
          each.perSecond(),
          each.within(0.5),
          each.within(0.99),
          each.failed(),
          each.perSecond() / measured.getFirst().perSecond());
    }
    out.println();
  }

  private static void requests(URI url, String path, Latencies all) throws Exception {
    long end = System.nanoTime() + ROUND_NANOS;
    long begun = System.nanoTime();
    inParallel(
        CONNECTIONS,
        number -> {
          Latencies own = new Latencies();
          try (Connection connection = new Connection(url)) {
            byte[] request = connection.request("GET", path);
            for (long now = System.nanoTime(); now < end; ) {
              if (connection.send(request) != 200) {
                own.fail();
              }
              long after = System.nanoTime();
              own.add(after - now);
              now = after;
            }
          }
          all.addAll(own);
          return true;
        });
    all.lasted(System.nanoTime() - begun);
  }

  /** The work of one of several threads that all do the same at the same time. */
  private interface Share<T> {
    T does(int number) throws Exception;
  }

  private static <T> List<T> inParallel(int count, Share<T> share) throws Exception {
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

  private static String completeReport(URI url) throws IOException, InterruptedException {
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

  private static JsonNode json(Connection connection) {
    return JSON.readTree(connection.body());
  }

  private static void expect(int expected, int status, Connection connection) {
    if (status != expected) {
      throw new IllegalStateException("the server answered " + status + ": " + connection.body());
    }
  }

  private void reports(URI url) throws Exception {
    long begun = System.nanoTime();
    var _ = inParallel(REPORTS, number -> completeReport(url));
    out.printf(
        "%d reports on %,d stores asked for at once: all complete after %.1f s, no error%n",
        REPORTS, STORES, (System.nanoTime() - begun) / 1e9);
  }

  private void uploads(URI url) throws Exception {
    long begun = System.nanoTime();
    List<Long> added =
        inParallel(
            UPLOADS,
            number -> {
              try (Connection connection = new Connection(url)) {
                return upload(connection, rows(number).getBytes(StandardCharsets.UTF_8));
              }
            });
    out.printf(
        "%d files of %,d polls uploaded at once: %,d polls in after %.1f s, no error%n",
        UPLOADS,
        UPLOAD_ROWS,
        added.stream().mapToLong(Long::longValue).sum(),
        (System.nanoTime() - begun) / 1e9);
  }

  private static String rows(int file) {
    StringBuilder rows = new StringBuilder("store_id,status,timestamp_utc\n");
    Instant first = Instant.parse("2026-04-01T00:00:00Z");
    for (int i = 0; i < UPLOAD_ROWS; i++) {
      rows.append("uploaded-")
          .append(file)
          .append(i % 2 == 0 ? ",active," : ",inactive,")
          .append(first.plusSeconds(i * 60L))
          .append('\n');
    }
    return rows.toString();
  }

  private static long upload(Connection connection, byte[] file)
      throws IOException, InterruptedException {
    connection.out().write(connection.head("POST", "/api/v1/imports", "text/csv", file.length));
    connection.out().write(file);
    expect(202, connection.answer(), connection);
    return awaitImport(connection);
  }

  private static long awaitImport(Connection connection) throws IOException, InterruptedException {
    byte[] ask =
        connection.request("GET", "/api/v1/imports/" + json(connection).path("id").asString());
    List<String> underWay = List.of("queued", "running");
    do {
      Thread.sleep(20);
      expect(200, connection.send(ask), connection);
    } while (underWay.contains(json(connection).path("state").asString()));
    if (!json(connection).path("state").asString().equals("complete")) {
      throw new IllegalStateException("an import failed: " + connection.body());
    }
    return json(connection).path("added").asLong();
  }

  private void largeUpload(ServerProcess server) throws Exception {
    double before = server.peakMegabytes();
    try (Connection connection = new Connection(server.url())) {
      byte[] header = "store_id,status,timestamp_utc\n".getBytes(StandardCharsets.US_ASCII);
      long begun = System.nanoTime();
      connection.out().write(connection.head("POST", "/api/v1/imports", "text/csv", LARGE_UPLOAD));
      connection.out().write(header);
      writeRows(connection.out(), LARGE_UPLOAD - header.length);
      expect(202, connection.answer(), connection);
      double received = (System.nanoTime() - begun) / 1e9;
      double streamed = server.peakMegabytes();
      long added = awaitImport(connection);
      out.printf(
          "1 GB uploaded: received after %.1f s, %,d polls in after %.1f s;"
              + " server at most %.0f MB resident before, %.0f MB when received, %.0f MB when in%n",
          received,
          added,
          (System.nanoTime() - begun) / 1e9,
          before,
          streamed,
          server.peakMegabytes());
    }
  }

  /** Writes rows of a fleet, hour after hour, until so many bytes are written. */
  private static void writeRows(OutputStream stream, long bytes) throws IOException {
    long left = bytes;
    long minute = Instant.parse("2026-05-01T00:00:00Z").getEpochSecond() / 60;
    StringBuilder block = new StringBuilder();
    while (left > 0) {
      block.setLength(0);
      String at = Instant.ofEpochSecond(minute++ * 60) + "\n";
      for (int store = 0; store < STORES / 10; store++) {
        block.append("large-upload-").append(store).append(",active,").append(at);
      }
      byte[] rows = block.toString().getBytes(StandardCharsets.US_ASCII);
      if (rows.length > left) {
        // Blank lines fill the rest: they are not rows.
        rows = "\n".repeat((int) left).getBytes(StandardCharsets.US_ASCII);
      }
      stream.write(rows);
      left -= rows.length;
    }
  }

  /** Measures in a folder of its own, which is deleted afterwards. */
  static void run(String launcher, Path parent, int runs, PrintWriter out) throws Exception {
    Path scratch = Files.createTempDirectory(parent, "storewatch-load");
    try {
      new Load(launcher, scratch, runs, out).measure();
    } finally {
      Scratch.delete(scratch);
    }
  }
}
