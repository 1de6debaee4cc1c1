package dev.storewatch.source;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many records of Kafka this server has still to read, as far as it knows. */
public final class KafkaLag {
  private volatile KafkaView last = new KafkaView(null, null, List.of());

  /** Whether that holds now; otherwise it is what was known before something went wrong. */
  private volatile boolean isKnown;

  /**
   * Notes what the brokers have.
   *
   * @param problem what is wrong nevertheless; null for nothing
   */
  void set(Instant now, @Nullable String problem, List<KafkaView.Partition> partitions) {
    last = new KafkaView(now, problem, partitions);
    isKnown = true;
  }

  /** Notes why it is not known what the brokers have. */
  void unknown(String problem) {
    isKnown = false;
    KafkaView before = last;
    last = new KafkaView(before.lookedAt(), problem, before.partitions());
  }

  /** Returns what was known last, and what is wrong. */
  KafkaView view() {
    return last;
  }

  /**
   * Returns how many records there are, in the partitions that this server reads, that it has not
   * written; not a number while that is not known.
   */
  public double records() {
    return isKnown
        ? last.partitions().stream().mapToLong(KafkaView.Partition::lag).sum()
        : Double.NaN;
  }
}
