package dev.storewatch.metrics;

import dev.storewatch.poll.RowCounts;
import dev.storewatch.source.InboxListener;
import dev.storewatch.source.KafkaListener;
import dev.storewatch.source.ProbeListener;
import dev.storewatch.source.PullListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** The counts of what the server gets by itself. Every series is there from the start. */
final class SourceMetrics implements InboxListener, KafkaListener, ProbeListener, PullListener {
  private final MeterRegistry registry;
  private final Rows kafkaPolls;

  SourceMetrics(MeterRegistry registry) {
    this.registry = registry;
    List.of("done", "failed").forEach(this::files);
    List.of("imported", "unchanged", "failed").forEach(this::pulls);
    List.of("active", "inactive", "unknown", "not-asked", "skipped").forEach(this::probes);
    List.of("taken", "rejected", "empty").forEach(this::records);
    List.of("made-anew", "expired", "cut-off").forEach(this::moves);
    this.kafkaPolls = new Rows(registry, "storewatch.kafka.polls", "Polls from Kafka");
  }

  private Counter files(String outcome) {
    return Counter.builder("storewatch.inbox.files")
        .description("Files of the watched folder that were put away, by where they were put")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Counter pulls(String outcome) {
    return Counter.builder("storewatch.source.pulls")
        .description("Pulls of sources, by how they ended")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Counter probes(String outcome) {
    return Counter.builder("storewatch.probes")
        .description("Stores that the prober asked, or did not, by how that ended")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Counter records(String outcome) {
    return Counter.builder("storewatch.kafka.records")
        .description(
            "Records of Kafka that were read and written; rejected are those of which anything was")
        .tag("outcome", outcome)
        .register(registry);
  }

  private Counter moves(String why) {
    return Counter.builder("storewatch.kafka.moves")
        .description("Partitions of Kafka that were not read on where they had been left, by why")
        .tag("why", why)
        .register(registry);
  }

  @Override
  public void written(int records, int rejected, int empty, RowCounts polls) {
    records("taken").increment((double) records - rejected - empty);
    records("rejected").increment(rejected);
    records("empty").increment(empty);
    kafkaPolls.count(polls);
  }

  @Override
  public void moved(String why) {
    moves(why).increment();
  }

  @Override
  public void probed(String outcome) {
    probes(outcome).increment();
  }

  @Override
  public void ended(boolean done) {
    files(done ? "done" : "failed").increment();
  }

  @Override
  public void pulled(String outcome) {
    pulls(outcome).increment();
  }
}
