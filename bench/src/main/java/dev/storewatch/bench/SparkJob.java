package dev.storewatch.bench;

import dev.storewatch.report.ReportTable;
import dev.storewatch.uptime.WindowTotals;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The report on Spark beside that of the program on one machine, and beside a query in plain Spark
 * SQL: all of them on the same polls, those of Spark on clusters of processes on this machine.
 */
final class SparkJob {
  private static final int MOST_WORKERS = 2;
  private static final long SECOND = 1_000_000;

  private static final String JOB = "dev.storewatch.spark.UptimeJob";
  private static final String SQL = "dev.storewatch.spark.PlainSql";

  private final String launcher;
  private final String classPath;
  private final Path scratch;
  private final int runs;
  private final PrintWriter out;

  /** What was measured, by the words for it, on each of the files that were measured. */
  private final List<Map<String, Cost>> measured = new ArrayList<>();

  private final List<Long> polls = new ArrayList<>();
  private boolean isSame = true;

  /** What something took, as medians, but the most memory of all runs; 0 for what is not known. */
  private record Cost(
      double seconds,
      double cpuSeconds,
      double megabytes,
      double taskSeconds,
      double shuffleBytes) {
    static Cost of(List<SparkCluster.Took> all) {
      return new Cost(
          median(all, SparkCluster.Took::seconds),
          median(all, SparkCluster.Took::cpuSeconds),
          all.stream().mapToDouble(SparkCluster.Took::executorMegabytes).max().orElse(0),
          median(all, took -> took.tasks().cpuSeconds()),
          median(all, took -> took.tasks().shuffleBytes()));
    }

    private static <T> double median(List<T> all, ToDoubleFunction<T> of) {
      return new Times("", all.stream().mapToDouble(of).toArray()).median();
    }
  }

  /** A program on a cluster, with what it is to be called. */
  private record Program(String words, String main, List<String> arguments) {}

  /**
   * A measurement that has not begun.
   *
   * @param launcher the command {@code storewatch}
   * @param classPath the program on Spark with Spark itself, and the query
   */
  SparkJob(String launcher, String classPath, Path scratch, int runs, PrintWriter out) {
    this.launcher = launcher;
    this.classPath = classPath;
    this.scratch = scratch;
    this.runs = runs;
    this.out = out;
  }

  /** Measures on three files and prints; each further call is compared with the first one. */
  void measure(String name, Inputs inputs) throws Exception {
    Path folder = Files.createDirectory(scratch.resolve("files-" + measured.size()));
    Path data = folder.resolve("data");
    Path lake = folder.resolve("lake");
    Path expected = folder.resolve("server.csv");
    List<String> load = command("import", data);
    inputs.all().forEach(file -> load.add(file.toAbsolutePath().toString()));
    WholeProcess.run(load, java.util.Set.of(0, 3));
    List<String> export = command("export", data);
    export.addAll(List.of("--format", "parquet", lake.toString()));
    WholeProcess.run(export);
    Map<String, Cost> costs = new LinkedHashMap<>();
    costs.put("storewatch report", report(data, expected));
    for (int size = 1; size <= MOST_WORKERS; size++) {
      onCluster(size, lake, folder, costs);
    }
    measured.add(costs);
    print(name, data, lake);
    compare(data, expected, folder);
    if (measured.size() > 1) {
      printGrowth();
    }
    out.flush();
    Scratch.delete(folder);
  }

  /** Returns whether all reports on Spark were the very bytes of the program on one machine. */
  boolean isSame() {
    return isSame;
  }

  private List<String> command(String what, Path data) {
    return new ArrayList<>(List.of(launcher, what, "--data", data.toString()));
  }

  private Cost report(Path data, Path to) throws IOException, InterruptedException {
    List<String> report = command("report", data);
    report.addAll(List.of("-o", to.toString()));
    double[] seconds = new double[runs];
    double[] cpu = new double[runs];
    double peak = 0;
    for (int run = 0; run < runs; run++) {
      double before = ProcessTree.cpuSeconds();
      WholeProcess process = WholeProcess.run(report);
      seconds[run] = process.millis() / 1e3;
      cpu[run] = ProcessTree.cpuSeconds() - before;
      peak = Math.max(peak, process.peakMegabytes());
    }
    return new Cost(new Times("", seconds).median(), new Times("", cpu).median(), peak, 0, 0);
  }

  /** Runs both programs in turns, so that a slower minute of the machine falls on both. */
  private void onCluster(int size, Path lake, Path folder, Map<String, Cost> costs)
      throws IOException, InterruptedException {
    String workers = size == 1 ? "1 worker" : size + " workers";
    List<Program> programs =
        List.of(
            new Program(
                "UptimeJob, " + workers,
                JOB,
                List.of("--lake", lake.toString(), "--one-file", "--out", job(folder).toString())),
            new Program(
                "plain Spark SQL, " + workers,
                SQL,
                List.of(lake.toString(), sql(folder).toString())));
    Map<Program, List<SparkCluster.Took>> took = new HashMap<>();
    try (SparkCluster cluster =
        new SparkCluster(size, classPath, folder.resolve("cluster-" + size), "1g")) {
      for (int run = 0; run < runs; run++) {
        for (int turn = 0; turn < programs.size(); turn++) {
          Program program = programs.get((run + turn) % programs.size());
          took.computeIfAbsent(program, _ -> new ArrayList<>())
              .add(cluster.run(program.main, program.arguments.toArray(String[]::new)));
        }
        isSame &= Files.mismatch(folder.resolve("server.csv"), job(folder)) < 0;
      }
    }
    programs.forEach(
        program -> costs.put(program.words, Cost.of(took.getOrDefault(program, List.of()))));
  }

