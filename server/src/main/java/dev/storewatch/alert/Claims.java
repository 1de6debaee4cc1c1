package dev.storewatch.alert;

import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.work.WorkTable;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The deliveries of a database as work: which one is sent next by this process, and how that ended.
 *
 * <p>What changes rows has its turn alone, in all processes, because rates and bounds are those of
 * the receivers, and because DuckDB refuses what changes a row at the same time.
 */
final class Claims {
  /** How many messages a channel is sent at once: more would wait for each other there. */
  private static final int AT_ONCE = 2;

  private static final long MINUTE = 60 * Micros.SECOND;
  private static final String HELD = "number = ? AND state = 'running' AND taken_by = ?";

  private final Database database;
  private final Clock clock;
  private final WorkTable work;

  Claims(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.work =
        new WorkTable(
            database,
            "alert_delivery",
            "number",
            "attempts",
            "started_at",
            "TRUE",
            ", started_at = NULL");
  }

  private long now() {
    return Micros.of(clock.instant());
  }

  private <T> T changing(Supplier<T> work) {
    return database.exclusively(ChannelBook.TURN, work);
  }

  private JdbcClient.StatementSpec sql(String sql, Object... parameters) {
    JdbcClient.StatementSpec statement = database.jdbc().sql(sql);
    return parameters.length == 0 ? statement : statement.params(parameters);
  }

  /** Returns when the next delivery may be claimed, if one waits. */
  OptionalLong nextTurn() {
    Long turn =
        database.call(
            () ->
                sql("""
                SELECT min(greatest(d.due_at, c.next_at))
                FROM alert_delivery d JOIN alert_channel c ON c.id = d.channel_id
                WHERE d.state = 'queued'\
                """)
                    .query(
                        (row, n) -> SqlDeliveries.instant(row, row.getMetaData().getColumnName(1)))
                    .optional()
                    .orElse(null));
    return turn == null ? OptionalLong.empty() : OptionalLong.of(turn);
  }

  /**
   * Claims the delivery for this process whose turn it is, if there is one: of a channel that is
   * not paused, takes another one now, and has nothing older about the same incident.
   */
  Optional<Delivery> claim() {
    return changing(() -> nextOf(now()).flatMap(this::claimed));
  }

  private Optional<Long> nextOf(long now) {
    return sql(
            """
            SELECT d.number FROM alert_delivery d JOIN alert_channel c ON c.id = d.channel_id
            WHERE d.state = 'queued' AND d.due_at <= ? AND c.next_at <= ?
              AND NOT EXISTS (
                SELECT 1 FROM alert_delivery e
                WHERE e.channel_id = d.channel_id AND e.incident = d.incident
                  AND e.number < d.number AND e.state IN ('queued', 'running'))
              AND CASE WHEN c.failures > 0 THEN 1 ELSE ? END > (
                SELECT count(*) FROM alert_delivery r
                WHERE r.channel_id = d.channel_id AND r.state = 'running')
            ORDER BY d.due_at, d.number LIMIT 1\
            """,
            now,
            now,
            AT_ONCE)
        .query(Long.class)
        .optional();
  }

  /** Marks a delivery as this process's own, and its channel as having got one more. */
  private Optional<Delivery> claimed(long number) {
    long now = now();
    Delivery delivery =
        sql(
                """
                UPDATE alert_delivery
                SET state = 'running', taken_by = ?, started_at = ?, attempts = attempts + 1
                WHERE number = ? AND state = 'queued' RETURNING %s\
                """
                    .formatted(SqlDeliveries.COLUMNS),
                database.self(),
                now,
                number)
            .query(SqlDeliveries::delivery)
            .single();
    var _ =
        sql(
                """
                UPDATE alert_channel SET next_at = greatest(next_at, ?) + %d / per_minute
                WHERE id = ?\
                """
                    .formatted(MINUTE),
                now,
                delivery.channelId())
            .update();
    return Optional.of(delivery);
  }

  /** Writes that a claim is still held; returns whether it is. */
  boolean keep(Delivery delivery) {
    return changing(() -> work.keepProgress(delivery.number(), delivery.attempts(), now()));
  }

  /** Puts back the claims of processes that do not work any more; returns how many there were. */
  int requeueAbandoned() {
    return changing(work::requeueAbandoned);
  }

  /** Puts back the claims of this process, except for some. */
  void releaseAllBut(Collection<Long> numbers) {
    var _ =
        changing(
            () -> {
              work.releaseAllBut(numbers);
              return true;
            });
  }

  /**
   * Ends a claim; nothing is changed if it is not held any more.
   *
   * @param state how it ended
   * @param note what the receiver said
   */
  void end(Delivery delivery, Delivery.State state, String note) {
    var _ =
        changing(
            () ->
                ended(delivery, state, note)
                    && sql(
                                """
                                UPDATE alert_channel SET failures = 0, last_error = NULL
                                WHERE id = ? AND failures > 0\
                                """,
                                delivery.channelId())
                            .update()
                        == 1);
  }

  private boolean ended(Delivery delivery, Delivery.State state, String note) {
    return sql(
                """
                UPDATE alert_delivery SET state = ?, ended_at = ?, note = ?, taken_by = NULL
                WHERE %s\
                """
                    .formatted(HELD),
                state.word(),
                now(),
                note,
                delivery.number(),
                database.self())
            .update()
        == 1;
  }

  /**
   * Puts back a claim to be tried again, and leaves its channel alone meanwhile.
   *
   * @param dueAt when to try it again
   * @param pauseUntil until when the channel gets nothing
   * @param note what went wrong
   */
  void retry(Delivery delivery, long dueAt, long pauseUntil, String note) {
    var _ =
        changing(
            () ->
                waits(delivery, dueAt, note)
                    && sql(
                                """
                                UPDATE alert_channel
                                SET failures = failures + 1, last_error = ?,
                                  next_at = greatest(next_at, ?)
                                WHERE id = ?\
                                """,
                                note,
                                pauseUntil,
                                delivery.channelId())
                            .update()
                        == 1);
  }

  private boolean waits(Delivery delivery, long dueAt, String note) {
    return sql(
                """
                UPDATE alert_delivery SET state = 'queued', due_at = ?, note = ?, taken_by = NULL
                WHERE %s\
                """
                    .formatted(HELD),
                dueAt,
                note,
                delivery.number(),
                database.self())
            .update()
        == 1;
  }
}
