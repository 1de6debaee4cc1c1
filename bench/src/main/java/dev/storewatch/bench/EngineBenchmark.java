package dev.storewatch.bench;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.UptimeEngine;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The engine alone: one store's week of polls, the last hour, day and week. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EngineBenchmark {
  private static final long AS_OF = Micros.of(Instant.parse("2023-01-25T18:13:22.479220Z"));

  /** Polls of the store: about hourly, and every minute. */
  @Param({"168", "10080"})
  private int polls;

  private final UptimeEngine engine =
      new UptimeEngine(
          Rule.standard(), AS_OF, Window.spans(AS_OF, Window.STANDARD, Schedule.unknown()));
  private final long[] totals = new long[3 * WindowTotals.FIELDS];
  private final Schedule schedule =
      new Schedule(
          WeeklyHours.of(
              Arrays.stream(DayOfWeek.values())
                  .map(day -> OpeningInterval.of(day, LocalTime.of(9, 0), LocalTime.of(21, 0)))
                  .toList()),
          Zone.of("America/Chicago"));
  private final Clocks clocks = new Clocks(engine.horizon());
  private long[] packed = {};

  /** Spreads the polls over the horizon. */
  @Setup
  public void makePolls() {
    SplittableRandom random = new SplittableRandom(1);
    long step = 8 * Micros.DAY / polls;
    packed = new long[polls];
    for (int i = 0; i < polls; i++) {
      long at = engine.horizon().start() + i * step + random.nextLong(step);
      packed[i] = PackedPoll.of(at, random.nextInt(10) > 0);
    }
  }

  /** Measures the store, and computes its open spans each time, as a report does. */
  @Benchmark
  public long[] measure() {
    engine.measure(schedule.open(clocks), SpanSet.empty(), packed, 0, packed.length, totals, 0);
    return totals;
  }
}
