package dev.storewatch.summary;

import dev.storewatch.uptime.WindowTotals;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How some stores did in a period. Lengths are microseconds.
 *
 * @param about the stores
 * @param period the time as it was asked, such as {@code 2026-03}
 * @param from when it begins, on the clocks of the first store that it begins for
 * @param to when it ends, on those of the last; no later than as-of
 * @param asOf the instant after which nothing is known; null if no store was ever polled
 * @param totals the sums of all stores
 * @param before the same of as long a time before
 * @param outages what the outages cost
 * @param worstHours the hours of the week that cost the most, the worst first
 * @param worstStores the stores that were up the least; empty for one store
 * @param notices what makes the figures uncertain
 * @param basis what the figures rest on
 */
public record OwnerSummary(
    About about,
    String period,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Instant asOf,
    WindowTotals totals,
    WindowTotals before,
    Outages outages,
    List<Hour> worstHours,
    List<Store> worstStores,
    List<String> notices,
    Basis basis) {
  /**
   * The stores of a summary.
   *
   * @param store the one store; null for several
   * @param tags the tags that they have; empty for all
   * @param stores how many of them were polled
   */
  public record About(@Nullable Store store, List<String> tags, int stores) {
    /** Returns in words which stores these are. */
    public String words() {
      if (store != null) {
        return store.name() == null || store.name().equals(store.id())
            ? store.id()
            : "%s (%s)".formatted(store.name(), store.id());
      }
      return tags.isEmpty() ? "all stores" : "stores with " + String.join(" and ", tags);
    }
  }

  /**
   * A store and what is said of it.
   *
   * @param id its id
   * @param name what people call it, or null
   * @param zone the name of the zone of its clocks
   * @param totals its figures
   */
  public record Store(String id, @Nullable String name, String zone, WindowTotals totals) {}

  /**
   * The outages of a period.
   *
   * @param count how many have open time in it
   * @param ongoing how many of them go on at its end
   * @param lost the open time that they cost in it
   * @param longest those that cost the most, the worst first
   */
  public record Outages(int count, int ongoing, long lost, List<Outage> longest) {}

  /**
   * An outage.
   *
   * @param storeId the store
   * @param zone the name of the zone of its clocks
   * @param from when it began, by the estimate
   * @param to when it ended; null while it goes on
   * @param lost the open time that it cost in the period
   */
  public record Outage(
      String storeId,
      @Nullable String storeName,
      String zone,
      Instant from,
      @Nullable Instant to,
      long lost) {}

  /**
   * An hour of the week, on the clocks of each store.
   *
   * @param day its day
   * @param hour when it begins, from 0 to 23
   * @param lost the open time that outages cost in it, in all weeks of the period
   */
  public record Hour(DayOfWeek day, int hour, long lost) {}

  /**
   * What figures rest on.
   *
   * @param rule how a status follows from the polls
   * @param carry how far from its own instant a poll speaks
   * @param polls how many polls in business hours there were
   * @param revision the revision of the data
   * @param zoneRules the release of the rules of time zones
   */
  public record Basis(String rule, long carry, long polls, int revision, String zoneRules) {}
}
