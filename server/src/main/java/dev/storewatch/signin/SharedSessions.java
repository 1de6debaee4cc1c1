package dev.storewatch.signin;

import dev.storewatch.access.Secrets;
import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.http.Problem;
import jakarta.servlet.http.HttpSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.session.SessionRepository;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sessions in a database that several servers share, so that each of them knows who signed in at
 * another one.
 *
 * <p>The database holds the SHA-256 of what is in the cookie: who reads it takes over no session.
 * Of two requests of one session each writes what it has changed itself. None brings back a session
 * that has ended meanwhile: no statement but that which begins one makes a row for it.
 */
final class SharedSessions implements SessionRepository<SharedSession> {
  private static final Logger LOG = LoggerFactory.getLogger(SharedSessions.class);

  static final Duration PERIOD = Duration.ofMinutes(1);

  private static final String BEGIN =
      """
      INSERT INTO access_session
        (primary_id, session_id, creation_time, last_access_time, max_inactive_interval, expiry_time)
      VALUES (:id, :hash, :begun, :used, :longest, :expiry)\
      """;

  private static final String GO_ON =
      """
      UPDATE access_session
      SET last_access_time = :used, max_inactive_interval = :longest, expiry_time = :expiry
      WHERE session_id = :hash\
      """;

  /** Waits for whoever is about to end the session, and then finds none. */
  private static final String SET_ATTRIBUTE =
      """
      INSERT INTO access_session_attributes (session_primary_id, attribute_name, attribute_bytes)
      SELECT primary_id, :name, :bytes FROM access_session WHERE session_id = :hash FOR KEY SHARE
      ON CONFLICT (session_primary_id, attribute_name)
        DO UPDATE SET attribute_bytes = excluded.attribute_bytes\
      """;

  /** Locks the session first, as ending it does: else each could wait for the other. */
  private static final String REMOVE_ATTRIBUTE =
      """
      DELETE FROM access_session_attributes
      WHERE session_primary_id =
          (SELECT primary_id FROM access_session WHERE session_id = :hash FOR KEY SHARE)
        AND attribute_name = :name\
      """;

  private static final String FIND =
      """
      SELECT creation_time, last_access_time, max_inactive_interval, attribute_name, attribute_bytes
      FROM access_session LEFT JOIN access_session_attributes ON session_primary_id = primary_id
      WHERE session_id = ? AND expiry_time > extract(epoch FROM clock_timestamp()) * 1000\
      """;

  private final PostgresDatabase database;
  private final Duration timeout;
  private final long most;
  private final TransactionTemplate transactions;
  private final AtomicLong there = new AtomicLong();

  /**
   * Finds the sessions in a database.
   *
   * @param timeout how long one goes on without being used, unless it is told otherwise
   * @param most how many there may be: nobody has to be known to begin one
   */
  SharedSessions(PostgresDatabase database, Duration timeout, long most) {
    this.database = database;
    this.timeout = timeout;
    this.most = most;
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
    transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  @Override
  public SharedSession createSession() {
    if (there.get() >= most) {
      throw Problem.tooMany(
          "more sessions than the %d that may be were begun: try again in a few minutes"
              .formatted(most),
          PERIOD);
    }
    return SharedSession.begin(database.clock(), timeout);
  }

  @Override
  public void save(SharedSession session) {
    if (!session.isChanged()) {
      return;
    }
    boolean _ =
        apart(
            () -> {
              write(session);
              return true;
            });
    if (session.isNew()) {
      there.incrementAndGet();
    }
    session.saved();
  }

  /** Does work in a transaction of its own, whatever a handler that answers a request is doing. */
  private <T> T apart(Supplier<T> work) {
    return database.call(() -> transactions.<T>execute(status -> work.get()));
  }

  private void write(SharedSession session) {
    String hash = Secrets.hash(session.getId());
    if (session.isNew()) {
      writeRow(BEGIN, hash, session);
    } else if (session.isTimeChanged()) {
      writeRow(GO_ON, hash, session);
    }
    for (String name : session.changedAttributes()) {
      writeAttribute(hash, name, session.getAttribute(name));
    }
  }

  private void writeRow(String sql, String hash, SharedSession session) {
    database
        .jdbc()
        .sql(sql)
        .param("id", UUID.randomUUID().toString())
        .param("hash", hash)
        .param("begun", session.getCreationTime().toEpochMilli())
        .param("used", session.getLastAccessedTime().toEpochMilli())
        .param("longest", (int) session.getMaxInactiveInterval().toSeconds())
        .param("expiry", session.expiry().toEpochMilli())
        .update();
  }

  private void writeAttribute(String hash, String name, @Nullable Object value) {
    database
        .jdbc()
        .sql(value == null ? REMOVE_ATTRIBUTE : SET_ATTRIBUTE)
        .param("hash", hash)
        .param("name", name)
        .param("bytes", value == null ? null : SessionBytes.write(value))
        .update();
  }

  @Override
  public @Nullable SharedSession findById(String secret) {
    if (!Secrets.FORM.matcher(secret).matches()) {
      return null;
    }
    ResultSetExtractor<Optional<SharedSession>> reader = rows -> read(secret, rows);
    return apart(() -> database.jdbc().sql(FIND).param(Secrets.hash(secret)).query(reader))
        .orElse(null);
  }

  /** Reads a session from its rows: one for each attribute, or one that has none. */
  private Optional<SharedSession> read(String secret, ResultSet rows) throws SQLException {
    if (!rows.next()) {
      return Optional.empty();
    }
    Instant begun = Instant.ofEpochMilli(rows.getLong("creation_time"));
    Instant used = Instant.ofEpochMilli(rows.getLong("last_access_time"));
    Duration longest = Duration.ofSeconds(rows.getInt("max_inactive_interval"));
    Map<String, Object> attributes = new HashMap<>();
    do {
      byte[] bytes = rows.getBytes("attribute_bytes");
      Object value = bytes == null ? null : SessionBytes.read(bytes);
      if (value != null) {
        attributes.put(rows.getString("attribute_name"), value);
      }
    } while (rows.next());
    return Optional.of(
        new SharedSession(secret, database.clock(), begun, used, longest, attributes));
  }

  @Override
  public void deleteById(String secret) {
    int _ =
        apart(
            () ->
                database
                    .jdbc()
                    .sql("DELETE FROM access_session WHERE session_id = ?")
                    .param(Secrets.hash(secret))
                    .update());
  }

  /** Returns whether a session that was there when a request began has not ended anywhere. */
  boolean isThere(HttpSession session) {
    return findById(session.getId()) != null;
  }

  /** Clears away what has ended, and counts what there is. */
  void clearAway() {
    try {
      there.set(database.exclusively("session", this::clearAwayAndCount));
    } catch (DatabaseUnavailable e) {
      LOG.warn("sessions that have ended are not cleared away: {}", e.getMessage());
    }
  }

  private long clearAwayAndCount() {
    database
        .jdbc()
        .sql("DELETE FROM access_session WHERE expiry_time < ?")
        .param(database.clock().millis())
        .update();
    return database.jdbc().sql("SELECT count(*) FROM access_session").query(Long.class).single();
  }
}
