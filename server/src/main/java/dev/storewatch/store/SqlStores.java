package dev.storewatch.store;

import dev.storewatch.database.ChangeCount;
import dev.storewatch.database.Columns;
import dev.storewatch.database.Database;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Stores in a database, read whole and kept in memory until they change. */
abstract class SqlStores implements Stores {
  private static final String KEY = "store_key";
  private static final String FORGET_HOURS = "DELETE FROM business_hours WHERE store_key = ?";
  private static final List<String> ENTRIES = List.of("special_day", "planned_closure");

  static final String DAY_COLUMNS =
      "id, store_key, tag, date, hours, label, entered_at, entered_by";

  private static final String FORGET_TAGS = "DELETE FROM store_tag WHERE store_key = ?";

  private final Database database;
  private final ReentrantLock loading = new ReentrantLock();
  private final ChangeCount changes;
  private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

  /** The stores as they were read, and the version that was read. */
  private record Known(long version, Registry registry) {}

  SqlStores(Database database) {
    this.database = database;
    this.changes = database.changes("store");
  }

  /** Returns whether the running transaction has changed stores. */
  final boolean isChanging() {
    return changes.isByThisTransaction();
  }

  /** Reads all stores as one snapshot of the database, within a transaction or not. */
  abstract Registry read();

  @Override
  public Registry registry() {
    return changes.isByThisTransaction() ? read() : latest();
  }

  private Registry latest() {
    Known latest = known.get();
    return latest != null && latest.version == changes.value() ? latest.registry : load();
  }

  /**
   * Reads again, unless another thread did so while this one waited for its turn. A thread that
   * holds a connection does not wait: the other thread may be waiting for a connection.
   */
  private Registry load() {
    if (database.isShared() && TransactionSynchronizationManager.isActualTransactionActive()) {
      if (!loading.tryLock()) {
        return read();
      }
    } else {
      loading.lock();
    }
    try {
      Known latest = known.get();
      long now = changes.value();
      if (latest == null || latest.version != now) {
        // The version was taken before the data: a commit from here on raises it, so these stores
        // are not mistaken for newer ones.
        latest = new Known(now, read());
        keep(latest);
      }
      return latest.registry;
    } finally {
      loading.unlock();
    }
  }

  /**
   * Keeps what was read unless something newer is kept: a snapshot read may see an older snapshot
   * than one that has ended.
   */
  private void keep(Known read) {
    var _ =
        known.accumulateAndGet(
            read, (before, now) -> before != null && before.version > now.version ? before : now);
  }

  /**
   * Changes stores. The registry is read again once the transaction has ended, within its commit,
   * so that no snapshot read has the polls of one state and the stores of another.
   */
  private void change(String sql, Columns rows) {
    changes.change();
    database.update(sql, rows);
  }

  private void change(String sql, @Nullable Object... parameters) {
    changes.change();
    database.jdbc().sql(sql).params(Arrays.asList(parameters)).update();
  }

  @Override
  public void add(int firstKey, List<String> ids) {
    int[] keys = IntStream.range(firstKey, firstKey + ids.size()).toArray();
    change(
        "INSERT INTO store (store_key, store_id) SELECT f.store_key, f.store_id FROM :rows f",
        new Columns().ints(KEY, keys).texts("store_id", ids));
  }

  @Override
  public void setZones(int[] keys, List<String> zones) {
    change(
        """
        UPDATE store SET zone = f.zone, zone_flagged_at = NULL, deleted = FALSE FROM :rows f
        WHERE store.store_key = f.store_key\
        """,
        new Columns().ints(KEY, keys).texts("zone", zones));
  }

  @Override
  public void setFirstPolls(int[] keys, long[] instants) {
    change(
        """
        UPDATE store SET first_poll_at = nullif(f.first_poll_at, %d), deleted = FALSE FROM :rows f
        WHERE store.store_key = f.store_key\
        """
            .formatted(NEVER),
        new Columns().ints(KEY, keys).longs("first_poll_at", instants));
  }

  @Override
  public void replaceHours(int[] keys, long[] intervals, @Nullable String by) {
    change(
        "DELETE FROM business_hours WHERE store_key IN (SELECT store_key FROM :rows f)",
        hours(keys, intervals));
    addHours(keys, intervals);
    forgetDatedHours(keys, by);
    change(
        """
        UPDATE store SET deleted = FALSE, hours_flagged_at = NULL
        WHERE (deleted OR hours_flagged_at IS NOT NULL)
          AND store_key IN (SELECT store_key FROM :rows f)\
        """,
        hours(keys, intervals));
  }

