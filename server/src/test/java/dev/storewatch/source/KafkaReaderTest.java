package dev.storewatch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import dev.storewatch.AnyDatabase;
import dev.storewatch.TestFolder;
import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.database.FreeDisk;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Reject;
import dev.storewatch.importing.StreamRejects;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.PollIntake;
import dev.storewatch.poll.PollJournal;
import dev.storewatch.poll.PollWriter;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.source.KafkaPlaces.Held;
import dev.storewatch.source.SqlKafkaOffsets.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.util.unit.DataSize;

/** What a reader makes of what a broker gives; the clock says 2026-11-01 at first. */
@AnyDatabase
@Isolated // it reads the log, which is one for the process
final class KafkaReaderTest {
  private static final TopicPartition ZERO = new TopicPartition("polls", 0);
  private static final TopicPartition ONE = new TopicPartition("polls", 1);
  private static final String TIME = "2026-10-31T10:00:%02dZ";

  @TempDir private Path path;
  private final HandClock clock = new HandClock(TestFolder.NOW);
  private final Map<TopicPartition, Held> held = new HashMap<>();
  private String topicId = "first";
  private boolean isThere = true;
  private boolean silent;
  private final KafkaLag lag = new KafkaLag();
  private final Counts counts = new Counts();
  private TestFolder folder;
  private PollWriter writer;
  private SqlKafkaOffsets offsets;
  private MockConsumer<byte[], byte[]> broker;
  private KafkaReader reader;
  private volatile boolean isAway;
  private boolean knownStoresOnly;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    offsets = new SqlKafkaOffsets(folder.database(), clock);
    writer = writer(100);
    begin();
  }

  @AfterEach
  void close() {
    writer.close();
    folder.close();
  }

  private PollWriter writer(int mostStores) {
    PollIntake intake =
        new PollIntake(
            folder.database(), folder.stores(), folder.polls(), List.of(), this::journal);
    return new PollWriter(intake, mostStores, List.of());
  }

  private PollJournal journal() {
    if (isAway) {
      throw DatabaseUnavailable.of(new SQLException("gone", "08006"));
    }
    return PollJournal.NONE;
  }

  /** What listeners were told, in sums. */
  private static final class Counts implements KafkaListener {
    private int records;
    private int rejected;
    private int empty;
    private final List<RowCounts> polls = new ArrayList<>();
    private final List<String> moves = new ArrayList<>();

    @Override
    public void written(int all, int wrong, int without, RowCounts ofPolls) {
      records += all;
      rejected += wrong;
      empty += without;
      polls.add(ofPolls);
    }

    @Override
    public void moved(String why) {
      moves.add(why);
    }

    private long read() {
      return polls.stream().mapToLong(RowCounts::read).sum();
    }

    private long added() {
      return polls.stream().mapToLong(RowCounts::added).sum();
    }
  }

  /** Begins as a server does that has just started. */
  private void begin() {
    broker = new MockConsumer<>("none");
    hold(ZERO, 0, 0);
    hold(ONE, 0, 0);
    reader = reader(broker, KafkaSettings.Start.EARLIEST);
  }

  private KafkaReader reader(MockConsumer<byte[], byte[]> consumer, KafkaSettings.Start start) {
    KafkaSettings settings =
        new KafkaSettings(
            List.of("a:1"),
            List.of("polls"),
            "storewatch",
            KafkaFormat.AUTO,
            start,
            knownStoresOnly,
            DataSize.ofKilobytes(100),
            "PLAINTEXT",
            null,
            null,
            null,
            Map.of());
    StreamRejects rejects = new StreamRejects(folder.database());
    KafkaReader.Parts parts =
        new KafkaReader.Parts(
            settings,
            writer,
            offsets,
            new KafkaPlaces(
                offsets, folder.parts().intake(), rejects, start, clock, List.of(counts)),
            rejects,
            new FreeDisk(path, DataSize.ofBytes(0)),
            lag,
            clock,
            List.of(counts));
    return new KafkaReader(consumer, this::held, parts);
  }

  private Map<TopicPartition, Held> held(Collection<TopicPartition> partitions) {
    if (silent) {
      throw new TimeoutException("nobody there");
    }
    Map<TopicPartition, Held> there = new HashMap<>(held);
    there.keySet().retainAll(isThere ? partitions : Set.of());
    return there;
  }

  /** Says what the broker has of a partition. */
  private void hold(TopicPartition partition, long first, long end) {
    held.put(partition, new Held(topicId, first, end));
  }

  /** Gives the reader partitions, and waits until it has found out where they go on. */
  private void assign(TopicPartition... partitions) {
    broker.rebalance(List.of(partitions));
    reader.pass();
  }

  private void bring(TopicPartition from, long offset, @Nullable String value) {
    byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    broker.addRecord(
        new ConsumerRecord<>(from.topic(), from.partition(), offset, new byte[] {1}, bytes));
    hold(from, 0, offset + 1);
  }

  private static String poll(String store, int second) {
    return "%s,active,%s".formatted(store, TIME.formatted(second));
  }

  private void pass(int times) {
    for (int i = 0; i < times; i++) {
      reader.pass();
      clock.pass(Duration.ofSeconds(1));
    }
  }

  private long polls() {
    return folder.allPolls().values().stream().mapToLong(Map::size).sum();
  }

  private List<Reject> rejects() {
    List<Reject> all = new ArrayList<>();
    for (ImportRun run : folder.imports().newest(10, null)) {
      all.addAll(folder.imports().rejects(run.id(), -1, 100));
    }
    return all;
  }

  @Test
  void writesWhatComesWithHowFarItIs() {
    assign(ZERO, ONE);
    bring(ZERO, 0, poll("a", 1));
    bring(ZERO, 1, poll("b", 1));
    bring(
        ONE,
        0,
        "[{\"store_id\":\"c\",\"status\":\"inactive\",\"timestamp_utc\":\"%s\"}]"
            .formatted(TIME.formatted(2)));
    pass(1);

    assertThat(folder.allPolls().keySet()).containsExactly("a", "b", "c");
    assertThat(offsets.all())
        .containsOnly(
            Map.entry(ZERO, new Place("first", 2)), Map.entry(ONE, new Place("first", 1)));
    assertThat(counts.records).isEqualTo(3);
    assertThat(counts.added()).isEqualTo(3);
    assertThat(broker.committed(Set.of(ZERO, ONE)))
        .containsEntry(ZERO, new OffsetAndMetadata(2))
        .containsEntry(ONE, new OffsetAndMetadata(1));
  }

  @Test
  void goesOnWhereTheDatabaseSaysAndNotWhereTheBrokerDoes() {
    assign(ZERO);
    bring(ZERO, 0, poll("a", 1));
    bring(ZERO, 1, poll("a", 2));
    pass(1);

    begin();
    hold(ZERO, 0, 2);
    assign(ZERO);

    assertThat(broker.position(ZERO)).isEqualTo(2);
  }

  @Test
  void beginsWithTheFirstRecordThatThereIsOrWithTheNext() {
    hold(ZERO, 3, 9);
    hold(ONE, 5, 9);
    assign(ZERO);
    assertThat(broker.position(ZERO)).isEqualTo(3);

    MockConsumer<byte[], byte[]> other = new MockConsumer<>("none");
    KafkaReader latest = reader(other, KafkaSettings.Start.LATEST);
    other.rebalance(List.of(ONE));
    latest.pass();

    assertThat(other.position(ONE)).isEqualTo(9);
    assertThat(offsets.all())
        .containsOnly(
            Map.entry(ZERO, new Place("first", 3)), Map.entry(ONE, new Place("first", 9)));
    assertThat(counts.moves).isEmpty();
  }

  @Test
  void losesNothingWhileTheDatabaseIsAway() {
    assign(ZERO, ONE);
    isAway = true;
    for (int i = 0; i < 20; i++) {
      bring(ZERO, i, poll("a", i));
    }
    pass(1);
    bring(ONE, 0, poll("b", 0));

    pass(60);
    assertThat(broker.paused()).containsExactlyInAnyOrder(ZERO, ONE);
    assertThat(polls()).isZero();
    assertThat(counts.records).isZero();
    isAway = false;
    pass(60);

    assertThat(polls()).isEqualTo(21);
    assertThat(counts.records).isEqualTo(21);
    assertThat(counts.read()).isEqualTo(21);
    assertThat(offsets.all()).containsEntry(ZERO, new Place("first", 20));
    assertThat(broker.paused()).isEmpty();
  }

  @Test
  void doesNotTryAgainWithoutAPause() {
    int[] tries = {0};
    writer.close();
    writer =
        new PollWriter(
            new PollIntake(
                folder.database(),
                folder.stores(),
                folder.polls(),
                List.of(),
                () -> {
                  tries[0]++;
                  throw DatabaseUnavailable.of(new SQLException("gone", "08006"));
                }),
            100,
            List.of());
    begin();
    assign(ZERO);
    bring(ZERO, 0, poll("a", 1));

    pass(61);

    // After 1, 2, 4, 8 and 16 seconds, then every 30.
    assertThat(tries[0]).isEqualTo(6);
  }

  @Test
  void countsOnceWhatIsReadTwice() {
    assign(ZERO);
    bring(ZERO, 0, poll("a", 1));
    bring(ZERO, 1, poll("a", 2));
    pass(1);
    int revision = folder.parts().revisions().latest();

    // A broker that gives the same again at later offsets, as producers do that try again.
    bring(ZERO, 2, poll("a", 1));
    bring(ZERO, 3, poll("a", 2));
    pass(1);

    assertThat(polls()).isEqualTo(2);
    assertThat(counts.added()).isEqualTo(2);
    assertThat(counts.polls.getLast()).isEqualTo(new RowCounts(2, 0, 2, 0, 0));
    assertThat(folder.parts().revisions().latest()).isEqualTo(revision);
  }

  @Test
  void writesNothingOfAPartitionThatAnotherServerHasReadOn() {
    assign(ZERO, ONE);
    isAway = true;
    bring(ZERO, 0, poll("a", 1));
    bring(ZERO, 1, poll("a", 2));
    bring(ONE, 0, poll("b", 1));
    pass(1);

    // The group gave the partition away while the database was gone; this reader does not know yet.
    folder.inTransaction(() -> offsets.move(ZERO, new Place("first", 0), new Place("first", 2)));
    isAway = false;
    pass(60);

    assertThat(folder.allPolls().keySet()).containsExactly("b");
    assertThat(counts.records).isEqualTo(1);
    assertThat(offsets.all())
        .containsOnly(
            Map.entry(ZERO, new Place("first", 2)), Map.entry(ONE, new Place("first", 1)));
    assertThat(broker.position(ZERO)).isEqualTo(2);

    bring(ZERO, 2, poll("c", 1));
    pass(1);
    assertThat(folder.allPolls().keySet()).containsExactly("b", "c");
  }

  @Test
  void writesNothingOfAPartitionThatItGaveBack() {
    assign(ZERO, ONE);
    isAway = true;
    bring(ZERO, 0, poll("a", 1));
    bring(ONE, 0, poll("b", 1));
    pass(1);

    broker.rebalance(List.of(ONE));
    isAway = false;
    pass(60);

    assertThat(folder.allPolls().keySet()).containsExactly("b");
    assertThat(offsets.all()).containsEntry(ZERO, new Place("first", 0));
    assertThat(broker.paused()).isEmpty();
  }

  @Test
  void keepsWhatIsWrongWhereTheRejectsOfFilesAreAndTakesTheRest() {
    assign(ZERO, ONE);
    bring(ZERO, 0, poll("a", 1));
    bring(ZERO, 1, "{\"store_id\":\"b\",\"st\\u0000atus\":1}");
    bring(ZERO, 2, null);
    bring(ZERO, 3, poll("c", 1));
    bring(ONE, 7, "poison\u0000");
    pass(1);

    assertThat(folder.allPolls().keySet()).containsExactly("a", "c");
    assertThat(rejects())
        .extracting(Reject::line, Reject::text)
        .containsExactlyInAnyOrder(
            tuple(1L, "{\"store_id\":\"b\",\"st\\u0000atus\":1}"), tuple(7L, "poison\uFFFD"));
    assertThat(rejects())
        .extracting(Reject::reason)
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .startsWith("topic polls, partition 0, offset 1: unknown field 'st\uFFFDatus'"))
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .startsWith("topic polls, partition 1, offset 7: line 1: 1 fields"));
    assertThat(folder.imports().newest(10, null))
        .extracting(ImportRun::source)
        .containsExactlyInAnyOrder("kafka/polls/0", "kafka/polls/1");
    assertThat(counts.records).isEqualTo(5);
    assertThat(counts.rejected).isEqualTo(2);
    assertThat(counts.empty).isEqualTo(1);
    assertThat(counts.polls).containsExactly(new RowCounts(4, 2, 0, 0, 2));
    assertThat(offsets.all()).containsEntry(ONE, new Place("first", 8));
  }

  @Test
  void goesOnWhenNothingOfWhatCameIsGood() {
    assign(ZERO);
    bring(ZERO, 0, "poison");
    bring(ZERO, 1, null);
    pass(1);

    assertThat(rejects()).hasSize(1);
    assertThat(offsets.all()).containsEntry(ZERO, new Place("first", 2));
  }

  @Test
  void rejectsPollsOfStoresThatAreNotThereIfOnlyKnownOnesAreTaken() throws Exception {
    folder.importText("store_id,timezone_str\nknown,UTC\n");
    knownStoresOnly = true;
    begin();
    assign(ZERO);
    bring(ZERO, 0, poll("stranger", 1) + "\n" + poll("known", 1));
    pass(1);

    assertThat(folder.allPolls().keySet()).containsExactly("known");
    assertThat(rejects())
        .singleElement()
        .satisfies(
            reject -> {
              assertThat(reject.reason()).contains("offset 0: no store has this store_id");
              assertThat(reject.text()).contains("\"store_id\":\"stranger\"");
            });
    assertThat(counts.polls).containsExactly(new RowCounts(2, 1, 0, 0, 1));
  }

  @Test
  void rejectsPollsThatWouldAddTooManyStores() {
    writer.close();
    writer = writer(2);
    begin();
    assign(ZERO);
    bring(ZERO, 0, poll("a", 1));
    bring(ZERO, 1, poll("b", 1));
    pass(1);
    bring(ZERO, 2, poll("c", 1));
    bring(ZERO, 3, poll("a", 2));
    pass(2);

    assertThat(folder.allPolls().keySet()).containsExactly("a", "b");
    assertThat(polls()).isEqualTo(3);
    assertThat(rejects())
        .singleElement()
        .extracting(Reject::reason)
        .asString()
        .contains("offset 2: 1 new stores beside the 2");
  }

  @Test
  void readsATopicThatWasMadeAnewFromItsBeginningAndSaysSo() {
    assign(ZERO);
    bring(ZERO, 0, poll("a", 1));
    bring(ZERO, 1, poll("a", 2));
    pass(1);

    // It has more records than the old one by now: only its id tells that it is another one.
    topicId = "second";
    begin();
    hold(ZERO, 0, 3);
    assign(ZERO);
    assertThat(broker.position(ZERO)).isZero();
    for (int i = 0; i < 3; i++) {
      bring(ZERO, i, poll("b", i));
    }
    pass(1);

    assertThat(polls()).isEqualTo(5);
    assertThat(offsets.all()).containsEntry(ZERO, new Place("second", 3));
    assertThat(counts.moves).containsExactly("made-anew");
    assertThat(rejects())
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.line()).isEqualTo(2);
              assertThat(told.reason()).contains("was deleted and made again");
            });
  }

  @Test
  void noticesThatATopicIsMadeAnewWhileItReads() {
    assign(ZERO);
    bring(ZERO, 0, poll("a", 1));
    pass(1);
    topicId = "second";
    hold(ZERO, 0, 9);
    pass(15);

    assertThat(counts.moves).containsExactly("made-anew");
    assertThat(broker.position(ZERO)).isZero();
    assertThat(offsets.all()).containsEntry(ZERO, new Place("second", 0));
  }

  @Test
  void saysWhichRecordsTheBrokerDeletedBeforeTheyWereRead() {
    assign(ZERO);
    bring(ZERO, 0, poll("a", 1));
    pass(1);
    begin();
    hold(ZERO, 100, 200);
    assign(ZERO);

    assertThat(broker.position(ZERO)).isEqualTo(100);
    assertThat(counts.moves).containsExactly("expired");
    assertThat(rejects())
        .singleElement()
        .extracting(Reject::reason)
        .asString()
        .contains("from offset 1 to 99 were deleted by the broker before they were read");
  }

  @Test
  void readsAgainWhatABrokerHasThatLostRecords() {
    assign(ZERO);
    bring(ZERO, 0, poll("a", 1));
    bring(ZERO, 1, poll("a", 2));
    pass(1);
    hold(ZERO, 0, 1);
    broker.setPollException(new OffsetOutOfRangeException(Map.of(ZERO, 2L)));
    pass(3);

    assertThat(broker.position(ZERO)).isZero();
    assertThat(counts.moves).containsExactly("cut-off");
    assertThat(offsets.all()).containsEntry(ZERO, new Place("first", 0));
  }

  @Test
  void waitsForATopicThatIsNotThere() {
    isThere = false;
    assign(ZERO);
    pass(5);
    assertThat(broker.paused()).containsExactly(ZERO);
    assertThat(offsets.all()).isEmpty();

    isThere = true;
    pass(3);
    bring(ZERO, 0, poll("a", 1));
    pass(1);

    assertThat(polls()).isEqualTo(1);
  }

  @Test
  void tellsOnceThatBrokersAreAwayOrHaveNoSuchTopic() {
    try (Logged logged = new Logged(KafkaReader.class.getName(), Level.INFO)) {
      silent = true;
      pass(25);
      silent = false;
      pass(25);
      isThere = false;
      pass(25);

      assertThat(logged.messages())
          .containsExactly(
              "the brokers of Kafka do not answer: nobody there",
              "the brokers of Kafka answer again, and have all topics",
              "Kafka has no topic polls: it is read once it is there");
    }
  }

  @Test
  void tellsHowMuchThereIsToRead() {
    assertThat(lag.records()).isNaN();
    assign(ZERO, ONE);
    isAway = true;
    for (int i = 0; i < 7; i++) {
      bring(ZERO, i, poll("a", i));
    }
    bring(ONE, 0, poll("b", 1));
    pass(11);
    assertThat(lag.records()).isEqualTo(8);

    isAway = false;
    pass(60);
    assertThat(lag.records()).isZero();

    silent = true;
    pass(11);
    assertThat(lag.records()).isNaN();
  }

  @Test
  void showsHowFarEachPartitionIsReadAndWhatIsWrong() {
    assertThat(lag.view()).isEqualTo(new KafkaView(null, null, List.of()));
    pass(1);
    hold(ZERO, 0, 7);
    assign(ZERO); // sooner than the next look would come by itself
    assertThat(lag.view().partitions())
        .containsExactly(new KafkaView.Partition("polls", 0, 0, 7, 7));
    assertThat(lag.records()).isEqualTo(7);
    assign(ONE, ZERO);
    bring(ZERO, 0, poll("a", 1));
    bring(ONE, 0, poll("b", 1));
    pass(1);
    isAway = true;
    bring(ZERO, 1, poll("a", 2));
    pass(11);
    Instant looked = lag.view().lookedAt();
    assertThat(looked).isBetween(clock.instant().minusSeconds(11), clock.instant());
    assertThat(lag.view().error()).isNull();
    List<KafkaView.Partition> seen =
        List.of(
            new KafkaView.Partition("polls", 0, 1, 2, 1),
            new KafkaView.Partition("polls", 1, 1, 1, 0));
    assertThat(lag.view().partitions()).isEqualTo(seen);

    silent = true;
    pass(25);
    assertThat(lag.view())
        .isEqualTo(
            new KafkaView(
                lag.view().lookedAt(), "the brokers of Kafka do not answer: nobody there", seen));
    assertThat(lag.view().lookedAt()).isBefore(clock.instant().minusSeconds(20));

    silent = false;
    isAway = false;
    pass(60);
    assertThat(lag.view().error()).isNull();
    assertThat(lag.view().partitions())
        .containsExactly(
            new KafkaView.Partition("polls", 0, 2, 2, 0),
            new KafkaView.Partition("polls", 1, 1, 1, 0));

    isThere = false;
    pass(11);
    assertThat(lag.view().error()).startsWith("Kafka has no topic polls");
    assertThat(lag.view().partitions()).isEmpty();
  }

  @Test
  void takesTheTimeOfAPollFromItsValueAlone() {
    assign(ZERO);
    bring(ZERO, 0, poll("a", 1)); // the record itself has no time at all
    pass(1);

    assertThat(folder.allPolls())
        .containsOnly(
            Map.entry(
                "a", new TreeMap<>(Map.of(Micros.of(Instant.parse(TIME.formatted(1))), true))));
  }

  @Test
  void leavesTheRestOfABatchAsItIsWhenOneOfManyRecordsIsLarge() {
    assign(ZERO);
    char[] large = new char[200_000];
    Arrays.fill(large, 'x');
    bring(ZERO, 0, new String(large));
    bring(ZERO, 1, poll("a", 1));
    pass(1);

    assertThat(polls()).isEqualTo(1);
    assertThat(rejects())
        .singleElement()
        .satisfies(
            reject -> {
              assertThat(reject.reason()).contains("value of 200000 bytes: the limit is 102400");
              assertThat(reject.text()).hasSizeLessThan(520);
            });
  }
}
