package dev.storewatch.schedule;

import dev.storewatch.alert.Deliveries;
import dev.storewatch.database.Database;
import dev.storewatch.input.WrongInput;
import dev.storewatch.work.WorkTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Schedules in a database. Those whose time has come are work that any server may do. */
final class SqlSchedules {
  private static final String COLUMNS =
      """
      SELECT id, name, every, day, at_second, zone, what, request, channel_id, folder, entered_at,
        entered_by, next_at, due_at, failures, last_at, last_due, outcome, detail, report_id,
        delivery_id
      FROM report_schedule
      """;

  /** The turn of whatever changes a row, in all processes: DuckDB refuses the second at once. */
  private static final String TURN = "report.schedule";

  private final Database database;
  private final WorkTable work;

  SqlSchedules(Database database) {
    this.database = database;
    this.work = new WorkTable(database, "report_schedule", "id", "tries", "looks", "TRUE", "");
  }

  private <T> T changing(Supplier<T> change) {
    return database.exclusively(TURN, change);
  }

  /**
   * Keeps a new schedule.
   *
   * @throws WrongInput if there are as many as may be, or another one has the name
   */
  void add(ReportSchedule schedule, int most) {
    var _ =
        changing(
            () -> {
              if (count("TRUE") >= most) {
                throw new WrongInput(
                    "there are %d schedules of reports, the most that may be: delete one first"
                        .formatted(most));
              }
              if (count("name = ?", schedule.name()) > 0) {
                throw new WrongInput(
                    "another schedule of reports is called '%s': use another name"
                        .formatted(schedule.name()));
              }
              return insert(schedule);
            });
  }

  private int count(String condition, Object... parameters) {
    var statement = database.jdbc().sql("SELECT count(*) FROM report_schedule WHERE " + condition);
    return (parameters.length == 0 ? statement : statement.params(parameters))
        .query(Integer.class)
        .single();
  }

  private int insert(ReportSchedule schedule) {
    LocalTimes times = schedule.times();
    return database
        .jdbc()
        .sql(
            """
            INSERT INTO report_schedule
              (id, name, every, day, at_second, zone, what, request, channel_id, folder, state,
               entered_at, entered_by, next_at, try_at, failures)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, 0)\
            """)
        .param(schedule.id())
        .param(schedule.name())
        .param(times.every().word())
        .param(times.every() == LocalTimes.Every.DAY ? null : times.day())
        .param(times.at().toSecondOfDay())
        .param(times.zone())
        .param(schedule.wanted().word())
        .param(schedule.wanted().toJson())
        .param(schedule.channel())
        .param(schedule.folder())
        .param(schedule.enteredAt())
        .param(schedule.enteredBy())
        .param(schedule.next())
        .param(schedule.next())
        .update();
  }

  /** Deletes a schedule; returns whether it was there. */
  boolean delete(String id) {
    return changing(
            () ->
                database.jdbc().sql("DELETE FROM report_schedule WHERE id = ?").param(id).update())
        == 1;
  }

  /** Has a schedule that waits made now, for this instant; returns whether it waits. */
  boolean runAt(String id, long now) {
    return changing(
            () ->
                database
                    .jdbc()
                    .sql(
                        "UPDATE report_schedule SET try_at = ?, due_at = ? WHERE id = ? AND state ="
                            + " 'queued'")
                    .params(now, now, id)
                    .update())
        == 1;
  }

