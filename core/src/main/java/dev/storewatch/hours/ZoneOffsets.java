package dev.storewatch.hours;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;

/**
 * How far the wall clocks of a zone are ahead of UTC throughout a period, as the pieces of the
 * period between two changes of the clocks.
 *
 * <p>A fleet has few zones and many stores, so this is computed once for all stores of a zone.
 */
public final class ZoneOffsets {
  private final ZoneId zone;

  /** The start of each piece, and after the last the end of the period. */
  private final long[] edges;

  private final long[] offsets;

  private ZoneOffsets(ZoneId zone, long[] edges, long[] offsets) {
    this.zone = zone;
    this.edges = edges;
    this.offsets = offsets;
  }

  /** Returns the offsets of a zone in a period. */
  public static ZoneOffsets of(ZoneId zone, Span period) {
    ZoneRules rules = zone.getRules();
    long[] edges = {period.start(), period.end()};
    long[] offsets = {micros(rules.getOffset(Micros.toInstant(period.start())))};
    ZoneOffsetTransition change = rules.nextTransition(Micros.toInstant(period.start()));
    while (change != null && Micros.of(change.getInstant()) < period.end()) {
      int pieces = offsets.length;
      edges = Arrays.copyOf(edges, pieces + 2);
      edges[pieces] = Micros.of(change.getInstant());
      edges[pieces + 1] = period.end();
      offsets = Arrays.copyOf(offsets, pieces + 1);
      offsets[pieces] = micros(change.getOffsetAfter());
      change = rules.nextTransition(change.getInstant());
    }
    return new ZoneOffsets(zone, edges, offsets);
  }

  private static long micros(ZoneOffset offset) {
    return offset.getTotalSeconds() * Micros.SECOND;
  }

  /** Returns the zone. */
  public ZoneId zone() {
    return zone;
  }

  /** Returns the period. */
  public Span period() {
    return new Span(edges[0], edges[edges.length - 1]);
  }

  /** Returns the number of pieces, one more than the clocks change in the period. */
  int size() {
    return offsets.length;
  }

  /** Returns the first instant of a piece. */
  long start(int piece) {
    return edges[piece];
  }

  /** Returns the first instant after a piece. */
  long end(int piece) {
    return edges[piece + 1];
  }

  /**
   * Returns how far the wall clock is ahead of UTC in a piece, in microseconds; negative in the
   * west.
   */
  long offset(int piece) {
    return offsets[piece];
  }
}
