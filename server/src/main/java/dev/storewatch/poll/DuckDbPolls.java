package dev.storewatch.poll;

import dev.storewatch.database.ChangeCount;
import dev.storewatch.database.Columns;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.RowFeed;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.Change;
import dev.storewatch.revision.Revisions;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBDataChunkWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Polls in DuckDB. */
final class DuckDbPolls implements Polls {
  private static final String INSERT =
      """
      INSERT INTO poll (store_key, polled_at, active, revision)
      SELECT %s, %s FROM :feed\
      """;

  /**
   * So many polls, as pushes bring them, are looked up and inserted one by one: a statement with
   * values is kept, one with rows from memory is planned each time.
   */
  private static final int FEW = 3;

  /** An instant and a status in one number, as {@link PackedPoll} has them. */
  private static final String PACKED = "poll.polled_at * 2 + CAST(poll.active AS BIGINT)";

  private final DuckDbDatabase database;
  private final ChangeCount changes;
  private final PollChanges noted;
  private volatile @Nullable Newest newest;

  /** When the newest poll was made, as of a version of the polls. */
  private record Newest(long version, OptionalLong instant) {}

  DuckDbPolls(DuckDbDatabase database) {
    this.database = database;
    this.changes = database.changes("poll");
    this.noted = new PollChanges(new Revisions(database));
  }

  /** Remembered until polls are changed, because every poll is read to find it. */
  @Override
  public OptionalLong newest() {
    if (changes.isByThisTransaction()) {
      return readNewest();
    }
    // The version is taken before the polls are read: a commit from here on raises it.
    long version = changes.value();
    Newest known = newest;
    if (known == null || known.version != version) {
      known = new Newest(version, readNewest(known));
      // A transaction sees what there was when it began, which a later commit may have changed.
      if (!TransactionSynchronizationManager.isActualTransactionActive()) {
        newest = known;
      }
    }
    return known.instant;
  }

  /** Most changes add polls, so that only what is not older than before is read. */
  private OptionalLong readNewest(@Nullable Newest before) {
    OptionalLong since =
        before == null || before.instant.isEmpty()
            ? OptionalLong.empty()
            : readNewest("poll WHERE polled_at >= %d".formatted(before.instant.getAsLong()));
    return since.isPresent() ? since : readNewest();
  }

  private OptionalLong readNewest() {
    return readNewest("poll");
  }

