package dev.storewatch.hours;

import dev.storewatch.interval.Span;
import java.util.Arrays;
import java.util.OptionalLong;

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
  static ZoneOffsets of(Zone zone, Span period) {
    long[] edges = {period.start(), period.end()};
    long[] offsets = {zone.offset(period.start())};
    OptionalLong change = zone.nextChange(period.start());
    while (change.isPresent() && change.getAsLong() < period.end()) {
      int segments = offsets.length;
      edges = Arrays.copyOf(edges, segments + 2);
      edges[segments] = change.getAsLong();
      edges[segments + 1] = period.end();
      offsets = Arrays.copyOf(offsets, segments + 1);
      offsets[segments] = zone.offset(change.getAsLong());
      change = zone.nextChange(change.getAsLong());
    }
    return new ZoneOffsets(edges, offsets);
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
