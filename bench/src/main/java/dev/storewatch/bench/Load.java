package dev.storewatch.bench;

import dev.storewatch.demo.Fleet;
import dev.storewatch.demo.FleetFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A server under load over the loopback, measured with its own health end point beside it. */
final class Load {
  /** Asked for at once. */
  static final int REPORTS = 200;

  private static final int TOO_MANY = 429;
  private static final long AGAIN_MILLIS = 100;
  private static final int STORES = 14_000;
  private static final int ROUNDS = 3;
  private static final int UPLOADS = 50;
  private static final int UPLOAD_ROWS = 2_000;
  private static final long LARGE_UPLOAD = 1_000_000_000L;

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
        Traffic.CONNECTIONS);
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
    String report = Traffic.completeReport(url);
    List<String> paths =
        List.of("/actuator/health", "/get_report/" + report, "/api/v1/stores/" + store);
    List<String> names = List.of("health", "status of a report", "one store");
    List<Latencies> measured = paths.stream().map(path -> new Latencies()).toList();
    for (int i = 0; i < paths.size(); i++) {
      Traffic.send(url, Traffic.get(paths.get(i)), new Latencies());
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < paths.size(); i++) {
        Traffic.send(url, Traffic.get(paths.get(i)), measured.get(i));
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

  private void reports(URI url) throws Exception {
    long begun = System.nanoTime();
    var _ = Traffic.inParallel(REPORTS, number -> Traffic.completeReport(url));
    out.printf(
        "%d reports on %,d stores asked for at once: all complete after %.1f s, no error%n",
        REPORTS, STORES, (System.nanoTime() - begun) / 1e9);
  }

  private void uploads(URI url) throws Exception {
    long begun = System.nanoTime();
    List<Long> added =
        Traffic.inParallel(
            UPLOADS, number -> upload(url, rows(number).getBytes(StandardCharsets.UTF_8)));
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

  /** Uploads a file, again and again as long as one caller has all the places it may have. */
  private static long upload(URI url, byte[] file) throws IOException, InterruptedException {
    while (true) {
      try (Connection connection = new Connection(url)) {
        connection.out().write(connection.head("POST", "/api/v1/imports", "text/csv", file.length));
        connection.out().write(file);
        int status = connection.answer();
        if (status != TOO_MANY) {
          Traffic.expect(202, status, connection);
          return awaitImport(connection);
        }
      }
      Thread.sleep(AGAIN_MILLIS);
    }
  }

  private static long awaitImport(Connection connection) throws IOException, InterruptedException {
    byte[] ask =
        connection.request(
            "GET", "/api/v1/imports/" + Traffic.json(connection).path("id").asString());
    List<String> underWay = List.of("queued", "running");
    do {
      Thread.sleep(20);
      Traffic.expect(200, connection.send(ask), connection);
    } while (underWay.contains(Traffic.json(connection).path("state").asString()));
    if (!Traffic.json(connection).path("state").asString().equals("complete")) {
      throw new IllegalStateException("an import failed: " + connection.body());
    }
    return Traffic.json(connection).path("added").asLong();
  }

  private void largeUpload(ServerProcess server) throws Exception {
    double before = server.peakMegabytes();
    try (Connection connection = new Connection(server.url())) {
      byte[] header = "store_id,status,timestamp_utc\n".getBytes(StandardCharsets.US_ASCII);
      long begun = System.nanoTime();
      connection.out().write(connection.head("POST", "/api/v1/imports", "text/csv", LARGE_UPLOAD));
      connection.out().write(header);
      writeRows(connection.out(), LARGE_UPLOAD - header.length);
      Traffic.expect(202, connection.answer(), connection);
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
}
