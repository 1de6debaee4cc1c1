package dev.storewatch.hours;

import dev.storewatch.interval.Span;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The wall clocks of all zones in one period. A fleet has few zones and many stores, so what a zone
 * needs is computed when it is first asked for, and once; any number of threads may ask.
 */
public final class Clocks {
  private final Span period;
  private final Map<ZoneId, ZoneOffsets> offsets = new ConcurrentHashMap<>();
  private final Function<ZoneId, ZoneOffsets> compute;

  /** The clocks of a period. */
  public Clocks(Span period) {
    this.period = period;
    this.compute = zone -> ZoneOffsets.of(zone, period);
  }

  /** Returns the period. */
  public Span period() {
    return period;
  }

  ZoneOffsets of(ZoneId zone) {
    return offsets.computeIfAbsent(zone, compute);
  }
}
