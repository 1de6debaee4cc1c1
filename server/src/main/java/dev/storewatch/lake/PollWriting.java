package dev.storewatch.lake;

import dev.storewatch.database.RowFeed;
import dev.storewatch.database.Workbench;
import dev.storewatch.interval.Span;
import dev.storewatch.lake.PollPlan.Task;
import dev.storewatch.lake.PollPlan.What;
import dev.storewatch.poll.PollRows;
import dev.storewatch.store.Registry;
import dev.storewatch.uptime.PackedPoll;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.duckdb.DuckDBDataChunkWriter;

/** The polls of a database on their way into the files of a lake, some dates at a time. */
final class PollWriting {
  /** How many polls are read at a time, at least those of a date: each time reads a whole part. */
  private static final long AT_A_TIME = 4_000_000;

  private static final int FED = 1 << 18;

  private final LakeDraft draft;
  private final Workbench bench;
  private final PollSource source;
  private final DataState data;
  private final int since;
  private final PollRows rows = new PollRows(FED);

  /**
   * Polls to be written.
   *
   * @param since the revision after which polls are new
   */
  PollWriting(LakeDraft draft, PollSource source, DataState data, Registry registry, int since) {
    this.draft = draft;
    this.bench = draft.bench();
    this.source = source;
    this.data = data;
    this.since = since;
    bench.execute("CREATE TABLE store (store_key INTEGER, store_id VARCHAR, place INTEGER)");
    bench.execute("INSERT INTO store SELECT * FROM :feed", new StoreFeed(registry));
  }

  void write(SortedMap<LocalDate, Task> tasks) {
    NavigableMap<LocalDate, Task> together = new TreeMap<>();
    long polls = 0;
    for (Map.Entry<LocalDate, Task> next : tasks.entrySet()) {
      LocalDate date = next.getKey();
      Task task = next.getValue();
      if (task.what() == What.DROP) {
        draft.remove(draft.files(date));
        draft.count(date, 0);
        continue;
      }
      boolean fits =
          !together.isEmpty()
              && together.lastKey().plusDays(1).equals(date)
              && together.lastEntry().getValue().what() == task.what()
              && polls + task.rows() <= AT_A_TIME;
      if (!fits) {
        writeTogether(together);
        together.clear();
        polls = 0;
      }
      together.put(date, task);
      polls += task.rows();
    }
    writeTogether(together);
  }

  /** Writes dates that follow each other, with all of which the same is done. */
  private void writeTogether(NavigableMap<LocalDate, Task> tasks) {
    if (tasks.isEmpty()) {
      return;
    }
    boolean adds = tasks.firstEntry().getValue().what() == What.ADD;
    read(
        adds ? since : PollSource.BEFORE_ALL,
        new Span(
            PollSource.time(tasks.firstKey()).start(), PollSource.time(tasks.lastKey()).end()));
    tasks.forEach(
        (date, task) -> {
          if (adds) {
            long _ = draft.add(date, ofDatabase(date) + " ORDER BY place, polled_at");
            draft.count(date, task.polls());
          } else {
            writeWhole(date);
          }
        });
  }

  private void writeWhole(LocalDate date) {
    List<LakeFile> old = draft.files(date);
    boolean keepsSome = data.mayBeGone(date) && !old.isEmpty();
    String query =
        keepsSome ? withThoseGone(date) : ofDatabase(date) + " ORDER BY place, polled_at";
    draft.count(date, draft.add(date, query));
    draft.remove(old);
  }

  private static String ofDatabase(LocalDate date) {
    Span time = PollSource.time(date);
    return """
    SELECT store_id, make_timestamptz(polled_at) AS "at", active,
      CAST(revision AS BIGINT) AS sequence
    FROM poll JOIN store USING (store_key)
    WHERE polled_at >= %d AND polled_at < %d\
    """
        .formatted(time.start(), time.end());
  }

  /** Returns a query of the polls of a date, those among them that only the lake has still. */
  private String withThoseGone(LocalDate date) {
    return """
    SELECT store_id, "at", active, sequence FROM (
      %s UNION ALL
      SELECT store_id, "at", active, sequence FROM %s
      WHERE epoch_us("at") < %d)
    QUALIFY row_number() OVER (PARTITION BY store_id, "at" ORDER BY sequence DESC) = 1
    ORDER BY store_id, "at"\
    """
        .formatted(ofDatabase(date), draft.rows(date), data.goneBefore());
  }

  private void read(int after, Span time) {
    bench.execute(
        """
        CREATE OR REPLACE TABLE poll (
          store_key INTEGER, polled_at BIGINT, active BOOLEAN, revision INTEGER)\
        """);
    source.read(
        after,
        time,
        (store, poll, revision) -> {
          rows.add(store, poll, revision);
          if (rows.size() == FED) {
            feed();
          }
        });
    feed();
  }

  private void feed() {
    if (rows.size() > 0) {
      bench.execute("INSERT INTO poll SELECT * FROM :feed", new PollFeed(rows));
      rows.clear();
    }
  }

  /** The stores by their keys, with the order of their ids. */
  private static final class StoreFeed extends RowFeed {
    private static final List<Column> COLUMNS =
        List.of(
            new Column("store_key", int.class),
            new Column("store_id", String.class),
            new Column("place", int.class));

    private final Registry registry;
    private final int[] keys;

    StoreFeed(Registry registry) {
      this.registry = registry;
      this.keys = registry.keysById();
    }

    @Override
    public List<Column> columns() {
      return COLUMNS;
    }

    @Override
    public long rows() {
      return keys.length;
    }

    @Override
    protected void fill(DuckDBDataChunkWriter chunk, int first, int count) {
      for (int i = 0; i < count; i++) {
        chunk.vector(0).setInt(i, keys[first + i]);
        chunk.vector(1).setString(i, registry.id(keys[first + i]));
        chunk.vector(2).setInt(i, first + i);
      }
    }
  }

  private static final class PollFeed extends RowFeed {
    private static final List<Column> COLUMNS =
        List.of(
            new Column("store_key", int.class),
            new Column("polled_at", long.class),
            new Column("active", boolean.class),
            new Column("revision", int.class));

    private final PollRows polls;

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
    protected void fill(DuckDBDataChunkWriter chunk, int first, int count) {
      var stores = chunk.vector(0);
      var instants = chunk.vector(1);
      var statuses = chunk.vector(2);
      var revisions = chunk.vector(3);
      for (int i = 0; i < count; i++) {
        long poll = polls.poll(first + i);
        stores.setInt(i, polls.store(first + i));
        instants.setLong(i, PackedPoll.at(poll));
        statuses.setBoolean(i, PackedPoll.isActive(poll));
        revisions.setInt(i, polls.revision(first + i));
      }
    }
  }
}
