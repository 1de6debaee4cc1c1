package dev.storewatch.work;

import dev.storewatch.database.PostgresDatabase;

/**
 * The due times of processes that share a database, in its table {@code job}. A process that has
 * claimed a job keeps it as long as its lease holds.
 *
 * <p>The table has the form of db-scheduler, which did this in older versions: servers of both
 * versions may run at the same time, while they are updated one after the other.
 */
final class SharedDueTimes implements DueTimes {
  private static final String ROW = "task_name = ? AND task_instance = 'recurring'";

  private final PostgresDatabase database;

  SharedDueTimes(PostgresDatabase database) {
    this.database = database;
  }

  @Override
  public boolean claim(Job job) {
    return database.inTransaction(
        () -> {
          update(
              """
              INSERT INTO job (task_name, task_instance, execution_time, picked, version)
              VALUES (?, 'recurring', clock_timestamp(), FALSE, 1) ON CONFLICT DO NOTHING\
              """,
              job.name());
          return update(
                  """
                  UPDATE job
                  SET picked = TRUE, picked_by = ?, last_heartbeat = clock_timestamp(),
                    version = version + 1
                  WHERE %s AND execution_time <= clock_timestamp() AND (NOT picked OR %s)\
                  """
                      .formatted(ROW, database.isGone("picked_by")),
                  database.self(),
                  job.name())
              == 1;
        });
  }

  @Override
  public void done(Job job) {
    var _ =
        database.call(
            () ->
                update(
                    """
                    UPDATE job
                    SET picked = FALSE, picked_by = NULL, last_heartbeat = NULL,
                      last_success = clock_timestamp(),
                      execution_time = clock_timestamp() + ? * interval '1 millisecond',
                      version = version + 1
                    WHERE %s AND picked_by = ?\
                    """
                        .formatted(ROW),
                    job.every().toMillis(),
                    job.name(),
                    database.self()));
  }

  private int update(String sql, Object... parameters) {
    return database.jdbc().sql(sql).params(parameters).update();
  }
}
