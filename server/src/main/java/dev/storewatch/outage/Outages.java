package dev.storewatch.outage;

import dev.storewatch.database.Columns;
import dev.storewatch.database.Database;
import dev.storewatch.interval.Span;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

/** The outages of all stores, as they were found, in a database. */
public final class Outages {
  static final String COLUMNS =
      """
      id, store_key, started_at, last_up, first_down, last_down, ended_at, next_up, ended_by,
      open_micros, found_at\
      """;

  /** Stands for null in rows that are written, of which no column can have any. */
  private static final long NONE = Long.MAX_VALUE;

  /** The most stores that a query names. */
  private static final int MOST_NAMED = 4_000;

  private static final String VALUES =
      """
      f.id, f.store_key, f.started_at, nullif(f.last_up, %1$d), f.first_down, f.last_down,
      nullif(f.ended_at, %1$d), nullif(f.next_up, %1$d), f.ended_by, f.open_micros, f.found_at\
      """
          .formatted(NONE);

  private final Database database;

  /** The outages of a database. */
  public Outages(Database database) {
    this.database = database;
  }

  /**
   * How far outages are found.
   *
   * @param revision all changes up to this revision are in
   * @param knownTo all polls up to this instant are in
   * @param basis the rule and settings by which they are found
   */
  record Progress(int revision, long knownTo, String basis) {}

  /** What was said of an outage until it was corrected. */
  public record Past(KeptOutage said, long until, int revision, boolean withdrawn) {}

