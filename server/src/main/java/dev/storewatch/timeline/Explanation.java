package dev.storewatch.timeline;

import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Timeline;
import dev.storewatch.uptime.WindowTotals;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that stands behind the numbers of one store.
 *
 * @param storeId the store
 * @param zone the zone whose wall clock its hours are read on
 * @param zoneAssumed whether no zone is known for it
 * @param hours its business hours in the order of the week; empty when it is taken to be always
 *     open
 * @param lateCloseAsMidnight whether a closing time of 23:59 or later is read as midnight
 * @param asOf the instant after which nothing is known yet, in microseconds since the epoch
 * @param rule how a status follows from the polls
 * @param timeline its segments and outages
 * @param statuses for each instant of a poll of the period, or near it, whether the store was
 *     active
 * @param pollsOutsideHours polls of the period that were made while the store was closed and count
 *     for nothing
 * @param totals the sums of the period
 */
public record Explanation(
    String storeId,
    ZoneId zone,
    boolean zoneAssumed,
    List<OpeningInterval> hours,
    boolean lateCloseAsMidnight,
    long asOf,
    Rule rule,
    Timeline timeline,
    Map<Long, Boolean> statuses,
    long pollsOutsideHours,
    WindowTotals totals) {
  /** Copies the collections. */
  public Explanation {
    hours = List.copyOf(hours);
    statuses = new TreeMap<>(statuses);
  }
}
