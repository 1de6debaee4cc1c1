package dev.storewatch.alert;

import dev.storewatch.database.Columns;
import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import dev.storewatch.work.WorkTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The deliveries of a database as work: which are sent next by this process, and how that ended.
 *
 * <p>What changes rows has its turn alone, in all processes, because rates and bounds are those of
 * the receivers, and because DuckDB refuses what changes a row at the same time.
 *
 * <p>Each turn costs several statements and a commit, so messages to one channel are claimed and
 * ended together. What was claimed together has the same {@code started_at}, and nothing else of
 * the channel that is being sent has it.
 */
final class Claims {
  /** How many messages a channel is sent at once: more would wait for each other there. */
  private static final int AT_ONCE = 2;

  /**
   * How much of a channel's time is claimed together. Longer would cost less and make what is
   * claimed wait longer for a process that has ended.
   */
  private static final long CLAIMED_AHEAD = Micros.SECOND / 2;

  /**
   * How long before its time the next message to a channel is claimed: another thread has claimed
   * what comes next when the last of a batch is sent. Channels that get few messages have no need.
   */
  private static final long CLAIMED_EARLY = Micros.SECOND / 4;

  private static final String EARLY =
      "CASE WHEN c.failures = 0 AND c.per_minute > 240 THEN %d ELSE 0 END".formatted(CLAIMED_EARLY);

  private static final long MINUTE = 60 * Micros.SECOND;

  private static final String NOTHING_OLDER =
      """
      NOT EXISTS (
        SELECT 1 FROM alert_delivery e
        WHERE e.channel_id = d.channel_id AND e.incident = d.incident
          AND e.number < d.number AND e.state IN ('queued', 'running'))\
      """;

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

  /** A channel whose turn it is. */
  private record Turn(String channelId, int perMinute, int failures, long nextAt, long lastBegin) {
    /** Returns how long the channel is left alone after each message. */
    long pause() {
      return MINUTE / perMinute;
    }

    /** While a receiver is away, one message is tried, and not all that wait. */
    int most() {
      return failures > 0 ? 1 : (int) Math.max(1, CLAIMED_AHEAD / pause());
    }
  }

  /**
   * How a message ended.
   *
   * @param delivery the message
   * @param state its last state
   * @param note what the receiver said
   * @param at when
   */
  record End(Delivery delivery, Delivery.State state, String note, long at) {}

