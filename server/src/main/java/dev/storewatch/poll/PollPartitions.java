package dev.storewatch.poll;

import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.interval.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The partitions of the table of polls: made when a poll needs one, or ahead. Their counts and
 * newest polls are kept beside them, so that the newest poll of all is known without a scan.
 *
 * <p>All of it happens in a transaction that writes polls, of which there is only one at a time.
 */
final class PollPartitions {
  /** The most partitions that are made ahead. */
  private static final int MOST_AHEAD = 3;

  private final PostgresDatabase database;

  PollPartitions(PostgresDatabase database) {
    this.database = database;
  }

  /** Returns all partitions, the earliest first. */
  List<PollPartition> all() {
    return database
        .jdbc()
        .sql("SELECT name, starts_at, ends_at FROM poll_partition ORDER BY starts_at")
        .query(
            (row, n) ->
                new PollPartition(row.getString(1), new Span(row.getLong(2), row.getLong(3))))
        .list();
  }

  /** Makes the partition of an instant and those just before it. */
  void makeUntil(long instant) {
    List<PollPartition> wanted = new ArrayList<>();
    for (PollPartition next = PollPartition.of(instant); wanted.size() < MOST_AHEAD; ) {
      wanted.add(next);
      next = PollPartition.of(next.time().start() - 1);
    }
    require(wanted);
  }

  /** Makes those partitions that do not exist yet. */
  void require(List<PollPartition> wanted) {
    Set<PollPartition> there = wanted.isEmpty() ? Set.of() : new HashSet<>(all());
    wanted.stream().filter(partition -> !there.contains(partition)).forEach(this::make);
  }

  /**
   * Makes a table apart and attaches it, because making it in its place would stop everybody who
   * reads polls.
   */
  private void make(PollPartition partition) {
    String name = partition.name();
    execute("CREATE TABLE %s (LIKE poll INCLUDING ALL)".formatted(name));
    execute(
        "ALTER TABLE poll ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)"
            .formatted(name, partition.time().start(), partition.time().end()));
    database
        .jdbc()
        .sql("INSERT INTO poll_partition (name, starts_at, ends_at) VALUES (?, ?, ?)")
        .params(name, partition.time().start(), partition.time().end())
        .update();
  }

  private void execute(String sql) {
    database.jdbc().sql(sql).update();
  }

  /** Counts polls that came into a partition, and keeps the newest of them if it is newer. */
  void count(PollPartition partition, long polls, long newest) {
    database
        .jdbc()
        .sql(
            """
            UPDATE poll_partition SET polls = polls + ?, newest_at = greatest(newest_at, ?)
            WHERE name = ?\
            """)
        .params(polls, newest, partition.name())
        .update();
  }

  /**
   * Returns the newest poll that is not after an instant. Only the partition that holds the instant
   * is searched, because of the others the newest poll is known.
   */
  Optional<Long> newest(long notAfter) {
    for (PollPartition partition : all()) {
      if (partition.holds(notAfter)) {
        Optional<Long> found =
            database
                .jdbc()
                .sql(
                    "SELECT max(polled_at) FROM %s WHERE polled_at <= ?"
                        .formatted(partition.name()))
                .param(notAfter)
                .query(Long.class)
                .optional();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return database
        .jdbc()
        .sql("SELECT max(newest_at) FROM poll_partition WHERE ends_at <= ?")
        .param(notAfter)
        .query(Long.class)
        .optional();
  }

  /** Counts anew what is in a partition. */
  void recount(PollPartition partition) {
    execute(
        """
        UPDATE poll_partition SET polls = found.polls, newest_at = found.newest_at
        FROM (SELECT count(*) AS polls, max(polled_at) AS newest_at FROM %1$s) found
        WHERE name = '%1$s'\
        """
            .formatted(partition.name()));
  }

  /**
   * Drops the partitions that end by an instant, and deletes what is before it in others.
   *
   * @return whether anything was deleted
   */
  boolean dropBefore(long instant) {
    // Dropping a partition waits for everybody who reads polls, and new readers wait behind it, so
    // it must not wait for long.
    execute("SET LOCAL lock_timeout = '3s'");
    boolean found = false;
    for (PollPartition partition : all()) {
      if (partition.time().end() <= instant) {
        execute("DROP TABLE " + partition.name());
        execute("DELETE FROM poll_partition WHERE name = '%s'".formatted(partition.name()));
        found = true;
      } else if (partition.time().start() < instant) {
        found |= deleteBefore(instant, partition);
      }
    }
    return found;
  }

  private boolean deleteBefore(long instant, PollPartition partition) {
    int deleted =
        database
            .jdbc()
            .sql("DELETE FROM %s WHERE polled_at < ?".formatted(partition.name()))
            .param(instant)
            .update();
    if (deleted > 0) {
      recount(partition);
    }
    return deleted > 0;
  }
}
