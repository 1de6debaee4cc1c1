package dev.storewatch.metrics;

import dev.storewatch.file.FileKind;
import dev.storewatch.importing.ImportListener;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.poll.CommitListener;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.push.PushListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * The counts and times of what comes in as files and as pushed polls. Every series is there from
 * the start, so that the first event of a kind is an increase as well.
 */
final class ImportMetrics implements ImportListener, PushListener, CommitListener {
  private static final String ENDED = "storewatch.imports.ended";

  private final MeterRegistry registry;
  private final Rows fileRows;
  private final Rows pushedPolls;
  private final Timer duration;
  private final Timer commit;
  private final Counter batches;

  ImportMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (FileKind kind : FileKind.values()) {
      ended(kind, ImportRun.State.COMPLETE);
      ended(kind, ImportRun.State.FAILED);
    }
    this.fileRows = new Rows(registry, "storewatch.import.rows", "Rows of complete imports");
    this.pushedPolls = new Rows(registry, "storewatch.pushed.polls", "Polls that were pushed");
    this.duration =
        Timer.builder("storewatch.import.duration")
            .description("How long imports of uploaded files took, without the time in the queue")
            .serviceLevelObjectives(
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(2),
                Duration.ofMinutes(10))
            .register(registry);
    this.commit =
        Timer.builder("storewatch.push.commit.duration")
            .description("How long transactions of pushed polls took")
            .serviceLevelObjectives(
                Duration.ofMillis(5),
                Duration.ofMillis(25),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2))
            .register(registry);
    this.batches =
        Counter.builder("storewatch.push.batches")
            .description("Requests with polls, or parts of such, that were committed")
            .register(registry);
  }

  private Counter ended(FileKind kind, ImportRun.State state) {
    return Counter.builder(ENDED)
        .description("Imports of uploaded files that have ended")
        .tag("kind", kind.word())
        .tag("state", state.name().toLowerCase(Locale.ROOT))
        .register(registry);
  }

  @Override
  public void ended(ImportRun run, Duration took) {
    ended(Objects.requireNonNull(run.kind()), run.state()).increment();
    fileRows.count(run.counts());
    duration.record(took);
  }

  @Override
  public void pushed(RowCounts counts) {
    pushedPolls.count(counts);
  }

  @Override
  public void committed(int count, Duration took) {
    batches.increment(count);
    commit.record(took);
  }
}
