package dev.storewatch.metrics;

import dev.storewatch.report.ReportListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The number of reports, and how long they wait and are computed. */
final class ReportMetrics implements ReportListener {
  private static final Duration[] STEPS = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5)
  };

  private final Map<Outcome, Counter> ended = new EnumMap<>(Outcome.class);
  private final Timer waiting;
  private final Timer computing;

  ReportMetrics(MeterRegistry registry) {
    for (Outcome outcome : Outcome.values()) {
      ended.put(
          outcome,
          Counter.builder("storewatch.reports.ended")
              .description("Reports that have ended")
              .tag("state", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    this.waiting =
        Timer.builder("storewatch.report.wait")
            .description("How long reports waited for their turn")
            .serviceLevelObjectives(STEPS)
            .register(registry);
    this.computing =
        Timer.builder("storewatch.report.duration")
            .description("How long reports were computed that are complete")
            .serviceLevelObjectives(STEPS)
            .register(registry);
  }

  @Override
  public void started(Duration waited) {
    waiting.record(waited);
  }

  @Override
  public void ended(Outcome outcome, Duration took) {
    Objects.requireNonNull(ended.get(outcome)).increment();
    if (outcome == Outcome.COMPLETE) {
      computing.record(took);
    }
  }
}
