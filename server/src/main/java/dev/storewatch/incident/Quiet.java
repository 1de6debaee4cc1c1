package dev.storewatch.incident;

import dev.storewatch.hours.Zone;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * The hours of each day in which nothing begins to be told, on the clocks of a zone. Hours that end
 * before they begin go on past midnight.
 *
 * @param from the first time of day
 * @param to the first time of day after
 * @param zone the name of the zone
 */
record Quiet(LocalTime from, LocalTime to, String zone) {
  /**
   * Reads quiet hours.
   *
   * @return null if nothing is said
   * @throws WrongInput if something is wrong or missing
   */
  static @Nullable Quiet parse(@Nullable String from, @Nullable String to, @Nullable String zone) {
    if (from == null && to == null && zone == null) {
      return null;
    }
    if (from == null || to == null || zone == null) {
      throw new WrongInput(
          "quiet hours need quiet_from, quiet_to and quiet_zone, for example 22:00, 07:00 and"
              + " America/Chicago");
    }
    Quiet quiet =
        new Quiet(
            time("quiet_from", from), time("quiet_to", to), ZoneTable.inUse().zone(zone).name());
    if (quiet.from.equals(quiet.to)) {
      throw new WrongInput(
          "quiet_from and quiet_to are both %s: use two times, for example 22:00 and 07:00"
              .formatted(from));
    }
    return quiet;
  }

  private static LocalTime time(String field, String text) {
    if (!text.strip().matches("([01]\\d|2[0-3]):[0-5]\\d")) {
      throw new WrongInput(
          "%s is '%s': use a time of day from 00:00 to 23:59, for example 22:00"
              .formatted(field, text));
    }
    return LocalTime.parse(text.strip());
  }

  /** Returns whether an instant is within; a zone that is not known any more has no such hours. */
  boolean isAt(long instant) {
    Zone clocks = ZoneTable.inUse().find(zone);
    if (clocks == null) {
      return false;
    }
    LocalTime now = clocks.wallClock(Micros.toInstant(instant)).toLocalTime();
    boolean begun = !now.isBefore(from);
    boolean over = !now.isBefore(to);
    return from.isBefore(to) ? begun && !over : begun || !over;
  }
}
