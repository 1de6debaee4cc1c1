package dev.storewatch.access;

import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.http.Problem;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.session.Session;
import org.springframework.session.SessionIdGenerator;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sessions in a database that several servers share, so that each of them knows who signed in at
 * another one.
 *
 * <p>The database holds the SHA-256 of what is in the cookie: who reads it takes over no session.
 * All times are by its clock, where the library that keeps the sessions goes by that of this
 * machine.
 *
 * @param <S> a session as the database has it
 */
final class SharedSessions<S extends Session> implements SessionRepository<SharedSession<S>> {
  private static final Logger LOG = LoggerFactory.getLogger(SharedSessions.class);

  static final Duration PERIOD = Duration.ofMinutes(1);

  /** Dates a session by its first use: what the library gives as its beginning is not used. */
  private static final String CREATE =
      """
      INSERT INTO %TABLE_NAME%
        (primary_id, session_id, creation_time, last_access_time, max_inactive_interval, expiry_time,
         principal_name)
      SELECT primary_id, session_id, used, used, max_inactive_interval, expiry_time, principal_name
      FROM (VALUES (?, ?, ?::bigint, ?, ?, ?, ?))
        AS made (primary_id, session_id, begun, used, max_inactive_interval, expiry_time, principal_name)\
      """;

  /** Makes the last use of a session so late that the library takes none for expired. */
  private static final Duration LATER = Duration.ofDays(100_000);

  /** Finds none that has expired. */
  private static final String FIND =
      """
      SELECT s.primary_id, s.session_id, s.creation_time, s.last_access_time + %d AS last_access_time,
        s.max_inactive_interval, a.attribute_name, a.attribute_bytes
      FROM %%TABLE_NAME%% s
      LEFT JOIN %%TABLE_NAME%%_ATTRIBUTES a ON a.session_primary_id = s.primary_id
      WHERE s.session_id = ? AND s.expiry_time > extract(epoch FROM clock_timestamp()) * 1000\
      """
          .formatted(LATER.toMillis());

  private final PostgresDatabase database;
  private final SessionRepository<S> kept;
  private final Hashes hashes;
  private final long most;
  private final AtomicLong there = new AtomicLong();

  private SharedSessions(
      PostgresDatabase database, SessionRepository<S> kept, Hashes hashes, long most) {
    this.database = database;
    this.kept = kept;
    this.hashes = hashes;
    this.most = most;
  }

  /**
   * Finds the sessions in a database.
   *
   * @param timeout how long one goes on without being used, unless it is told otherwise
   * @param most how many there may be: nobody has to be known to begin one
   */
  static SharedSessions<?> in(PostgresDatabase database, Duration timeout, long most) {
    TransactionTemplate transactions =
        new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
    transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    JdbcIndexedSessionRepository kept =
        new JdbcIndexedSessionRepository(new JdbcTemplate(database.dataSource()), transactions);
    Hashes hashes = new Hashes();
    kept.setTableName("access_session");
    kept.setDefaultMaxInactiveInterval(timeout);
    kept.setSessionIdGenerator(hashes);
    kept.setConversionService(SessionBytes.conversion());
    kept.setIndexResolver(session -> Map.of()); // nobody looks for the sessions of a name
    new PostgreSqlJdbcIndexedSessionRepositoryCustomizer().customize(kept);
    kept.setCreateSessionQuery(CREATE);
    kept.setGetSessionQuery(FIND);
    return new SharedSessions<>(database, kept, hashes, most);
  }

  /** Makes the ids of new sessions: hashes, whose secrets it has until they are taken. */
  private static final class Hashes implements SessionIdGenerator {
    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    @Override
    public String generate() {
      String secret = Secrets.random();
      String hash = Secrets.hash(secret);
      secrets.put(hash, secret);
      return hash;
    }

    String takeSecret(String hash) {
      String secret = secrets.remove(hash);
      if (secret == null) {
        throw new IllegalStateException("the id of a new session was not made here");
      }
      return secret;
    }
  }

  @Override
  public SharedSession<S> createSession() {
    if (there.get() >= most) {
      throw Problem.tooMany(
          "more sessions than the %d that may be were begun: try again in a few minutes"
              .formatted(most),
          PERIOD);
    }
    S session = kept.createSession();
    session.setLastAccessedTime(database.clock().instant());
    return new SharedSession<>(session, hashes.takeSecret(session.getId()), database.clock(), true);
  }

  @Override
  public void save(SharedSession<S> session) {
    if (!session.isChanged()) {
      return;
    }
    try {
      database.call(
          () -> {
            kept.save(session.kept());
            return true;
          });
    } catch (DataIntegrityViolationException e) {
      LOG.debug("a session ended while a request was on its way", e);
    }
    if (session.isNew()) {
      there.incrementAndGet();
    }
    session.saved();
  }

  @Override
  public @Nullable SharedSession<S> findById(String secret) {
    if (!Secrets.FORM.matcher(secret).matches()) {
      return null;
    }
    String hash = Secrets.hash(secret);
    S session = database.call(() -> kept.findById(hash));
    if (session == null) {
      return null;
    }
    session.setLastAccessedTime(session.getLastAccessedTime().minus(LATER));
    return new SharedSession<>(session, secret, database.clock(), false);
  }

  @Override
  public void deleteById(String secret) {
    database.call(
        () -> {
          kept.deleteById(Secrets.hash(secret));
          return true;
        });
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
