package dev.storewatch.demo;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** When a store was polled: about once an hour, with the gaps that real monitors leave. */
final class PollTimes {
  private static final double FEW_POLLS = 0.02;
  private static final double STARTS_LATE = 0.03;
  private static final double STOPS_EARLY = 0.01;
  private static final double GAP_OF_HOURS = 0.08;
  private static final double GAP_OF_DAYS = 0.01;
  private static final double ROUNDED = 0.001;

  /** When the monitor itself was down, so that no store was polled: one night, for two hours. */
  private static final Span MONITOR_DOWN =
      new Span(
          Fleet.end() - 3 * Micros.DAY - 9 * Micros.HOUR,
          Fleet.end() - 3 * Micros.DAY - 7 * Micros.HOUR);

  private PollTimes() {}

  /** Returns the instants in a period at which a store was polled, at least one. */
  static long[] draw(Dice dice, Span period) {
    if (dice.chance(FEW_POLLS)) {
      return anytime(dice, period, dice.between(1, 6));
    }
    long[] times = hourly(dice, period);
    return times.length == 0 ? anytime(dice, period, 1) : times;
  }

  private static long[] anytime(Dice dice, Span period, long polls) {
    return LongStream.range(0, polls)
        .map(poll -> dice.between(period.start(), period.end()))
        .toArray();
  }

  private static long[] hourly(Dice dice, Span period) {
    long first = dice.chance(STARTS_LATE) ? within(dice, period) : period.start();
    long last = dice.chance(STOPS_EARLY) ? within(dice, period) : period.end();
    SpanSet gaps = gaps(dice, period);
    LongStream.Builder times = LongStream.builder();
    for (long at = first + step(dice) / 2; at < last; at += step(dice)) {
      if (!gaps.contains(at)) {
        times.add(rounded(dice, at));
      }
    }
    return times.build().toArray();
  }

  /** Returns the time from one poll to the next: an hour, give or take a quarter. */
  private static long step(Dice dice) {
    return dice.between(3 * Micros.HOUR / 4, 5 * Micros.HOUR / 4);
  }

  private static long within(Dice dice, Span period) {
    return dice.between(period.start(), period.end());
  }

  private static SpanSet gaps(Dice dice, Span period) {
    List<Span> gaps = new ArrayList<>(List.of(MONITOR_DOWN));
    if (dice.chance(GAP_OF_HOURS)) {
      gaps.add(gap(dice, period, 2, 20));
    }
    if (dice.chance(GAP_OF_DAYS)) {
      gaps.add(gap(dice, period, 26, 70));
    }
    return SpanSet.of(gaps);
  }

  private static Span gap(Dice dice, Span period, int leastHours, int mostHours) {
    long start = within(dice, period);
    return new Span(start, start + dice.between(leastHours, mostHours) * Micros.HOUR);
  }

  /** Some polls carry a time of a millisecond or a second, which the export writes shorter. */
  private static long rounded(Dice dice, long at) {
    if (!dice.chance(ROUNDED)) {
      return at;
    }
    return at - at % (dice.chance(0.5) ? Micros.SECOND : Micros.SECOND / 1_000);
  }
}
