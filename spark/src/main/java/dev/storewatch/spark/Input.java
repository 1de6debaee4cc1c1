package dev.storewatch.spark;

import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a report is made of.
 *
 * @param known what is known of single stores, as {@link FileRows}; null for nothing
 * @param shared what is known of the stores with a tag, or of all, likewise
 * @param zones gives the names of the zones in which stores are, that of stores without one too; it
 *     is looked at only when it is needed
 */
record Input(
    Polls polls,
    @Nullable Dataset<Row> known,
    @Nullable Dataset<Row> shared,
    Supplier<Set<String>> zones) {
  /**
   * Returns the earliest date that the clocks of stores show at an instant, as the server does: the
   * day before it has ended at all of them.
   */
  LocalDate earliestDate(long at) {
    return zones.get().stream()
        .map(Zone::of)
        .map(zone -> date(zone, at))
        .min(Comparator.naturalOrder())
        .orElseGet(() -> date(Schedule.defaultZone(), at));
  }

  private static LocalDate date(Zone zone, long at) {
    return zone.wallClock(Micros.toInstant(at)).toLocalDate();
  }
}
