package dev.storewatch.source;

import dev.storewatch.file.RejectedText;
import dev.storewatch.importing.Reject;
import dev.storewatch.poll.PollBatch;
import dev.storewatch.poll.PollWriter;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.store.Scope;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The polls of some records, and what is wrong with the others. */
final class KafkaBatch {
  private static final int TEXT_SHOWN = 500;

  private final List<ConsumerRecord<byte[], byte[]>> records;
  private final PollBatch polls;
  private final String problemOfOutside;
  private final Map<Integer, Reject> rejects = new TreeMap<>();
  private long wrong;
  private int empty;

  /**
   * Reads records.
   *
   * @param problemOfOutside why polls of stores that are not there are not taken; null if they add
   *     their store
   * @param now the clock, in microseconds since the epoch
   */
  KafkaBatch(
      List<ConsumerRecord<byte[], byte[]>> records,
      KafkaValue reader,
      @Nullable String problemOfOutside,
      long now) {
    this.records = records;
    this.polls = new PollBatch(Scope.EVERYTHING, problemOfOutside != null);
    this.problemOfOutside = Objects.requireNonNullElse(problemOfOutside, "");
    for (int i = 0; i < records.size(); i++) {
      read(i, reader, now);
    }
  }

  private void read(int index, KafkaValue reader, long now) {
    ConsumerRecord<byte[], byte[]> record = records.get(index);
    byte[] value = record.value();
    if (value == null) {
      empty++;
      return;
    }
    reader.read(value, index, polls, now);
    String reason = reader.reason();
    if (reason != null) {
      wrong += reader.wrong();
      rejects.put(index, reject(index, reason, reader.text()));
    }
  }

  private Reject reject(int index, String reason, String text) {
    ConsumerRecord<byte[], byte[]> record = records.get(index);
    return new Reject(
        record.offset(),
        "topic %s, partition %d, offset %d: %s"
            .formatted(record.topic(), record.partition(), record.offset(), storable(reason)),
        text);
  }

  /** Returns a text, which may repeat some of a value, without what no database keeps. */
  private static String storable(String reason) {
    byte[] utf8 = reason.replace('\0', '\uFFFD').getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** Returns the good polls. */
  PollBatch polls() {
    return polls;
  }

  /** Returns by partition what is rejected, when it is known of which polls there is no store. */
  Map<TopicPartition, List<Reject>> rejects(PollWriter.Written written) {
    Map<TopicPartition, List<Reject>> byPartition = new HashMap<>();
    all(written)
        .forEach(
            (index, reject) -> {
              ConsumerRecord<byte[], byte[]> record = records.get(index);
              byPartition
                  .computeIfAbsent(
                      new TopicPartition(record.topic(), record.partition()),
                      _ -> new ArrayList<>())
                  .add(reject);
            });
    return byPartition;
  }

  /** Of a record of which something else is wrong that was found first, that is told. */
  private Map<Integer, Reject> all(PollWriter.Written written) {
    Map<Integer, Reject> all = new TreeMap<>(rejects);
    for (int row : written.outside()) {
      all.computeIfAbsent(
          (int) polls.item(row),
          index -> reject(index, problemOfOutside, RejectedText.cut(polls.json(row), TEXT_SHOWN)));
    }
    return all;
  }

  /** Returns how many records there are. */
  int records() {
    return records.size();
  }

  /** Returns how many records have something wrong. */
  int rejected(PollWriter.Written written) {
    return all(written).size();
  }

  /** Returns how many records have no value. */
  int empty() {
    return empty;
  }

  /** Returns what became of the polls. */
  RowCounts counts(PollWriter.Written written) {
    return written.tally().with(wrong + written.outside().size());
  }
}
