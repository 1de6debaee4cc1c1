package dev.storewatch.poll;

import dev.storewatch.database.BinaryCopyReader;
import dev.storewatch.database.BinaryCopyWriter;
import dev.storewatch.database.ChangeCount;
import dev.storewatch.database.Columns;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Revisions;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Polls in PostgreSQL, in a partition for each month. */
final class PostgresPolls implements Polls {
  /** How many polls a statement names one by one. */
  private static final int AT_A_TIME = 20_000;

  /**
   * The most polls in one value: 64 MB in the database and here, twice as much while it is
   * received.
   */
  private static final int MOST_IN_A_VALUE = 8_000_000;

  private final PostgresDatabase database;
  private final ChangeCount changes;
  private final PollPartitions partitions;
  private final PollChanges noted;

  PostgresPolls(PostgresDatabase database) {
    this.database = database;
    this.changes = database.changes("poll");
    this.noted = new PollChanges(new Revisions(database));
    this.partitions = new PollPartitions(database);
  }

  @Override
  public OptionalLong newest() {
    Optional<Long> newest =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql("SELECT max(newest_at) FROM poll_partition")
                    .query(Long.class)
                    .optional());
    return newest.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  @Override
  public OptionalLong newest(long notAfter) {
    OptionalLong newest = newest();
    if (newest.isEmpty() || newest.getAsLong() <= notAfter) {
      return newest;
    }
    Optional<Long> earlier = database.call(() -> partitions.newest(notAfter));
    return earlier.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  @Override
  public OptionalLong first(int key, Span period) {
    Optional<Long> first =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql(
                        """
                        SELECT min(polled_at) FROM poll
                        WHERE store_key = ? AND polled_at >= ? AND polled_at < ?\
                        """)
                    .params(key, period.start(), period.end())
                    .query(Long.class)
                    .optional());
    return first.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  @Override
  public long version() {
    return changes.value();
  }

  @Override
  public long countRoughly(Span period) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT coalesce(sum(polls), 0)::bigint FROM poll_partition
                    WHERE ends_at > ? AND starts_at < ?\
                    """)
                .params(period.start(), period.end())
                .query(Long.class)
                .single());
  }

  /**
   * Lets the database put each poll into one number and all numbers into one value, because making
   * a row of each poll takes it longer than finding the poll. The numbers count from the first
   * store and the start of the period. When the stores and instants are too far apart for that, or
   * the value would be too large for the memory, the polls come as rows.
   */
  @Override
  public void scan(Span period, int firstKey, int lastKey, Receiver receiver) {
    scan("poll", period, firstKey, lastKey, receiver);
  }

  private void scan(String from, Span period, int firstKey, int lastKey, Receiver receiver) {
    if (period.isEmpty() || firstKey > lastKey) {
      return;
    }
    Optional<PollCode> code = PollCode.of(period, firstKey, lastKey);
    if (code.isPresent() && fitsMemory(period, firstKey, lastKey)) {
      scanNumbers(from, period, between(firstKey, lastKey), code.get(), receiver);
    } else {
      scanRows(from, period, between(firstKey, lastKey), receiver);
    }
  }

  /**
   * Returns whether a scan finds few enough polls, estimated by its share of the time of each
   * partition and of the stores. A share of time counts as a quarter at least, because a partition
   * may be filled only in part.
   */
  private boolean fitsMemory(Span period, int firstKey, int lastKey) {
    if (firstKey == lastKey) {
      return true;
    }
    double polls =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql(
                        """
                        SELECT coalesce(sum(polls * greatest(0.25, (
                            least(ends_at, :end) - greatest(starts_at, :start))::float8
                            / (ends_at - starts_at))), 0)
                          * least(1, :stores / greatest(1, (SELECT max(store_key) FROM store)))
                        FROM poll_partition WHERE ends_at > :start AND starts_at < :end\
                        """)
                    .param("start", period.start())
                    .param("end", period.end())
                    .param("stores", 1.0 + lastKey - firstKey)
                    .query(Double.class)
                    .single());
    return polls <= MOST_IN_A_VALUE;
  }

  private void scanNumbers(
      String from, Span period, String stores, PollCode code, Receiver receiver) {
    copyOut(
        """
        string_agg(int8send(
          ((store_key::bigint - (%d)) << %d) | ((polled_at - (%d)) << 1) | active::integer), '')\
        """
            .formatted(code.firstKey(), code.keyShift(), code.start()),
        from,
        period,
        stores,
        row -> row.int8s(number -> receiver.take(code.key(number), code.poll(number))));
  }

  /** In one query: each costs more than what it reads of few stores. */
  @Override
  public void scan(Span period, int[] keys, Receiver receiver) {
    if (keys.length > 0 && !period.isEmpty()) {
      scanRows(
          "poll",
          period,
          Arrays.stream(keys)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(",", "store_key IN (", ")")),
          receiver);
    }
  }

  private void scanRows(String from, Span period, String stores, Receiver receiver) {
    copyOut(
        "store_key, polled_at, active",
        from,
        period,
        stores,
        row -> receiver.take(row.int4(), PackedPoll.of(row.int8(), row.bool())));
  }

  private static String between(int firstKey, int lastKey) {
    return "store_key >= %d AND store_key <= %d".formatted(firstKey, lastKey);
  }

  /**
   * The limits are literals and not parameters, so that the partitions outside the period are not
   * even opened.
   */
  private void copyOut(
      String columns, String from, Span period, String stores, BinaryCopyReader.Receiver receiver) {
    database.copyOut(
        """
        COPY (
          SELECT %s FROM %s
          WHERE polled_at >= %d AND polled_at < %d AND %s
        ) TO STDOUT (FORMAT binary)\
        """
            .formatted(columns, from, period.start(), period.end(), stores),
        receiver);
  }

  /**
   * A range of stores is found by reading the polls of all stores, so the ranges must be large and
   * few.
   */
  @Override
  public int scanSize() {
    return 2_000_000;
  }

  @Override
  public PollScan knownAt(int revision) {
    String from = PollChanges.knownAt(revision);
    return new PollScan() {
      @Override
      public OptionalLong newest(long notAfter) {
        Optional<Long> newest =
            database.call(
                () ->
                    database
                        .jdbc()
                        .sql("SELECT max(polled_at) FROM %s WHERE polled_at <= ?".formatted(from))
                        .param(notAfter)
                        .query(Long.class)
                        .optional());
        return newest.map(OptionalLong::of).orElseGet(OptionalLong::empty);
      }

      // Some of those there are now had not come then, and few were there that are gone now.
      @Override
      public long countRoughly(Span period) {
        return PostgresPolls.this.countRoughly(period) + countPast(period);
      }

      @Override
      public void scan(Span period, int firstKey, int lastKey, Receiver receiver) {
        PostgresPolls.this.scan(from, period, firstKey, lastKey, receiver);
      }

      @Override
      public int scanSize() {
        return PostgresPolls.this.scanSize();
      }
    };
  }

  private long countPast(Span period) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT count(*) FROM poll_past WHERE polled_at >= ? AND polled_at < ?")
                .params(period.start(), period.end())
                .query(Long.class)
                .single());
  }

  @Override
  public Set<Integer> revisionsSince(int revision, Span period, @Nullable StoreSet stores) {
    Set<Integer> revisions = new TreeSet<>();
    String changed = PollChanges.changedSince(revision, period);
    if (stores == null) {
      revisions.addAll(numbers("SELECT DISTINCT revision FROM " + changed));
    } else {
      database.read(
          "SELECT DISTINCT revision FROM %s JOIN :rows f USING (store_key)".formatted(changed),
          new Columns().ints("store_key", stores.stream().toArray()),
          row -> revisions.add(row.getInt(1)));
    }
    return revisions;
  }

  @Override
  public StoreSet storesChangedSince(int revision, Span period) {
    StoreSet stores = new StoreSet();
    numbers("SELECT DISTINCT store_key FROM " + PollChanges.changedSince(revision, period))
        .forEach(stores::add);
    return stores;
  }

  @Override
  public void changesSince(int revision, Span period, ChangeReceiver receiver) {
    RowCallbackHandler give =
        row -> receiver.changed(row.getInt(1), row.getLong(2), row.getLong(3));
    database.call(
        () -> {
          database.jdbc().sql(PollChanges.timesChangedSince(revision, period)).query(give);
          return true;
        });
  }

  private List<Integer> numbers(String sql) {
    return database.call(() -> database.jdbc().sql(sql).query(Integer.class).list());
  }

  @Override
  public void find(PollRows wanted, Receiver receiver) {
    for (int from = 0; from < wanted.size(); from += AT_A_TIME) {
      database.read(
          """
          SELECT store_key, polled_at, poll.active
          FROM poll JOIN :rows wanted USING (store_key, polled_at)
          WHERE polled_at BETWEEN %d AND %d\
          """
              .formatted(earliest(wanted, from), latest(wanted, from)),
          columns(wanted, from),
          row -> receiver.take(row.getInt(1), PackedPoll.of(row.getLong(2), row.getBoolean(3))));
    }
  }

  private static Columns columns(PollRows polls, int from) {
    int count = count(polls, from);
    int[] stores = new int[count];
    long[] instants = new long[count];
    boolean[] statuses = new boolean[count];
    for (int i = 0; i < count; i++) {
      long poll = polls.poll(from + i);
      stores[i] = polls.store(from + i);
      instants[i] = PackedPoll.at(poll);
      statuses[i] = PackedPoll.isActive(poll);
    }
    return new Columns()
        .ints("store_key", stores)
        .longs("polled_at", instants)
        .booleans("active", statuses);
  }

  private static int count(PollRows polls, int from) {
    return Math.min(AT_A_TIME, polls.size() - from);
  }

  private static long earliest(PollRows polls, int from) {
    return instants(polls, from).min().orElseThrow();
  }

  private static long latest(PollRows polls, int from) {
    return instants(polls, from).max().orElseThrow();
  }

  private static LongStream instants(PollRows polls, int from) {
    return IntStream.range(from, from + count(polls, from))
        .mapToLong(i -> PackedPoll.at(polls.poll(i)));
  }

  @Override
  public void add(PollRows polls) {
    int revision = noted.note(polls);
    insert(polls, poll -> revision);
  }

  @Override
  public void restore(PollRows polls) {
    insert(polls, polls::revision);
  }

  private void insert(PollRows polls, IntUnaryOperator revisions) {
    changes.change();
    List<Filling> fillings = fillings(polls);
    partitions.require(fillings.stream().map(filling -> filling.partition).toList());
    database.copyIn(
        "COPY poll (store_key, polled_at, active, revision) FROM STDIN (FORMAT binary)",
        out -> write(polls, revisions, out));
    fillings.forEach(filling -> partitions.count(filling.partition, filling.polls, filling.newest));
  }

  private static void write(PollRows polls, IntUnaryOperator revisions, BinaryCopyWriter out)
      throws SQLException {
    for (int i = 0; i < polls.size(); i++) {
      long poll = polls.poll(i);
      out.row(4)
          .int4(polls.store(i))
          .int8(PackedPoll.at(poll))
          .bool(PackedPoll.isActive(poll))
          .int4(revisions.applyAsInt(i));
    }
  }

  /** The polls that come into a partition. */
  private static final class Filling {
    private final PollPartition partition;
    private long polls;
    private long newest = Long.MIN_VALUE;

    Filling(PollPartition partition) {
      this.partition = partition;
    }

    void add(long instant) {
      polls++;
      newest = Math.max(newest, instant);
    }
  }

  /**
   * Returns what comes into each partition. Polls that follow each other are mostly of one
   * partition, which is therefore looked up only when it changes.
   */
  private static List<Filling> fillings(PollRows polls) {
    Map<PollPartition, Filling> fillings = new HashMap<>();
    Filling filling = new Filling(PollPartition.of(0));
    for (int i = 0; i < polls.size(); i++) {
      long instant = PackedPoll.at(polls.poll(i));
      if (filling.polls == 0 || !filling.partition.holds(instant)) {
        filling = fillings.computeIfAbsent(PollPartition.of(instant), Filling::new);
      }
      filling.add(instant);
    }
    return List.copyOf(fillings.values());
  }

  @Override
  public void replace(PollRows polls) {
    changes.change();
    int revision = noted.note(polls);
    for (int from = 0; from < polls.size(); from += AT_A_TIME) {
      keep(revision, polls, from);
      database.update(
          """
          UPDATE poll SET active = f.active, revision = %d FROM :rows f
          WHERE poll.store_key = f.store_key AND poll.polled_at = f.polled_at
            AND poll.polled_at BETWEEN %d AND %d\
          """
              .formatted(revision, earliest(polls, from), latest(polls, from)),
          columns(polls, from));
    }
  }

  private void keep(int revision, PollRows polls, int from) {
    int _ =
        database.update(
            PollChanges.keeping(
                revision,
                "poll JOIN :rows f USING (store_key, polled_at)",
                "polled_at BETWEEN %d AND %d"
                    .formatted(earliest(polls, from), latest(polls, from))),
            columns(polls, from));
  }

  @Override
  public long delete(PollRows polls) {
    changes.change();
    int revision = noted.note(polls);
    long deleted = 0;
    for (int from = 0; from < polls.size(); from += AT_A_TIME) {
      keep(revision, polls, from);
      deleted +=
          database.update(
              """
              DELETE FROM poll USING :rows f
              WHERE poll.store_key = f.store_key AND poll.polled_at = f.polled_at
                AND poll.polled_at BETWEEN %d AND %d\
              """
                  .formatted(earliest(polls, from), latest(polls, from)),
              columns(polls, from));
    }
    Set<PollPartition> there = Set.copyOf(partitions.all());
    fillings(polls).stream()
        .map(filling -> filling.partition)
        .filter(there::contains)
        .forEach(partitions::recount);
    return deleted;
  }

  @Override
  public long delete(PollSpans spans) {
    changes.change();
    Span time = spans.time();
    String inTime =
        "poll.polled_at >= %d AND poll.polled_at < %d".formatted(time.start(), time.end());
    int _ =
        database.update(
            PollChanges.keeping(
                noted.here(),
                "poll JOIN :rows f ON poll.store_key = f.store_key",
                "poll.polled_at BETWEEN f.first_at AND f.last_at AND " + inTime),
            columns(spans));
    long deleted =
        database.update(
            """
            DELETE FROM poll USING :rows f
            WHERE poll.store_key = f.store_key AND poll.polled_at BETWEEN f.first_at AND f.last_at
              AND %s\
            """
                .formatted(inTime),
            columns(spans));
    int _ = noted.note(spans, deleted);
    partitions.all().stream()
        .filter(
            partition ->
                partition.time().start() < time.end() && time.start() < partition.time().end())
        .forEach(partitions::recount);
    return deleted;
  }

  private static Columns columns(PollSpans spans) {
    return new Columns()
        .ints("store_key", spans.keys())
        .longs("first_at", spans.firsts())
        .longs("last_at", spans.lasts());
  }

  @Override
  public long[] first(int[] keys) {
    Map<Integer, Long> first = new HashMap<>();
    database.read(
        """
        SELECT wanted.store_key, found.polled_at FROM :rows wanted
        CROSS JOIN LATERAL (
          SELECT polled_at FROM poll WHERE poll.store_key = wanted.store_key
          ORDER BY polled_at LIMIT 1) found\
        """,
        new Columns().ints("store_key", keys),
        row -> first.put(row.getInt(1), row.getLong(2)));
    return Arrays.stream(keys).mapToLong(key -> first.getOrDefault(key, Stores.NEVER)).toArray();
  }

  @Override
  public long delete(int key, Span period) {
    changes.change();
    String condition =
        "store_key = %d AND polled_at >= %d AND polled_at < %d"
            .formatted(key, period.start(), period.end());
    database.jdbc().sql(PollChanges.keeping(noted.here(), "poll", condition)).update();
    long deleted = deleteWhere(condition, period);
    noted.note(key, period, deleted);
    return deleted;
  }

  @Override
  public void delete(int key) {
    long _ = delete(key, Change.ALWAYS);
  }

  /** Deletes polls partition by partition, so that only those that lose some are counted anew. */
  private long deleteWhere(String condition, Span period) {
    long all = 0;
    for (PollPartition partition : partitions.all()) {
      if (partition.time().overlaps(period)) {
        int deleted =
            database
                .jdbc()
                .sql("DELETE FROM %s WHERE %s".formatted(partition.name(), condition))
                .update();
        if (deleted > 0) {
          partitions.recount(partition);
        }
        all += deleted;
      }
    }
    return all;
  }

  /** Does nothing: to move the rows of a partition, PostgreSQL would shut out all readers. */
  @Override
  public boolean cluster(long before) {
    return false;
  }

  @Override
  public void makeRoomUntil(long instant) {
    changes.change();
    partitions.makeUntil(instant);
  }

  @Override
  public boolean deleteBefore(long instant) {
    changes.change();
    database.jdbc().sql("DELETE FROM poll_past WHERE polled_at < ?").param(instant).update();
    return partitions.dropBefore(instant);
  }
}
