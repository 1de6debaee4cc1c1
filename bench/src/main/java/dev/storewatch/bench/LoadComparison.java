package dev.storewatch.bench;

import dev.storewatch.demo.Fleet;
import dev.storewatch.demo.FleetFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;

/**
 * A server of this build under load beside one of another build: both run, and take turns of a few
 * seconds, so that a change of the machine's speed falls on both.
 */
final class LoadComparison {
  private static final int STORES = 14_000;
  private static final int DAYS = 3;

  /**
   * The most rounds that are not counted. A call takes some rounds until Java has compiled it, and
   * up to then fifty times as long.
   */
  private static final int MOST_WARM_UPS = 12;

  /** A server is warm when this many rounds were not cheaper: one may be dear by chance. */
  private static final int WARM_ROUNDS = 2;

  /** A round is cheaper if a request costs less than this share of the least before. */
  private static final double CHEAPER = 0.95;

  private static final int PUSHED_AT_ONCE = 100;
  private static final String PUSH = "push of one poll";

  /** So long is a server left alone: what its heap does not need goes back within it. */
  private static final Duration IDLE = Duration.ofSeconds(90);

  private static final long FIRST_PUSHED = Instant.parse("2026-04-01T00:00:00Z").getEpochSecond();

  private final List<Comparison.Build> builds;
  private final Path scratch;
  private final int rounds;
  private final PrintWriter out;

  /**
   * A comparison that has not begun.
   *
   * @param builds this build and the other one
   * @param scratch where data is made
   * @param rounds how often each takes its turn with each call, once it is warm
   */
  LoadComparison(List<Comparison.Build> builds, Path scratch, int rounds, PrintWriter out) {
    this.builds = List.copyOf(builds);
    this.scratch = scratch;
    this.rounds = rounds;
    this.out = out;
  }

  /** A server and what it is asked. */
  private record Target(ServerProcess server, Map<String, Traffic.Requests> calls)
      implements AutoCloseable {
    static Target on(ServerProcess server) throws Exception {
      List<String> stores = stores(server.url());
      String report = Traffic.completeReport(server.url());
      Map<String, Traffic.Requests> calls = new LinkedHashMap<>();
      calls.put("health", Traffic.get("/actuator/health"));
      calls.put("one store", Traffic.get("/api/v1/stores/" + stores.getFirst()));
      calls.put("status of a report, dialect A", Traffic.get("/get_report/" + report));
      calls.put(PUSH, pushes(stores, 1, 0));
      calls.put("push of 100 polls", pushes(stores, PUSHED_AT_ONCE, 1_000_000));
      return new Target(server, calls);
    }

    /** Returns the ids of as many stores as come at once. */
    private static List<String> stores(URI url) throws IOException {
      try (Connection connection = new Connection(url)) {
        byte[] ask = connection.request("GET", "/api/v1/stores?limit=1000");
        Traffic.expect(200, connection.send(ask), connection);
        List<String> ids = new ArrayList<>();
        for (JsonNode store : Traffic.json(connection).path("stores")) {
          // An id may hold quotes, which would have to be escaped: the others are enough.
          String id = store.path("store_id").asString();
          if (id.matches("[\\w-]+")) {
            ids.add(id);
          }
        }
        return ids;
      }
    }

    /** Each push has polls of stores that follow each other, a second after the push before. */
    private static Traffic.Requests pushes(List<String> stores, int polls, int later) {
      AtomicInteger sent = new AtomicInteger();
      return Traffic.post(
          "/api/v1/polls",
          () -> {
            int number = sent.getAndIncrement();
            Instant at = Instant.ofEpochSecond(FIRST_PUSHED + later + number);
            String end = "\",\"status\":\"active\",\"timestamp_utc\":\"" + at + "\"}";
            StringBuilder body = new StringBuilder(polls == 1 ? "" : "[");
            for (int i = 0; i < polls; i++) {
              String store = stores.get((number * polls + i) % stores.size());
              body.append(i == 0 ? "" : ",").append("{\"store_id\":\"").append(store).append(end);
            }
            return body.append(polls == 1 ? "" : "]").toString();
          });
    }

    /** Sends a call for a while, and adds what it took and what it cost the server. */
    void send(String call, Latencies measured) throws Exception {
      long before = server.processorNanos();
      Traffic.send(server.url(), Objects.requireNonNull(calls.get(call)), measured);
      measured.cost(server.processorNanos() - before);
    }

    /** Has one poll more, so that no report of before is one on the newest poll. */
    void push() throws IOException {
      try (Connection connection = new Connection(server.url())) {
        byte[] push = Objects.requireNonNull(calls.get(PUSH)).on(connection).get();
        int status = connection.send(push);
        if (status >= 300) {
          Traffic.expect(200, status, connection);
        }
      }
    }

    /** Asks for many reports at once, and returns how long it takes until all are complete. */
    double millisOfReports() throws Exception {
      push();
      long begun = System.nanoTime();
      var _ = Traffic.inParallel(Load.REPORTS, number -> Traffic.completeReport(server.url()));
      return (System.nanoTime() - begun) / 1e6;
    }

    /** Sends a call, uncounted, until it has become no cheaper for some rounds. */
    void warmUp(String call) throws Exception {
      double least = Double.POSITIVE_INFINITY;
      int same = 0;
      for (int round = 0; round < MOST_WARM_UPS && same < WARM_ROUNDS; round++) {
        Latencies measured = new Latencies();
        send(call, measured);
        same = measured.processorMicros() < CHEAPER * least ? 0 : same + 1;
        least = Math.min(least, measured.processorMicros());
      }
    }

    @Override
    public void close() {
      server.close();
    }
  }

