package dev.storewatch.bench;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.report.FleetReport;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportTable;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.PackedPoll;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/**
 * The report of three files by this program beside what people would use instead: each a whole
 * process that begins with the files and ends with the report, in turns, and the answers compared.
 */
final class Alternatives {
  /** A run that takes longer is done once. */
  private static final double LONG_MILLIS = 60_000;

  private static final Set<Integer> ENDED = Set.of(0, 3);
  private static final String PANDAS = "pandas, a script that goes over the stores";

  private final Inputs inputs;
  private final Path launcher;
  private final Path scratch;
  private final int runs;
  private final PrintWriter out;
  private final List<Way> ways = new ArrayList<>();

  /**
   * A measurement that has not begun.
   *
   * @param launcher the command {@code storewatch}
   * @param scratch where data is made
   * @param runs how often each is run, besides one time that is not counted
   */
  Alternatives(Inputs inputs, Path launcher, Path scratch, int runs, PrintWriter out) {
    this.inputs = inputs;
    this.launcher = launcher;
    this.scratch = scratch;
    this.runs = runs;
    this.out = out;
  }

  /** A way to the report: commands that are run one after the other. */
  private static final class Way {
    private final String name;
    private final Path report;
    private final List<List<String>> commands;
    private final List<Double> millis = new ArrayList<>();
    private double peak;

    Way(String name, Path report, List<List<String>> commands) {
      this.name = name;
      this.report = report;
      this.commands = commands;
    }

    boolean isLong() {
      return millis.stream().anyMatch(each -> each > LONG_MILLIS);
    }

    Times times() {
      return new Times(name, millis.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  /** Measures and prints. */
  void measure() throws Exception {
    WholeProcess.run(List.of(launcher.toString(), "--version"), ENDED);
    addWays();
    for (int run = -1; run < runs; run++) {
      for (int turn = 0; turn < ways.size(); turn++) {
        measure(ways.get(Math.floorMod(run + turn, ways.size())), run);
      }
    }
    print();
    compareAnswers();
    new PollCount(inputs).print(out);
  }

  private void addWays() throws IOException {
    String storewatch = launcher.toString();
    List<String> files = inputs.all().stream().map(Alternatives::name).toList();
    Path direct = scratch.resolve("files.csv");
    ways.add(
        new Way(
            "storewatch report --files",
            direct,
            List.of(
                Stream.concat(
                        Stream.of(storewatch, "report", "-o", direct.toString(), "--files"),
                        files.stream())
                    .toList())));
    String data = scratch.resolve("data").toString();
    Path kept = scratch.resolve("kept.csv");
    ways.add(
        new Way(
            "storewatch import and report",
            kept,
            List.of(
                Stream.concat(Stream.of(storewatch, "import", "--data", data), files.stream())
                    .toList(),
                List.of(storewatch, "report", "--data", data, "-o", kept.toString()))));
    Path byDuckDb = scratch.resolve("duckdb.csv");
    ways.add(new Way("DuckDB, SQL in one program", byDuckDb, List.of(duckDb(byDuckDb))));
    List<String> script = pandas(scratch.resolve("pandas.csv"));
    if (script == null) {
      out.println("pandas is not here (apt-get install python3-pandas): left out");
    } else {
      ways.add(new Way(PANDAS, scratch.resolve("pandas.csv"), List.of(script)));
    }
  }

  private static String name(Path file) {
    return file.toAbsolutePath().toString();
  }

  private List<String> duckDb(Path report) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        place(DuckDbScript.class) + ":" + place(DuckDBDriver.class),
        DuckDbScript.class.getName(),
        name(inputs.polls()),
        name(inputs.hours()),
        name(inputs.zones()),
        report.toString());
  }

  /** Returns the jar, or the folder, that a class comes from. */
  private static String place(Class<?> type) {
    return Path.of(
            Objects.requireNonNull(type.getProtectionDomain().getCodeSource())
                .getLocation()
                .getPath())
        .toString();
  }

