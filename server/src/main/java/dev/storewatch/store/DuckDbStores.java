package dev.storewatch.store;

import dev.storewatch.system.ChangeCount;
import dev.storewatch.system.Chunks;
import dev.storewatch.system.Database;
import dev.storewatch.system.Feed.Column;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDataChunkReader;
import org.jspecify.annotations.Nullable;

/** Stores in DuckDB, read whole and kept in memory until they change. */
public final class DuckDbStores implements Stores {
  private static final Column KEY = new Column("store_key", int.class);

  private final Database database;
  private final ReentrantLock loading = new ReentrantLock();
  private final ChangeCount changes = new ChangeCount();
  private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

  /** What was read of the stores, and of which version. */
  private record Known(long version, Registry registry) {}

  /** Uses a database. */
  public DuckDbStores(Database database) {
    this.database = database;
  }

  @Override
  public Registry registry() {
    return changes.isByThisTransaction() ? read() : latest();
  }

  private Registry latest() {
    Known latest = known.get();
    return latest != null && latest.version == changes.value() ? latest.registry : load();
  }

  /** Reads anew, unless another thread did so while this one waited for its turn. */
  private Registry load() {
    loading.lock();
    try {
      Known latest = known.get();
      long now = changes.value();
      if (latest == null || latest.version != now) {
        // What a commit changes from here on raises the version, so this is not taken for it.
        latest = new Known(now, read());
        known.set(latest);
      }
      return latest.registry;
    } finally {
      loading.unlock();
    }
  }

  private Registry read() {
    return database.inTransaction(() -> database.withConnection(DuckDbStores::read));
  }

  /**
   * Changes stores. The registry is read anew once the transaction has ended, within its commit: no
   * steady read has the polls of one state and the stores of another.
   */
  private void change(String sql, StoreColumns rows) {
    changes.change();
    database.update(sql, rows);
  }

  private void change(String sql, @Nullable Object... parameters) {
    changes.change();
    database.jdbc().sql(sql).params(Arrays.asList(parameters)).update();
  }

  private static Registry read(DuckDBConnection connection) throws SQLException {
    int[] count = new int[1];
    Chunks.read(
        connection,
        "SELECT CAST(count(*) AS INTEGER) FROM store",
        chunk -> count[0] = chunk.vector(0).getInt(0));
    Registry.Builder registry = new Registry.Builder(count[0]);
    Chunks.read(
        connection,
        "SELECT store_key, store_id, zone, first_poll_at, name FROM store WHERE NOT deleted"
            + " ORDER BY store_id",
        chunk -> addStores(registry, chunk));
    Chunks.read(
        connection,
        "SELECT store_key, store_id FROM store WHERE deleted",
        chunk -> addDeleted(registry, chunk));
    Chunks.read(
        connection,
        "SELECT store_key, tag FROM store_tag ORDER BY ALL",
        new TagsReader(registry)::add);
    return registry.build(readHours(connection, count[0]));
  }

  private static void addStores(Registry.Builder registry, DuckDBDataChunkReader chunk) {
    var keys = chunk.vector(0);
    var ids = chunk.vector(1);
    var zones = chunk.vector(2);
    var firstPolls = chunk.vector(3);
    var names = chunk.vector(4);
    for (int i = 0; i < chunk.rowCount(); i++) {
      registry.add(
          keys.getInt(i),
          ids.getString(i),
          names.isNull(i) ? null : names.getString(i),
          zones.isNull(i) ? null : ZoneId.of(zones.getString(i)),
          firstPolls.isNull(i) ? null : firstPolls.getLong(i));
    }
  }

  private static void addDeleted(Registry.Builder registry, DuckDBDataChunkReader chunk) {
    for (int i = 0; i < chunk.rowCount(); i++) {
      registry.addDeleted(chunk.vector(0).getInt(i), chunk.vector(1).getString(i));
    }
  }

  /** Gathers the tags of each store, which come one after the other. */
  private static final class TagsReader {
    private final Registry.Builder registry;
    private final List<String> tags = new ArrayList<>();
    private int key;

    TagsReader(Registry.Builder registry) {
      this.registry = registry;
    }

    void add(DuckDBDataChunkReader chunk) {
      for (int i = 0; i < chunk.rowCount(); i++) {
        if (chunk.vector(0).getInt(i) != key) {
          tags.clear();
          key = chunk.vector(0).getInt(i);
        }
        tags.add(chunk.vector(1).getString(i));
        registry.tag(key, tags);
      }
    }
  }

