package dev.storewatch.bench;

import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.interval.Micros;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * What the table of time zones costs a process at its start, in processor time, which other
 * programs of the machine hardly change. It is measured in a Java of its own for each run, because
 * the first use loads classes and runs cold code.
 */
public final class ZoneStart {
  /** The zones of a chain in the United States. */
  private static final List<String> ZONES =
      List.of(
          "America/Chicago",
          "America/New_York",
          "America/Denver",
          "America/Los_Angeles",
          "America/Phoenix",
          "America/Boise",
          "America/Detroit",
          "America/Anchorage",
          "Pacific/Honolulu");

  private static final List<String> STEPS =
      List.of(
          "load the table",
          "the offset of one zone",
          "the offsets of eight more zones",
          "a name that is not written as in the table",
          "the first three, which a start needs");

  private ZoneStart() {}

  /** Takes the steps once, and prints how long each took in nanoseconds, one on a line. */
  public static void main(String[] arguments) {
    doWhatEveryStartDoes();
    ThreadMXBean thread = ManagementFactory.getThreadMXBean();
    long now = Micros.of(Instant.parse("2026-11-15T12:00:00Z"));
    var _ = thread.getCurrentThreadCpuTime();
    long[] at = new long[STEPS.size()];
    at[0] = thread.getCurrentThreadCpuTime();
    ZoneTable table = ZoneTable.inUse();
    at[1] = thread.getCurrentThreadCpuTime();
    long sum = table.zone(ZONES.getFirst()).offset(now);
    at[2] = thread.getCurrentThreadCpuTime();
    for (String name : ZONES.subList(1, ZONES.size())) {
      sum += table.zone(name).offset(now);
    }
    at[3] = thread.getCurrentThreadCpuTime();
    Zone eastern = table.zone("us/eastern");
    at[4] = thread.getCurrentThreadCpuTime();
    sum += eastern.offset(now);
    if (sum >= 0) {
      throw new IllegalStateException("America is ahead of UTC");
    }
    for (int step = 1; step < at.length; step++) {
      System.out.println(at[step] - at[step - 1]);
    }
    System.out.println(at[3] - at[0]);
  }

  /**
   * Uses what Java prepares when it is first used, and what each start uses long before the first
   * zone: a resource of a jar, a lambda, the parts of a text.
   */
  private static void doWhatEveryStartDoes() {
    try (InputStream resource = CommandLine.class.getResourceAsStream("CommandLine.class")) {
      Supplier<String[]> parts = () -> (resource + " ").split(" ", -1);
      if (resource == null || resource.readAllBytes().length < parts.get().length) {
        throw new IllegalStateException("there is no resource to be read");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Measures as the launcher starts the program, and also without what Java learnt before. */
  static void run(int runs, Path scratch, PrintWriter out)
      throws IOException, InterruptedException {
    Path cache = scratch.resolve("zones.aot");
    var _ = once("-XX:AOTCacheOutput=" + cache);
    out.println("With what Java learnt before, as the launcher starts it:");
    Times.print(out, table(runs, "-XX:AOTCache=" + cache));
    out.println("Without:");
    Times.print(out, table(runs, "-XX:AOTMode=off"));
  }

  private static List<Times> table(int runs, String option)
      throws IOException, InterruptedException {
    double[][] millis = new double[STEPS.size()][runs];
    for (int run = 0; run < runs; run++) {
      List<Long> nanos = once(option);
      for (int step = 0; step < STEPS.size(); step++) {
        millis[step][run] = nanos.get(step) / 1e6;
      }
    }
    List<Times> table = new ArrayList<>();
    for (int step = 0; step < STEPS.size(); step++) {
      table.add(new Times(STEPS.get(step), millis[step]));
    }
    return table;
  }

  /** Runs a Java with the options that the launcher gives for short commands. */
  private static List<Long> once(String option) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xlog:disable",
                option,
                "-cp",
                System.getProperty("java.class.path"),
                ZoneStart.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("the measurement ended with " + process.exitValue());
    }
    return said.lines().filter(line -> line.matches("\\d+")).map(Long::valueOf).toList();
  }
}