  /** Returns whether a Python is there, and has pandas: that of the system may be another one. */
  private static boolean hasPandas(String python) {
    try {
      return new ProcessBuilder(python, "-c", "import pandas")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private @Nullable List<String> pandas(Path report) throws IOException {
    String python =
        Stream.of("python3", "/usr/bin/python3")
            .filter(Alternatives::hasPandas)
            .findFirst()
            .orElse(null);
    if (python == null) {
      return null;
    }
    Path script = scratch.resolve("report.py");
    try (InputStream in =
        Objects.requireNonNull(Alternatives.class.getResourceAsStream("report.py"))) {
      Files.copy(in, script);
    }
    return List.of(
        python,
        script.toString(),
        name(inputs.polls()),
        name(inputs.hours()),
        name(inputs.zones()),
        report.toString());
  }

  private void measure(Way way, int run) throws IOException, InterruptedException {
    if (way.isLong()) {
      return;
    }
    double millis = 0;
    for (List<String> command : way.commands) {
      WholeProcess process = WholeProcess.run(command, ENDED);
      millis += process.millis();
      way.peak = Math.max(way.peak, process.peakMegabytes());
    }
    if (run >= 0 || millis > LONG_MILLIS) {
      way.millis.add(millis);
    }
    Path data = scratch.resolve("data");
    if (Files.exists(data)) {
      Scratch.delete(data);
    }
  }

  private void print() {
    Way duckDb = ways.get(2);
    out.printf("%nmedians of %d runs of each, in turns, of whole processes; of what takes%n", runs);
    out.printf("longer than a minute, one run%n%n");
    out.printf(
        "| %-44s | %8s | %8s | %8s | %10s | %6s | %10s |%n",
        "", "least", "ms", "most", "/ DuckDB", "MB", "/ DuckDB");
    out.printf("| --- | ---: | ---: | ---: | ---: | ---: | ---: |%n");
    for (Way way : ways) {
      Times times = way.times();
      out.printf(
          Locale.ROOT,
          "| %-44s | %8.0f | %8.0f | %8.0f | %10.2f | %6.0f | %10.2f |%n",
          way.name,
          times.least(),
          times.median(),
          times.most(),
          times.median() / duckDb.times().median(),
          way.peak,
          way.peak / duckDb.peak);
    }
    out.println();
  }

  private void compareAnswers() throws IOException {
    Map<String, List<String>> own = rows(ways.getFirst().report);
    for (Way way : ways.subList(1, ways.size())) {
      Map<String, List<String>> others = rows(way.report);
      long differing =
          own.entrySet().stream()
              .filter(row -> !row.getValue().equals(others.get(row.getKey())))
              .count();
      long missing = others.keySet().stream().filter(id -> !own.containsKey(id)).count();
      out.printf(
          Locale.ROOT,
          "%s: %s%n",
          way.name,
          differing == 0 && missing == 0
              ? "the same figures for all %,d stores".formatted(own.size())
              : "other figures for %,d of %,d stores, by at most %.2f; %,d stores more"
                  .formatted(differing, own.size(), largest(own, others), missing));
    }
  }

  private static Map<String, List<String>> rows(Path report) throws IOException {
    Map<String, List<String>> rows = new HashMap<>();
    for (String line : Files.readAllLines(report)) {
      String[] fields = line.split(",", -1);
      rows.put(fields[0], Arrays.asList(fields).subList(1, fields.length));
    }
    rows.remove("store_id");
    return rows;
  }

  private static double largest(Map<String, List<String>> own, Map<String, List<String>> others) {
    double largest = 0;
    for (Map.Entry<String, List<String>> row : own.entrySet()) {
      List<String> other = others.get(row.getKey());
      for (int i = 0; other != null && i < other.size(); i++) {
        double difference =
            Double.parseDouble(row.getValue().get(i)) - Double.parseDouble(other.get(i));
        largest = Math.max(largest, Math.abs(difference));
      }
    }
    return largest;
  }

  /**
   * What a monitor says that counts polls: the share of active ones among those in business hours
   * of the last week. It is computed here and not timed: what matters is how far off it is.
   */
  private record PollCount(Inputs inputs) {
    void print(PrintWriter out) throws Exception {
      Path data = Files.createTempDirectory("storewatch-bench-count");
      try (Installed installed = new Installed(data)) {
        for (Path file : inputs.all()) {
          installed.importFile(file);
        }
        print(installed, out);
      } finally {
        Scratch.delete(data);
      }
    }

    private static void print(Installed installed, PrintWriter out) {
      long asOf = installed.polls().newest().orElseThrow();
      ReportSpec spec = ReportSpec.standard(asOf);
      ReportTable table =
          new FleetReport(installed.database(), installed.stores(), installed.polls())
              .compute(spec, FleetReport.Progress.NONE);
      Span week = new Span(asOf - 7 * Micros.DAY, asOf + 1);
      Registry registry = installed.stores().registry();
      Clocks clocks = new Clocks(week);
      GroupedPolls polls = new GroupedPolls();
      polls.load(installed.polls(), week, 1, registry.size());
      double[] off = new double[table.size()];
      int compared = 0;
      for (int row = 0; row < table.size(); row++) {
        int key = table.store(row);
        SpanSet open = registry.schedule(key, LateClose.AS_GIVEN).open(clocks);
        int active = 0;
        int all = 0;
        for (int i = polls.from(key); i < polls.to(key); i++) {
          if (open.contains(PackedPoll.at(polls.array()[i]))) {
            all++;
            active += PackedPoll.isActive(polls.array()[i]) ? 1 : 0;
          }
        }
        double up = table.totals(row, 2).up();
        double down = table.totals(row, 2).down();
        if (all > 0 && up + down > 0) {
          off[compared++] = Math.abs(100.0 * active / all - 100 * up / (up + down));
        }
      }
      double[] sorted = Arrays.copyOf(off, compared);
      Arrays.sort(sorted);
      out.printf(
          Locale.ROOT,
          "active polls / polls in business hours of the last week: off by %.2f points in the"
              + " middle, by more than %.2f at one store in twenty, by %.2f at most (%,d stores)%n",
          sorted[compared / 2],
          sorted[(int) (compared * 0.95)],
          sorted[compared - 1],
          compared);
    }
  }
}
