package dev.storewatch.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.storewatch.setting.BadSetting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A PostgreSQL database, shared by any number of processes.
 *
 * <p>A process that writes stores or polls holds one lock of the database, so that keys of stores
 * have no gap and no poll is there twice. Snapshot reads share a snapshot and wait for nobody. A
 * connection is given up when the database is silent on it for too long, or when its process is
 * silent in the middle of writing.
 */
public final class PostgresDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDatabase.class);

  /** The first number of all our locks, which keeps them apart from those of other programs. */
  private static final int LOCKS = 0x53_74_6F_72;

  private static final int OLDEST = 150_000;

  /**
   * Compiling a query takes longer than to run one of ours, so it is off. Keepalives let the
   * database notice a machine that is gone.
   */
  private static final String SESSION =
      """
      SET jit = off; SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 5;
      SET tcp_keepalives_count = 3\
      """;

  private static final Pattern WITHOUT_NAME = Pattern.compile(":rows(?! [a-z])");

  private static final int WRITER = "writer".hashCode();

  /** How long a process may do nothing in the middle of writing. */
  private static final String SILENT_WRITER = "30s";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** The SQL states of a snapshot that is gone, which differ between versions. */
  private static final Set<String> SNAPSHOT_GONE = Set.of("22023", "42704", "55000");

  private static final String SILENT_READER = "1h";
  private static final Duration LONGEST_WAIT_FOR_CONNECTION = Duration.ofSeconds(10);
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /**
   * The loggers of the driver that repeat what they cannot read of an address, which may be a
   * password; the failure that follows says it without. Held here, because nobody else does.
   */
  private static final List<java.util.logging.Logger> TALKATIVE =
      Stream.of("org.postgresql.Driver", "org.postgresql.util.PGPropertyUtil")
          .map(java.util.logging.Logger::getLogger)
          .toList();

  static {
    TALKATIVE.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private final AwaitedConnections connections;
  private final AwaitedConnections ofLease;
  private final Duration timeout;
  private final JdbcClient jdbc;
  private final TransactionTemplate transactions;

  /** The transactions of snapshot reads, which are their own even within another transaction. */
  private final TransactionTemplate apart;

  private final Map<String, Lock> exclusive = new ConcurrentHashMap<>();
  private final Lock writer = new ReentrantLock(true);
  private final Map<String, ChangeCount> changes = new ConcurrentHashMap<>();
  private final ScheduledExecutorService watch =
      Executors.newScheduledThreadPool(
          3, Thread.ofPlatform().name("database-watch").daemon().factory());
  private final SilentConnections silent;
  private final Room room = new Room(this::writeSomething);
  private final DatabaseClock clock;
  private final Membership membership;

  private PostgresDatabase(
      AwaitedConnections connections,
      AwaitedConnections ofLease,
      String name,
      DatabaseSettings settings) {
    this.connections = connections;
    this.ofLease = ofLease;
    this.timeout = settings.timeout();
    this.jdbc = JdbcClient.create(connections);
    JdbcTransactionManager manager =
        new CarefulTransactions(connections, connections.pool(), failure -> false);
    this.transactions = new TransactionTemplate(manager);
    this.apart = new TransactionTemplate(manager);
    apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.silent = new SilentConnections(timeout);
    this.clock = new DatabaseClock(this);
    this.membership = new Membership(ofLease, name, settings.lease());
  }

  /**
   * Connects to a database and brings its tables up to date.
   *
   * @throws DatabaseUnavailable if it cannot be reached
   * @throws UnfinishedCopy if another process copies it
   * @throws IllegalArgumentException if this program cannot use the database
   */
  static PostgresDatabase open(DatabaseSettings settings) {
    Properties properties = properties(settings);
    bringUpToDate(settings, properties);
    String name = Membership.newName();
    PostgresDatabase database =
        new PostgresDatabase(
            ofWork(settings, properties, name),
            ofLease(settings, properties, name),
            name,
            settings);
    try {
      database.clock.synchronise();
      boolean _ = database.call(database.membership::renew);
      if (database.call(database.membership::isShutOut)) {
        throw UnfinishedCopy.underWay(settings.address());
      }
      database.watchOver();
      return database;
    } catch (RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  /**
   * Brings the tables up to date on a connection that does not come from a pool. A pool would try
   * for long what cannot succeed; this way a wrong address or password is reported at once.
   */
  private static void bringUpToDate(DatabaseSettings settings, Properties properties) {
    String url = String.valueOf(settings.url());
    // No limit of time: a migration may take as long as it needs.
    DataSource patient = new DriverManagerDataSource(url, properties);
    Properties limited = (Properties) properties.clone();
    set(limited, PGProperty.SOCKET_TIMEOUT, socketTimeout(settings.timeout()));
    try (SingleConnectionDataSource first = new SingleConnectionDataSource(url, true)) {
      first.setConnectionProperties(limited);
      JdbcClient jdbc = JdbcClient.create(first);
      requireVersion(jdbc, settings);
      Migrations.POSTGRESQL.bringUpToDate(patient, jdbc);
    } catch (RuntimeException e) {
      throw notLetIn(e, settings);
    }
  }

  private static void requireVersion(JdbcClient jdbc, DatabaseSettings settings) {
    int version =
        jdbc.sql("SELECT current_setting('server_version_num')::integer")
            .query(Integer.class)
            .single();
    if (version < OLDEST) {
      throw new BadSetting(
          "%s is a PostgreSQL of version %d: use one of version 15 or newer"
              .formatted(settings.address(), version / 10_000),
          null);
    }
  }

  /**
   * Returns why there is no connection in one line, as far as that is the failure: what the
   * database or the network said, and not that of the libraries between, which only say that there
   * is none.
   */
  private static RuntimeException notLetIn(RuntimeException failure, DatabaseSettings settings) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql
          && sql.getSQLState() != null
          && (sql.getSQLState().startsWith("28") || sql.getSQLState().startsWith("3D"))) {
        return refused("%s does not let this program in: %s", failure, settings);
      }
    }
    if (DatabaseUnavailable.orItself(failure) instanceof DatabaseUnavailable away) {
      return away.at(settings);
    }
    return failure instanceof CannotGetJdbcConnectionException
        ? refused("%s cannot be connected to: %s", failure, settings)
        : failure;
  }

  private static BadSetting refused(
      String what, RuntimeException failure, DatabaseSettings settings) {
    return new BadSetting(
        (what + "; see %s.url, .username and .password")
            .formatted(
                settings.address(),
                settings.withoutSecrets(DatabaseUnavailable.reason(failure)),
                DatabaseSettings.PREFIX),
        failure);
  }

  private static Properties properties(DatabaseSettings settings) {
    Properties properties = new Properties();
    set(properties, PGProperty.USER, settings.username());
    set(properties, PGProperty.PASSWORD, settings.password());
    set(properties, PGProperty.APPLICATION_NAME, "storewatch");
    set(properties, PGProperty.TCP_KEEP_ALIVE, "true");
    set(properties, PGProperty.CONNECT_TIMEOUT, String.valueOf(CONNECT.toSeconds()));
    set(properties, PGProperty.LOGIN_TIMEOUT, String.valueOf(CONNECT.toSeconds()));
    return properties;
  }

  private static void set(Properties properties, PGProperty property, @Nullable String value) {
    if (value != null) {
      properties.setProperty(property.getName(), value);
    }
  }

  private static AwaitedConnections ofWork(
      DatabaseSettings settings, Properties properties, String name) {
    HikariConfig config = config(settings, properties, name, settings.timeout());
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setIdleTimeout(Duration.ofMinutes(2).toMillis());
    config.setConnectionTimeout(LONGEST_WAIT_FOR_CONNECTION.toMillis());
    config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
    config.setPoolName("postgresql");
    return new AwaitedConnections(new HikariDataSource(config));
  }

  /**
   * Returns the pool of the lease: one connection, which is given up early enough for another one
   * to save the lease.
   */
  private static AwaitedConnections ofLease(
      DatabaseSettings settings, Properties properties, String name) {
    Duration half = settings.lease().dividedBy(2);
    HikariConfig config = config(settings, properties, name, half);
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(half.toMillis());
    config.setValidationTimeout(half.dividedBy(2).toMillis());
    config.setPoolName("postgresql-lease");
    return new AwaitedConnections(new HikariDataSource(config));
  }

  private static String socketTimeout(Duration silence) {
    return String.valueOf(Math.max(1, silence.toSeconds()));
  }

  private static HikariConfig config(
      DatabaseSettings settings, Properties properties, String name, Duration silence) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(settings.url());
    config.setDataSourceProperties(properties);
    config.addDataSourceProperty(PGProperty.SOCKET_TIMEOUT.getName(), socketTimeout(silence));
    config.addDataSourceProperty(PGProperty.APPLICATION_NAME.getName(), Membership.program(name));
    config.setConnectionInitSql(SESSION);
    // The database may be away when the first connection is needed: the pool starts anyway, and the
    // code that needs the connection reports it.
    config.setInitializationFailTimeout(-1);
    return config;
  }

  private void watchOver() {
    long period = Math.max(1, timeout.toMillis() / 4);
    var _ = watch.scheduleWithFixedDelay(silent::giveUp, period, period, TimeUnit.MILLISECONDS);
    long rhythm = membership.rhythm().toMillis();
    var _ = watch.scheduleAtFixedRate(membership::tryRenew, rhythm, rhythm, TimeUnit.MILLISECONDS);
    var _ = watch.scheduleWithFixedDelay(clock::trySynchronise, 30, 30, TimeUnit.SECONDS);
  }

  /** Returns the connections, for libraries that work with the database themselves. */
  public DataSource dataSource() {
    return connections;
  }

  @Override
  public HikariDataSource pool() {
    return connections.pool();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public int shutOthersOut() {
    return call(membership::shutOthersOut);
  }

  @Override
  public String self() {
    return membership.name();
  }

  @Override
  public String isGone(String column) {
    return Membership.isGone(column);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public JdbcClient jdbc() {
    return jdbc;
  }

  @Override
  public <T> T call(Supplier<T> work) {
    try {
      return work.get();
    } catch (NotInTurn e) {
      throw e; // not a failure: the caller goes on waiting
    } catch (RuntimeException e) {
      throw room.noted(e);
    }
  }

  @Override
  public boolean wasOutOfRoom() {
    return room.wasOut();
  }

  @Override
  public boolean isOutOfRoom() {
    return room.isOut();
  }

  /** Writes rows in a table that nobody sees. */
  private void writeSomething() {
    int _ =
        inTransaction(
            () -> {
              int _ = jdbc.sql("CREATE TABLE room_attempt (text text)").update();
              int _ =
                  jdbc.sql(
                          """
                          INSERT INTO room_attempt
                          SELECT md5(number::text) FROM generate_series(1, 20000) AS number\
                          """)
                      .update();
              return jdbc.sql("DROP TABLE room_attempt").update();
            });
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    return call(() -> transactions.<T>execute(status -> work.get()));
  }

  @Override
  public <T> T inSnapshot(Supplier<T> work) {
    if (Snapshot.isTaken()) {
      return work.get();
    }
    return call(
        () ->
            apart.<T>execute(
                status -> {
                  begin("");
                  return Snapshot.during(work);
                }));
  }

  /**
   * Holds the writers' lock in a transaction of its own, which does nothing else. It may be idle
   * for as long as the work takes.
   */
  @Override
  public <T> T holdingStill(Supplier<T> work) {
    return inWriteTransaction(
        () -> {
          jdbc.sql("SET LOCAL idle_in_transaction_session_timeout = 0").update();
          return inSnapshot(work);
        });
  }

  /** Makes the transaction that has just begun see a single snapshot of the database. */
  private void begin(String snapshot) {
    jdbc.sql(
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; "
                + snapshot
                + "SET LOCAL idle_in_transaction_session_timeout = '"
                + SILENT_READER
                + "'")
        .update();
  }

  /** Makes the transaction see a snapshot, which is gone when the connection that began it is. */
  private void beginWith(String snapshot) {
    try {
      begin("SET TRANSACTION SNAPSHOT '%s'; ".formatted(snapshot));
    } catch (DataAccessException e) {
      throw e.getCause() instanceof SQLException sql && SNAPSHOT_GONE.contains(sql.getSQLState())
          ? DatabaseUnavailable.of(sql)
          : e;
    }
  }

  @Override
  public Runnable sharingSnapshot(Runnable work) {
    String snapshot = Snapshot.id(jdbc);
    return () ->
        inTransaction(
            () -> {
              beginWith(snapshot);
              return Snapshot.during(
                  () -> {
                    work.run();
                    return true;
                  });
            });
  }

  /**
   * Waits first for the other threads of this process, in turn, and then for the other processes,
   * each time for less than the database may be silent.
   */
  @Override
  public <T> T inWriteTransaction(Supplier<T> work) {
    return inTurn(writer, WRITER, work);
  }

  @Override
  public <T> T exclusively(String what, Supplier<T> work) {
    return inTurn(
        exclusive.computeIfAbsent(what, name -> new ReentrantLock()), what.hashCode(), work);
  }

  /**
   * Waits for the other threads of this process without a connection, because others may need that
   * to go on.
   */
  private <T> T inTurn(Lock here, int everywhere, Supplier<T> work) {
    here.lock();
    try {
      return inTurn(everywhere, work);
    } finally {
      here.unlock();
    }
  }

  private <T> T inTurn(int what, Supplier<T> work) {
    while (true) {
      try {
        return inTransaction(
            () -> {
              lock(what);
              return work.get();
            });
      } catch (NotInTurn e) {
        LOG.debug("still waiting for another process to end its writing", e);
      }
    }
  }

  /** Another process has been writing for long. */
  private static final class NotInTurn extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotInTurn(SQLException cause) {
      super(cause);
    }
  }

  private void lock(int what) {
    String sql =
        """
        SET LOCAL lock_timeout = %d; SET LOCAL idle_in_transaction_session_timeout = '%s';
        SELECT pg_advisory_xact_lock(%d, %d); SET LOCAL lock_timeout = 0\
        """
            .formatted(timeout.toMillis() / 2, SILENT_WRITER, LOCKS, what);
    withConnection(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
          } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
              throw new NotInTurn(e);
            }
            throw e;
          }
        });
  }

  @Override
  public ChangeCount changes(String what) {
    return changes.computeIfAbsent(what, kind -> new KeptChanges(this, kind));
  }

  /** Work that needs the connection of the driver. */
  public interface Work<T> {
    /** Does the work. */
    T with(Connection connection) throws SQLException;
  }

  /** Does work on the connection of the running transaction, or on a free one. */
  public <T> T withConnection(Work<T> work) {
    return call(
        () -> {
          Connection connection = DataSourceUtils.getConnection(connections);
          try {
            return work.with(connection);
          } catch (SQLException e) {
            throw new IllegalStateException("the database refused: " + e.getMessage(), e);
          } finally {
            DataSourceUtils.releaseConnection(connection, connections);
          }
        });
  }

  @Override
  public int update(String sql, Columns rows) {
    return withConnection(
        connection -> {
          try (PreparedStatement statement = prepare(connection, sql, rows)) {
            return statement.executeUpdate();
          }
        });
  }

  /**
   * Runs a query that reads rows from memory.
   *
   * @param sql the query, with {@code :rows} where the rows stand as a table
   */
  public void read(String sql, Columns rows, RowCallbackHandler receiver) {
    withConnection(
        connection -> {
          try (PreparedStatement statement = prepare(connection, sql, rows);
              ResultSet found = statement.executeQuery()) {
            while (found.next()) {
              receiver.processRow(found);
            }
            return true;
          }
        });
  }

  private static PreparedStatement prepare(Connection connection, String sql, Columns rows)
      throws SQLException {
    if (WITHOUT_NAME.matcher(sql).find()) {
      // A server of version 15 would refuse it, and newer ones would not.
      throw new IllegalArgumentException("the rows have no name in: " + sql);
    }
    List<String> types = rows.types();
    String table =
        "(SELECT * FROM unnest(%s) AS memory (%s))"
            .formatted(
                types.stream().map("?::%s[]"::formatted).collect(Collectors.joining(", ")),
                String.join(", ", rows.names()));
    PreparedStatement statement = connection.prepareStatement(sql.replace(":rows", table));
    try {
      PGConnection own = connection.unwrap(PGConnection.class);
      for (int i = 0; i < types.size(); i++) {
        statement.setArray(i + 1, own.createArrayOf(types.get(i), rows.array(i)));
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  /**
   * Writes rows in bulk.
   *
   * @param sql a {@code COPY ... FROM STDIN (FORMAT binary)}
   * @return how many there were
   */
  public long copyIn(String sql, BinaryCopyWriter.Rows rows) {
    return withConnection(
        connection -> {
          CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
          try (SilentConnections.Watched watched = silent.watch(connection)) {
            BinaryCopyWriter out = new BinaryCopyWriter(copy, watched);
            rows.writeTo(out);
            return out.end();
          } finally {
            if (copy.isActive()) {
              copy.cancelCopy();
            }
          }
        });
  }

  /**
   * Reads rows in bulk.
   *
   * @param sql a {@code COPY ... TO STDOUT (FORMAT binary)}
   */
  public void copyOut(String sql, BinaryCopyReader.Receiver receiver) {
    withConnection(
        connection -> {
          CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
          try {
            BinaryCopyReader reader = new BinaryCopyReader(receiver);
            for (byte[] bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
              reader.take(bytes);
            }
            return true;
          } finally {
            readToTheEnd(copy);
          }
        });
  }

  /**
   * Reads the rest of a copy. Cancelling it would cost the connection, on which a transaction may
   * be running.
   */
  private static void readToTheEnd(CopyOut copy) throws SQLException {
    while (copy.isActive() && copy.readFromCopy() != null) {
      // nobody needs these rows any more
    }
  }

  @Override
  public void waitNoMore() {
    connections.waitNoMore();
    ofLease.waitNoMore();
  }

  @Override
  public void close() {
    waitNoMore();
    watch.shutdownNow();
    membership.end();
    ofLease.close();
    connections.close();
  }
}