  private static Registry.PackedHours readHours(DuckDBConnection connection, int stores)
      throws SQLException {
    HoursReader hours = new HoursReader(stores);
    Chunks.read(
        connection,
        "SELECT store_key, CAST(day AS INTEGER), opens, closes FROM business_hours ORDER BY ALL",
        hours::add);
    return hours.finish();
  }

  private static final class HoursReader {
    private final int[] starts;
    private long[] intervals = new long[1024];
    private int size;
    private int lastKey;

    HoursReader(int stores) {
      starts = new int[stores + 2];
    }

    void add(DuckDBDataChunkReader chunk) {
      var keys = chunk.vector(0);
      var days = chunk.vector(1);
      var opens = chunk.vector(2);
      var closes = chunk.vector(3);
      for (int i = 0; i < chunk.rowCount(); i++) {
        startKey(keys.getInt(i));
        if (size == intervals.length) {
          intervals = Arrays.copyOf(intervals, 2 * size);
        }
        intervals[size++] =
            Registry.PackedHours.pack(days.getInt(i), opens.getInt(i), closes.getInt(i));
      }
    }

    private void startKey(int key) {
      while (lastKey < key) {
        starts[++lastKey] = size;
      }
    }

    Registry.PackedHours finish() {
      startKey(starts.length - 1);
      return new Registry.PackedHours(starts, Arrays.copyOf(intervals, size));
    }
  }

  @Override
  public void add(int firstKey, List<String> ids) {
    int[] keys = IntStream.range(firstKey, firstKey + ids.size()).toArray();
    change(
        "INSERT INTO store (store_key, store_id) SELECT store_key, store_id FROM :feed",
        new StoreColumns(
            keys.length,
            List.of(KEY, new Column("store_id", String.class)),
            StoreColumns.ints(keys),
            StoreColumns.texts(ids)));
  }

  @Override
  public void setZones(int[] keys, List<String> zones) {
    change(
        """
        UPDATE store SET zone = f.zone, deleted = FALSE FROM :feed f
        WHERE store.store_key = f.store_key\
        """,
        new StoreColumns(
            keys.length,
            List.of(KEY, new Column("zone", String.class)),
            StoreColumns.ints(keys),
            StoreColumns.texts(zones)));
  }

  @Override
  public void setFirstPolls(int[] keys, long[] instants) {
    change(
        """
        UPDATE store SET first_poll_at = f.first_poll_at, deleted = FALSE FROM :feed f
        WHERE store.store_key = f.store_key\
        """,
        new StoreColumns(
            keys.length,
            List.of(KEY, new Column("first_poll_at", long.class)),
            StoreColumns.ints(keys),
            StoreColumns.longs(instants)));
  }

  @Override
  public void replaceHours(int[] keys, long[] intervals) {
    change(
        "DELETE FROM business_hours WHERE store_key IN (SELECT store_key FROM :feed)",
        hours(keys, intervals));
    addHours(keys, intervals);
    change(
        """
        UPDATE store SET deleted = FALSE
        WHERE deleted AND store_key IN (SELECT store_key FROM :feed)\
        """,
        hours(keys, intervals));
  }

  private void addHours(int[] keys, long[] intervals) {
    change(
        """
        INSERT INTO business_hours (store_key, day, opens, closes)
        SELECT store_key, packed >> 40, (packed >> 20) & 1048575, packed & 1048575 FROM :feed\
        """,
        hours(keys, intervals));
  }

  private static StoreColumns hours(int[] keys, long[] intervals) {
    return new StoreColumns(
        keys.length,
        List.of(KEY, new Column("packed", long.class)),
        StoreColumns.ints(keys),
        StoreColumns.longs(intervals));
  }

  @Override
  public void describe(int key, StoreDetails details) {
    ZoneId zone = details.zone();
    change(
        "UPDATE store SET name = ?, zone = ?, deleted = FALSE WHERE store_key = ?",
        details.name(),
        zone == null ? null : zone.getId(),
        key);
    forgetHoursAndTags(key);
    long[] intervals =
        details.hours().stream().mapToLong(Registry.PackedHours::pack).distinct().toArray();
    addHours(Arrays.stream(intervals).mapToInt(interval -> key).toArray(), intervals);
    details
        .tags()
        .forEach(tag -> change("INSERT INTO store_tag (store_key, tag) VALUES (?, ?)", key, tag));
  }

  private void forgetHoursAndTags(int key) {
    change("DELETE FROM business_hours WHERE store_key = ?", key);
    change("DELETE FROM store_tag WHERE store_key = ?", key);
  }

  @Override
  public void delete(int key) {
    forgetHoursAndTags(key);
    change(
        """
        UPDATE store SET deleted = TRUE, name = NULL, zone = NULL, first_poll_at = NULL
        WHERE store_key = ?\
        """,
        key);
  }
}
