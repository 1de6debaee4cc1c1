package dev.storewatch.report;

import dev.storewatch.csv.RowWriter;
import dev.storewatch.database.Database;
import dev.storewatch.hours.ZoneTable;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.work.WorkTable;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.function.SingletonSupplier;

/** Reports in a database; each kind of database has its own way to keep changes apart. */
abstract class SqlReports implements Reports {
  /** How many blocks of a report are read at a time: some megabytes. */
  private static final int BLOCKS_AT_A_TIME = 8;

  /** How many rows of {@code report_row} are read at a time. */
  private static final int ROWS_AT_A_TIME = 1 << 14;

  /** The figures of a row of {@code report_row}, in the order of {@link WindowTotals}. */
  private static final List<String> TOTALS =
      List.of(
          "scheduled", "up", "down", "unknown", "excluded", "surely_up", "surely_down", "polls");

  private static final long[] NO_ENDS = {};

  private static final String SELECT = "SELECT " + ReportColumns.ALL + " FROM report ";

  private final Database database;
  private final Stores stores;
  private final WorkTable work;

  SqlReports(Database database, Stores stores) {
    this.database = database;
    this.stores = stores;
    this.work =
        new WorkTable(
            database,
            "report",
            "number",
            "stores_done",
            "stores_total",
            "TRUE",
            ", started_at = NULL");
  }

  /** Runs work in a transaction that changes rows which others may change at the same time. */
  abstract <T> T changing(Supplier<T> work);

  /** Hears that a report is deleted. */
  void deleted(int number, String id) {}

  /** Returns the SQL by which a query skips rows that others are about to change. */
  abstract String passingLocked();

  /** Returns the condition that a report's scope is within {@code :tags}, a JSON array. */
  abstract String withinTags();

  @Override
  public Report add(ReportSpec spec, OptionalLong asOf, RequestOrigin origin) {
    RequestOrigin.Once once = origin.once();
    return database.call(
        () ->
            database
                .jdbc()
                .sql(
                    """
                    INSERT INTO report
                      (id, state, as_of, rule, carry, windows, store_ids, late_close, scope,
                       asked_at, asked_by, idempotency_key, idempotency_order, tags, known_revision)
                    VALUES
                      (:id, 'queued', :as_of, :rule, :carry, :windows, :stores, :late_close, :scope,
                       :asked, :asker, :key, :order, :tags, :known)
                    RETURNING\
                    """
                        + " "
                        + ReportColumns.ALL)
                .param("id", UUID.randomUUID().toString())
                .param("as_of", asOf.isPresent() ? asOf.getAsLong() : null)
                .param("rule", spec.rule().name())
                .param("carry", spec.rule().carryMicros())
                .param("windows", ReportColumns.format(spec.windows()))
                .param("stores", ReportColumns.format(spec.storeIds()))
                .param("late_close", spec.lateClose().isAsMidnight())
                .param("scope", ReportColumns.format(spec.scope().tags()))
                .param("asked", origin.at())
                .param("asker", origin.by())
                .param("key", once == null ? null : once.key())
                .param("order", once == null ? null : once.request())
                .param("tags", spec.tags().isEmpty() ? null : ReportColumns.format(spec.tags()))
                .param("known", spec.revision())
                .query(ReportColumns::report)
                .single());
  }

  @Override
  public Optional<Report> find(String id) {
    return first(SELECT + "WHERE id = ?", id);
  }

  @Override
  public Optional<Report> find(int number) {
    return first(SELECT + "WHERE number = ?", number);
  }

  @Override
  public Optional<Report> findRequested(String by, String key, long since) {
    return first(
        SELECT
            + """
            WHERE asked_by = ? AND idempotency_key = ? AND asked_at >= ? ORDER BY number DESC LIMIT 1\
            """,
        by,
        key,
        since);
  }

  @Override
  public int countQueued() {
    return database.call(work::countQueued);
  }