  @Override
  public void forgetHours(int[] keys) {
    Columns stores = new Columns().ints(KEY, keys);
    change("DELETE FROM business_hours WHERE store_key IN (SELECT store_key FROM :rows f)", stores);
    forgetDatedHours(keys, null);
    forget("hours_flagged_at = NULL", keys);
  }

  @Override
  public void forgetZones(int[] keys) {
    forget("zone = NULL, zone_flagged_at = NULL", keys);
  }

  private void forget(String assignments, int[] keys) {
    change(
        "UPDATE store SET %s WHERE store_key IN (SELECT store_key FROM :rows f)"
            .formatted(assignments),
        new Columns().ints(KEY, keys));
  }

  @Override
  public void flagHours(int[] keys, long since) {
    flag("hours_flagged_at", keys, since);
  }

  @Override
  public void flagZones(int[] keys, long since) {
    flag("zone_flagged_at", keys, since);
  }

  private void flag(String column, int[] keys, long since) {
    change(
        """
        UPDATE store SET %1$s = coalesce(store.%1$s, %2$d), deleted = FALSE FROM :rows f
        WHERE store.store_key = f.store_key\
        """
            .formatted(column, since),
        new Columns().ints(KEY, keys));
  }

  @Override
  public void addTags(int[] keys, List<String> tags) {
    change(
        "INSERT INTO store_tag (store_key, tag) SELECT f.store_key, f.tag FROM :rows f",
        new Columns().ints(KEY, keys).texts("tag", tags));
  }

  @Override
  public void removeTags(int[] keys, List<String> tags) {
    change(
        """
        DELETE FROM store_tag USING :rows f
        WHERE store_tag.store_key = f.store_key AND store_tag.tag = f.tag\
        """,
        new Columns().ints(KEY, keys).texts("tag", tags));
  }

  @Override
  public void setNames(int[] keys, List<String> names) {
    change(
        """
        UPDATE store SET name = nullif(f.name, '') FROM :rows f
        WHERE store.store_key = f.store_key\
        """,
        new Columns().ints(KEY, keys).texts("name", names));
  }

  @Override
  public void bringBack(int[] keys) {
    change(
        """
        UPDATE store SET deleted = FALSE
        WHERE deleted AND store_key IN (SELECT store_key FROM :rows f)\
        """,
        new Columns().ints(KEY, keys));
  }

  @Override
  public void addClosure(PlannedClosure closure) {
    ClosureColumns row = ClosureColumns.of(closure);
    change(
        "INSERT INTO planned_closure (%s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            .formatted(ClosureColumns.ALL),
        row.id(),
        row.storeKey(),
        row.tag(),
        row.isLocal(),
        row.from(),
        row.to(),
        row.repeats(),
        row.lastDate(),
        row.reason(),
        row.enteredAt(),
        row.enteredBy());
  }

  @Override
  public void removeClosure(String id, long at, @Nullable String by) {
    remove("planned_closure", id, at, by);
  }

  @Override
  public void addDay(PlannedDay day) {
    change(
        "INSERT INTO special_day (%s) VALUES (?, ?, ?, ?, ?, ?, ?, ?)".formatted(DAY_COLUMNS),
        day.id(),
        day.target().storeKey(),
        day.target().tag(),
        Math.toIntExact(day.date().toEpochDay()),
        day.keptHours(),
        day.label(),
        day.enteredAt(),
        day.enteredBy());
  }

  @Override
  public void removeDay(String id, long at, @Nullable String by) {
    remove("special_day", id, at, by);
  }

  private void remove(String table, String id, long at, @Nullable String by) {
    change(
        """
        UPDATE %s SET removed_at = ?, removed_by = ?
        WHERE id = ? AND removed_at IS NULL\
        """
            .formatted(table),
        at,
        by,
        id);
  }

  @Override
  public TakenBack takeBack(String enteredBy, long at, String by) {
    int changed = 0;
    for (String table : ENTRIES) {
      changed +=
          database
              .jdbc()
              .sql(
                  """
                  SELECT count(*) FROM %s WHERE entered_by = ? AND removed_at IS NOT NULL\
                  """
                      .formatted(table))
              .param(enteredBy)
              .query(Integer.class)
              .single();
    }
    if (changed > 0) {
      return new TakenBack(changed, 0, 0);
    }
    changes.change();
    int takenOut = 0;
    int putBack = 0;
    for (String table : ENTRIES) {
      takenOut +=
          database
              .jdbc()
              .sql(
                  "UPDATE %s SET removed_at = ?, removed_by = ? WHERE entered_by = ?"
                      .formatted(table))
              .params(at, by, enteredBy)
              .update();
      putBack +=
          database
              .jdbc()
              .sql(
                  "UPDATE %s SET removed_at = NULL, removed_by = NULL WHERE removed_by = ?"
                      .formatted(table))
              .param(enteredBy)
              .update();
    }
    return new TakenBack(0, takenOut, putBack);
  }