  Optional<ReportSchedule> find(String id) {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(COLUMNS + "WHERE id = ?")
                .param(id)
                .query(SqlSchedules::schedule)
                .optional());
  }

  /** Returns all schedules, in the order in which they were entered. */
  List<ReportSchedule> all() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql(COLUMNS + "ORDER BY entered_at, id")
                .query(SqlSchedules::schedule)
                .list());
  }

  /** Claims for this process the schedule that is due for the longest time, if one is. */
  Optional<ReportSchedule> claim(long now) {
    String sql =
        """
        UPDATE report_schedule SET state = 'running', taken_by = ?, tries = 0, looks = 0
        WHERE state = 'queued'
          AND id = (
            SELECT id FROM report_schedule WHERE state = 'queued' AND try_at <= ?
            ORDER BY try_at, id LIMIT 1)
        RETURNING id\
        """;
    return changing(
            () ->
                database
                    .jdbc()
                    .sql(sql)
                    .params(database.self(), now)
                    .query(String.class)
                    .optional())
        .flatMap(this::find);
  }

  /**
   * Keeps what came of a schedule of this process, and lets it wait for its next time.
   *
   * @param order the message that is sent if this process still holds the schedule; or null
   * @return whether it still held it
   */
  boolean end(
      String id,
      ReportSchedule.Last last,
      long next,
      Deliveries deliveries,
      Deliveries.@Nullable Order order) {
    return changing(
        () -> {
          boolean held =
              database
                      .jdbc()
                      .sql(
                          """
                          UPDATE report_schedule
                          SET state = 'queued', taken_by = NULL, next_at = ?, try_at = ?,
                            due_at = NULL, failures = 0, last_at = ?, last_due = ?, outcome = ?,
                            detail = ?, report_id = ?, delivery_id = NULL
                          WHERE id = ? AND state = 'running' AND taken_by = ?\
                          """)
                      .params(next, next, last.at(), last.due(), last.outcome(), last.detail())
                      .param(last.report())
                      .param(id)
                      .param(database.self())
                      .update()
                  == 1;
          if (held && order != null) {
            String delivery = deliveries.add(List.of(order)).getFirst();
            var _ =
                database
                    .jdbc()
                    .sql("UPDATE report_schedule SET delivery_id = ? WHERE id = ?")
                    .params(delivery, id)
                    .update();
          }
          return held;
        });
  }

  /** Keeps that a schedule of this process could not be made, and when it is tried again. */
  boolean retry(String id, ReportSchedule.Last last, long tryAt, int failures) {
    return changing(
            () ->
                database
                    .jdbc()
                    .sql(
                        """
                        UPDATE report_schedule
                        SET state = 'queued', taken_by = NULL, try_at = ?, due_at = ?, failures = ?,
                          last_at = ?, last_due = ?, outcome = ?, detail = ?, report_id = ?,
                          delivery_id = NULL
                        WHERE id = ? AND state = 'running' AND taken_by = ?\
                        """)
                    .params(tryAt, last.due(), failures, last.at(), last.due(), last.outcome())
                    .params(last.detail())
                    .param(last.report())
                    .param(id)
                    .param(database.self())
                    .update())
        == 1;
  }

  boolean keepProgress(String id) {
    return changing(() -> work.keepProgress(id, 0, 0));
  }

  int requeueAbandoned() {
    return changing(work::requeueAbandoned);
  }

  void releaseAllBut(Collection<String> ids) {
    var _ =
        changing(
            () -> {
              work.releaseAllBut(ids);
              return true;
            });
  }

  private static ReportSchedule schedule(ResultSet row, int number) throws SQLException {
    return new ReportSchedule(
        row.getString("id"),
        row.getString("name"),
        new LocalTimes(
            LocalTimes.Every.of(row.getString("every")),
            row.getInt("day"),
            LocalTime.ofSecondOfDay(row.getInt("at_second")),
            row.getString("zone")),
        Wanted.read(row.getString("what"), row.getString("request")),
        row.getString("channel_id"),
        row.getString("folder"),
        row.getLong("entered_at"),
        row.getString("entered_by"),
        row.getLong("next_at"),
        instant(row, "due_at"),
        row.getInt("failures"),
        last(row));
  }

  private static @Nullable Long instant(ResultSet row, String column) throws SQLException {
    long instant = row.getLong(column);
    return row.wasNull() ? null : instant;
  }

  private static ReportSchedule.@Nullable Last last(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    return outcome == null
        ? null
        : new ReportSchedule.Last(
            row.getLong("last_at"),
            row.getLong("last_due"),
            outcome,
            row.getString("detail"),
            row.getString("report_id"),
            row.getString("delivery_id"));
  }
}