  Optional<Progress> progress() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT revision, known_to, basis FROM outage_progress")
                .query(
                    (row, number) ->
                        new Progress(
                            row.getInt("revision"),
                            row.getLong("known_to"),
                            row.getString("basis")))
                .optional());
  }

  /** Returns whether outages were brought up to date before. */
  public boolean areFollowed() {
    return progress().isPresent();
  }

  /** Keeps how far outages are found, within the caller's transaction. */
  void keep(Progress progress) {
    int kept =
        database
            .jdbc()
            .sql("UPDATE outage_progress SET revision = ?, known_to = ?, basis = ?")
            .params(progress.revision, progress.knownTo, progress.basis)
            .update();
    if (kept == 0) {
      int _ =
          database
              .jdbc()
              .sql("INSERT INTO outage_progress (revision, known_to, basis) VALUES (?, ?, ?)")
              .params(progress.revision, progress.knownTo, progress.basis)
              .update();
    }
  }

  /**
   * Returns the outages that a change may touch: those that go on or went on at an instant or
   * later, and those after which no active poll is known; in the order of stores and of time.
   *
   * @param keys the stores, in order
   */
  List<KeptOutage> touched(int[] keys, long since) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT %s FROM outage
                    WHERE (ended_at IS NULL OR ended_at >= ?
                        OR (ended_by = 'silence' AND (next_up IS NULL OR next_up >= ?)))
                      AND store_key IN (SELECT CAST(each AS INTEGER) FROM (
                        SELECT unnest(string_to_array(?, ',')) AS each) wanted)
                    ORDER BY store_key, started_at\
                    """
                        .formatted(COLUMNS))
                .params(since, since, commas(Arrays.stream(keys).boxed()))
                .query(Outages::read)
                .list());
  }

  /** As one parameter, some keys take less time than as part of a query, which is planned anew. */
  private static String commas(Stream<? extends Number> numbers) {
    return numbers.map(Number::toString).collect(Collectors.joining(","));
  }

  /** Returns the condition that a store is one of some; of very many, that it is between them. */
  static String isOneOf(int[] keys) {
    return keys.length > MOST_NAMED
        ? "store_key BETWEEN %d AND %d".formatted(keys[0], keys[keys.length - 1])
        : Arrays.stream(keys)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "store_key IN (", ")"));
  }

  /** Returns the outages that go on, of each store one at most. */
  public List<KeptOutage> ongoing() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT %s FROM outage WHERE ended_at IS NULL".formatted(COLUMNS))
                .query(Outages::read)
                .list());
  }

  /** Returns how many outages go on. */
  long countOngoing() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT count(*) FROM outage WHERE ended_at IS NULL")
                .query(Long.class)
                .single());
  }

  /** Returns how many outages began since an instant, by the keys of their stores. */
  public Map<Integer, Integer> begunSince(long instant) {
    Map<Integer, Integer> begun = new HashMap<>();
    RowCallbackHandler take = row -> begun.put(row.getInt(1), row.getInt(2));
    return database.call(
        () -> {
          database
              .jdbc()
              .sql(
                  "SELECT store_key, count(*) FROM outage WHERE started_at >= ? GROUP BY store_key")
              .param(instant)
              .query(take);
          return begun;
        });
  }

  /**
   * Returns how many outages of stores lasted, in whole or in part, in times that each store has of
   * its own; nothing of stores without any.
   *
   * @param keys the stores
   * @param times for each store the times, as many for one as for any other; most stores share
   *     theirs with others
   * @return for each store the counts, in the order of its times
   */
  public Map<Integer, int[]> countIn(int[] keys, IntFunction<List<Span>> times) {
    Map<Integer, int[]> counts = new HashMap<>();
    if (keys.length == 0) {
      return counts;
    }
    Map<List<Span>, Integer> kinds = new LinkedHashMap<>();
    int[] kindOf = new int[keys.length];
    for (int i = 0; i < keys.length; i++) {
      kindOf[i] = kinds.computeIfAbsent(times.apply(keys[i]), _ -> kinds.size());
    }
    int parts = kinds.keySet().iterator().next().size();
    List<Span> all = kinds.keySet().stream().flatMap(List::stream).toList();
    RowCallbackHandler take =
        row ->
            counts.computeIfAbsent(row.getInt(1), _ -> new int[parts])[row.getInt(2)] =
                row.getInt(3);
    return database.call(
        () -> {
          database
              .jdbc()
              .sql(
                  """
                  SELECT outage.store_key, part, count(*) FROM outage
                  JOIN (SELECT CAST(k AS INTEGER) AS store_key, CAST(n AS INTEGER) AS kind
                    FROM (SELECT unnest(string_to_array(?, ',')) AS k,
                      unnest(string_to_array(?, ',')) AS n) a) stores
                    ON outage.store_key = stores.store_key
                  JOIN (SELECT CAST(n AS INTEGER) AS kind, CAST(p AS INTEGER) AS part,
                      CAST(f AS BIGINT) AS from_at, CAST(t AS BIGINT) AS to_at
                    FROM (SELECT unnest(string_to_array(?, ',')) AS n,
                      unnest(string_to_array(?, ',')) AS p, unnest(string_to_array(?, ',')) AS f,
                      unnest(string_to_array(?, ',')) AS t) b) times
                    ON stores.kind = times.kind
                      AND started_at < to_at AND (ended_at IS NULL OR ended_at > from_at)
                  WHERE started_at < ? AND (ended_at IS NULL OR ended_at > ?)
                  GROUP BY outage.store_key, part\
                  """)
              .params(
                  commas(Arrays.stream(keys).boxed()),
                  commas(Arrays.stream(kindOf).boxed()),
                  commas(IntStream.range(0, all.size()).map(i -> i / parts).boxed()),
                  commas(IntStream.range(0, all.size()).map(i -> i % parts).boxed()),
                  commas(all.stream().map(Span::start)),
                  commas(all.stream().map(Span::end)),
                  all.stream().mapToLong(Span::end).max().orElseThrow(),
                  all.stream().mapToLong(Span::start).min().orElseThrow())
              .query(take);
          return counts;
        });
  }

  /**
   * Returns the stores whose outages go on, though their last poll is not newer than an instant.
   */
  List<Silent> ongoingSince(long lastDown) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT store_key, last_down FROM outage
                    WHERE ended_at IS NULL AND last_down <= ?\
                    """)
                .param(lastDown)
                .query(
                    (row, number) -> new Silent(row.getInt("store_key"), row.getLong("last_down")))
                .list());
  }

  /** A store of which nothing was heard since its last inactive poll. */
  record Silent(int store, long lastDown) {}

  /**
   * Returns outages, the latest first.
   *
   * @param before only those that began before this one in that order; null for all
   * @param filter which of them
   * @param limit the most to return
   */
  public List<KeptOutage> latest(@Nullable KeptOutage before, OutageFilter filter, int limit) {
    long start = before == null ? Long.MAX_VALUE : before.start();
    long id = before == null ? Long.MAX_VALUE : before.id();
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT %s FROM outage
                    WHERE (started_at < ? OR (started_at = ? AND id < ?))
                      AND started_at < ? AND (ended_at IS NULL OR ended_at > ?)%s
                    ORDER BY started_at DESC, id DESC LIMIT ?\
                    """
                        .formatted(COLUMNS, filter.condition()))
                .params(start, start, id, filter.period().end(), filter.period().start(), limit)
                .query(Outages::read)
                .list());
  }

  /** Returns an outage, if it is known. */
  public Optional<KeptOutage> find(long id) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT %s FROM outage WHERE id = ?".formatted(COLUMNS))
                .param(id)
                .query(Outages::read)
                .optional());
  }

  /** Returns outages by their ids; those that are not known are left out. */
  public Map<Long, KeptOutage> find(Collection<Long> ids) {
    Map<Long, KeptOutage> found = new HashMap<>();
    List<Long> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += MOST_NAMED) {
      String some = commas(all.subList(from, Math.min(all.size(), from + MOST_NAMED)).stream());
      database
          .call(
              () ->
                  database
                      .jdbc()
                      .sql(
                          """
                          SELECT %s FROM outage WHERE id IN (SELECT CAST(each AS BIGINT) FROM (
                            SELECT unnest(string_to_array(?, ',')) AS each) wanted)\
                          """
                              .formatted(COLUMNS))
                      .param(some)
                      .query(Outages::read)
                      .list())
          .forEach(outage -> found.put(outage.id(), outage));
    }
    return found;
  }

  /**
   * An outage and what was said of it before, at one moment.
   *
   * @param now how it is known; empty if it was withdrawn, or never there
   * @param past what was said of it before it was corrected, the first first
   */
  record History(Optional<KeptOutage> now, List<Past> past) {
    Optional<KeptOutage> lastSaid() {
      return now.or(() -> past.stream().reduce((first, second) -> second).map(Past::said));
    }
  }

  /** Returns an outage and what was said of it before, both from one snapshot. */
  History history(long id) {
    return database.inSnapshot(() -> new History(find(id), past(id)));
  }

  private List<Past> past(long id) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    SELECT %s, said_until, revision, withdrawn FROM outage_past
                    WHERE id = ? ORDER BY revision, said_until\
                    """
                        .formatted(COLUMNS))
                .param(id)
                .query(
                    (row, number) ->
                        new Past(
                            read(row, number),
                            row.getLong("said_until"),
                            row.getInt("revision"),
                            row.getBoolean("withdrawn")))
                .list());
  }

  static KeptOutage read(ResultSet row, int number) throws SQLException {
    return new KeptOutage(
        row.getLong("id"),
        row.getInt("store_key"),
        row.getLong("started_at"),
        optional(row, "last_up"),
        row.getLong("first_down"),
        row.getLong("last_down"),
        optional(row, "ended_at"),
        optional(row, "next_up"),
        KeptOutage.EndedBy.of(row.getString("ended_by")),
        row.getLong("open_micros"),
        row.getLong("found_at"));
  }

  private static OptionalLong optional(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /**
   * Writes what has become of outages, within the caller's transaction; what was said of them
   * before is kept where it was wrong.
   *
   * @param revision the revision of the data by which they are as they are now
   * @param now in microseconds since the epoch
   */
  void write(List<OutageChange> changes, int revision, long now) {
    keepPast(changes.stream().filter(OutageChange::isCorrection).toList(), revision, now);
    long[] ids =
        changes.stream()
            .map(OutageChange::before)
            .flatMap(Stream::ofNullable)
            .mapToLong(KeptOutage::id)
            .toArray();
    if (ids.length > 0) {
      var _ =
          database.update(
              "DELETE FROM outage WHERE id IN (SELECT f.id FROM :rows f)",
              new Columns().longs("id", ids));
    }
    List<KeptOutage> after =
        changes.stream().map(OutageChange::after).flatMap(Stream::ofNullable).toList();
    if (!after.isEmpty()) {
      var _ =
          database.update(
              "INSERT INTO outage (%s) SELECT %s FROM :rows f".formatted(COLUMNS, VALUES),
              columns(after));
    }
  }

  private void keepPast(List<OutageChange> corrections, int revision, long now) {
    if (corrections.isEmpty()) {
      return;
    }
    boolean[] withdrawn = new boolean[corrections.size()];
    for (int i = 0; i < withdrawn.length; i++) {
      withdrawn[i] = corrections.get(i).after() == null;
    }
    var _ =
        database.update(
            """
            INSERT INTO outage_past (%s, said_until, revision, withdrawn)
            SELECT %s, %d, %d, f.withdrawn FROM :rows f\
            """
                .formatted(COLUMNS, VALUES, now, revision),
            columns(
                    corrections.stream()
                        .map(OutageChange::before)
                        .flatMap(Stream::ofNullable)
                        .toList())
                .booleans("withdrawn", withdrawn));
  }

  private static Columns columns(List<KeptOutage> rows) {
    return new Columns()
        .longs("id", longs(rows, KeptOutage::id))
        .ints("store_key", rows.stream().mapToInt(KeptOutage::store).toArray())
        .longs("started_at", longs(rows, KeptOutage::start))
        .longs("last_up", longs(rows, row -> row.lastUp().orElse(NONE)))
        .longs("first_down", longs(rows, KeptOutage::firstDown))
        .longs("last_down", longs(rows, KeptOutage::lastDown))
        .longs("ended_at", longs(rows, row -> row.end().orElse(NONE)))
        .longs("next_up", longs(rows, row -> row.nextUp().orElse(NONE)))
        .texts("ended_by", rows.stream().map(row -> row.endedBy().word()).toList())
        .longs("open_micros", longs(rows, KeptOutage::openMicros))
        .longs("found_at", longs(rows, KeptOutage::foundAt));
  }

  private static long[] longs(List<KeptOutage> rows, ToLongFunction<KeptOutage> value) {
    return rows.stream().mapToLong(value).toArray();
  }
}
