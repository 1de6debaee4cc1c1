package dev.storewatch.source;

import dev.storewatch.source.KafkaPlaces.Held;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What brokers have of partitions. A consumer does not tell the ids of topics, and asking it for
 * offsets of a topic that is being deleted ends with a null pointer (client 4.2.1), so this asks as
 * administrators do.
 */
final class KafkaTopics implements KafkaReader.Brokers {
  private static final int PATIENCE_MILLIS = 10_000;

  private final Admin admin;

  KafkaTopics(Admin admin) {
    this.admin = admin;
  }

  @Override
  public Map<TopicPartition, Held> held(Collection<TopicPartition> partitions) {
    Map<String, String> ids = ids(partitions);
    Set<TopicPartition> there = new HashSet<>(partitions);
    there.removeIf(partition -> !ids.containsKey(partition.topic()));
    Map<TopicPartition, Long> first = offsets(there, OffsetSpec.earliest());
    Map<TopicPartition, Long> end = offsets(there, OffsetSpec.latest());
    Map<TopicPartition, Held> held = new HashMap<>();
    for (TopicPartition partition : there) {
      String id = ids.get(partition.topic());
      Long from = first.get(partition);
      Long to = end.get(partition);
      if (id != null && from != null && to != null) {
        held.put(partition, new Held(id, from, to));
      }
    }
    return held;
  }

  private Map<String, String> ids(Collection<TopicPartition> partitions) {
    Set<String> topics = new HashSet<>();
    partitions.forEach(partition -> topics.add(partition.topic()));
    Map<String, KafkaFuture<TopicDescription>> described =
        admin
            .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS))
            .topicNameValues();
    Map<String, String> ids = new HashMap<>();
    described.forEach(
        (name, topic) ->
            found(topic, told -> told.topicId().toString()).ifPresent(id -> ids.put(name, id)));
    return ids;
  }

  /** Returns offsets as those see them who read nothing that may still be taken back. */
  private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    partitions.forEach(partition -> wanted.put(partition, which));
    ListOffsetsOptions options =
        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(PATIENCE_MILLIS);
    ListOffsetsResult listed = admin.listOffsets(wanted, options);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    partitions.forEach(
        partition ->
            found(
                    listed.partitionResult(partition),
                    ListOffsetsResult.ListOffsetsResultInfo::offset)
                .ifPresent(offset -> offsets.put(partition, offset)));
    return offsets;
  }

  /** Returns what is told of something; empty if it is not there. */
  private static <T, R> Optional<R> found(KafkaFuture<T> told, Function<T, R> part) {
    try {
      return Optional.of(part.apply(told.get(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS)));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new TimeoutException("the brokers do not tell what they have", e);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }
}
