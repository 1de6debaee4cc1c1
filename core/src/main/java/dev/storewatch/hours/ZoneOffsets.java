package dev.storewatch.hours;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/**
 * How far the wall clocks of a zone are ahead of UTC throughout a period, as the segments of the
 * period between two changes of the clocks.
 *
 * <p>A fleet has few zones and many stores, so this is computed once for all stores of a zone.
 */
final class ZoneOffsets {
  /** The start of each segment, and after the last the end of the period. */
  private final long[] edges;

  private final long[] offsets;

  private ZoneOffsets(long[] edges, long[] offsets) {
    this.edges = edges;
    this.offsets = offsets;
  }

  /** Returns the offsets of a zone in a period. */
  static ZoneOffsets of(ZoneId zone, Span period) {
    ZoneRules rules = zone.getRules();
    long[] edges = {period.start(), period.end()};
    long[] offsets = {micros(rules.getOffset(Micros.toInstant(period.start())))};
    ZoneOffsetTransition change = rules.nextTransition(Micros.toInstant(period.start()));
    while (change != null && Micros.of(change.getInstant()) < period.end()) {
      int segments = offsets.length;
      edges = Arrays.copyOf(edges, segments + 2);
      edges[segments] = Micros.of(change.getInstant());
      edges[segments + 1] = period.end();
      offsets = Arrays.copyOf(offsets, segments + 1);
      offsets[segments] = micros(change.getOffsetAfter());
      change = rules.nextTransition(change.getInstant());
    }
    return new ZoneOffsets(edges, offsets);
  }

  private static long micros(ZoneOffset offset) {
    return offset.getTotalSeconds() * Micros.SECOND;
  }

  /** Returns the number of segments: one more than the number of clock changes in the period. */
  int size() {
    return offsets.length;
  }

  /** Returns the first instant of a segment. */
  long start(int segment) {
    return edges[segment];
  }

  /** Returns the first instant after a segment. */
  long end(int segment) {
    return edges[segment + 1];
  }

  /**
   * Returns how far the wall clock is ahead of UTC in a segment, in microseconds; negative in the
   * west.
   */
  long offset(int segment) {
    return offsets[segment];
  }
}
