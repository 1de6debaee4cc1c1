package dev.storewatch.metrics;

import dev.storewatch.alert.AlertListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The number of attempts to send messages to channels, and how long receivers take. */
final class AlertMetrics implements AlertListener {
  private static final Duration[] STEPS = {
    Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(10)
  };

  private final Map<Result, Counter> attempts = new EnumMap<>(Result.class);
  private final Timer took;

  AlertMetrics(MeterRegistry registry) {
    for (Result result : Result.values()) {
      attempts.put(
          result,
          Counter.builder("storewatch.alert.attempts")
              .description("Attempts to send messages to channels")
              .tag("result", result.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    this.took =
        Timer.builder("storewatch.alert.duration")
            .description("How long receivers of messages took")
            .serviceLevelObjectives(STEPS)
            .register(registry);
  }

  @Override
  public void attempted(String kind, Result result, Duration time) {
    Objects.requireNonNull(attempts.get(result)).increment();
    took.record(time);
  }
}
