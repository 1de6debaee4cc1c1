package dev.storewatch.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What Spark wrote of the tasks of a program.
 *
 * @param cpuSeconds the time of the processor that all tasks had
 * @param shuffleBytes what they gave to one another
 */
record EventLog(double cpuSeconds, long shuffleBytes) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Reads the one log in a folder. */
  static EventLog in(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
    if (files.size() != 1) {
      throw new IllegalStateException("%s has not one log: %s".formatted(folder, files));
    }
    double[] seconds = new double[1];
    long[] bytes = new long[1];
    try (BufferedReader lines = Files.newBufferedReader(files.getFirst())) {
      lines
          .lines()
          .filter(line -> line.contains("SparkListenerTaskEnd"))
          .map(line -> JSON.readTree(line).path("Task Metrics"))
          .forEach(
              metrics -> {
                seconds[0] +=
                    (number(metrics, "Executor CPU Time")
                            + number(metrics, "Executor Deserialize CPU Time"))
                        / 1e9;
                bytes[0] += number(metrics.path("Shuffle Write Metrics"), "Shuffle Bytes Written");
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new EventLog(seconds[0], bytes[0]);
  }

  private static long number(JsonNode of, String name) {
    return of.path(name).asLong(0);
  }
}
