package dev.storewatch.uptime;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.Plan;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WallClock;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Span;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One store, and what is asked about it.
 *
 * @param zone the zone of the store
 * @param plan when it should be online
 * @param polls its polls in the order they were read
 * @param rule how a status follows from the polls
 * @param asOf after which nothing is known
 * @param windows what to measure
 */
public record Question(
    Zone zone, Plan plan, List<Poll> polls, Rule rule, long asOf, List<Span> windows) {
  WallClock wallClock() {
    return WallClock.of(zone.name(), plan);
  }

  public Question with(List<Span> otherWindows) {
    return new Question(zone, plan, polls, rule, asOf, otherWindows);
  }

  Question withPolls(List<Poll> otherPolls) {
    return new Question(zone, plan, otherPolls, rule, asOf, windows);
  }

  /** Asks the engine. */
  public List<WindowTotals> measure() {
    return measureWith(engine());
  }

  UptimeEngine engine() {
    return new UptimeEngine(rule, asOf, windows);
  }

  List<WindowTotals> measureWith(UptimeEngine engine) {
    Clocks clocks = new Clocks(engine.horizon());
    Schedule schedule = plan.schedule(zone);
    return engine.measure(schedule.open(clocks), schedule.closed(clocks), PollSeries.of(polls));
  }

  /** Asks the engine, and gives it one poll after the other. */
  List<WindowTotals> measureStepByStep() {
    UptimeEngine engine = engine();
    Clocks clocks = new Clocks(engine.horizon());
    Schedule schedule = plan.schedule(zone);
    UptimeEngine.OneStore steps = engine.begin(schedule.open(clocks), schedule.closed(clocks));
    for (long poll : PollSeries.of(polls).toPacked()) {
      steps.take(poll);
    }
    long[] totals = new long[windows.size() * WindowTotals.FIELDS];
    steps.finish(totals, 0);
    return IntStream.range(0, windows.size())
        .mapToObj(window -> WindowTotals.read(totals, window * WindowTotals.FIELDS))
        .toList();
  }

  Timeline timeline(Span period) {
    Clocks clocks = new Clocks(Timeline.horizon(rule, asOf, period));
    Schedule schedule = plan.schedule(zone);
    return Timeline.of(
        rule, asOf, period, schedule.open(clocks), schedule.closed(clocks), PollSeries.of(polls));
  }
}
