package dev.storewatch.history;

import dev.storewatch.database.Columns;
import dev.storewatch.database.Database;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.uptime.PackedTotals;
import dev.storewatch.uptime.WindowTotals;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBReadableVector;
import org.jspecify.annotations.Nullable;

/** The rows of the database: a month of a store each. */
final class HistoryRows {
  private static final String SUMS =
      "scheduled, up, down, unknown, excluded, surely_up, surely_down, polls";

  /** What no other work of this database is called. */
  private static final String TURN = "history";

  /** So many stores become part of a query; of more, those of all between them are read. */
  private static final int MOST_NAMED = 1_000;

  private static final int FETCHED = 2_000;

  /** How many whole numbers are before the sums: of a month, and of months that are added up. */
  private static final int NUMBERS_OF_MONTH = 3;

  private static final int NUMBERS_OF_SUM = 5;

  private final Database database;

  HistoryRows(Database database) {
    this.database = database;
  }

  /**
   * How far the days are kept.
   *
   * @param revision all changes up to this revision are in
   * @param knownTo all days are in of which no poll after this instant tells anything
   * @param isComplete whether none of them is missing
   * @param basis the rule and settings by which they are computed
   * @param writer who writes
   */
  record Progress(int revision, long knownTo, boolean isComplete, String basis, String writer) {}

  /** Whoever receives rows. */
  interface Receiver {
    /**
     * Called with each row.
     *
     * @param store the key of the store
     * @param days how many days are in
     * @param sums the sums of these days as {@link WindowTotals} orders them; valid during the call
     * @param figures the packed days; null if only sums were asked for
     */
    void take(int store, int month, int days, long[] sums, @Nullable String figures);
  }

  /** Whoever receives months of stores that are added up. */
  interface SumReceiver {
    /**
     * Called with each store.
     *
     * @param store the key of the store
     * @param first the first of its months
     * @param last the last of them
     * @param months how many there are
     * @param days how many days are in
     * @param sums the sums of these days as {@link WindowTotals} orders them; valid during the call
     */
    void take(int store, int first, int last, int months, int days, long[] sums);
  }

  /** Whoever receives rows as they are: whole numbers, figures, and a text or null. */
  private interface RowReceiver {
    void take(int[] numbers, long[] sums, @Nullable String text);
  }

  /** Rows to be written, all of one month, in place of all that these stores have of it. */
  static final class Batch {
    private final int month;
    private final int[] all;
    private final List<Integer> stores = new ArrayList<>();
    private final List<Integer> days = new ArrayList<>();
    private final List<long[]> sums = new ArrayList<>();
    private final List<String> figures = new ArrayList<>();

    /**
     * A batch without rows.
     *
     * @param all the stores whose rows of the month go
     */
    Batch(int month, int[] all) {
      this.month = month;
      this.all = all;
    }

    int size() {
      return stores.size();
    }

    /** Adds the month of a store, of which some days are known; any thread may do so. */
    void add(int store, long[] totals, int count) {
      long[] sum = new long[WindowTotals.FIELDS];
      for (int i = 0; i < count * WindowTotals.FIELDS; i++) {
        sum[i % WindowTotals.FIELDS] += totals[i];
      }
      String packed = PackedTotals.pack(totals, 0, count);
      synchronized (this) {
        stores.add(store);
        days.add(count);
        sums.add(sum);
        figures.add(packed);
      }
    }

    private Columns columns() {
      Columns columns =
          new Columns()
              .ints("store_key", ints(stores))
              .ints("month", month())
              .ints("days", ints(days));
      String[] names = SUMS.split(", ", -1);
      for (int field = 0; field < names.length; field++) {
        int column = field;
        columns.longs(names[field], sums.stream().mapToLong(sum -> sum[column]).toArray());
      }
      return columns.texts("figures", figures);
    }

    private int[] month() {
      int[] all = new int[stores.size()];
      Arrays.fill(all, month);
      return all;
    }

    private static int[] ints(List<Integer> values) {
      return values.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  Optional<Progress> progress() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT revision, known_to, complete, basis, writer FROM history_progress")
                .query(
                    (row, number) ->
                        new Progress(
                            row.getInt("revision"),
                            row.getLong("known_to"),
                            row.getBoolean("complete"),
                            row.getString("basis"),
                            row.getString("writer")))
                .optional());
  }

