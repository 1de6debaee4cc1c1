package dev.storewatch.metrics;

import dev.storewatch.poll.RowCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** Counters by what became of rows. */
final class Rows {
  private final List<Counter> counters;

  Rows(MeterRegistry registry, String name, String description) {
    this.counters =
        List.of("added", "repeated", "replaced", "rejected").stream()
            .map(
                outcome ->
                    Counter.builder(name)
                        .description(description + ", by what became of them")
                        .tag("outcome", outcome)
                        .register(registry))
            .toList();
  }

  void count(RowCounts counts) {
    counters.get(0).increment((double) counts.added());
    counters.get(1).increment((double) counts.repeated());
    counters.get(2).increment((double) counts.replaced());
    counters.get(3).increment((double) counts.rejected());
  }
}
