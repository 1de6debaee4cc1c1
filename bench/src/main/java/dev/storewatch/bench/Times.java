package dev.storewatch.bench;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

/** How long the runs of one measurement took, in milliseconds. */
final class Times {
  private final String name;
  private final double[] millis;

  /** The times of a measurement, one value for each run. */
  Times(String name, double... millis) {
    this.name = name;
    this.millis = millis.clone();
  }

  /** Work that is measured. */
  interface Work {
    void run() throws Exception;
  }

  /** Measures work, after runs that are not counted. */
  static Times of(String name, int warmUps, int runs, Work work) throws Exception {
    for (int i = 0; i < warmUps; i++) {
      work.run();
    }
    double[] millis = new double[runs];
    for (int i = 0; i < runs; i++) {
      millis[i] = once(work);
    }
    return new Times(name, millis);
  }

  /** Returns how long work takes once, in milliseconds. */
  static double once(Work work) throws Exception {
    long begun = System.nanoTime();
    work.run();
    return (System.nanoTime() - begun) / 1e6;
  }

  /** Prints measurements as a table. */
  static void print(PrintWriter out, List<Times> table) {
    out.printf("%n| %-58s | %9s | %9s | %9s |%n", "milliseconds", "least", "median", "most");
    out.printf(
        "| %s | %s: | %s: | %s: |%n", "-".repeat(58), "-".repeat(8), "-".repeat(8), "-".repeat(8));
    table.forEach(out::println);
    out.println();
  }

  double median() {
    double[] sorted = millis.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double least() {
    return Arrays.stream(millis).min().orElseThrow();
  }

  double most() {
    return Arrays.stream(millis).max().orElseThrow();
  }

  @Override
  public String toString() {
    return "| %-58s | %9.1f | %9.1f | %9.1f |".formatted(name, least(), median(), most());
  }
}