  @Override
  public Optional<Report> claim(long at) {
    String sql =
        """
        UPDATE report
        SET state = 'running', started_at = ?, taken_by = ?, stores_done = 0, stores_total = 0
        WHERE state = 'queued' AND number = (
          SELECT number FROM report WHERE state = 'queued' ORDER BY number LIMIT 1 %s)
        RETURNING %s\
        """
            .formatted(passingLocked(), ReportColumns.ALL);
    return changing(
        () -> statement(sql, at, database.self()).query(ReportColumns::report).optional());
  }

  @Override
  public boolean keepProgress(int number, Progress progress) {
    return changing(() -> work.keepProgress(number, progress.done(), progress.total()));
  }

  @Override
  public Optional<Progress> progress(int number) {
    return database.call(
        () ->
            statement(
                    """
                    SELECT coalesce(stores_done, 0), coalesce(stores_total, 0) FROM report
                    WHERE number = ? AND state = 'running'\
                    """,
                    number)
                .query((row, n) -> new Progress(row.getInt(1), row.getInt(2)))
                .optional());
  }

  @Override
  public Map<Integer, String> marks(Set<Integer> numbers) {
    Map<Integer, String> marks = new HashMap<>();
    database.call(
        () -> {
          database
              .jdbc()
              .sql("SELECT number, state, stores_done FROM report WHERE number IN (:numbers)")
              .param("numbers", numbers)
              .query(
                  (RowCallbackHandler)
                      row -> marks.put(row.getInt(1), row.getString(2) + " " + row.getInt(3)));
          return marks;
        });
    return marks;
  }

  private Optional<Report> first(String sql, Object... parameters) {
    return select(sql, parameters).stream().findFirst();
  }

  private List<Report> select(String sql, Object... parameters) {
    return database.call(() -> statement(sql, parameters).query(ReportColumns::report).list());
  }

  @Override
  public List<Report> list(int limit, int before, @Nullable String state, Scope scope) {
    String sql =
        """
        %s
        WHERE number < :before
          AND (CAST(:state AS VARCHAR) IS NULL OR state = :state)
          AND (CAST(:tags AS VARCHAR) IS NULL OR %s)
        ORDER BY number DESC LIMIT :limit\
        """
            .formatted(SELECT, withinTags());
    return database.call(
        () ->
            database
                .jdbc()
                .sql(sql)
                .param("before", before)
                .param("state", state)
                .param("tags", ReportColumns.format(scope.tags()))
                .param("limit", limit)
                .query(ReportColumns::report)
                .list());
  }

  @Override
  public boolean start(int number, long at) {
    return changing(
        () ->
            changed(
                """
                UPDATE report SET state = 'running', started_at = ?, taken_by = ?
                WHERE number = ? AND state = 'queued'\
                """,
                at,
                database.self(),
                number));
  }

  @Override
  public boolean complete(int number, long at, ReportTable rows, String checksum) {
    return changing(
        () -> {
          boolean completed =
              changed(
                  """
                  UPDATE report
                  SET state = 'complete', ended_at = ?, row_count = ?, checksum = ?, notices = ?,
                      zone_rules = ?, revision = ?
                  WHERE number = ? AND state = 'running' AND taken_by = ?\
                  """,
                  at,
                  rows.size(),
                  checksum,
                  rows.findings().kept(),
                  ZoneTable.inUse().version(),
                  rows.revision(),
                  number,
                  database.self());
          if (completed) {
            insertRows(number, rows);
          }
          return completed;
        });
  }

  private void insertRows(int number, ReportTable rows) {
    if (rows.size() > 0) {
      int _ =
          database.update(
              """
              INSERT INTO report_block (report_number, first_store, stores, figures, ends)
              SELECT f.report_number, f.first_store, f.stores, f.figures, f.ends FROM :rows f\
              """,
              ReportBlock.columns(number, rows));
    }
  }

  @Override
  public boolean fail(int number, long at, String reason) {
    return changing(
        () ->
            changed(
                """
                UPDATE report SET state = 'failed', ended_at = ?, error = ?
                WHERE number = ? AND state = 'running' AND taken_by = ?\
                """,
                at,
                reason,
                number,
                database.self()));
  }

  @Override
  public int requeueAbandoned() {
    return changing(work::requeueAbandoned);
  }

