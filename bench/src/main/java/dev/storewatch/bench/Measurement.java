package dev.storewatch.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A measurement of several works, whose times are collected by name and printed as a table. */
abstract class Measurement {
  final PrintWriter out;
  final int runs;
  private final Map<String, List<Double>> measured = new LinkedHashMap<>();

  /** A measurement whose table begins with the machine. */
  Measurement(int runs, PrintWriter out) {
    this.runs = runs;
    this.out = out;
  }

  /** Measures everything, and prints what was found. */
  abstract void measure() throws Exception;

  /** Prints on what was measured, and of how many of what the medians are. */
  void printMachine(String medians) {
    out.printf(
        "%s, %d processors, Java %s; medians of %d %s%n",
        System.getProperty("os.name"),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        runs,
        medians);
  }

  /** Does work, and keeps what it took unless it is done to warm up. */
  void time(String name, boolean counts, Times.Work work) throws Exception {
    time(name, counts, Times.once(work));
  }

  /** Keeps what some work took, in milliseconds, likewise. */
  void time(String name, boolean counts, double took) {
    if (counts) {
      measured.computeIfAbsent(name, first -> new ArrayList<>()).add(took);
    }
  }

  Times times(String name) {
    return new Times(
        name,
        Objects.requireNonNull(measured.get(name)).stream()
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  /** Prints the times of all works, in the order in which they were first done. */
  void printTimes() {
    Times.print(out, measured.keySet().stream().map(this::times).toList());
  }
}