  /** Measures and prints. */
  void measure() throws Exception {
    FleetFiles files = new Fleet(STORES, DAYS, 7).writeTo(scratch.resolve("input"));
    for (int build = 0; build < builds.size(); build++) {
      out.printf("%s: %s%n", builds.get(build).name(), builds.get(build).launcher());
      List<String> command = new ArrayList<>(List.of(launcher(build), "import", "--data"));
      command.add(data(build).toString());
      for (Path file : List.of(files.storeStatus(), files.businessHours(), files.timezones())) {
        command.add(file.toString());
      }
      WholeProcess.run(command, Set.of(0, 3));
    }
    List<Times> starts = starts();
    idle();
    try (Target own = target(0);
        Target other = target(1)) {
      calls(List.of(own, other));
      told(
          "%d reports on %,d stores asked for at once, until all are complete"
              .formatted(Load.REPORTS, STORES),
          "ms",
          reports(List.of(own, other)));
    }
    told("from start to first answer", "ms", starts);
  }

  private void told(String what, String unit, List<Times> both) {
    told(what, unit, both.get(0).median(), both.get(1).median());
  }

  private void told(String what, String unit, double own, double other) {
    out.printf(
        Locale.ROOT, "%n%s: %.0f | %.0f %s, ratio %.2f%n", what, own, other, unit, own / other);
  }

  private String launcher(int build) {
    return builds.get(build).launcher().toString();
  }

  private Path data(int build) {
    return scratch.resolve("data-" + build);
  }

  private Target target(int build) throws Exception {
    return Target.on(ServerProcess.start(launcher(build), data(build), ""));
  }

  /** Starts a server of each build in turns, and stops it again. */
  private List<Times> starts() throws Exception {
    double[][] millis = new double[builds.size()][rounds];
    for (int round = -1; round < rounds; round++) {
      for (int build = 0; build < builds.size(); build++) {
        try (ServerProcess server = ServerProcess.start(launcher(build), data(build), "")) {
          if (round >= 0) {
            millis[build][round] = server.millisToFirstAnswer();
          }
        }
      }
    }
    return times(millis);
  }

  private static List<Times> times(double[][] millis) {
    return List.of(new Times("this build", millis[0]), new Times("the other", millis[1]));
  }

  /** Leaves a server of each build alone, both at the same time. */
  private void idle() throws Exception {
    try (ServerProcess own = ServerProcess.start(launcher(0), data(0), "");
        ServerProcess other = ServerProcess.start(launcher(1), data(1), "")) {
      Thread.sleep(IDLE);
      told(
          "memory, resident after %d s without any request".formatted(IDLE.toSeconds()),
          "MB",
          own.residentMegabytes(),
          other.residentMegabytes());
    }
  }

  private List<Times> reports(List<Target> targets) throws Exception {
    double[][] millis = new double[targets.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < targets.size(); turn++) {
        int build = (round + turn) % targets.size();
        millis[build][round] = targets.get(build).millisOfReports();
      }
    }
    return times(millis);
  }

  private void calls(List<Target> targets) throws Exception {
    out.printf(
        "%n%d rounds of each, in turns, with %d connections: requests a second,"
            + " and microseconds of a processor for each%n%n",
        rounds, Traffic.CONNECTIONS);
    row(
        "",
        "this build",
        "the other",
        "ratio",
        "cpu us",
        "cpu us",
        "ratio",
        "p99 ms",
        "p99 ms",
        "failed");
    row("---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:");
    for (String call : targets.getFirst().calls().keySet()) {
      row(call, measure(call, targets));
    }
    told(
        "memory, at most resident",
        "MB",
        targets.get(0).server().peakMegabytes(),
        targets.get(1).server().peakMegabytes());
  }

  private List<Latencies> measure(String call, List<Target> targets) throws Exception {
    for (Target target : targets) {
      target.warmUp(call);
    }
    List<Latencies> measured = List.of(new Latencies(), new Latencies());
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < targets.size(); turn++) {
        int build = (round + turn) % targets.size();
        targets.get(build).send(call, measured.get(build));
      }
    }
    return measured;
  }

  private void row(String call, List<Latencies> measured) {
    Latencies own = measured.get(0);
    Latencies other = measured.get(1);
    row(
        call,
        "%.0f".formatted(own.perSecond()),
        "%.0f".formatted(other.perSecond()),
        "%.2f".formatted(own.perSecond() / other.perSecond()),
        "%.0f".formatted(own.processorMicros()),
        "%.0f".formatted(other.processorMicros()),
        "%.2f".formatted(own.processorMicros() / other.processorMicros()),
        "%.2f".formatted(own.within(0.99)),
        "%.2f".formatted(other.within(0.99)),
        String.valueOf(own.failed() + other.failed()));
  }

  private void row(String... cells) {
    out.printf(
        "| %-30s | %10s | %10s | %5s | %6s | %6s | %5s | %8s | %8s | %6s |%n", (Object[]) cells);
  }
}
