package dev.storewatch.source;

import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.database.FreeDisk;
import dev.storewatch.importing.StreamRejects;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.PollWriter;
import dev.storewatch.source.SqlKafkaOffsets.Place;
import dev.storewatch.source.SqlKafkaOffsets.Stale;
import dev.storewatch.store.TooManyStores;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reading of polls from Kafka by one consumer: what it got is written, with how far it has got
 * in the same transaction, before it asks for more.
 *
 * <p>What cannot be written stays in hand and is tried again until it can, while the partitions are
 * paused: the consumer stays in its group and gets nothing meanwhile. A record is refused for what
 * is in it alone, never because writing fails.
 */
final class KafkaReader {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaReader.class);

  private static final Duration LONGEST_POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration BROKER_PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final Duration BETWEEN_PLACINGS = Duration.ofSeconds(2);

  private final Consumer<byte[], byte[]> consumer;
  private final Brokers brokers;
  private final Parts parts;
  private final KafkaValue values;

  /** How far the partitions of this consumer are written. */
  private final Map<TopicPartition, Place> places = new HashMap<>();

  /** Partitions of this consumer of which it is not known yet where they go on. */
  private final Set<TopicPartition> unplaced = new HashSet<>();

  /** What is got and not written. */
  private List<ConsumerRecord<byte[], byte[]>> hand = new ArrayList<>();

  /** Where each partition of what is in hand goes on. */
  private Map<TopicPartition, Long> after = new HashMap<>();

  private @Nullable String tooManyStores;

  /** What was wrong with the brokers at the last look; null for nothing. */
  private @Nullable String toldOfBrokers;

  private Duration pause = Duration.ZERO;
  private Instant nextTry = Instant.MIN;
  private Instant nextPlacing = Instant.MIN;
  private Instant nextLook = Instant.MIN;

  /** Writing has to wait, and helps later. */
  private static final class NotNow extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotNow(String message) {
      super(message);
    }
  }

  /** Whoever tells what brokers have. */
  @FunctionalInterface
  interface Brokers {
    /** Returns what brokers have of those partitions that there are. */
    Map<TopicPartition, KafkaPlaces.Held> held(Collection<TopicPartition> partitions);
  }

  /** What a reader works with, apart from its connection. */
  record Parts(
      KafkaSettings settings,
      PollWriter writer,
      SqlKafkaOffsets offsets,
      KafkaPlaces places,
      StreamRejects rejects,
      FreeDisk disk,
      KafkaLag lag,
      Clock clock,
      List<KafkaListener> listeners) {
    Parts {
      listeners = List.copyOf(listeners);
    }
  }

  /** A reader, which joins its group with the first pass. */
  KafkaReader(Consumer<byte[], byte[]> consumer, Brokers brokers, Parts parts) {
    this.consumer = consumer;
    this.brokers = brokers;
    this.parts = parts;
    this.values =
        new KafkaValue(parts.settings().format(), parts.settings().recordBytes().toBytes());
    consumer.subscribe(parts.settings().topics(), new Assignments());
  }

  /**
   * Gets some records and writes them, or tries again to write what it has.
   *
   * @throws RuntimeException if the consumer cannot go on; another one goes on where this one was
   */
  void pass() {
    if (!unplaced.isEmpty() && isTime(nextTry) && isTime(nextPlacing)) {
      tryTo("find out where to go on", this::placeAll);
    }
    take(poll());
    if (!hand.isEmpty() && isTime(nextTry)) {
      tryTo("write what came", this::write);
    }
    if (isTime(nextLook)) {
      look();
    }
  }

  private boolean isTime(Instant next) {
    return !now().isBefore(next);
  }

  private Instant now() {
    return parts.clock().instant();
  }

  /** Does what may fail for a while; then all waits a little longer each time. */
  private void tryTo(String what, Runnable work) {
    try {
      work.run();
      pause = Duration.ZERO;
    } catch (Stale e) {
      LOG.info("{}", e.getMessage());
      lose(e.partition());
    } catch (TooManyStores e) {
      tooManyStores = e.getMessage();
      LOG.warn("polls from Kafka of stores that are not there are rejected: {}", e.getMessage());
    } catch (WakeupException e) {
      throw e; // the server ends
    } catch (KafkaException | DatabaseUnavailable | NotNow e) {
      putOff(what, e);
    } catch (RuntimeException e) {
      LOG.error("polls from Kafka wait: it was not possible to {}", what, e);
      putOff(what, e);
    }
  }

  private void putOff(String what, Exception why) {
    Duration doubled = pause.isZero() ? FIRST_PAUSE : pause.multipliedBy(2);
    pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    nextTry = now().plus(pause);
    LOG.warn(
        "polls from Kafka wait, and none is lost: it was not possible to {} ({}), which is tried"
            + " again in {} s",
        what,
        why.getMessage(),
        pause.toSeconds());
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    if (hand.isEmpty()) {
      consumer.resume(places.keySet());
      consumer.pause(unplaced);
    } else {
      consumer.pause(consumer.assignment());
    }
    try {
      return consumer.poll(LONGEST_POLL);
    } catch (OffsetOutOfRangeException e) {
      e.partitions().forEach(this::lose);
      return ConsumerRecords.empty();
    }
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    if (records.isEmpty()) {
      return;
    }
    if (!hand.isEmpty()) {
      records.partitions().forEach(this::lose); // got again once what is in hand is written
      return;
    }
    for (TopicPartition partition : records.partitions()) {
      if (places.containsKey(partition)) {
        hand.addAll(records.records(partition));
        after.put(partition, Objects.requireNonNull(records.nextOffsets().get(partition)).offset());
      }
    }
  }

  /** Forgets what is in hand of a partition, and finds out again where it goes on. */
  private void lose(TopicPartition partition) {
    forget(partition);
    unplaced.add(partition);
  }

  private void forget(TopicPartition partition) {
    places.remove(partition);
    unplaced.remove(partition);
    if (after.remove(partition) != null) {
      hand.removeIf(record -> partition.equals(partition(record)));
    }
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  private void write() {
    requireRoom();
    KafkaBatch batch = new KafkaBatch(hand, values, problemOfOutside(), Micros.of(now()));
    batch.polls().setSender("kafka");
    batch.polls().setCompanion(written -> keep(batch, written));
    PollWriter.Written written =
        parts
            .writer()
            .write(batch.polls(), PATIENCE)
            .orElseThrow(() -> new NotNow("too many polls wait to be written"));
    after.forEach((partition, next) -> places.put(partition, place(partition, next)));
    tellBroker();
    hand = new ArrayList<>();
    after = new HashMap<>();
    tooManyStores = null;
    parts
        .listeners()
        .forEach(
            listener ->
                listener.written(
                    batch.records(),
                    batch.rejected(written),
                    batch.empty(),
                    batch.counts(written)));
  }

  private void requireRoom() {
    try {
      parts.disk().require(0);
    } catch (IOException e) {
      throw new NotNow(String.valueOf(e.getMessage()));
    }
  }

  private @Nullable String problemOfOutside() {
    if (tooManyStores != null) {
      return tooManyStores;
    }
    return parts.settings().knownStoresOnly()
        ? "no store has this store_id, and only known stores are taken (%s.known-stores-only)"
            .formatted(KafkaSettings.PREFIX)
        : null;
  }

  /** Keeps, in the transaction of the polls, how far they go and what was rejected. */
  private void keep(KafkaBatch batch, PollWriter.Written written) {
    after.forEach(
        (partition, next) ->
            parts.offsets().move(partition, placeOf(partition), place(partition, next)));
    batch
        .rejects(written)
        .forEach(
            (partition, wrong) ->
                KafkaPlaces.keep(parts.rejects(), partition, wrong, parts.clock()));
  }

  private Place place(TopicPartition partition, long next) {
    return new Place(placeOf(partition).topicId(), next);
  }

  private Place placeOf(TopicPartition partition) {
    return Objects.requireNonNull(places.get(partition));
  }

  /** Tells the broker how far its records are written, for those who look at the group there. */
  private void tellBroker() {
    Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    after.forEach((partition, next) -> committed.put(partition, new OffsetAndMetadata(next)));
    consumer.commitAsync(
        committed,
        (_, failure) -> {
          if (failure != null) {
            LOG.debug("the broker was not told how far its records are written", failure);
          }
        });
  }

  private void placeAll() {
    nextPlacing = now().plus(BETWEEN_PLACINGS);
    parts
        .places()
        .of(brokers.held(List.copyOf(unplaced)))
        .forEach(
            (partition, place) -> {
              consumer.seek(partition, place.next());
              places.put(partition, place);
              unplaced.remove(partition);
              nextLook = Instant.MIN; // what was seen before was of other partitions
            });
  }

  /** Looks how much there is to be read, and whether the topics are the same. */
  private void look() {
    nextLook = now().plus(BETWEEN_LOOKS);
    try {
      Map<TopicPartition, KafkaPlaces.Held> held = brokers.held(lookedAt());
      String missing = missing(held);
      tellOfBrokers(missing);
      held.keySet().retainAll(places.keySet());
      parts.lag().set(now().truncatedTo(ChronoUnit.MICROS), missing, seen(held));
      held.forEach(
          (partition, there) -> {
            if (!there.topicId().equals(placeOf(partition).topicId())) {
              lose(partition);
            }
          });
    } catch (TimeoutException e) {
      String problem = "the brokers of Kafka do not answer: " + e.getMessage();
      parts.lag().unknown(problem);
      tellOfBrokers(problem);
    }
  }

  /** Of a topic of which this server reads nothing, any partition tells whether it is there. */
  private List<TopicPartition> lookedAt() {
    Set<TopicPartition> all = new HashSet<>(places.keySet());
    parts.settings().topics().forEach(topic -> all.add(new TopicPartition(topic, 0)));
    return List.copyOf(all);
  }

  private @Nullable String missing(Map<TopicPartition, KafkaPlaces.Held> held) {
    List<String> missing =
        parts.settings().topics().stream()
            .filter(topic -> !held.containsKey(new TopicPartition(topic, 0)))
            .toList();
    return missing.isEmpty()
        ? null
        : "Kafka has no topic %s: it is read once it is there"
            .formatted(String.join(", ", missing));
  }

  /** Tells once what is wrong with the brokers, and once that it is over. */
  private void tellOfBrokers(@Nullable String problem) {
    if (problem != null && toldOfBrokers == null) {
      LOG.warn("{}", problem);
    } else if (problem == null && toldOfBrokers != null) {
      LOG.info("the brokers of Kafka answer again, and have all topics");
    }
    toldOfBrokers = problem;
  }

  /** Returns how far partitions are read, in the order of their names. */
  private List<KafkaView.Partition> seen(Map<TopicPartition, KafkaPlaces.Held> held) {
    return held.entrySet().stream()
        .map(there -> seen(there.getKey(), there.getValue().end()))
        .sorted(
            Comparator.comparing(KafkaView.Partition::topic)
                .thenComparingInt(KafkaView.Partition::partition))
        .toList();
  }

  private KafkaView.Partition seen(TopicPartition partition, long end) {
    long read = read(partition);
    return new KafkaView.Partition(
        partition.topic(), partition.partition(), read, end, Math.max(0, end - read));
  }

  /** Returns the offset before which all is written; beyond records that say nothing to readers. */
  private long read(TopicPartition partition) {
    long written = placeOf(partition).next();
    return after.containsKey(partition)
        ? written
        : Math.max(written, consumer.position(partition, BROKER_PATIENCE));
  }

  /** What happens when the group shares its partitions anew. */
  private final class Assignments implements ConsumerRebalanceListener {
    /** Nothing but the place is found out later: this is called in the middle of a poll. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      for (TopicPartition partition : partitions) {
        consumer.seek(partition, 0); // so that nobody looks for what the broker has of the group
        lose(partition);
      }
      nextPlacing = Instant.MIN;
      consumer.pause(partitions);
    }

    /** What is in hand of them is not written; whoever gets them reads it again. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      partitions.forEach(KafkaReader.this::forget);
      nextLook = Instant.MIN;
    }
  }
}
