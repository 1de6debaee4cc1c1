package dev.storewatch.hours;

import dev.storewatch.interval.Span;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The wall clocks of all zones in one period, for any number of threads.
 *
 * <p>A fleet has few zones and many stores, so the offsets of a zone are computed once, when they
 * are first needed.
 */
public final class Clocks {
  private final Span period;
  private final Map<Zone, ZoneOffsets> offsets = new ConcurrentHashMap<>();
  private final Function<Zone, ZoneOffsets> compute;

  /** The clocks of a period. */
  public Clocks(Span period) {
    this.period = period;
    this.compute = zone -> ZoneOffsets.of(zone, period);
  }

  /** Returns the period. */
  public Span period() {
    return period;
  }

  ZoneOffsets of(Zone zone) {
    return offsets.computeIfAbsent(zone, compute);
  }
}
