package dev.storewatch.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The main job of this build beside that of another one: the commands that a user would type, as
 * whole processes, each of both builds right after the other, on the same files.
 *
 * <p>Whole processes know nothing of a build but its command line, so any two builds can be
 * compared, and what is measured is what a user waits for. A change of the machine's speed falls on
 * both, because they take turns within seconds; who is first in a turn changes too.
 */
final class Comparison {
  /** All files went in, and all rows of them, or all but some. */
  private static final Set<Integer> IMPORTED = Set.of(0, 3);

  private static final Set<Integer> ENDED = Set.of(0);

  /**
   * A build of the product.
   *
   * @param name what to call it
   * @param launcher its command {@code storewatch}
   */
  record Build(String name, Path launcher) {}

  /** What is measured, in the order of a job. */
  private enum Step {
    IMPORT("import of the three files"),
    REPORT("report -o FILE"),
    INCREMENT("import of an hour's polls"),
    REPORT_AGAIN("report after it");

    private final String words;

    Step(String words) {
      this.words = words;
    }
  }

  private final List<Build> builds;
  private final Inputs inputs;
  private final Path scratch;
  private final int runs;
  private final PrintWriter out;

  private final Map<Step, Measured> measured = new EnumMap<>(Step.class);
  private long differing;

  /**
   * A comparison that has not begun.
   *
   * @param own this build
   * @param other the one that it is compared with
   * @param scratch where data is made
   * @param runs how often the job is done by each, besides one time that is not counted
   */
  Comparison(Build own, Build other, Inputs inputs, Path scratch, int runs, PrintWriter out) {
    this.builds = List.of(own, other);
    this.inputs = inputs;
    this.scratch = scratch;
    this.runs = runs;
    this.out = out;
    for (Step step : Step.values()) {
      measured.put(step, new Measured(builds.size(), runs));
    }
  }

  /** Measures and prints; returns whether the reports of both builds were the same bytes. */
  boolean measure() throws Exception {
    for (Build build : builds) {
      out.printf("%s: %s%n", build.name, build.launcher);
      // Builds the program and its cache where that was not done yet.
      WholeProcess.run(List.of(build.launcher.toString(), "--version"), ENDED);
    }
    Path increment = increment();
    for (int run = -1; run < runs; run++) {
      for (Step step : Step.values()) {
        for (int turn = 0; turn < builds.size(); turn++) {
          measure(step, Math.floorMod(run + turn, builds.size()), run, increment);
        }
        compareReports(step);
      }
      for (int build = 0; build < builds.size(); build++) {
        Scratch.delete(data(build));
      }
    }
    print();
    return differing == 0;
  }

  /** Writes a file with one poll of each polled store, in the hour after the newest poll. */
  private Path increment() throws IOException {
    Path folder = scratch.resolve("increment");
    Path file = scratch.resolve("increment.csv");
    try (Installed installed = new Installed(folder)) {
      installed.importFile(inputs.polls());
      Files.write(file, MainJob.hourlyPolls(installed));
    }
    Scratch.delete(folder);
    return file;
  }

  private Path data(int build) {
    return scratch.resolve("data-" + build);
  }

  private Path report(int build) {
    return scratch.resolve("report-" + build + ".csv");
  }

  private void measure(Step step, int build, int run, Path increment) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(builds.get(build).launcher.toString());
    switch (step) {
      case IMPORT, INCREMENT -> command.addAll(List.of("import", "--data", data(build).toString()));
      case REPORT, REPORT_AGAIN ->
          command.addAll(
              List.of("report", "--data", data(build).toString(), "-o", report(build).toString()));
    }
    switch (step) {
      case IMPORT -> inputs.all().forEach(file -> command.add(file.toAbsolutePath().toString()));
      case INCREMENT -> command.add(increment.toString());
      case REPORT, REPORT_AGAIN -> {}
    }
    boolean imports = step == Step.IMPORT || step == Step.INCREMENT;
    WholeProcess process = WholeProcess.run(command, imports ? IMPORTED : ENDED);
    if (run >= 0) {
      measured(step).add(build, run, process);
    }
  }

  private void compareReports(Step step) throws IOException {
    if (step == Step.REPORT || step == Step.REPORT_AGAIN) {
      differing += Files.mismatch(report(0), report(1)) < 0 ? 0 : 1;
    }
  }

  private void print() {
    out.printf("%nmedians of %d runs of each, in turns, of whole processes%n%n", runs);
    out.printf(
        "| %-28s | %14s | %14s | %5s | %13s | %13s | %5s |%n",
        "", "this build, ms", "the other, ms", "ratio", "this build, MB", "the other, MB", "ratio");
    out.printf(
        "| %s | %s | %s | %s | %s | %s | %s |%n",
        "---", "---:", "---:", "---:", "---:", "---:", "---:");
    for (Step step : Step.values()) {
      Times own = times(step, 0);
      Times other = times(step, 1);
      double[] peak = measured(step).peaks;
      out.printf(
          Locale.ROOT,
          "| %-28s | %14.0f | %14.0f | %5.2f | %13.0f | %13.0f | %5.2f |%n",
          step.words,
          own.median(),
          other.median(),
          own.median() / other.median(),
          peak[0],
          peak[1],
          peak[0] / peak[1]);
    }
    if (differing == 0) {
      out.printf("%nall reports of both are the same bytes%n");
    } else {
      out.printf("%nthe reports of both differ, pairs: %d of %d%n", differing, 2 * (runs + 1));
    }
    out.printf("each run of this build / that of the other beside it, least to most:%n");
    for (Step step : Step.values()) {
      Times ratios = ratios(step);
      out.printf(
          Locale.ROOT,
          "  %-28s %.2f to %.2f, median %.2f%n",
          step.words,
          ratios.least(),
          ratios.most(),
          ratios.median());
    }
  }

  private Measured measured(Step step) {
    return Objects.requireNonNull(measured.get(step));
  }

  private Times times(Step step, int build) {
    return new Times(step.words, measured(step).millis[build]);
  }

  private Times ratios(Step step) {
    double[][] millis = measured(step).millis;
    return new Times(
        step.words,
        IntStream.range(0, runs).mapToDouble(run -> millis[0][run] / millis[1][run]).toArray());
  }

  /** What a step took, for each build. */
  private static final class Measured {
    /** For each build the milliseconds of each run. */
    private final double[][] millis;

    /** For each build the most memory of a run, in millions of bytes. */
    private final double[] peaks;

    Measured(int builds, int runs) {
      millis = new double[builds][runs];
      peaks = new double[builds];
    }

    void add(int build, int run, WholeProcess process) {
      millis[build][run] = process.millis();
      peaks[build] = Math.max(peaks[build], process.peakMegabytes());
    }
  }
}
