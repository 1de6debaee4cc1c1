package dev.storewatch.timeline;

import dev.storewatch.hours.Bases;
import dev.storewatch.hours.Basis;
import dev.storewatch.hours.DatedHours;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Zone;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Segment;
import dev.storewatch.uptime.Timeline;
import dev.storewatch.uptime.WindowTotals;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything behind the numbers of one store.
 *
 * @param storeId the store
 * @param zone the zone whose wall clock its hours are read on
 * @param zoneAssumed whether no zone is known for it
 * @param zoneFlagged since when it counts on a zone of which a row was refused, in microseconds
 *     since the epoch; empty if it does not
 * @param zoneRules the release of the rules by which the zone's clocks go
 * @param hours its business hours in the order of the week
 * @param hoursAssumed whether none are known, and it counts as always open
 * @param hoursFlagged since when it counts on hours of which rows were refused, in microseconds
 *     since the epoch; empty if it does not
 * @param lateClose how a closing time of 23:59 or later is read
 * @param asOf the instant after which nothing is known yet, in microseconds since the epoch
 * @param rule how a status follows from the polls
 * @param timeline its segments and outages
 * @param statuses for each instant of a poll of the period, or near it, whether the store was
 *     active
 * @param polls the polls of the period, after its start, up to and at its end
 * @param totals the sums of the period
 * @param bases what each stretch of the period rests on
 * @param otherDays the dates of the period that are special days, or from which other weekly hours
 *     hold
 */
public record Explanation(
    String storeId,
    Zone zone,
    boolean zoneAssumed,
    OptionalLong zoneFlagged,
    String zoneRules,
    List<OpeningInterval> hours,
    boolean hoursAssumed,
    OptionalLong hoursFlagged,
    LateClose lateClose,
    long asOf,
    Rule rule,
    Timeline timeline,
    Map<Long, Boolean> statuses,
    List<Look> polls,
    WindowTotals totals,
    Bases bases,
    List<DatedHours.Day> otherDays) {
  /**
   * A poll.
   *
   * @param at its instant, in microseconds since the epoch
   * @param active whether the store was online
   * @param inHours whether the store was open, and not in a planned closure; otherwise the poll
   *     does not count
   */
  public record Look(long at, boolean active, boolean inHours) {}

  /** Copies the collections. */
  public Explanation {
    hours = List.copyOf(hours);
    polls = List.copyOf(polls);
    otherDays = List.copyOf(otherDays);
    statuses = new TreeMap<>(statuses);
  }

  /** Returns what a segment rests on: the rules that make the store open, closed or excluded. */
  public List<Basis> restsOn(Segment segment) {
    return switch (segment.state()) {
      case UP, DOWN, UNKNOWN -> bases.ofOpen(segment.span());
      case CLOSED -> bases.ofClosed(segment.span());
      case EXCLUDED -> bases.ofExcluded(segment.span());
    };
  }

  /** Returns why a store was closed on purpose in a segment: the reasons of its closures. */
  public String closedBecause(Segment segment) {
    return bases.ofExcluded(segment.span()).stream()
        .map(Basis.Planned.class::cast)
        .map(planned -> planned.closure().reason())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  /** Returns how many polls of the period have a status, and were made in business hours or not. */
  public long count(boolean active, boolean inHours) {
    return polls.stream()
        .filter(poll -> poll.active() == active && poll.inHours() == inHours)
        .count();
  }

  /** Returns how many polls of the period were made while the store was closed, planned or not. */
  public long pollsOutsideHours() {
    return polls.stream().filter(poll -> !poll.inHours()).count();
  }
}