  /**
   * Becomes the one that writes, from some progress on; whoever wrote before writes no more.
   *
   * @param emptyFrom the first month whose rows are to go; null if none are
   */
  void begin(Progress now, @Nullable Integer emptyFrom) {
    int _ =
        database.exclusively(
            TURN,
            () -> {
              if (emptyFrom != null) {
                int _ =
                    database
                        .jdbc()
                        .sql("DELETE FROM history_month WHERE month >= ?")
                        .param(emptyFrom)
                        .update();
              }
              int _ = database.jdbc().sql("DELETE FROM history_progress").update();
              return database
                  .jdbc()
                  .sql(
                      """
                      INSERT INTO history_progress (revision, known_to, complete, basis, writer)
                      VALUES (?, ?, ?, ?, ?)\
                      """)
                  .params(now.revision, now.knownTo, now.isComplete, now.basis, now.writer)
                  .update();
            });
  }

  /**
   * Writes how far the days are kept, if nobody else has begun to write.
   *
   * @return whether nobody has
   */
  boolean end(Progress now) {
    return database.exclusively(
        TURN,
        () ->
            database
                    .jdbc()
                    .sql(
                        """
                        UPDATE history_progress SET revision = ?, known_to = ?, complete = ?
                        WHERE writer = ?\
                        """)
                    .params(now.revision, now.knownTo, now.isComplete, now.writer)
                    .update()
                > 0);
  }

  /**
   * Writes rows in place of those that there are, if nobody else has begun to write.
   *
   * @return whether nobody has
   */
  boolean write(Batch batch, String writer) {
    return database.exclusively(
        TURN,
        () -> {
          if (!isWriter(writer)) {
            return false;
          }
          int _ =
              database.update(
                  """
                  DELETE FROM history_month
                  WHERE month = %d AND store_key IN (SELECT f.store_key FROM :rows f)\
                  """
                      .formatted(batch.month),
                  new Columns().ints("store_key", batch.all));
          if (batch.size() == 0) {
            return true;
          }
          int _ =
              database.update(
                  """
                  INSERT INTO history_month (store_key, month, days, %1$s, figures)
                  SELECT f.store_key, f.month, f.days, %2$s, f.figures FROM :rows f\
                  """
                      .formatted(SUMS, "f." + SUMS.replace(", ", ", f.")),
                  batch.columns());
          return true;
        });
  }

  /**
   * Deletes the rows of stores before some months, if nobody else has begun to write.
   *
   * @param keys the stores
   * @param before for each of them, the first month whose row stays
   * @param from the first month whose rows may go
   * @return whether nobody has
   */
  boolean delete(int[] keys, int[] before, int from, String writer) {
    return database.exclusively(
        TURN,
        () -> {
          if (!isWriter(writer)) {
            return false;
          }
          int _ =
              database.update(
                  """
                  DELETE FROM history_month USING :rows f
                  WHERE history_month.store_key = f.store_key
                    AND history_month.month < f.month_before AND history_month.month >= %d\
                  """
                      .formatted(from),
                  new Columns().ints("store_key", keys).ints("month_before", before));
          return true;
        });
  }

  private boolean isWriter(String writer) {
    return database
        .jdbc()
        .sql("SELECT count(*) > 0 FROM history_progress WHERE writer = ?")
        .param(writer)
        .query(Boolean.class)
        .single();
  }

  /**
   * Gives the rows of some stores and months to a receiver, in no particular order.
   *
   * @param keys the stores in the order of their keys; of many, rows of others may come too; null
   *     for all
   * @param withFigures whether the packed days are wanted
   */
  void read(
      int @Nullable [] keys,
      int firstMonth,
      int lastMonth,
      boolean withFigures,
      Receiver receiver) {
    if (keys != null && keys.length == 0) {
      return;
    }
    read(
        "SELECT store_key, month, days, %s%s FROM history_month WHERE %s"
            .formatted(SUMS, withFigures ? ", figures" : "", isOneOf(keys, firstMonth, lastMonth)),
        NUMBERS_OF_MONTH,
        withFigures,
        (numbers, sums, figures) ->
            receiver.take(numbers[0], numbers[1], numbers[2], sums, figures));
  }

