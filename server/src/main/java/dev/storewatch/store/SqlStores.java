package dev.storewatch.store;

import dev.storewatch.database.ChangeCount;
import dev.storewatch.database.Columns;
import dev.storewatch.database.Database;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.revision.Revisions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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

  /** The condition that an entry holds now. */
  static final String PRESENT = "removed_at IS NULL";

  private static final String FORGET_TAGS = "DELETE FROM store_tag WHERE store_key = ?";

  private final Database database;
  private final Revisions revisions;
  private final ReentrantLock loading = new ReentrantLock();
  private final ChangeCount changes;
  private final AtomicReference<@Nullable Known> known = new AtomicReference<>();

  /** What this process changed last; the version is that before the change. */
  private final AtomicReference<@Nullable Known> committed = new AtomicReference<>();

  /** The stores as they were read, and the version that was read. */
  private record Known(long version, Registry registry) {}

  SqlStores(Database database) {
    this.database = database;
    this.revisions = new Revisions(database);
    this.changes = database.changes("store");
  }

  /** Returns whether the running transaction has changed stores. */
  final boolean isChanging() {
    return changes.isByThisTransaction();
  }

  /** Reads all stores as one snapshot of the database, within a transaction or not. */
  abstract Registry read();

  /**
   * Reads the closures and special days for which a condition holds, into a registry in the making.
   */
  abstract void readEntries(RegistryRows rows, String condition);

  /** Reads the hours from a date on for which a condition holds, likewise. */
  abstract void readDatedHours(RegistryRows rows, String condition);

  @Override
  public Registry registry() {
    return changes.isByThisTransaction()
        ? inChange().map(StoresInChange::registry).orElseGet(this::read)
        : latest().registry;
  }

  private Known latest() {
    Known latest = known.get();
    return latest != null && latest.version == changes.value() ? latest : load();
  }

  /**
   * Reads again, unless another thread did so while this one waited for its turn. A thread that
   * holds a connection does not wait: the other thread may be waiting for a connection.
   */
  private Known load() {
    if (!database.isShared() && TransactionSynchronizationManager.isActualTransactionActive()) {
      // It sees what there was when it began, which a later commit may have changed: this is for it
      // alone.
      return new Known(changes.value(), read());
    }
    if (database.isShared() && TransactionSynchronizationManager.isActualTransactionActive()) {
      if (!loading.tryLock()) {
        long now = changes.value();
        return new Known(now, read());
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
        latest = new Known(now, readUnlessCommitted(now));
        keep(latest);
      }
      return latest;
    } finally {
      loading.unlock();
    }
  }

  /** If nobody changed stores but this process, once, it knows what became of them. */
  private Registry readUnlessCommitted(long now) {
    Known own = committed.getAndSet(null);
    return own != null && own.version + 1 == now ? own.registry : read();
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

  @Override
  public Registry registry(int revision) {
    Registry now = registry();
    Map<Integer, PastStore> past = PastStore.at(database, revision);
    RegistryRows rows = new RegistryRows(now.size());
    PastStore.write(now, past, rows);
    String then =
        "held_from <= %1$d AND (held_until IS NULL OR held_until > %1$d)".formatted(revision);
    // Most entries of then hold now too, and are in memory.
    rows.entries(now, newer(revision));
    readEntries(rows, then + " AND removed_at IS NOT NULL");
    readDatedHours(rows, then);
    return rows.build().withHoursOf(now);
  }

  /** Returns the ids of the special days and closures of now that did not hold at a revision. */
  private Set<String> newer(int revision) {
    Set<String> ids = new HashSet<>();
    for (String table : ENTRIES) {
      ids.addAll(
          database.call(
              () ->
                  database
                      .jdbc()
                      .sql(
                          "SELECT id FROM %s WHERE %s AND (held_from IS NULL OR held_from > ?)"
                              .formatted(table, PRESENT))
                      .param(revision)
                      .query(String.class)
                      .list()));
    }
    return ids;
  }

  /** Has what was known before the running transaction kept, once its work is done. */
  private void keepWhatWasKnown(Consumer<StoresInChange> change) {
    if (!changes.isByThisTransaction()) {
      Known before = latest();
      TransactionSynchronizationManager.registerSynchronization(
          new StoresInChange(
              this,
              before.registry,
              this::read,
              after -> committed.set(new Known(before.version, after))));
      revisions.whenDone(
          this, () -> new StoreHistory(database, revisions, before.registry, registry()).keep());
    }
    changes.change();
    inChange().ifPresent(change);
  }

  /** Returns nothing where all stores are copied or emptied, of which nobody keeps what was. */
  private Optional<StoresInChange> inChange() {
    return TransactionSynchronizationManager.getSynchronizations().stream()
        .filter(StoresInChange.class::isInstance)
        .map(StoresInChange.class::cast)
        .filter(stores -> stores.isOf(this))
        .findFirst();
  }

  /**
   * Changes stores. The registry is read again once the transaction has ended, within its commit,
   * so that no snapshot read has the polls of one state and the stores of another.
   */
  private void change(String sql, Columns rows) {
    keepWhatWasKnown(StoresInChange::change);
    database.update(sql, rows);
  }

  private void change(String sql, @Nullable Object... parameters) {
    keepWhatWasKnown(StoresInChange::change);
    update(sql, parameters);
  }

  private void update(String sql, @Nullable Object... parameters) {
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
  public void addClosures(List<PlannedClosure> closures) {
    keepWhatWasKnown(stores -> stores.addClosures(closures));
    database.update(
        """
        INSERT INTO planned_closure (%s)
        SELECT id, nullif(store_key, 0), nullif(tag, ''), is_local, from_time, to_time, repeats,
          nullif(last_date, %d), reason, entered_at, nullif(entered_by, '')
        FROM :rows f\
        """
            .formatted(ClosureColumns.ALL, ClosureColumns.FOR_EVER),
        ClosureColumns.of(closures));
  }

  @Override
  public void removeClosure(String id, long at, @Nullable String by) {
    keepWhatWasKnown(stores -> stores.removeClosure(id));
    remove("planned_closure", id, at, by);
  }

  @Override
  public void addDays(List<PlannedDay> days) {
    keepWhatWasKnown(stores -> stores.addDays(days));
    database.update(
        """
        INSERT INTO special_day (%s)
        SELECT id, nullif(store_key, 0), nullif(tag, ''), date, hours, nullif(label, ''),
          entered_at, nullif(entered_by, '')
        FROM :rows f\
        """
            .formatted(DAY_COLUMNS),
        PlannedDay.columns(days));
  }

  @Override
  public void removeDay(String id, long at, @Nullable String by) {
    keepWhatWasKnown(stores -> stores.removeDay(id));
    remove("special_day", id, at, by);
  }

  private void remove(String table, String id, long at, @Nullable String by) {
    update(
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
    keepWhatWasKnown(StoresInChange::change);
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
  public void setDatedHours(DatedWeeks weeks, long at, @Nullable String by) {
    change(
        """
        UPDATE dated_hours SET removed_at = %d, removed_by = nullif(f.by_whom, '') FROM :rows f
        WHERE dated_hours.removed_at IS NULL AND dated_hours.store_key = f.store_key
          AND dated_hours.valid_from = f.valid_from\
        """
            .formatted(at),
        weeks.columns(by));
    change(
        """
        INSERT INTO dated_hours (store_key, valid_from, hours, entered_at, entered_by)
        SELECT f.store_key, f.valid_from, f.hours, %d, nullif(f.by_whom, '') FROM :rows f
        WHERE f.hours <> ''\
        """
            .formatted(at),
        weeks.columns(by));
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
      addHours(key, details);
    }
    if (parts.contains(StorePart.HOURS) || parts.contains(StorePart.LATER_HOURS)) {
      setLaterHours(key, details);
    }
    if (parts.contains(StorePart.TAGS)) {
      change(FORGET_TAGS, key);
      details
          .tags()
          .forEach(tag -> change("INSERT INTO store_tag (store_key, tag) VALUES (?, ?)", key, tag));
    }
  }

  private void setLaterHours(int key, StoreDetails details) {
    forgetDatedHours(new int[] {key}, null);
    long now = Micros.of(database.clock().instant());
    details.laterHours().forEach((date, week) -> setDatedHours(key, date, week, now, null));
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
    long now = Micros.of(database.clock().instant());
    for (String table : StoreHistory.ENTRIES) {
      // No import that is taken back later puts them back, or finds that they were changed.
      change(
          """
          UPDATE %s SET removed_at = coalesce(removed_at, ?), removed_by = NULL, entered_by = NULL
          WHERE store_key = ?\
          """
              .formatted(table),
          now,
          key);
    }
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
