package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.Seeds;
import dev.storewatch.TestFolder;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.uptime.PackedPoll;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** Polls that came hour by hour lie store by store in the end, and are the same. */
final class PollClusteringTest {
  private static final int STORES = 1_000;
  private static final Span EVER = new Span(0, 10_000 * Micros.HOUR);

  @TempDir private Path path;
  private TestFolder folder;
  private DuckDbDatabase database;

  @BeforeEach
  void open() throws IOException {
    folder = new TestFolder(path);
    database = (DuckDbDatabase) folder.database();
  }

  @AfterEach
  void close() {
    folder.close();
  }

  /** Adds a poll of each store for each hour, at a moment of its own. */
  private void poll(int hours) {
    int polls =
        database
            .jdbc()
            .sql(
                """
                INSERT INTO poll (store_key, polled_at, active, revision)
                SELECT store, hour * 3600000000 + (hash(store * 1000 + hour) %% 3600000000)::BIGINT,
                  hash(store, hour) %% 7 > 0, hour
                FROM (SELECT range AS hour FROM range(%d)), (SELECT range + 1 AS store FROM range(%d))
                ORDER BY hour, store\
                """
                    .formatted(hours, STORES))
            .update();
    assertThat(polls).isEqualTo(hours * STORES);
  }

  private boolean move(int groups, int hoursBefore) {
    return new PollClustering(database, groups).move(hoursBefore * Micros.HOUR);
  }

  /** Returns what all polls together are, whatever order they lie in. */
  private Map<String, @Nullable Object> sum() {
    return database
        .jdbc()
        .sql(
            """
            SELECT count(*) AS polls, bit_xor(hash(store_key, polled_at, active, revision)) AS all_of_them
            FROM poll\
            """)
        .query()
        .singleRow();
  }

  /** Returns in how many groups of rows a store is, of those which end before an hour. */
  private long groupsOf(int store, int before) {
    return database
        .jdbc()
        .sql(
            """
            SELECT count(*) FROM (
              SELECT min(store_key) AS first_key, max(store_key) AS last_key FROM poll
              GROUP BY rowid // ? HAVING max(polled_at) < ?)
            WHERE ? BETWEEN first_key AND last_key\
            """)
        .params(PollClustering.GROUP, before * Micros.HOUR, store)
        .query(Long.class)
        .single();
  }

  @Test
  void bringsTheSameAndItsStoresTogether() {
    poll(1_000);
    Map<String, @Nullable Object> before = sum();
    assertThat(groupsOf(500, 990)).isEqualTo(8);

    assertThat(move(7, 990)).isTrue();

    assertThat(sum()).isEqualTo(before);
    assertThat(groupsOf(500, 990)).isLessThanOrEqualTo(3);
    assertThat(folder.polls().newest().orElseThrow()).isGreaterThan(999 * Micros.HOUR);
  }

  @Test
  void leavesAloneWhatLiesTogetherOrIsRecentOrLittle() {
    poll(800);
    assertThat(groupsOf(500, 800)).isEqualTo(7);
    assertThat(move(5, 600)).as("four groups are before").isFalse();

    assertThat(move(5, 800)).isTrue();
    assertThat(move(5, 800)).as("what does not lie together is little").isFalse();
    assertThat(groupsOf(500, 800)).isLessThanOrEqualTo(4);
  }

  @Test
  void isNothingWhereThereAreNoPolls() {
    assertThat(folder.polls().cluster(Long.MAX_VALUE / 2)).isFalse();
  }

  /** Whatever is written meanwhile, and whatever is read. */
  @ParameterizedTest
  @Seeds
  void losesNothingThatIsWrittenBesideIt(long seed) throws Exception {
    poll(200);
    Random random = new Random(seed);
    Map<Integer, Map<Long, Boolean>> expected = read();
    AtomicBoolean ends = new AtomicBoolean();
    AtomicInteger moves = new AtomicInteger();
    // A group by itself is never in order: it has all stores.
    Thread mover =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!ends.get()) {
                    moves.addAndGet(move(1, 10_000) ? 1 : 0);
                  }
                });
    try {
      for (int i = 0; i < Seeds.Rounds.of(30) || moves.get() < 3; i++) {
        change(random, expected);
        assertThat(folder.polls().countRoughly(EVER))
            .isEqualTo(expected.values().stream().mapToInt(Map::size).sum());
      }
    } finally {
      ends.set(true);
      mover.join();
    }

    assertThat(read()).isEqualTo(expected);
  }

  private Map<Integer, Map<Long, Boolean>> read() {
    Map<Integer, Map<Long, Boolean>> read = new TreeMap<>();
    folder
        .polls()
        .scan(
            EVER,
            0,
            Integer.MAX_VALUE,
            (store, poll) -> {
              Boolean twice =
                  read.computeIfAbsent(store, first -> new TreeMap<>())
                      .put(PackedPoll.at(poll), PackedPoll.isActive(poll));
              assertThat(twice).as("store %d at %d", store, PackedPoll.at(poll)).isNull();
            });
    return read;
  }

  private void change(Random random, Map<Integer, Map<Long, Boolean>> expected) {
    int store = 1 + random.nextInt(STORES);
    Map<Long, Boolean> polls = Objects.requireNonNull(expected.get(store));
    int kind = random.nextInt(3);
    long at =
        kind == 0 ? random.nextLong(200 * Micros.HOUR, 400 * Micros.HOUR) : any(random, polls);
    boolean wasActive = Boolean.TRUE.equals(polls.get(at));
    PollRows rows = new PollRows(1);
    rows.add(store, PackedPoll.of(at, !wasActive));
    if (kind == 2) {
      polls.remove(at);
      folder.inTransaction(() -> assertThat(folder.polls().delete(rows)).isEqualTo(1));
    } else if (polls.put(at, !wasActive) == null) {
      folder.inTransaction(() -> folder.polls().add(rows));
    } else {
      folder.inTransaction(() -> folder.polls().replace(rows));
    }
  }

  private static long any(Random random, Map<Long, Boolean> polls) {
    return polls.keySet().stream().skip(random.nextInt(polls.size())).findFirst().orElseThrow();
  }
}
