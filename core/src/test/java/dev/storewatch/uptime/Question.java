package dev.storewatch.uptime;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WallClock;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One store, and what is asked about it.
 *
 * @param zone the zone of the store
 * @param hours its intervals; null for a store without business hours
 * @param closures its planned closures, in any order
 * @param polls its polls in the order they were read
 * @param rule how a status follows from the polls
 * @param asOf after which nothing is known
 * @param windows what to measure
 */
record Question(
    Zone zone,
    @Nullable List<OpeningInterval> hours,
    List<Span> closures,
    List<Poll> polls,
    Rule rule,
    long asOf,
    List<Span> windows) {
  WallClock wallClock() {
    return WallClock.of(zone.name(), hours);
  }

  Question with(List<Span> otherWindows) {
    return new Question(zone, hours, closures, polls, rule, asOf, otherWindows);
  }

  Question withPolls(List<Poll> otherPolls) {
    return new Question(zone, hours, closures, otherPolls, rule, asOf, windows);
  }

  /** Asks the engine. */
  List<WindowTotals> measure() {
    return measureWith(engine());
  }

  UptimeEngine engine() {
    return new UptimeEngine(rule, asOf, windows);
  }

  List<WindowTotals> measureWith(UptimeEngine engine) {
    Schedule schedule = schedule();
    return engine.measure(
        schedule.open(new Clocks(engine.horizon())), schedule.closures(), PollSeries.of(polls));
  }

  Timeline timeline(Span period) {
    Schedule schedule = schedule();
    SpanSet open = schedule.open(new Clocks(Timeline.horizon(rule, asOf, period)));
    return Timeline.of(rule, asOf, period, open, schedule.closures(), PollSeries.of(polls));
  }

  private Schedule schedule() {
    WeeklyHours weekly = hours == null ? WeeklyHours.always() : WeeklyHours.of(hours);
    return new Schedule(weekly, zone, SpanSet.of(closures));
  }
}
