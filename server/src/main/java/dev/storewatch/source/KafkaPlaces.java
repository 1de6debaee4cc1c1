package dev.storewatch.source;

import dev.storewatch.importing.Reject;
import dev.storewatch.importing.StreamRejects;
import dev.storewatch.poll.PollIntake;
import dev.storewatch.source.SqlKafkaOffsets.Place;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where each partition of Kafka is read on: where the database says that it was left, unless the
 * records there are gone, which is told to people.
 */
final class KafkaPlaces {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaPlaces.class);

  private final SqlKafkaOffsets offsets;
  private final PollIntake intake;
  private final StreamRejects rejects;
  private final KafkaSettings.Start start;
  private final Clock clock;
  private final List<KafkaListener> listeners;

  KafkaPlaces(
      SqlKafkaOffsets offsets,
      PollIntake intake,
      StreamRejects rejects,
      KafkaSettings.Start start,
      Clock clock,
      List<? extends KafkaListener> listeners) {
    this.offsets = offsets;
    this.intake = intake;
    this.rejects = rejects;
    this.start = start;
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * What a broker has of a partition.
   *
   * @param topicId the id of its topic
   * @param first the offset of its first record
   * @param end the offset of the next record that comes
   */
  record Held(String topicId, long first, long end) {}

  /**
   * Returns where partitions are read on.
   *
   * @param held what the broker has of each
   */
  Map<TopicPartition, Place> of(Map<TopicPartition, Held> held) {
    Map<TopicPartition, Place> known = offsets.all();
    Map<TopicPartition, Place> places = new HashMap<>();
    held.forEach(
        (partition, there) -> places.put(partition, place(partition, known.get(partition), there)));
    return places;
  }

  private Place place(TopicPartition partition, @Nullable Place left, Held held) {
    if (left == null) {
      Place first =
          new Place(held.topicId, start == KafkaSettings.Start.EARLIEST ? held.first : held.end);
      move(partition, null, first, null);
      return first;
    }
    String why = problem(left, held);
    if (why == null) {
      return left;
    }
    Place first = new Place(held.topicId, held.first);
    String told = told(why, left, held);
    move(partition, left, first, told);
    LOG.warn("topic {}, partition {}: {}", partition.topic(), partition.partition(), told);
    listeners.forEach(listener -> listener.moved(why));
    return first;
  }

  private static @Nullable String problem(Place left, Held held) {
    if (!left.topicId().equals(held.topicId)) {
      return "made-anew";
    }
    if (left.next() < held.first) {
      return "expired";
    }
    return left.next() > held.end ? "cut-off" : null;
  }

  private static String told(String why, Place left, Held held) {
    return switch (why) {
      case "made-anew" ->
          "the topic was deleted and made again, or is of another cluster: it was read up to offset %d, and the new one is read from its first record, offset %d"
              .formatted(left.next(), held.first);
      case "expired" ->
          "the records from offset %d to %d were deleted by the broker before they were read: bring their polls another way, and let the topic keep records for longer"
              .formatted(left.next(), held.first - 1);
      default ->
          "it was read up to offset %d and ends at %d now, so the broker has lost records: it is read again from its first one, offset %d"
              .formatted(left.next(), held.end, held.first);
    };
  }

  private void move(
      TopicPartition partition, @Nullable Place from, Place to, @Nullable String told) {
    boolean _ =
        intake.write(
            _ -> {
              offsets.move(partition, from, to);
              if (told != null && from != null) {
                keep(rejects, partition, List.of(new Reject(from.next(), told, "")), clock);
              }
              return true;
            });
  }

  /** Keeps what is wrong with records of a partition, within the caller's transaction. */
  static void keep(
      StreamRejects rejects, TopicPartition partition, List<Reject> wrong, Clock clock) {
    rejects.add(
        "kafka/%s/%d".formatted(partition.topic(), partition.partition()),
        "records of the topic %s, partition %d, of which something was rejected on this day of UTC: the line is the offset"
            .formatted(partition.topic(), partition.partition()),
        wrong,
        clock.instant());
  }
}