  @Override
  public void setDatedHours(
      int key,
      LocalDate validFrom,
      @Nullable List<OpeningInterval> hours,
      long at,
      @Nullable String by) {
    int date = Math.toIntExact(validFrom.toEpochDay());
    change(
        """
        UPDATE dated_hours SET removed_at = ?, removed_by = ?
        WHERE store_key = ? AND valid_from = ? AND removed_at IS NULL\
        """,
        at,
        by,
        key,
        date);
    if (hours != null) {
      change(
          """
          INSERT INTO dated_hours (store_key, valid_from, hours, entered_at, entered_by)
          VALUES (?, ?, ?, ?, ?)\
          """,
          key,
          date,
          Registry.PackedHours.format(hours),
          at,
          by);
    }
  }

  /** Hours without a date hold from the beginning of time, and for all time. */
  private void forgetDatedHours(int[] keys, @Nullable String by) {
    int[] stores = Arrays.stream(keys).distinct().toArray();
    String[] who = new String[stores.length];
    Arrays.fill(who, by == null ? "" : by);
    change(
        """
        UPDATE dated_hours SET removed_at = %d, removed_by = nullif(f.removed_by, '') FROM :rows f
        WHERE dated_hours.removed_at IS NULL AND dated_hours.store_key = f.store_key\
        """
            .formatted(Micros.of(database.clock().instant())),
        new Columns().ints(KEY, stores).texts("removed_by", Arrays.asList(who)));
  }

  @Override
  public void bringBackDatedHours(String by) {
    change("UPDATE dated_hours SET removed_at = NULL, removed_by = NULL WHERE removed_by = ?", by);
  }

  private void addHours(int[] keys, long[] intervals) {
    change(
        """
        INSERT INTO business_hours (store_key, day, opens, closes)
        SELECT store_key, packed >> 40, (packed >> 20) & 1048575, packed & 1048575 FROM :rows f\
        """,
        hours(keys, intervals));
  }

  private static Columns hours(int[] keys, long[] intervals) {
    return new Columns().ints(KEY, keys).longs("packed", intervals);
  }

  @Override
  public void revise(int key, StoreDetails details, Set<StorePart> parts) {
    List<String> assignments = new ArrayList<>(List.of("deleted = FALSE"));
    List<@Nullable Object> values = new ArrayList<>();
    if (parts.contains(StorePart.NAME)) {
      assignments.add("name = ?");
      values.add(details.name());
    }
    if (parts.contains(StorePart.ZONE)) {
      Zone zone = details.zone();
      assignments.add("zone = ?, zone_flagged_at = NULL");
      values.add(zone == null ? null : zone.name());
    }
    if (parts.contains(StorePart.HOURS)) {
      assignments.add("hours_flagged_at = NULL");
    }
    values.add(key);
    change(
        "UPDATE store SET %s WHERE store_key = ?".formatted(String.join(", ", assignments)),
        values.toArray());
    if (parts.contains(StorePart.HOURS)) {
      change(FORGET_HOURS, key);
      forgetDatedHours(new int[] {key}, null);
      addHours(key, details);
    }
    if (parts.contains(StorePart.TAGS)) {
      change(FORGET_TAGS, key);
      details
          .tags()
          .forEach(tag -> change("INSERT INTO store_tag (store_key, tag) VALUES (?, ?)", key, tag));
    }
  }

  private void addHours(int key, StoreDetails details) {
    long[] intervals =
        details.neverOpen()
            ? IntStream.range(0, 7).mapToLong(Registry.PackedHours::closed).toArray()
            : details.hours().stream().mapToLong(Registry.PackedHours::pack).distinct().toArray();
    addHours(Arrays.stream(intervals).mapToInt(interval -> key).toArray(), intervals);
  }

  @Override
  public void delete(int key) {
    change(FORGET_HOURS, key);
    change("DELETE FROM planned_closure WHERE store_key = ?", key);
    change("DELETE FROM special_day WHERE store_key = ?", key);
    change("DELETE FROM dated_hours WHERE store_key = ?", key);
    change(FORGET_TAGS, key);
    change(
        """
        UPDATE store SET deleted = TRUE, name = NULL, zone = NULL, first_poll_at = NULL,
          hours_flagged_at = NULL, zone_flagged_at = NULL
        WHERE store_key = ?\
        """,
        key);
  }
}
