package dev.storewatch.report;

import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.util.List;

/**
 * The starts and ends of the windows of rows as numbers, two for each window, in microseconds since
 * the epoch.
 */
public final class WindowEnds {
  private WindowEnds() {}

  /** Returns those of a report whose windows are the same for every store. */
  public static long[] ofAll(ReportSpec spec) {
    long[] ends = new long[2 * spec.windows().size()];
    write(spec.spans(Schedule.defaultZone()), ends, 0);
    return ends;
  }

  static void write(List<Span> spans, long[] ends, int first) {
    for (int window = 0; window < spans.size(); window++) {
      ends[first + 2 * window] = spans.get(window).start();
      ends[first + 2 * window + 1] = spans.get(window).end();
    }
  }

  /** Returns the start of a window, or its end, as ISO 8601 writes an instant. */
  static String format(long instant) {
    return Micros.toInstant(instant).toString();
  }
}
