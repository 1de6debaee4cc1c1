package dev.storewatch.work;

import dev.storewatch.database.Database;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The columns by which the rows of a table are work: {@code state} (of which {@code queued} and
 * {@code running} are known here), {@code taken_by}, the process that does it, and two numbers that
 * say how far it is. Each statement names the state that it expects, so that a process which was
 * too slow changes nothing any more.
 *
 * @param name the table
 * @param key the column of the key
 * @param done the column that says how much is done
 * @param seen the other column that says how far it is
 * @param queued the condition of the rows that are claimed from a queue: others are not put back by
 *     the process that claimed them
 * @param reset what else is set when a row waits again, such as {@code , started_at = NULL}
 */
public record WorkTable(
    Database database,
    String name,
    String key,
    String done,
    String seen,
    String queued,
    String reset) {

  /**
   * Writes the progress of a row that this process has claimed.
   *
   * @return whether this process still holds the claim
   */
  public boolean keepProgress(Object rowKey, long doneNow, long seenNow) {
    return database
            .jdbc()
            .sql(
                "UPDATE %s SET %s = ?, %s = ? WHERE %s = ? AND state = 'running' AND taken_by = ?"
                    .formatted(name, done, seen, key))
            .params(doneNow, seenNow, rowKey, database.self())
            .update()
        == 1;
  }

  /** Returns how many rows wait, for any process. */
  public int countQueued() {
    return database
        .jdbc()
        .sql("SELECT count(*) FROM %s WHERE state = 'queued'".formatted(name))
        .query(Integer.class)
        .single();
  }

  /** Puts back the rows that this process has claimed, except for some. */
  public void releaseAllBut(Collection<?> keys) {
    String others = keys.isEmpty() ? "" : " AND %s NOT IN (:keys)".formatted(key);
    JdbcClient.StatementSpec statement =
        database
            .jdbc()
            .sql(requeue("taken_by = :self AND " + queued + others))
            .param("self", database.self());
    var _ = (keys.isEmpty() ? statement : statement.param("keys", List.copyOf(keys))).update();
  }

  /**
   * Puts back the rows whose process does not work any more.
   *
   * @return how many there were
   */
  public int requeueAbandoned() {
    return database.jdbc().sql(requeue(database.isGone("taken_by"))).update();
  }

  /** Puts back a row if its process does not work any more; returns whether that was so. */
  public boolean requeueAbandoned(Object rowKey) {
    return database
            .jdbc()
            .sql(requeue(database.isGone("taken_by") + " AND %s = ?".formatted(key)))
            .param(rowKey)
            .update()
        == 1;
  }

  private String requeue(String condition) {
    return "UPDATE %s SET state = 'queued', taken_by = NULL%s WHERE state = 'running' AND %s"
        .formatted(name, reset, condition);
  }
}