  /**
   * Gives the sums of some months of stores to a receiver, in no particular order: the database
   * adds up far faster than it gives its rows.
   *
   * @param keys the stores in the order of their keys; of many, sums of others may come too
   */
  void sum(int[] keys, int firstMonth, int lastMonth, SumReceiver receiver) {
    if (keys.length == 0) {
      return;
    }
    String sums =
        Arrays.stream(SUMS.split(", ", -1))
            .map("CAST(sum(%s) AS BIGINT)"::formatted)
            .collect(Collectors.joining(", "));
    read(
        """
        SELECT store_key, min(month), max(month), CAST(count(*) AS INTEGER),
          CAST(sum(days) AS INTEGER), %s
        FROM history_month WHERE %s GROUP BY store_key\
        """
            .formatted(sums, isOneOf(keys, firstMonth, lastMonth)),
        NUMBERS_OF_SUM,
        false,
        (numbers, found, _) ->
            receiver.take(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], found));
  }

  private void read(String sql, int numbers, boolean hasText, RowReceiver receiver) {
    switch (database) {
      case DuckDbDatabase duckDb -> read(duckDb, sql, numbers, hasText, receiver);
      case PostgresDatabase postgres -> read(postgres, sql, numbers, hasText, receiver);
    }
  }

  private static String isOneOf(int @Nullable [] keys, int firstMonth, int lastMonth) {
    return "month BETWEEN %d AND %d AND %s".formatted(firstMonth, lastMonth, isOneOf(keys));
  }

  private static String isOneOf(int @Nullable [] keys) {
    if (keys == null) {
      return "true";
    }
    return keys.length > MOST_NAMED
        ? "store_key BETWEEN %d AND %d".formatted(keys[0], keys[keys.length - 1])
        : Arrays.stream(keys)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(",", "store_key IN (", ")"));
  }

  private static void read(
      DuckDbDatabase database, String sql, int numbers, boolean hasText, RowReceiver receiver) {
    int[] found = new int[numbers];
    long[] sums = new long[WindowTotals.FIELDS];
    database.read(sql, chunk -> give(chunk, found, sums, hasText, receiver));
  }

  private static void give(
      DuckDBDataChunkReader chunk,
      int[] numbers,
      long[] sums,
      boolean hasText,
      RowReceiver receiver) {
    int rows = (int) chunk.rowCount();
    DuckDBReadableVector[] ofNumbers = vectors(chunk, 0, numbers.length);
    DuckDBReadableVector[] ofSums = vectors(chunk, numbers.length, sums.length);
    var texts = hasText ? chunk.vector(numbers.length + sums.length) : null;
    for (int i = 0; i < rows; i++) {
      for (int column = 0; column < numbers.length; column++) {
        numbers[column] = ofNumbers[column].getInt(i);
      }
      for (int field = 0; field < sums.length; field++) {
        sums[field] = ofSums[field].getLong(i);
      }
      receiver.take(numbers, sums, texts == null ? null : texts.getString(i));
    }
  }

  private static DuckDBReadableVector[] vectors(DuckDBDataChunkReader chunk, int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(chunk::vector)
        .toArray(DuckDBReadableVector[]::new);
  }

  /** Within a transaction, without which the driver would read all rows into memory at once. */
  private static void read(
      PostgresDatabase database, String sql, int numbers, boolean hasText, RowReceiver receiver) {
    int[] found = new int[numbers];
    long[] sums = new long[WindowTotals.FIELDS];
    boolean _ =
        database.withConnection(
            connection -> {
              try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCHED);
                try (ResultSet row = statement.executeQuery()) {
                  while (row.next()) {
                    for (int column = 0; column < numbers; column++) {
                      found[column] = row.getInt(column + 1);
                    }
                    for (int field = 0; field < sums.length; field++) {
                      sums[field] = row.getLong(numbers + field + 1);
                    }
                    receiver.take(
                        found, sums, hasText ? row.getString(numbers + sums.length + 1) : null);
                  }
                  return true;
                }
              }
            });
  }
}
