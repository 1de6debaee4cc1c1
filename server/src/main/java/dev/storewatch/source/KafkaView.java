package dev.storewatch.source;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a server has read its partitions of Kafka, as people see it.
 *
 * @param lookedAt when the brokers told last what they have; null before the first time
 * @param error why Kafka is not read, or is not known at the moment; null if nothing is wrong
 * @param partitions the partitions that this server read then
 */
public record KafkaView(
    @Schema(description = "When the brokers told last what they have") @Nullable Instant lookedAt,
    @Schema(
            description = "What is wrong now, for example that the brokers do not answer",
            example = "the brokers of Kafka do not answer")
        @Nullable String error,
    List<Partition> partitions) {

  /** Copies the partitions. */
  public KafkaView {
    partitions = List.copyOf(partitions);
  }

  /**
   * A partition.
   *
   * @param readTo the offset before which all is written
   * @param end the offset of the next record that comes
   * @param lag how many records there are between them
   */
  public record Partition(
      @Schema(example = "store-polls") String topic,
      @Schema(example = "0") int partition,
      @Schema(description = "The offset before which all records are written") long readTo,
      @Schema(description = "The offset of the next record that comes") long end,
      @Schema(description = "How many records are between them") long lag) {}
}
