package dev.storewatch.poll;

import dev.storewatch.database.DuckDbDatabase;
import java.util.List;

/**
 * Moves polls of DuckDB together that are of the same store. They come hour by hour, each hour with
 * all stores, so that those of a store lie all over the file, and whoever reads its year reads the
 * year of all stores. What a poll says and which polls there are stays as it is.
 *
 * <p>DuckDB keeps rows in groups, each with its least and greatest values, and passes over those
 * that have nothing of what is asked for. Groups in which most stores are, and which are full of
 * the past, are put in the order of stores and instants, some at a time; each of them has few
 * stores afterwards, and is not found again.
 */
final class PollClustering {
  /** How many rows a group has. */
  static final int GROUP = 122_880;

  /**
   * So many groups at a time are about a week of 14,000 stores: a second of work, for which others
   * wait who write.
   */
  private static final int USUAL = 20;

  /** A group that has more than this part of all stores is not in their order. */
  private static final double MOST_STORES = 0.25;

  private final DuckDbDatabase database;
  private final int groups;

  PollClustering(DuckDbDatabase database) {
    this(database, USUAL);
  }

  /** One that moves so many groups at a time. */
  PollClustering(DuckDbDatabase database, int groups) {
    this.database = database;
    this.groups = groups;
  }

  /**
   * Moves polls before an instant, if there are enough of them that lie in the order in which they
   * came.
   *
   * @param before microseconds since the epoch
   * @return whether any were moved, so that there may be more
   */
  boolean move(long before) {
    // Looked for beside others who write: where rows were renumbered since, others are moved.
    List<Long> found = database.call(() -> mixed(before));
    if (found.size() < groups) {
      return false;
    }
    String rows = rows(found);
    return database.inWriteTransaction(
        () -> {
          // Rows of this transaction have numbers beyond all others, so none of them is deleted.
          int moved =
              update(
                  """
                  INSERT INTO poll (store_key, polled_at, active, revision)
                  SELECT store_key, polled_at, active, revision FROM poll WHERE %s
                  ORDER BY store_key, polled_at\
                  """
                      .formatted(rows));
          int deleted = update("DELETE FROM poll WHERE " + rows);
          if (moved != deleted) {
            throw new IllegalStateException(
                "%d polls were written anew and %d deleted".formatted(moved, deleted));
          }
          return true;
        });
  }

  private int update(String sql) {
    return database.jdbc().sql(sql).update();
  }

  /** Returns the numbers of the first groups that are worth it. */
  private List<Long> mixed(long before) {
    return database
        .jdbc()
        .sql(
            """
            SELECT rowid // %d AS number FROM poll GROUP BY number
            HAVING max(polled_at) < ?
              AND max(store_key) - min(store_key) > ? * (SELECT max(store_key) FROM poll)
            ORDER BY number LIMIT %d\
            """
                .formatted(GROUP, groups))
        .params(before, MOST_STORES)
        .query((row, number) -> row.getLong(1))
        .list();
  }

  /** Returns the condition, in SQL, that a row is in one of some groups: by ranges of them. */
  private static String rows(List<Long> numbers) {
    StringBuilder ranges = new StringBuilder();
    for (int from = 0; from < numbers.size(); ) {
      int to = from + 1;
      while (to < numbers.size() && numbers.get(to) == numbers.get(to - 1) + 1) {
        to++;
      }
      ranges
          .append(from == 0 ? "(" : " OR ")
          .append(
              "rowid BETWEEN %d AND %d"
                  .formatted(numbers.get(from) * GROUP, (numbers.get(to - 1) + 1) * GROUP - 1));
      from = to;
    }
    return ranges.append(')').toString();
  }
}