  private static Path job(Path folder) {
    return folder.resolve("job.csv");
  }

  private static Path sql(Path folder) {
    return folder.resolve("sql");
  }

  private void print(String name, Path data, Path lake) throws IOException {
    long count;
    long stores;
    try (Installed installed = new Installed(data)) {
      count = one(installed, "SELECT count(*) FROM poll");
      stores = one(installed, "SELECT count(*) FROM store WHERE first_poll_at IS NOT NULL");
    }
    polls.add(count);
    out.printf(
        Locale.ROOT,
        "%n%s: %,d stores, %,d polls; the lake has %.1f MB; medians of %d runs in turns, executors"
            + " with one core and -Xmx1g%n%n",
        name,
        stores,
        count,
        Scratch.size(lake) / 1e6,
        runs);
    out.println(
        "| what | clock, s | processor, s | most memory, MB | of tasks, s | of tasks, s a million"
            + " polls | shuffled, bytes a poll |");
    out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    measured
        .getLast()
        .forEach(
            (words, cost) ->
                out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.0f | %s | %s | %s |%n",
                    words,
                    cost.seconds,
                    cost.cpuSeconds,
                    cost.megabytes,
                    orNothing(cost.taskSeconds),
                    orNothing(cost.taskSeconds / (count / 1e6)),
                    orNothing(cost.shuffleBytes / count)));
    out.println();
  }

  private static String orNothing(double value) {
    return value == 0 ? "" : String.format(Locale.ROOT, "%.2f", value);
  }

  private static long one(Installed installed, String sql) {
    return installed.database().jdbc().sql(sql).query(Long.class).single();
  }

  private void compare(Path data, Path expected, Path folder) throws IOException {
    out.printf(
        "the report of UptimeJob and that of storewatch report: %s (%,d bytes)%n",
        isSame ? "the same bytes each time" : "NOT the same bytes", Files.size(expected));
    Map<String, long[]> rows = sqlRows(sql(folder));
    int differing = 0;
    int bySeconds = 0;
    long most = 0;
    int size;
    try (Installed installed = new Installed(data)) {
      ReportTable report = installed.report(OutputStream.nullOutputStream());
      size = report.size();
      for (int row = 0; row < size; row++) {
        long[] own = figures(report, row);
        long[] its = rows.remove(report.storeId(row));
        long difference = its == null ? Long.MAX_VALUE : mostBetween(own, its);
        differing += difference > 0 ? 1 : 0;
        bySeconds += difference >= SECOND ? 1 : 0;
        most = Math.max(most, difference);
      }
    }
    out.printf(
        "plain Spark SQL differs from it in %,d of %,d stores, in %,d by a second or more%s%s%n",
        differing,
        size,
        bySeconds,
        most == 0 || most == Long.MAX_VALUE ? "" : " (at most %,d microseconds)".formatted(most),
        rows.isEmpty() ? "" : ", and has %,d stores that it has not".formatted(rows.size()));
    for (int workers = 1; workers <= MOST_WORKERS; workers++) {
      String words = workers == 1 ? ", 1 worker" : ", %d workers".formatted(workers);
      Cost own = cost("UptimeJob" + words);
      Cost its = cost("plain Spark SQL" + words);
      out.printf(
          Locale.ROOT,
          "UptimeJob / plain Spark SQL%s: processor %.2f, that of tasks %.2f, clock %.2f%n",
          words,
          own.cpuSeconds / its.cpuSeconds,
          own.taskSeconds / its.taskSeconds,
          own.seconds / its.seconds);
    }
  }

  private Cost cost(String words) {
    return java.util.Objects.requireNonNull(measured.getLast().get(words));
  }

  private static long[] figures(ReportTable report, int row) {
    int windows = report.windows();
    long[] figures = new long[2 * windows];
    for (int window = 0; window < windows; window++) {
      WindowTotals totals = report.totals(row, window);
      figures[window] = totals.up();
      figures[windows + window] = totals.down();
    }
    return figures;
  }

  private static long mostBetween(long[] own, long[] its) {
    long most = 0;
    for (int i = 0; i < own.length; i++) {
      most = Math.max(most, Math.abs(own[i] - its[i]));
    }
    return most;
  }

  /** Returns the figures of each store that the query wrote; its ids have no commas or quotes. */
  private static Map<String, long[]> sqlRows(Path folder) throws IOException {
    Map<String, long[]> rows = new HashMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".csv")).toList();
    }
    for (Path file : files) {
      try (Stream<String> lines = Files.lines(file)) {
        lines
            .skip(1)
            .map(line -> line.split(",", -1))
            .forEach(
                fields ->
                    rows.put(
                        fields[0],
                        Arrays.stream(fields).skip(1).mapToLong(Long::parseLong).toArray()));
      }
    }
    return rows;
  }

  private void printGrowth() {
    out.printf(
        Locale.ROOT,
        "%nbeside the first files, with %.1f times as many polls:%n",
        (double) polls.getLast() / polls.getFirst());
    measured
        .getFirst()
        .forEach(
            (words, first) -> {
              Cost last = cost(words);
              out.printf(
                  Locale.ROOT,
                  "%s: clock %.1f times, processor %.1f times, memory %.1f times%n",
                  words,
                  last.seconds / first.seconds,
                  last.cpuSeconds / first.cpuSeconds,
                  last.megabytes / first.megabytes);
            });
  }
}
