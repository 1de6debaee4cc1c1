package dev.storewatch.bench;

import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.ReportTable;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The main job, measured in one run with what it is compared with. */
final class MainJob {
  private static final int SINGLE_STORES = 50;

  private final Inputs inputs;
  private final Path scratch;
  private final int runs;
  private final PrintWriter out;
  private final List<Times> table = new ArrayList<>();
  private int folders;

  MainJob(Inputs inputs, Path scratch, int runs, PrintWriter out) {
    this.inputs = inputs;
    this.scratch = scratch;
    this.runs = runs;
    this.out = out;
  }

  void measure() throws Exception {
    describe();
    Path polls = polls();
    // The cold import comes first, before anything is compiled.
    Times cold = add(new Times("import, cold: first in its process", freshImport()));
    Times bytes =
        add(Times.of("floor: bytes of the file read", 1, runs, () -> Floor.readBytes(polls)));
    Times group =
        add(
            Times.of(
                "floor: parsed and grouped in memory alone",
                2,
                runs,
                () -> Floor.parseAndGroup(polls)));
    Times warm = add(warmImport());
    try (Installed installed = newInstalled()) {
      installed.importHoursAndZones(inputs);
      RowCounts counts = installed.importFile(polls);
      Times again =
          add(Times.of("the same file imported again", 1, runs, () -> installed.importFile(polls)));
      Times floor = engineFloor(installed);
      Times report = add(fullReport(installed));
      Times query = query(installed);
      add(singleStore(installed));
      long size = databaseSize(installed);
      Times increment = add(increment(installed));
      Times.print(out, table);
      ratio("import, cold / warm", cold, warm);
      ratio("import / parsed and grouped in memory", warm, group);
      ratio("import / bytes read", warm, bytes);
      ratio("imported again / import", again, warm);
      ratio("report / floor (engine and CSV from memory)", report, floor);
      ratio("report / one SQL query of DuckDB", report, query);
      out.printf("%nhourly increment: %.1f ms in the median%n", increment.median());
      out.printf(
          "database: %.1f MB for %,d polls, %.2f bytes each%n",
          size / 1e6, counts.added(), (double) size / counts.added());
    }
    wholeProcesses();
    out.printf(
        "%nthis process: at most %.0f MB resident%n",
        WholeProcess.peakMegabytes(ProcessHandle.current().pid()));
  }

