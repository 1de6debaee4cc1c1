package dev.storewatch.demo;

import dev.storewatch.demo.Dice.Share;
import dev.storewatch.hours.Zone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The zones of a fleet: mostly those of a chain in the USA.
 *
 * <p>No zone is here whose rules were under debate for the time of the polls, since the polls
 * follow the local hours and would differ between releases of the zone data.
 */
final class Zones {
  private static final double WITHOUT_ZONE = 0.05;

  /** Parts in a thousand of the stores whose zone is known. */
  private static final List<Share<Zone>> SHARES =
      List.of(
          share(470, "America/New_York"),
          share(210, "America/Los_Angeles"),
          share(165, "America/Chicago"),
          share(40, "America/Denver"),
          share(35, "America/Phoenix"),
          share(15, "America/Detroit"),
          share(8, "America/Indiana/Indianapolis"),
          share(7, "Pacific/Honolulu"),
          share(5, "America/Puerto_Rico"),
          share(4, "America/Boise"),
          share(4, "America/Anchorage"),
          share(13, "America/Toronto"),
          share(10, "Europe/London"),
          share(7, "Asia/Kolkata"),
          share(7, "Australia/Sydney"));

  /** Where a regional outage takes enough stores down to be seen in a small fleet. */
  private static final List<Zone> LARGE = SHARES.stream().limit(3).map(Share::value).toList();

  private Zones() {}

  private static Share<Zone> share(int parts, String zone) {
    return new Share<>(parts, Zone.of(zone));
  }

  /** Returns the zone that is on record for a store, null for none. */
  static @Nullable Zone draw(Dice dice) {
    return dice.chance(WITHOUT_ZONE) ? null : dice.pickByShare(SHARES);
  }

  /** Returns a zone that many stores are in. */
  static Zone drawLarge(Dice dice) {
    return dice.pick(LARGE);
  }
}
