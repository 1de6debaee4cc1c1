package dev.storewatch.store;

import dev.storewatch.database.Columns;
import dev.storewatch.database.Database;
import dev.storewatch.entry.StoreIds;
import dev.storewatch.hours.Zone;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was known of a store that figures rest on, but for what is entered of dates and closures.
 *
 * @param isThere whether there was such a store
 * @param zone the name of its zone; null if that was not known
 * @param firstPoll the instant of its first poll; {@link Stores#NEVER} if it had none
 * @param hours its weekly hours, packed as {@link Registry.PackedHours} does, in hexadecimal and
 *     with commas
 * @param hoursFlagged since when its hours were flagged; {@link Stores#NEVER} if they were not
 * @param zoneFlagged since when its zone was flagged; {@link Stores#NEVER} if it was not
 * @param tags its tags, each on a line
 */
record PastStore(
    boolean isThere,
    @Nullable String zone,
    long firstPoll,
    String hours,
    long hoursFlagged,
    long zoneFlagged,
    String tags) {
  private static final PastStore ABSENT =
      new PastStore(false, null, Stores.NEVER, "", Stores.NEVER, Stores.NEVER, "");

  private static final String LINE = "\n";

  /** Returns whether there is a store by a key. */
  static boolean isThere(Registry registry, int key) {
    return key <= registry.size() && !registry.isDeleted(key);
  }

  /** Returns what a registry knows of a store. */
  static PastStore of(Registry registry, int key) {
    if (!isThere(registry, key)) {
      return ABSENT;
    }
    Zone zone = registry.zone(key);
    return new PastStore(
        true,
        zone == null ? null : zone.name(),
        registry.firstPoll(key).orElse(Stores.NEVER),
        format(registry.packedHours(key)),
        registry.hoursFlagged(key).orElse(Stores.NEVER),
        registry.zoneFlagged(key).orElse(Stores.NEVER),
        String.join(LINE, registry.tags(key)));
  }

  private static String format(long[] hours) {
    return Arrays.stream(hours).mapToObj(Long::toHexString).collect(Collectors.joining(","));
  }

  private long[] packedHours() {
    return hours.isEmpty()
        ? new long[0]
        : Arrays.stream(hours.split(",", -1)).mapToLong(hour -> Long.parseLong(hour, 16)).toArray();
  }

  /** Keeps what was known of stores until a revision. */
  static void keep(Database database, int revision, int[] keys, List<PastStore> stores) {
    database.update(
        """
        INSERT INTO store_past (store_key, until_revision, is_there, zone, first_poll_at, hours,
          hours_flagged_at, zone_flagged_at, tags)
        SELECT store_key, %1$d, is_there, nullif(zone, ''), nullif(first_poll_at, %2$d), hours,
          nullif(hours_flagged_at, %2$d), nullif(zone_flagged_at, %2$d), tags
        FROM :rows f\
        """
            .formatted(revision, Stores.NEVER),
        new Columns()
            .ints("store_key", keys)
            .booleans("is_there", areThere(stores))
            .texts("zone", stores.stream().map(past -> past.zone == null ? "" : past.zone).toList())
            .longs("first_poll_at", stores.stream().mapToLong(PastStore::firstPoll).toArray())
            .texts("hours", stores.stream().map(PastStore::hours).toList())
            .longs("hours_flagged_at", stores.stream().mapToLong(PastStore::hoursFlagged).toArray())
            .longs("zone_flagged_at", stores.stream().mapToLong(PastStore::zoneFlagged).toArray())
            .texts("tags", stores.stream().map(PastStore::tags).toList()));
  }

  private static boolean[] areThere(List<PastStore> stores) {
    boolean[] there = new boolean[stores.size()];
    for (int i = 0; i < there.length; i++) {
      there[i] = stores.get(i).isThere;
    }
    return there;
  }

  /** Returns, by their keys, the stores of which something else was known at a revision. */
  static Map<Integer, PastStore> at(Database database, int revision) {
    Map<Integer, PastStore> past = new HashMap<>();
    database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT p.* FROM store_past p JOIN (
                      SELECT store_key, min(until_revision) AS until_revision FROM store_past
                      WHERE until_revision > ? GROUP BY store_key) f
                    ON p.store_key = f.store_key AND p.until_revision = f.until_revision\
                    """)
                .param(revision)
                .query((row, number) -> past.put(row.getInt("store_key"), read(row)))
                .list());
    return past;
  }

  private static PastStore read(ResultSet row) throws SQLException {
    return new PastStore(
        row.getBoolean("is_there"),
        row.getString("zone"),
        never(row, "first_poll_at"),
        row.getString("hours"),
        never(row, "hours_flagged_at"),
        never(row, "zone_flagged_at"),
        row.getString("tags"));
  }

  private static long never(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? Stores.NEVER : value;
  }

  /** Writes all stores into a registry in the making: as they are, but for those of the past. */
  static void write(Registry now, Map<Integer, PastStore> past, RegistryRows rows) {
    inOrder(now).forEach(key -> writeId(now, past.get(key), key, rows));
    for (int key = 1; key <= now.size(); key++) {
      PastStore before = past.get(key);
      if (before != null) {
        before.write(key, rows);
      } else if (!now.isDeleted(key)) {
        writeAsItIs(now, key, rows);
      }
    }
  }

  /** Returns all keys in the order of ids; those that are there are in order already. */
  private static Stream<Integer> inOrder(Registry now) {
    IntStream deleted = IntStream.rangeClosed(1, now.size()).filter(now::isDeleted);
    return IntStream.concat(now.keysAfter(null), deleted)
        .boxed()
        .sorted(Comparator.comparing(now::id, StoreIds.ORDER));
  }

  private static void writeId(
      Registry now, @Nullable PastStore before, int key, RegistryRows rows) {
    if (before == null ? now.isDeleted(key) : !before.isThere) {
      rows.deleted(key, now.id(key));
      return;
    }
    Zone zone = now.zone(key);
    String zoneNow = zone == null ? null : zone.name();
    rows.store(
        key,
        now.id(key),
        before == null ? zoneNow : before.zone,
        value(before == null ? now.firstPoll(key).orElse(Stores.NEVER) : before.firstPoll),
        now.name(key));
  }

  /** Writes what no change was kept of; its hours are not made a text, as there are very many. */
  private static void writeAsItIs(Registry now, int key, RegistryRows rows) {
    OptionalLong hours = now.hoursFlagged(key);
    OptionalLong zone = now.zoneFlagged(key);
    if (hours.isPresent() || zone.isPresent()) {
      rows.flags(key, value(hours.orElse(Stores.NEVER)), value(zone.orElse(Stores.NEVER)));
    }
    now.tags(key).forEach(tag -> rows.tag(key, tag));
    LongStream.of(now.packedHours(key)).forEach(packed -> rows.packedHours(key, packed));
  }

  private void write(int key, RegistryRows rows) {
    if (hoursFlagged != Stores.NEVER || zoneFlagged != Stores.NEVER) {
      rows.flags(key, value(hoursFlagged), value(zoneFlagged));
    }
    if (!tags.isEmpty()) {
      tags.lines().forEach(tag -> rows.tag(key, tag));
    }
    LongStream.of(packedHours()).forEach(packed -> rows.packedHours(key, packed));
  }

  private static @Nullable Long value(long instant) {
    return instant == Stores.NEVER ? null : Long.valueOf(instant);
  }
}
