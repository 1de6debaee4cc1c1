package dev.storewatch.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** The time of the processor that this process's children, and theirs, had so far. */
final class ProcessTree {
  /** In which parts of a second Linux tells it, on all machines of today. */
  private static final double TICKS = 100;

  /** The place of the time of the process itself after its name; those after it are the others. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;
  private static final int USER_OF_ENDED = 13;
  private static final int SYSTEM_OF_ENDED = 14;

  private ProcessTree() {}

  /**
   * Returns the seconds of all processes that this one started, those that have ended too; 0 where
   * the system does not tell. Two such figures tell exactly what was used between them if no
   * process was ending then.
   */
  static double cpuSeconds() {
    ProcessHandle self = ProcessHandle.current();
    long ended = sum(self.pid(), USER_OF_ENDED, SYSTEM_OF_ENDED);
    long running =
        self.descendants()
            .mapToLong(each -> sum(each.pid(), USER, SYSTEM, USER_OF_ENDED, SYSTEM_OF_ENDED))
            .sum();
    return (ended + running) / TICKS;
  }

  private static long sum(long pid, int... places) {
    try {
      String all = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = all.substring(all.lastIndexOf(')') + 2).split(" ", -1);
      return LongStream.range(0, places.length)
          .map(place -> Long.parseLong(fields[places[(int) place]]))
          .sum();
    } catch (IOException e) {
      return 0; // it has just ended, or this is not Linux
    }
  }
}
