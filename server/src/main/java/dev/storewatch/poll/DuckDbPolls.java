package dev.storewatch.poll;

import dev.storewatch.database.ChangeCount;
import dev.storewatch.database.Chunks;
import dev.storewatch.database.Columns;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.Feed;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.PackedPoll;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBDataChunkWriter;

/** Polls in DuckDB. */
final class DuckDbPolls implements Polls {
  private final DuckDbDatabase database;
  private final ChangeCount changes;

  DuckDbPolls(DuckDbDatabase database) {
    this.database = database;
    this.changes = database.changes("poll");
  }

  @Override
  public OptionalLong newest() {
    Optional<Long> newest =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql("SELECT max(polled_at) FROM poll")
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
    Optional<Long> earlier =
        database.call(
            () ->
                database
                    .jdbc()
                    .sql("SELECT max(polled_at) FROM poll WHERE polled_at <= ?")
                    .param(notAfter)
                    .query(Long.class)
                    .optional());
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
  public long countRoughly(Span period) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT count(*) FROM poll WHERE polled_at >= ? AND polled_at < ?")
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
    database.withConnection(
        connection -> {
          Chunks.read(
              connection,
              """
              SELECT store_key, polled_at, active FROM poll
              WHERE polled_at >= ? AND polled_at < ? AND store_key >= ? AND store_key <= ?\
              """,
              chunk -> give(chunk, receiver),
              period.start(),
              period.end(),
              firstKey,
              lastKey);
          return true;
        });
  }

  @Override
  public int scanSize() {
    return 500_000;
  }

  @Override
  public void find(PollRows wanted, Receiver receiver) {
    database.read(
        """
        SELECT store_key, polled_at, poll.active
        FROM poll JOIN :feed wanted USING (store_key, polled_at)\
        """,
        new PollFeed(wanted),
        chunk -> give(chunk, receiver));
  }

  private static void give(DuckDBDataChunkReader chunk, Receiver receiver) {
    var stores = chunk.vector(0);
    var instants = chunk.vector(1);
    var statuses = chunk.vector(2);
    int rows = (int) chunk.rowCount();
    for (int i = 0; i < rows; i++) {
      receiver.take(stores.getInt(i), PackedPoll.of(instants.getLong(i), statuses.getBoolean(i)));
    }
  }

  @Override
  public void add(PollRows polls) {
    changes.change();
    database.update(
        "INSERT INTO poll (store_key, polled_at, active) SELECT store_key, polled_at, active FROM"
            + " :feed",
        new PollFeed(polls));
  }

  @Override
  public void replace(PollRows polls) {
    changes.change();
    database.update(
        """
        UPDATE poll SET active = f.active FROM :feed f
        WHERE poll.store_key = f.store_key AND poll.polled_at = f.polled_at\
        """,
        new PollFeed(polls));
  }

  @Override
  public long delete(PollRows polls) {
    changes.change();
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
    return database.update(
        """
        DELETE FROM poll USING :rows f
        WHERE poll.store_key = f.store_key AND poll.polled_at BETWEEN f.first_at AND f.last_at\
        """,
        new Columns()
            .ints("store_key", spans.keys())
            .longs("first_at", spans.firsts())
            .longs("last_at", spans.lasts()));
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
  public boolean deleteBefore(long instant) {
    changes.change();
    return database.jdbc().sql("DELETE FROM poll WHERE polled_at < ?").param(instant).update() > 0;
  }

  @Override
  public long delete(int key, Span period) {
    changes.change();
    return database
        .jdbc()
        .sql("DELETE FROM poll WHERE store_key = ? AND polled_at >= ? AND polled_at < ?")
        .params(key, period.start(), period.end())
        .update();
  }

  @Override
  public void delete(int key) {
    changes.change();
    database.jdbc().sql("DELETE FROM poll WHERE store_key = ?").param(key).update();
  }

  private static final class PollFeed implements Feed {
    private static final List<Column> COLUMNS =
        List.of(
            new Column("store_key", int.class),
            new Column("polled_at", long.class),
            new Column("active", boolean.class));

    private final PollRows polls;
    private int next;

    PollFeed(PollRows polls) {
      this.polls = polls;
    }

    @Override
    public List<Column> columns() {
      return COLUMNS;
    }

    @Override
    public long rows() {
      return polls.size();
    }

    @Override
    public int fill(DuckDBDataChunkWriter chunk) {
      int count = (int) Math.min(chunk.capacity(), polls.size() - next);
      if (count == 0) {
        return 0;
      }
      var stores = chunk.vector(0);
      var instants = chunk.vector(1);
      var statuses = chunk.vector(2);
      for (int i = 0; i < count; i++) {
        long poll = polls.poll(next + i);
        stores.setInt(i, polls.store(next + i));
        instants.setLong(i, PackedPoll.at(poll));
        statuses.setBoolean(i, PackedPoll.isActive(poll));
      }
      next += count;
      return count;
    }
  }
}