  /**
   * What a receiver did not take.
   *
   * @param delivery the message
   * @param dueAt when to try it again
   * @param pauseUntil until when the channel gets nothing
   * @param note what went wrong
   */
  record Retry(Delivery delivery, long dueAt, long pauseUntil, String note) {}

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
                SELECT min(greatest(d.due_at, c.next_at - %s))
                FROM alert_delivery d JOIN alert_channel c ON c.id = d.channel_id
                WHERE d.state = 'queued'\
                """
                        .formatted(EARLY))
                    .query(
                        (row, n) -> SqlDeliveries.instant(row, row.getMetaData().getColumnName(1)))
                    .optional()
                    .orElse(null));
    return turn == null ? OptionalLong.empty() : OptionalLong.of(turn);
  }

  /**
   * Claims for this process the deliveries whose turn it is, if there are any: to a channel that is
   * not paused and takes more now, each with nothing older about the same incident.
   */
  Optional<Batch> claim() {
    return changing(this::claimInTurn);
  }

  private Optional<Batch> claimInTurn() {
    long now = now();
    Optional<Turn> turn = turn(now);
    while (turn.isPresent() && skipsStale(turn.get(), now)) {
      turn = turn(now);
    }
    return turn.map(each -> claimed(each, now));
  }

  private Optional<Turn> turn(long now) {
    return sql(
            """
            SELECT c.id, c.per_minute, c.failures, c.next_at, coalesce(r.last, 0) AS last_begin
            FROM alert_delivery d
              JOIN alert_channel c ON c.id = d.channel_id
              LEFT JOIN (
                SELECT channel_id, count(DISTINCT started_at) AS batches, max(started_at) AS last
                FROM alert_delivery WHERE state = 'running' GROUP BY channel_id) r
                ON r.channel_id = c.id
            WHERE d.state = 'queued' AND d.due_at <= ? AND c.next_at - %s <= ?
              AND coalesce(r.batches, 0) < CASE WHEN c.failures > 0 THEN 1 ELSE ? END
              AND %s
            ORDER BY d.due_at, d.number LIMIT 1\
            """
                .formatted(EARLY, NOTHING_OLDER),
            now,
            now,
            AT_ONCE)
        .query(
            (row, number) ->
                new Turn(
                    row.getString("id"),
                    row.getInt("per_minute"),
                    row.getInt("failures"),
                    row.getLong("next_at"),
                    row.getLong("last_begin")))
        .optional();
  }

  /**
   * Ends the beginnings whose end waits too: the end says since when it was, and nobody has to be
   * called because of what is over.
   *
   * @return whether there was any
   */
  private boolean skipsStale(Turn turn, long now) {
    return sql(
                """
                UPDATE alert_delivery
                SET state = 'skipped', ended_at = ?, note = 'it is over: its end says all'
                WHERE channel_id = ? AND state = 'queued' AND kind IN ('started', 'continues')
                  AND EXISTS (
                    SELECT 1 FROM alert_delivery e
                    WHERE e.channel_id = alert_delivery.channel_id
                      AND e.incident = alert_delivery.incident
                      AND e.number > alert_delivery.number AND e.kind = 'ended'
                      AND e.state = 'queued')\
                """,
                now,
                turn.channelId())
            .update()
        > 0;
  }

  /** Marks deliveries as this process's own, and their channel as having got so many more. */
  private Batch claimed(Turn turn, long now) {
    List<Long> numbers = numbers(turn, now);
    long begin = Math.max(now, turn.lastBegin() + 1);
    List<Delivery> deliveries =
        sql(
                """
                UPDATE alert_delivery
                SET state = 'running', taken_by = ?, started_at = ?, attempts = attempts + 1
                WHERE number IN (%s) AND state = 'queued' RETURNING %s\
                """
                    .formatted(list(numbers), SqlDeliveries.COLUMNS),
                database.self(),
                begin)
            .query(SqlDeliveries::delivery)
            .list()
            .stream()
            .sorted((a, b) -> Integer.compare(place(numbers, a), place(numbers, b)))
            .toList();
    long first = Math.max(turn.nextAt(), now);
    List<Batch.Slot> slots = new ArrayList<>();
    for (Delivery delivery : deliveries) {
      slots.add(new Batch.Slot(delivery, first + slots.size() * turn.pause()));
    }
    var _ =
        sql(
                "UPDATE alert_channel SET next_at = ? WHERE id = ?",
                first + slots.size() * turn.pause(),
                turn.channelId())
            .update();
    return new Batch(turn.channelId(), slots);
  }

  private static int place(List<Long> numbers, Delivery delivery) {
    return numbers.indexOf(delivery.number());
  }

  /** Numbers in SQL: they are short, and no text of others. */
  private static String list(List<Long> numbers) {
    return String.join(", ", numbers.stream().map(String::valueOf).toList());
  }

  /** Returns what to claim: half of what waits at most, so that another thread can send too. */
  private List<Long> numbers(Turn turn, long now) {
    int most = turn.most();
    List<Long> waiting =
        sql(
                """
                SELECT d.number FROM alert_delivery d
                WHERE d.state = 'queued' AND d.channel_id = ? AND d.due_at <= ? AND %s
                ORDER BY d.due_at, d.number LIMIT ?\
                """
                    .formatted(NOTHING_OLDER),
                turn.channelId(),
                now,
                AT_ONCE * most)
            .query((row, place) -> row.getLong("number"))
            .list();
    return waiting.subList(0, Math.ceilDiv(waiting.size(), AT_ONCE));
  }

  /** Returns whether this process still holds any of its claims. */
  boolean keep(Collection<Long> numbers) {
    return numbers.isEmpty()
        || database.call(
            () ->
                sql(
                            """
                            SELECT count(*) FROM alert_delivery
                            WHERE number IN (%s) AND state = 'running' AND taken_by = ?\
                            """
                                .formatted(list(List.copyOf(numbers))),
                            database.self())
                        .query(Integer.class)
                        .single()
                    > 0);
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

  /** Ends claims; nothing is changed of those that are not held any more. */
  void end(String channelId, List<End> ends) {
    if (!ends.isEmpty()) {
      boolean _ = changing(() -> ended(ends) && worked(channelId));
    }
  }

  private boolean ended(List<End> ends) {
    return database.update(
            """
            UPDATE alert_delivery
            SET state = f.ended_in, ended_at = f.end_at, note = f.said, taken_by = NULL
            FROM :rows f
            WHERE alert_delivery.number = f.claimed AND alert_delivery.state = 'running'
              AND alert_delivery.taken_by = f.held_by\
            """,
            new Columns()
                .longs(
                    "claimed", ends.stream().mapToLong(each -> each.delivery().number()).toArray())
                .texts("ended_in", ends.stream().map(each -> each.state().word()).toList())
                .longs("end_at", ends.stream().mapToLong(End::at).toArray())
                .texts("said", ends.stream().map(End::note).toList())
                .texts("held_by", ends.stream().map(_ -> database.self()).toList()))
        > 0;
  }

  private boolean worked(String channelId) {
    return sql(
                """
                UPDATE alert_channel SET failures = 0, last_error = NULL
                WHERE id = ? AND failures > 0\
                """,
                channelId)
            .update()
        == 1;
  }

  /**
   * Ends claims, puts back one that failed to be tried again, and leaves its channel alone
   * meanwhile.
   */
  void retry(List<End> ends, Retry retry) {
    String channel = retry.delivery().channelId();
    boolean _ =
        changing(
            () -> {
              if (!ends.isEmpty() && ended(ends)) {
                boolean _ = worked(channel);
              }
              return waits(retry) && failed(channel, retry);
            });
  }

  private boolean failed(String channelId, Retry retry) {
    return sql(
                """
                UPDATE alert_channel
                SET failures = failures + 1, last_error = ?, next_at = greatest(next_at, ?)
                WHERE id = ?\
                """,
                retry.note(),
                retry.pauseUntil(),
                channelId)
            .update()
        == 1;
  }

  private boolean waits(Retry retry) {
    return sql(
                """
                UPDATE alert_delivery SET state = 'queued', due_at = ?, note = ?, taken_by = NULL
                WHERE number = ? AND state = 'running' AND taken_by = ?\
                """,
                retry.dueAt(),
                retry.note(),
                retry.delivery().number(),
                database.self())
            .update()
        == 1;
  }

  /** Puts back claims of messages that were not sent. */
  void putBack(List<Long> numbers) {
    if (numbers.isEmpty()) {
      return;
    }
    int _ =
        changing(
            () ->
                sql(
                        """
                        UPDATE alert_delivery
                        SET state = 'queued', attempts = attempts - 1, started_at = NULL,
                          taken_by = NULL
                        WHERE number IN (%s) AND state = 'running' AND taken_by = ?\
                        """
                            .formatted(list(numbers)),
                        database.self())
                    .update());
  }
}
