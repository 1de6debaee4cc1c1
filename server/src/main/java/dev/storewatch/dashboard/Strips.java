package dev.storewatch.dashboard;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.PollSeries;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.Timeline;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The last seven days of some stores, as bars, and their last polls. */
final class Strips {
  private static final long DAYS = 7 * Micros.DAY;

  private final Polls polls;
  private final LateClose lateClose;

  Strips(Polls polls, LateClose lateClose) {
    this.polls = polls;
    this.lateClose = lateClose;
  }

  /**
   * The last days of a store.
   *
   * @param strip the days as a bar
   * @param lastPoll its last poll in these days, in business hours or not, in microseconds since
   *     the epoch
   */
  record Week(Strip strip, OptionalLong lastPoll) {}

  /**
   * Returns the last days of some stores, by their keys.
   *
   * @param asOf when the days end, in microseconds since the epoch
   */
  Map<Integer, Week> of(Registry registry, int[] keys, long asOf) {
    Map<Integer, Week> weeks = new HashMap<>();
    if (keys.length == 0) {
      return weeks;
    }
    Rule rule = Rule.standard();
    Span period = new Span(asOf - DAYS, asOf);
    Span horizon = Timeline.horizon(rule, asOf, period);
    PollRows rows = new PollRows(1_024);
    polls.scan(horizon, keys, rows::add);
    int first = Arrays.stream(keys).min().orElseThrow();
    int last = Arrays.stream(keys).max().orElseThrow();
    GroupedPolls grouped = new GroupedPolls();
    grouped.group(rows, first, last);
    Clocks clocks = new Clocks(horizon);
    for (int key : keys) {
      long[] own = Arrays.copyOfRange(grouped.array(), grouped.from(key), grouped.to(key));
      Arrays.sort(own);
      Schedule schedule = registry.schedule(key, lateClose);
      Timeline timeline =
          Timeline.of(
              rule,
              asOf,
              period,
              schedule.open(clocks),
              schedule.closed(clocks),
              PollSeries.ofPacked(own));
      weeks.put(key, new Week(Strip.of(period, timeline.segments()), last(own, asOf)));
    }
    return weeks;
  }

  private static OptionalLong last(long[] polls, long asOf) {
    return Arrays.stream(polls).map(PackedPoll::at).filter(at -> at <= asOf).max();
  }
}
