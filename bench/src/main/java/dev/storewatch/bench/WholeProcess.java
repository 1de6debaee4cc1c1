package dev.storewatch.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A whole process as a user would start it.
 *
 * @param millis from its start to its end
 * @param peakMegabytes the most memory it had resident, in millions of bytes; 0 where the system
 *     does not tell
 */
record WholeProcess(double millis, double peakMegabytes) {
  /** Runs a command to its end, and throws if the command fails. */
  static WholeProcess run(List<String> command) throws IOException, InterruptedException {
    return run(command, Set.of(0));
  }

  /** Runs a command to its end, and throws if that is not one of the exit codes. */
  static WholeProcess run(List<String> command, Set<Integer> exitCodes)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("storewatch-bench", ".txt");
    try {
      return run(command, exitCodes, said);
    } finally {
      Files.deleteIfExists(said);
    }
  }

  /** Runs a command; what it says beside its results is shown only when it fails. */
  private static WholeProcess run(List<String> command, Set<Integer> exitCodes, Path said)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(said.toFile())
            .start();
    double peak = 0;
    while (process.isAlive()) {
      peak = Math.max(peak, peakMegabytes(process.pid()));
      process.waitFor(Duration.ofMillis(2));
    }
    double millis = (System.nanoTime() - begun) / 1e6;
    if (!exitCodes.contains(process.exitValue())) {
      throw new IllegalStateException(
          "%s ended with %d: %s".formatted(command, process.exitValue(), Files.readString(said)));
    }
    return new WholeProcess(millis, peak);
  }

  /** Returns the largest resident set of a live process so far, as Linux keeps it. */
  static double peakMegabytes(long pid) {
    return megabytes(pid, "VmHWM:");
  }

  /** Returns the resident set of a live process now, as Linux keeps it. */
  static double residentMegabytes(long pid) {
    return megabytes(pid, "VmRSS:");
  }

  private static double megabytes(long pid, String entry) {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return status
              .filter(line -> line.startsWith(entry))
              .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
              .max()
              .orElse(0)
          * 1024
          / 1e6;
    } catch (IOException | UncheckedIOException e) {
      return 0; // it has just ended, or this is not Linux
    }
  }
}