  private OptionalLong readNewest(String from) {
    Optional<Long> found =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql("SELECT max(polled_at) FROM " + from)
                    .query(Long.class)
                    .optional());
    return found.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }

  @Override
  public OptionalLong newest(long notAfter) {
    OptionalLong newest = newest();
    if (newest.isEmpty() || newest.getAsLong() <= notAfter) {
      return newest;
    }
    return newest("poll", notAfter);
  }

  private OptionalLong newest(String from, long notAfter) {
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
  public long countRoughly(Span period) {
    return count("poll", period);
  }

  private long count(String from, Span period) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    "SELECT count(*) FROM %s WHERE polled_at >= ? AND polled_at < ?"
                        .formatted(from))
                .params(period.start(), period.end())
                .query(Long.class)
                .single());
  }

  @Override
  public long version() {
    return changes.value();
  }

  @Override
  public void scan(Span period, int firstKey, int lastKey, Receiver receiver) {
    scan("poll", period, firstKey, lastKey, receiver);
  }

  /** In one query: each costs more than what it reads of few stores. */
  @Override
  public void scan(Span period, int[] keys, Receiver receiver) {
    PollRows wanted = new PollRows(keys.length);
    for (int key : keys) {
      wanted.add(key, 0);
    }
    database.read(
        """
        SELECT store_key, %s FROM poll JOIN :feed wanted USING (store_key)
        WHERE poll.polled_at >= %d AND poll.polled_at < %d\
        """
            .formatted(PACKED, period.start(), period.end()),
        new PollFeed(wanted),
        chunk -> give(chunk, receiver));
  }

  private void scan(String from, Span period, int firstKey, int lastKey, Receiver receiver) {
    Optional<PollCode> code = PollCode.of(period, firstKey, lastKey);
    if (code.isPresent()) {
      scan(from, period, firstKey, lastKey, code.get(), receiver);
      return;
    }
    database.read(
        """
        SELECT store_key, %s FROM %s
        WHERE polled_at >= ? AND polled_at < ? AND store_key >= ? AND store_key <= ?\
        """
            .formatted(PACKED, from),
        chunk -> give(chunk, receiver),
        period.start(),
        period.end(),
        firstKey,
        lastKey);
  }

  private void scan(
      String from, Span period, int firstKey, int lastKey, PollCode code, Receiver receiver) {
    database.read(
        """
        SELECT %s FROM %s
        WHERE polled_at >= ? AND polled_at < ? AND store_key >= ? AND store_key <= ?\
        """
            .formatted(PollCode.FROM_COLUMNS, from),
        chunk -> give(chunk, code, receiver),
        code.firstKey(),
        1L << code.keyShift(),
        code.start(),
        period.start(),
        period.end(),
        firstKey,
        lastKey);
  }

  @Override
  public PollScan knownAt(int revision) {
    String from = PollChanges.knownAt(revision);
    return new PollScan() {
      @Override
      public OptionalLong newest(long notAfter) {
        return DuckDbPolls.this.newest(from, notAfter);
      }

      @Override
      public long countRoughly(Span period) {
        return count(from, period);
      }

      @Override
      public void scan(Span period, int firstKey, int lastKey, Receiver receiver) {
        DuckDbPolls.this.scan(from, period, firstKey, lastKey, receiver);
      }

      @Override
      public int scanSize() {
        return DuckDbPolls.this.scanSize();
      }
    };
  }

  @Override
  public Set<Integer> revisionsSince(int revision, Span period, @Nullable StoreSet stores) {
    Set<Integer> revisions = new TreeSet<>();
    String changed = PollChanges.changedSince(revision, period);
    database.read(
        stores == null
            ? "SELECT DISTINCT revision FROM %s, (SELECT count(*) FROM :feed) f".formatted(changed)
            : "SELECT DISTINCT revision FROM %s JOIN :feed f USING (store_key)".formatted(changed),
        stores(stores == null ? new StoreSet() : stores),
        chunk -> {
          for (int i = 0; i < chunk.rowCount(); i++) {
            revisions.add(chunk.vector(0).getInt(i));
          }
        });
    return revisions;
  }

  private static PollFeed stores(StoreSet keys) {
    PollRows rows = new PollRows(keys.size());
    keys.stream().forEach(key -> rows.add(key, 0));
    return new PollFeed(rows);
  }

  @Override
  public StoreSet storesChangedSince(int revision, Span period) {
    StoreSet stores = new StoreSet();
    database
        .call(
            () ->
                database
                    .jdbc()
                    .sql(
                        "SELECT DISTINCT store_key FROM "
                            + PollChanges.changedSince(revision, period))
                    .query((row, number) -> row.getInt(1))
                    .list())
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

  @Override
  public int scanSize() {
    return 500_000;
  }

  @Override
  public void find(PollRows wanted, Receiver receiver) {
    if (wanted.size() <= FEW) {
      findEach(wanted, receiver);
      return;
    }
    database.read(
        """
        SELECT store_key, %s
        FROM poll JOIN :feed wanted USING (store_key, polled_at)\
        """
            .formatted(PACKED),
        new PollFeed(wanted),
        chunk -> give(chunk, receiver));
  }

  private void findEach(PollRows wanted, Receiver receiver) {
    for (int i = 0; i < wanted.size(); i++) {
      database.read(
          "SELECT store_key, %s FROM poll WHERE store_key = ? AND polled_at = ?".formatted(PACKED),
          chunk -> give(chunk, receiver),
          wanted.store(i),
          PackedPoll.at(wanted.poll(i)));
    }
  }

  private static void give(DuckDBDataChunkReader chunk, Receiver receiver) {
    var stores = chunk.vector(0);
    var packed = chunk.vector(1);
    int rows = (int) chunk.rowCount();
    for (int i = 0; i < rows; i++) {
      receiver.take(stores.getInt(i), packed.getLong(i));
    }
  }

  private static void give(DuckDBDataChunkReader chunk, PollCode code, Receiver receiver) {
    var polls = chunk.vector(0);
    int rows = (int) chunk.rowCount();
    for (int i = 0; i < rows; i++) {
      long poll = polls.getLong(i);
      receiver.take(code.key(poll), code.poll(poll));
    }
  }

  @Override
  public void add(PollRows polls) {
    changes.change();
    int revision = noted.note(polls);
    if (polls.size() <= FEW) {
      insertEach(polls, revision);
      return;
    }
    Optional<PollCode> code = PollCode.of(polls);
    if (code.isPresent()) {
      database.update(
          INSERT.formatted(code.get().toColumns("poll"), revision),
          new CodedFeed(polls, code.get()));
    } else {
      database.update(
          INSERT.formatted(PackedFeed.TO_COLUMNS, revision), new PackedFeed(polls, false));
    }
  }

  private void insertEach(PollRows polls, int revision) {
    for (int i = 0; i < polls.size(); i++) {
      long poll = polls.poll(i);
      var _ =
          database
              .jdbc()
              .sql("INSERT INTO poll (store_key, polled_at, active, revision) VALUES (?, ?, ?, ?)")
              .params(polls.store(i), PackedPoll.at(poll), PackedPoll.isActive(poll), revision)
              .update();
    }
  }

  @Override
  public void restore(PollRows polls) {
    changes.change();
    database.update(
        INSERT.formatted(PackedFeed.TO_COLUMNS, "revision"), new PackedFeed(polls, true));
  }

  @Override
  public void replace(PollRows polls) {
    changes.change();
    int revision = noted.note(polls);
    keep(revision, polls);
    database.update(
        """
        UPDATE poll SET active = f.active, revision = %d FROM :feed f
        WHERE poll.store_key = f.store_key AND poll.polled_at = f.polled_at\
        """
            .formatted(revision),
        new PollFeed(polls));
  }

  private void keep(int revision, PollRows polls) {
    database.update(
        PollChanges.keeping(revision, "poll JOIN :feed f USING (store_key, polled_at)", ""),
        new PollFeed(polls));
  }

  @Override
  public long delete(PollRows polls) {
    changes.change();
    keep(noted.note(polls), polls);
    return database.update(
        """
        DELETE FROM poll USING :feed f
        WHERE poll.store_key = f.store_key AND poll.polled_at = f.polled_at\
        """,
        new PollFeed(polls));
  }

  @Override
  public long delete(PollSpans spans) {
    changes.change();
    database.update(
        PollChanges.keeping(
            noted.here(),
            "poll JOIN :rows f ON poll.store_key = f.store_key",
            "poll.polled_at BETWEEN f.first_at AND f.last_at"),
        columns(spans));
    long deleted =
        database.update(
            """
            DELETE FROM poll USING :rows f
            WHERE poll.store_key = f.store_key AND poll.polled_at BETWEEN f.first_at AND f.last_at\
            """,
            columns(spans));
    int _ = noted.note(spans, deleted);
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
    PollRows stores = new PollRows(keys.length);
    Arrays.stream(keys).forEach(key -> stores.add(key, 0));
    Map<Integer, Long> first = new HashMap<>();
    database.read(
        """
        SELECT store_key, min(polled_at) FROM poll
        WHERE store_key IN (SELECT store_key FROM :feed f) GROUP BY store_key\
        """,
        new PollFeed(stores),
        chunk -> {
          for (int i = 0; i < chunk.rowCount(); i++) {
            first.put(chunk.vector(0).getInt(i), chunk.vector(1).getLong(i));
          }
        });
    return Arrays.stream(keys).mapToLong(key -> first.getOrDefault(key, Stores.NEVER)).toArray();
  }

  @Override
  public void makeRoomUntil(long instant) {
    // One table has room for all polls.
  }

  @Override
  public boolean cluster(long before) {
    return new PollClustering(database).move(before);
  }

  @Override
  public boolean deleteBefore(long instant) {
    changes.change();
    database.jdbc().sql("DELETE FROM poll_past WHERE polled_at < ?").param(instant).update();
    return database.jdbc().sql("DELETE FROM poll WHERE polled_at < ?").param(instant).update() > 0;
  }

  @Override
  public long delete(int key, Span period) {
    changes.change();
    String condition =
        "store_key = %d AND polled_at >= %d AND polled_at < %d"
            .formatted(key, period.start(), period.end());
    int revision = noted.here();
    database.jdbc().sql(PollChanges.keeping(revision, "poll", condition)).update();
    int deleted = database.jdbc().sql("DELETE FROM poll WHERE " + condition).update();
    noted.note(key, period, deleted);
    return deleted;
  }

  @Override
  public void delete(int key) {
    long _ = delete(key, Change.ALWAYS);
  }

  /** Polls that a statement reads as a table, a row each. */
  private abstract static class FeedOfPolls extends RowFeed {
    private final List<Column> columns;
    final PollRows polls;

    FeedOfPolls(List<Column> columns, PollRows polls) {
      this.columns = columns;
      this.polls = polls;
    }

    @Override
    public final List<Column> columns() {
      return columns;
    }

    @Override
    public final long rows() {
      return polls.size();
    }
  }

  private static final class PollFeed extends FeedOfPolls {
    private static final List<Column> COLUMNS =
        List.of(
            new Column("store_key", int.class),
            new Column("polled_at", long.class),
            new Column("active", boolean.class));

    PollFeed(PollRows polls) {
      super(COLUMNS, polls);
    }

    @Override
    protected void fill(DuckDBDataChunkWriter chunk, int first, int count) {
      var stores = chunk.vector(0);
      var instants = chunk.vector(1);
      var statuses = chunk.vector(2);
      for (int i = 0; i < count; i++) {
        long poll = polls.poll(first + i);
        stores.setInt(i, polls.store(first + i));
        instants.setLong(i, PackedPoll.at(poll));
        statuses.setBoolean(i, PackedPoll.isActive(poll));
      }
    }
  }

  /** Polls as {@link PollCode} has them: one value each. */
  private static final class CodedFeed extends FeedOfPolls {
    private static final List<Column> COLUMNS = List.of(new Column("poll", long.class));

    private final PollCode code;

    CodedFeed(PollRows polls, PollCode code) {
      super(COLUMNS, polls);
      this.code = code;
    }

    @Override
    protected void fill(DuckDBDataChunkWriter chunk, int first, int count) {
      var codes = chunk.vector(0);
      for (int i = 0; i < count; i++) {
        codes.setLong(i, code.encode(polls.store(first + i), polls.poll(first + i)));
      }
    }
  }

  /** Polls as {@link PackedPoll} has them, beside the keys of their stores. */
  private static final class PackedFeed extends FeedOfPolls {
    private static final List<Column> COLUMNS =
        List.of(new Column("store_key", int.class), new Column("poll", long.class));

    private static final List<Column> WITH_REVISION =
        Stream.concat(COLUMNS.stream(), Stream.of(new Column("revision", int.class))).toList();

    /** The key of the store, the instant and the status, in SQL. */
    static final String TO_COLUMNS = "store_key, poll >> 1, poll & 1 = 1";

    private final boolean withRevision;

    PackedFeed(PollRows polls, boolean withRevision) {
      super(withRevision ? WITH_REVISION : COLUMNS, polls);
      this.withRevision = withRevision;
    }

    @Override
    protected void fill(DuckDBDataChunkWriter chunk, int first, int count) {
      var stores = chunk.vector(0);
      var packed = chunk.vector(1);
      for (int i = 0; i < count; i++) {
        stores.setInt(i, polls.store(first + i));
        packed.setLong(i, polls.poll(first + i));
      }
      for (int i = 0; withRevision && i < count; i++) {
        chunk.vector(2).setInt(i, polls.revision(first + i));
      }
    }
  }
}