  private void describe() throws IOException {
    out.printf(
        "%s, %d processors, Java %s; medians of %d runs%n",
        System.getProperty("os.name"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        runs);
    for (Path file : inputs.all()) {
      out.printf("  %s  %.1f MB%n", file.getFileName(), Files.size(file) / 1e6);
    }
  }

  private Path polls() {
    return inputs.polls();
  }

  private Times add(Times times) {
    table.add(times);
    return times;
  }

  private void ratio(String name, Times times, Times to) {
    out.printf("%-45s %6.2f%n", name, times.median() / to.median());
  }

  private Installed newInstalled() {
    return new Installed(scratch.resolve("data-" + folders++));
  }

  /**
   * Imports the polls into a new database that knows hours and zones; returns the milliseconds of
   * the polls alone.
   */
  private double freshImport() throws Exception {
    Path path;
    double millis;
    try (Installed installed = newInstalled()) {
      path = installed.path();
      installed.importHoursAndZones(inputs);
      millis = Times.once(() -> installed.importFile(polls()));
    }
    Scratch.delete(path);
    return millis;
  }

  private Times warmImport() throws Exception {
    freshImport();
    double[] millis = new double[runs];
    for (int i = 0; i < runs; i++) {
      millis[i] = freshImport();
    }
    return new Times("import, warm, durable", millis);
  }

  private Times engineFloor(Installed installed) throws Exception {
    Floor.InMemory memory = new Floor.InMemory(installed);
    return add(
        Times.of(
            "floor: engine and CSV from arrays in memory",
            20,
            3 * runs,
            () -> memory.report(OutputStream.nullOutputStream())));
  }

  private Times fullReport(Installed installed) throws Exception {
    return Times.of(
        "report: scan, engine, rows and CSV",
        20,
        3 * runs,
        () -> installed.report(OutputStream.nullOutputStream()));
  }

  private Times query(Installed installed) throws Exception {
    Query query = new Query();
    ReportTable report = installed.report(OutputStream.nullOutputStream());
    int differences = query.differences(installed, report);
    out.printf(
        "%nthe SQL query differs from the report in %d of %,d stores%n",
        differences, report.size());
    return add(
        Times.of(
            "the same report as one SQL query of DuckDB",
            1,
            runs,
            () -> query.differences(installed, report)));
  }

  private Times singleStore(Installed installed) throws Exception {
    Registry registry = installed.stores().registry();
    long asOf = installed.newest();
    int[] keys =
        Arrays.stream(registry.keysById()).filter(key -> registry.hasPollBy(key, asOf)).toArray();
    double[] millis = new double[SINGLE_STORES];
    for (int i = -10; i < SINGLE_STORES; i++) {
      int key = keys[Math.floorMod(i * 7919, keys.length)];
      ReportSpec spec =
          new ReportSpec(
              asOf,
              Rule.standard(),
              Window.STANDARD,
              List.of(registry.id(key)),
              LateClose.AS_GIVEN);
      double took = Times.once(() -> installed.report(spec, OutputStream.nullOutputStream()));
      if (i >= 0) {
        millis[i] = took;
      }
    }
    return new Times("report on a single store", millis);
  }

  private static long databaseSize(Installed installed) throws IOException {
    installed.database().jdbc().sql("CHECKPOINT").query().listOfRows();
    return Scratch.size(installed.path());
  }

  private Times increment(Installed installed) throws Exception {
    double[] millis = new double[runs];
    for (int i = -2; i < runs; i++) {
      byte[] file = hourlyPolls(installed);
      long before = installed.newest();
      double took = Times.once(() -> installed.importBytes(file));
      if (installed.newest() <= before) {
        throw new IllegalStateException("the increment cannot be seen");
      }
      if (i >= 0) {
        millis[i] = took;
      }
    }
    return new Times("hourly increment: one poll of each store", millis);
  }

  /** Returns a file with one poll of each polled store, in the hour after the newest poll. */
  static byte[] hourlyPolls(Installed installed) throws IOException {
    Registry registry = installed.stores().registry();
    long newest = installed.newest();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write("store_id,status,timestamp_utc\n".getBytes(StandardCharsets.UTF_8));
    int row = 0;
    for (int key : registry.keysById()) {
      if (registry.hasPollBy(key, newest)) {
        long at = newest + 1 + (long) row++ * 7919 % Micros.HOUR;
        String line =
            "%s,%s,%s%n"
                .formatted(
                    registry.id(key), row % 10 == 0 ? "inactive" : "active", Micros.toInstant(at));
        file.write(line.getBytes(StandardCharsets.UTF_8));
      }
    }
    return file.toByteArray();
  }

  private void wholeProcesses() throws Exception {
    String launcher = System.getProperty("storewatch.launcher");
    if (launcher == null) {
      out.printf("%nstart this with ./storewatch bench to measure whole processes too%n");
      return;
    }
    String data = scratch.resolve("process").toString();
    String report = scratch.resolve("report.csv").toString();
    List<String> importing = new ArrayList<>(List.of(launcher, "import", "--data", data));
    inputs.all().forEach(file -> importing.add(file.toAbsolutePath().toString()));
    process("./storewatch import of the three files", 1, importing);
    process(
        "./storewatch report -o FILE",
        runs,
        List.of(launcher, "report", "--data", data, "-o", report));
  }

  private void process(String name, int times, List<String> command) throws Exception {
    double[] millis = new double[times];
    double peak = 0;
    for (int i = 0; i < times; i++) {
      WholeProcess process = WholeProcess.run(command);
      millis[i] = process.millis();
      peak = Math.max(peak, process.peakMegabytes());
    }
    Times took = new Times(name, millis);
    out.printf(
        "%n%s: %.2f s in the median, at most %.0f MB resident", name, took.median() / 1000, peak);
  }
}