  @Override
  public void releaseAllBut(Collection<Integer> numbers) {
    var _ =
        changing(
            () -> {
              work.releaseAllBut(numbers);
              return true;
            });
  }

  private boolean changed(String sql, Object... parameters) {
    return update(sql, parameters) == 1;
  }

  private int update(String sql, Object... parameters) {
    return statement(sql, parameters).update();
  }

  private JdbcClient.StatementSpec statement(String sql, Object... parameters) {
    return database.jdbc().sql(sql).params(Arrays.asList(parameters));
  }

  @Override
  public Map<Integer, Integer> countRows(List<Report> reports, Scope scope) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (Report report : reports) {
      if (report.state() instanceof ReportState.Complete complete) {
        counts.put(report.number(), scope.isEverything() ? complete.rowCount() : 0);
      }
    }
    Set<String> tags = scope.tags();
    if (tags != null && !counts.isEmpty()) {
      counts.putAll(countTagged(Set.copyOf(counts.keySet()), tags));
    }
    return counts;
  }

  @Override
  public int countAbout(StoreSet changed) {
    // Where no report is kept, the stores of the running transaction need not be read.
    Supplier<Registry> registry = SingletonSupplier.of(stores::registry);
    int[] about = new int[1];
    database.call(
        () -> {
          statement(SELECT + "WHERE state = 'complete' AND known_revision IS NULL")
              .query(
                  (RowCallbackHandler)
                      row -> {
                        ReportSpec spec = ReportColumns.report(row, 0).spec();
                        boolean counts =
                            changed.stream().anyMatch(key -> isAbout(spec, registry.get(), key));
                        about[0] += counts ? 1 : 0;
                      });
          return about;
        });
    return about[0];
  }

  private static boolean isAbout(ReportSpec spec, Registry registry, int key) {
    List<String> ids = spec.storeIds();
    return (ids == null || ids.contains(registry.id(key)))
        && registry.tags(key).containsAll(spec.tags())
        && spec.scope().includes(registry, key);
  }

  @Override
  public StoreSet stores(Report report) {
    IntStream.Builder keys = IntStream.builder();
    database.call(
        () -> {
          statement("SELECT stores FROM report_block WHERE report_number = ?", report.number())
              .query(
                  (RowCallbackHandler)
                      row -> Arrays.stream(ReportBlock.stores(row.getString(1))).forEach(keys));
          statement(
                  "SELECT store_key FROM report_row WHERE report_number = ? AND window_number = 0",
                  report.number())
              .query((RowCallbackHandler) row -> keys.add(row.getInt(1)));
          return keys;
        });
    return StoreSet.of(keys.build());
  }

  private Map<Integer, Integer> countTagged(Set<Integer> numbers, Set<String> tags) {
    Registry registry = stores.registry();
    IntPredicate isTagged = key -> registry.tags(key).stream().anyMatch(tags::contains);
    Map<Integer, Integer> counts = new HashMap<>();
    database.call(
        () -> {
          numbered("SELECT report_number, stores FROM report_block", numbers)
              .query(
                  (RowCallbackHandler)
                      row ->
                          counts.merge(
                              row.getInt(1),
                              (int)
                                  Arrays.stream(ReportBlock.stores(row.getString(2)))
                                      .filter(isTagged)
                                      .count(),
                              Integer::sum));
          numbered(
                  "SELECT report_number, store_key FROM report_row",
                  numbers,
                  " AND window_number = 0")
              .query(
                  (RowCallbackHandler)
                      row ->
                          counts.merge(
                              row.getInt(1), isTagged.test(row.getInt(2)) ? 1 : 0, Integer::sum));
          return counts;
        });
    return counts;
  }

  private JdbcClient.StatementSpec numbered(String sql, Set<Integer> numbers) {
    return numbered(sql, numbers, "");
  }

  private JdbcClient.StatementSpec numbered(String sql, Set<Integer> numbers, String more) {
    return database
        .jdbc()
        .sql(sql + " WHERE report_number IN (:numbers)" + more)
        .param("numbers", numbers);
  }

  @Override
  public void writeRows(Report report, Scope scope, RowWriter writer) {
    if (!(report.state() instanceof ReportState.Complete complete)) {
      throw new IllegalArgumentException("report " + report.id() + " is not complete");
    }
    long[] endsOfAll = report.spec().hasLocalWindows() ? NO_ENDS : WindowEnds.ofAll(report.spec());
    int next = 0;
    while (next < complete.rowCount()) {
      List<ReportBlock> blocks = blocks(report, next);
      if (blocks.isEmpty()) {
        throw new RowsGone(report);
      }
      for (ReportBlock block : blocks) {
        block.writeTo(writer, stores.registry(), scope, endsOfAll);
        next += block.size();
      }
    }
    writer.finish();
  }

  /**
   * Returns the next blocks of a report, in order, from the store with a number on; none if they
   * are gone.
   */
  private List<ReportBlock> blocks(Report report, int from) {
    int windows = report.spec().windows().size();
    List<ReportBlock> blocks =
        database.call(
            () ->
                statement(
                        """
                        SELECT stores, figures, ends FROM report_block
                        WHERE report_number = ? AND first_store >= ?
                        ORDER BY first_store LIMIT ?\
                        """,
                        report.number(),
                        from,
                        BLOCKS_AT_A_TIME)
                    .query(
                        (row, number) ->
                            ReportBlock.unpack(
                                windows, row.getString(1), row.getString(2), row.getString(3)))
                    .list());
    return blocks.isEmpty() ? rows(report, from) : blocks;
  }

  /** As {@link #blocks}, of a report that was made when each store and window had a row. */
  private List<ReportBlock> rows(Report report, int from) {
    int windows = report.spec().windows().size();
    boolean own = report.spec().hasLocalWindows();
    int count = Math.max(1, ROWS_AT_A_TIME / windows);
    int[] keys = new int[count];
    long[] totals = new long[count * windows * WindowTotals.FIELDS];
    long[] ends = new long[own ? 2 * count * windows : 0];
    int[] read = new int[1];
    database.call(
        () -> {
          statement(
                  """
                  SELECT store_key, %s%s FROM report_row
                  WHERE report_number = ? AND row_number >= ? AND row_number < ?
                  ORDER BY row_number\
                  """
                      .formatted(
                          String.join(", ", TOTALS), own ? ", window_start, window_end" : ""),
                  report.number(),
                  from * windows,
                  (from + count) * windows)
              .query(
                  (RowCallbackHandler)
                      row -> {
                        int at = read[0]++;
                        keys[at / windows] = row.getInt(1);
                        for (int field = 0; field < WindowTotals.FIELDS; field++) {
                          totals[at * WindowTotals.FIELDS + field] = row.getLong(2 + field);
                        }
                        for (int end = 0; own && end < 2; end++) {
                          ends[2 * at + end] = row.getLong(2 + WindowTotals.FIELDS + end);
                        }
                      });
          return read;
        });
    int stores = read[0] / windows;
    return stores == 0
        ? List.of()
        : List.of(
            new ReportBlock(
                Arrays.copyOf(keys, stores),
                Arrays.copyOf(totals, stores * windows * WindowTotals.FIELDS),
                Arrays.copyOf(ends, own ? 2 * stores * windows : 0)));
  }

  @Override
  public boolean delete(int number) {
    Optional<String> id =
        changing(
            () -> {
              // First, because this waits for a process that is just writing the rows: they would
              // be left over otherwise.
              Optional<String> was =
                  statement("DELETE FROM report WHERE number = ? RETURNING id", number)
                      .query(String.class)
                      .optional();
              update("DELETE FROM report_block WHERE report_number = ?", number);
              update("DELETE FROM report_row WHERE report_number = ?", number);
              return was;
            });
    id.ifPresent(gone -> deleted(number, gone));
    return id.isPresent();
  }

  /**
   * Deletes one report in each transaction: all together may have too many rows for the time that a
   * transaction has.
   */
  @Override
  public int deleteEndedBefore(long instant) {
    List<Integer> ended =
        database.call(
            () ->
                statement("SELECT number FROM report WHERE ended_at < ? ORDER BY number", instant)
                    .query(Integer.class)
                    .list());
    return (int) ended.stream().filter(this::delete).count();
  }
}
