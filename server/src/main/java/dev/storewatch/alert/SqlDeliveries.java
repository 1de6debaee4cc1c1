package dev.storewatch.alert;

import dev.storewatch.channel.AlertJson;
import dev.storewatch.channel.Attachment;
import dev.storewatch.database.Columns;
import dev.storewatch.database.Database;
import dev.storewatch.interval.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Deliveries in a database: what is queued, and what is seen and said of it. */
final class SqlDeliveries implements Deliveries {
  private static final String TOO_MANY =
      "%d messages wait for the channel, the most that may: it can be sent again when there are fewer"
          .formatted(MOST_WAITING);

  static final String COLUMNS =
      """
      number, id, channel_id, alert, state, queued_at, since_at, due_at, attempts, ended_at, note\
      """;

  private static final String CHANNEL_IS_THERE =
      "channel_id IN (SELECT id FROM alert_channel WHERE removed_at IS NULL)";

  private final Database database;
  private final Clock clock;
  private volatile Runnable whenQueued = () -> {};

  SqlDeliveries(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  private long now() {
    return Micros.of(clock.instant());
  }

  private <T> T changing(Supplier<T> work) {
    return database.exclusively(ChannelBook.TURN, work);
  }

  @Override
  public void whenQueued(Runnable listener) {
    whenQueued = listener;
  }

  @Override
  public void wake() {
    whenQueued.run();
  }

  /** Tells once after a commit, however much was queued. */
  private final class Queued implements TransactionSynchronization {
    @Override
    public void afterCommit() {
      whenQueued.run();
    }
  }

  private void tellAfterCommit() {
    if (TransactionSynchronizationManager.getSynchronizations().stream()
        .noneMatch(Queued.class::isInstance)) {
      TransactionSynchronizationManager.registerSynchronization(new Queued());
    }
  }

  @Override
  public List<String> add(List<Order> orders) {
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("alerts are queued in the transaction of what they tell of");
    }
    if (orders.isEmpty()) {
      return List.of();
    }
    List<String> ids = orders.stream().map(each -> UUID.randomUUID().toString()).toList();
    var _ =
        database.update(
            """
            INSERT INTO alert_delivery
              (id, channel_id, incident, kind, alert, state, queued_at, since_at, due_at, attempts,
               ended_at, note)
            SELECT id, channel_id, incident, kind, alert,
              CASE WHEN fits THEN 'queued' ELSE 'dead' END, queued_at, queued_at, queued_at, 0,
              CASE WHEN fits THEN NULL ELSE queued_at END, CASE WHEN fits THEN NULL ELSE '%s' END
            FROM :rows f ORDER BY f.place\
            """
                .formatted(TOO_MANY),
            rows(orders, ids));
    for (int place = 0; place < ids.size(); place++) {
      Attachment attachment = orders.get(place).attachment();
      if (attachment != null) {
        attach(ids.get(place), attachment);
      }
    }
    tellAfterCommit();
    return ids;
  }

  /** Files are kept as text, as all that is copied from one database to the other. */
  private void attach(String id, Attachment attachment) {
    var _ =
        sql(
                "INSERT INTO alert_attachment (delivery_id, name, type, content) VALUES (?, ?, ?,"
                    + " ?)",
                id,
                attachment.name(),
                attachment.type(),
                Base64.getEncoder().encodeToString(attachment.content()))
            .update();
  }

  @Override
  public Optional<Attachment> attachment(String id) {
    return database.call(
        () ->
            sql("SELECT name, type, content FROM alert_attachment WHERE delivery_id = ?", id)
                .query(
                    (row, number) ->
                        new Attachment(
                            row.getString("name"),
                            row.getString("type"),
                            Base64.getDecoder().decode(row.getString("content"))))
                .optional());
  }

  private Columns rows(List<Order> orders, List<String> ids) {
    long[] at = new long[orders.size()];
    Arrays.fill(at, now());
    int[] places = new int[orders.size()];
    Arrays.setAll(places, place -> place);
    return new Columns()
        .ints("place", places)
        .texts("id", ids)
        .texts("channel_id", orders.stream().map(Order::channelId).toList())
        .texts("incident", orders.stream().map(each -> each.alert().incident()).toList())
        .texts("kind", orders.stream().map(each -> each.alert().kind().word()).toList())
        .texts("alert", orders.stream().map(each -> AlertJson.write(each.alert())).toList())
        .longs("queued_at", at)
        .booleans("fits", fits(orders));
  }

