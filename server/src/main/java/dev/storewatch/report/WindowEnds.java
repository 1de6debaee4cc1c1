package dev.storewatch.report;

import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.util.List;

/**
 * The starts and ends of the windows of rows as numbers, two for each window, in microseconds since
 * the epoch: of each row if they differ, else once for all rows.
 */
public final class WindowEnds {
  private final int windows;
  private final boolean own;
  private final long[] ends;

  /** Those of a number of rows of a report. */
  WindowEnds(ReportSpec spec, int rows) {
    this.windows = spec.windows().size();
    this.own = spec.hasLocalWindows();
    this.ends = own ? new long[Math.multiplyExact(rows, 2 * windows)] : ofAll(spec);
  }

  /** Returns whether the windows of one row are not those of every other. */
  boolean areOwn() {
    return own;
  }

  /** Returns the array of all numbers; not a copy. */
  long[] array() {
    return ends;
  }

  /** Returns where the windows of a row begin in the array. */
  int first(int row) {
    return own ? 2 * windows * row : 0;
  }

  /** Sets the windows of a row, which are its own. */
  void set(int row, List<Span> spans) {
    write(spans, ends, first(row));
  }

  /** Returns those of a report whose windows are the same for every store. */
  public static long[] ofAll(ReportSpec spec) {
    long[] ends = new long[2 * spec.windows().size()];
    write(spec.spans(Schedule.unknown()), ends, 0);
    return ends;
  }

  private static void write(List<Span> spans, long[] ends, int first) {
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
