package dev.storewatch.store;

import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.stream.IntStream;

/** What date it is where stores are. */
public final class LocalDates {
  private LocalDates() {}

  /**
   * Returns the earliest date that the clocks of some stores show at an instant, so that the day
   * before it has ended at all of them; without a store, the one in the zone that is assumed.
   *
   * @param keys the stores
   * @param at microseconds since the epoch
   */
  public static LocalDate earliest(Registry registry, IntStream keys, long at) {
    return keys.mapToObj(registry::zoneInUse)
        .distinct()
        .map(zone -> zone.wallClock(Micros.toInstant(at)).toLocalDate())
        .min(Comparator.naturalOrder())
        .orElseGet(() -> Schedule.defaultZone().wallClock(Micros.toInstant(at)).toLocalDate());
  }
}
