package dev.storewatch.source;

import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far the partitions of Kafka were read, kept with the polls of their records. */
final class SqlKafkaOffsets {
  private final Database database;
  private final Clock clock;

  SqlKafkaOffsets(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * How far a partition was read.
   *
   * @param topicId the id of the topic, which no other topic has, nor the same one made anew
   * @param next the first offset that was not read
   */
  record Place(String topicId, long next) {}

  /** Somebody else has read a partition on, so what was read of it here is written already. */
  static final class Stale extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient TopicPartition partition;

    Stale(TopicPartition partition, Place expected) {
      super(
          "partition %d of the topic %s was read on by another server since offset %d: it goes on from there"
              .formatted(partition.partition(), partition.topic(), expected.next()));
      this.partition = partition;
    }

    TopicPartition partition() {
      return partition;
    }
  }

  /** Returns how far each partition was read of which anything was. */
  Map<TopicPartition, Place> all() {
    Map<TopicPartition, Place> places = new HashMap<>();
    database
        .call(
            () ->
                database
                    .jdbc()
                    .sql("SELECT topic, partition_number, topic_id, next_offset FROM kafka_offset")
                    .query(
                        (row, number) ->
                            Map.entry(
                                new TopicPartition(row.getString(1), row.getInt(2)),
                                new Place(row.getString(3), row.getLong(4))))
                    .list())
        .forEach(place -> places.put(place.getKey(), place.getValue()));
    return places;
  }

  /**
   * Moves a partition on, within the transaction that writes its records.
   *
   * @throws Stale if it is not at the expected place; nothing of the transaction may be kept then
   */
  void move(TopicPartition partition, @Nullable Place expected, Place to) {
    int moved = expected == null ? begin(partition, to) : update(partition, expected, to);
    if (moved != 1) {
      throw new Stale(partition, expected == null ? to : expected);
    }
  }

  private int update(TopicPartition partition, Place expected, Place to) {
    return database
        .jdbc()
        .sql(
            """
            UPDATE kafka_offset SET topic_id = ?, next_offset = ?, written_at = ?
            WHERE topic = ? AND partition_number = ? AND topic_id = ? AND next_offset = ?\
            """)
        .params(to.topicId(), to.next(), now(), partition.topic(), partition.partition())
        .param(expected.topicId())
        .param(expected.next())
        .update();
  }

  /** Whoever writes here has the turn to write, so nobody adds the same row meanwhile. */
  private int begin(TopicPartition partition, Place at) {
    return database
        .jdbc()
        .sql(
            """
            INSERT INTO kafka_offset (topic, partition_number, topic_id, next_offset, written_at)
            SELECT CAST(? AS VARCHAR), CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS BIGINT),
                   CAST(? AS BIGINT)
            WHERE NOT EXISTS (
              SELECT 1 FROM kafka_offset WHERE topic = ? AND partition_number = ?)\
            """)
        .params(partition.topic(), partition.partition(), at.topicId(), at.next(), now())
        .param(partition.topic())
        .param(partition.partition())
        .update();
  }

  private long now() {
    return Micros.of(clock.instant());
  }
}