  /** Returns for each order whether there is room for it among those that wait for its channel. */
  private boolean[] fits(List<Order> orders) {
    Map<String, Integer> waiting = new HashMap<>();
    boolean[] fits = new boolean[orders.size()];
    for (int place = 0; place < fits.length; place++) {
      String channel = orders.get(place).channelId();
      int before = waiting.computeIfAbsent(channel, this::countWaiting);
      fits[place] = before < MOST_WAITING;
      waiting.put(channel, before + 1);
    }
    return fits;
  }

  private int countWaiting(String channelId) {
    return sql(
            """
            SELECT count(*) FROM alert_delivery
            WHERE channel_id = ? AND state IN ('queued', 'running')\
            """,
            channelId)
        .query(Integer.class)
        .single();
  }

  private JdbcClient.StatementSpec sql(String sql, Object... parameters) {
    JdbcClient.StatementSpec statement = database.jdbc().sql(sql);
    return parameters.length == 0 ? statement : statement.params(parameters);
  }

  static Delivery delivery(ResultSet row, int number) throws SQLException {
    return new Delivery(
        row.getLong("number"),
        row.getString("id"),
        row.getString("channel_id"),
        AlertJson.read(row.getString("alert")),
        Delivery.State.of(row.getString("state")),
        row.getLong("queued_at"),
        row.getLong("since_at"),
        row.getLong("due_at"),
        row.getInt("attempts"),
        instant(row, "ended_at"),
        row.getString("note"));
  }

  static @Nullable Long instant(ResultSet row, String column) throws SQLException {
    long instant = row.getLong(column);
    return row.wasNull() ? null : instant;
  }

  @Override
  public Optional<Delivery> find(String id) {
    return database.call(
        () ->
            sql("SELECT %s FROM alert_delivery WHERE id = ?".formatted(COLUMNS), id)
                .query(SqlDeliveries::delivery)
                .optional());
  }

  @Override
  public List<Delivery> list(
      int limit,
      long before,
      @Nullable String channelId,
      Delivery.@Nullable State state,
      @Nullable String incident) {
    List<Object> parameters = new ArrayList<>(List.of(before));
    StringBuilder conditions = new StringBuilder("number < ?");
    addCondition("channel_id", channelId, conditions, parameters);
    addCondition("state", state == null ? null : state.word(), conditions, parameters);
    addCondition("incident", incident, conditions, parameters);
    parameters.add(limit);
    String sql =
        "SELECT %s FROM alert_delivery WHERE %s ORDER BY number DESC LIMIT ?"
            .formatted(COLUMNS, conditions);
    return database.call(
        () -> sql(sql, parameters.toArray()).query(SqlDeliveries::delivery).list());
  }

  private static void addCondition(
      String column, @Nullable String value, StringBuilder conditions, List<Object> parameters) {
    if (value != null) {
      conditions.append(" AND ").append(column).append(" = ?");
      parameters.add(value);
    }
  }

  @Override
  public Map<String, Load> loads() {
    Map<String, Load> loads = new HashMap<>();
    database.call(
        () -> {
          sql("""
          SELECT channel_id, count(CASE WHEN state IN ('queued', 'running') THEN 1 END),
            count(CASE WHEN state = 'dead' THEN 1 END)
          FROM alert_delivery WHERE state IN ('queued', 'running', 'dead') GROUP BY channel_id\
          """)
              .query(
                  (RowCallbackHandler)
                      row -> loads.put(row.getString(1), new Load(row.getLong(2), row.getLong(3))));
          return loads;
        });
    return loads;
  }

  @Override
  public boolean resend(String id) {
    return again("id = ? AND state IN ('dead', 'accepted') AND " + CHANNEL_IS_THERE, id) == 1;
  }

  @Override
  public int resendAll(String channelId) {
    return again("channel_id = ? AND state = 'dead' AND " + CHANNEL_IS_THERE, channelId);
  }

  private int again(String condition, String parameter) {
    long now = now();
    int queued =
        changing(
            () ->
                sql(
                        """
                        UPDATE alert_delivery
                        SET state = 'queued', since_at = ?, due_at = ?, ended_at = NULL
                        WHERE %s\
                        """
                            .formatted(condition),
                        now,
                        now,
                        parameter)
                    .update());
    whenQueued.run();
    return queued;
  }

  @Override
  public int deleteBefore(long instant) {
    return changing(
        () -> {
          int deleted =
              sql(
                      """
                      DELETE FROM alert_delivery
                      WHERE state IN ('delivered', 'accepted', 'dead', 'skipped') AND ended_at < ?\
                      """,
                      instant)
                  .update();
          var _ =
              sql("""
              DELETE FROM alert_attachment
              WHERE delivery_id NOT IN (SELECT id FROM alert_delivery)\
              """)
                  .update();
          return deleted;
        });
  }
}
