package dev.storewatch.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The embedded database: one DuckDB file in the data folder, opened by one process.
 *
 * <p>Work runs on the calling thread when that is a platform thread, else on one of a few platform
 * threads: a native call holds the carrier of a virtual thread, and a few busy readers would keep
 * all other virtual threads from running.
 */
public final class DuckDbDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(DuckDbDatabase.class);

  /** The bytes that are written to find out whether there is room. */
  private static final int ATTEMPT = 1 << 20;

  private static final int CONNECTIONS = 8;
  private static final String MEMORY_LIMIT = "256MB";

  /** How the database may load and fetch extensions by itself, which this program never needs. */
  static final List<String> EXTENSIONS =
      List.of(
          "autoload_known_extensions",
          "autoinstall_known_extensions",
          "allow_community_extensions");

  /** The right to read and write any file but its own, which it never needs either. */
  private static final String OTHER_FILES = "enable_external_access";

  private final String self = UUID.randomUUID().toString();
  private final DataSource opening;
  private final HikariDataSource pool;

  /**
   * Has a connection that nobody uses: without any, DuckDB would close the file, and forget {@link
   * FeedFunction}, whenever the pool throws its last one away.
   */
  private final Reopening reopening;

  private final Room room;
  private final JdbcTemplate unprepared;
  private final JdbcClient jdbc;
  private final JdbcTransactionManager transactionManager;
  private final TransactionTemplate transactions;
  private final Lock writer = new ReentrantLock(true);
  private final ReentrantReadWriteLock steadiness = new ReentrantReadWriteLock();
  private final ExecutorService callers;
  private final Map<String, Lock> exclusive = new ConcurrentHashMap<>();
  private final Map<String, ChangeCount> changes = new ConcurrentHashMap<>();
  private final Map<Long, Feed> feeds = new ConcurrentHashMap<>();
  private final AtomicLong feedNumbers = new AtomicLong();

  private DuckDbDatabase(Path file, DataSource opening, HikariDataSource pool) throws SQLException {
    this.opening = opening;
    this.pool = pool;
    this.room = new Room(() -> writeSomethingBeside(file));
    this.reopening = new Reopening(pool, () -> writeSomethingBeside(file), this::openOne);
    this.unprepared = new JdbcTemplate(pool);
    this.jdbc = JdbcClient.create(unprepared);
    this.transactionManager = new CarefulTransactions(pool, pool, this::isKept);
    this.transactions = new TransactionTemplate(transactionManager);
    this.callers = Executors.newFixedThreadPool(CONNECTIONS - 2, threadNames());
  }

  private static ThreadFactory threadNames() {
    return Thread.ofPlatform().name("database-", 1).daemon().factory();
  }

  /**
   * Opens the database of a data folder, makes it if it is not there, and brings its tables up to
   * date.
   */
  static DuckDbDatabase open(DataFolder folder) {
    return open(folder, KeptStatements::of);
  }

  /**
   * Opens the database as {@link #open} does, but plans each statement as often as it is run: to
   * make ready for keeping plans takes longer than a short command saves by them.
   */
  static DuckDbDatabase openForOneCommand(DataFolder folder) {
    return open(folder, UnaryOperator.identity());
  }

  private static DuckDbDatabase open(DataFolder folder, UnaryOperator<DataSource> keeper) {
    Path file = folder.path().resolve("storewatch.duckdb");
    try {
      Optional<WriteAheadLog.Lost> lost = new WriteAheadLog(file).look();
      Optional<Path> copy = lost.map(WriteAheadLog.Lost::keepCopy);
      DuckDbDatabase database = open(file, keeper);
      lost.ifPresent(left -> database.tell(left, file, copy.orElseThrow()));
      return database;
    } catch (RuntimeException e) {
      throw DamagedDatabase.orItself(file, e);
    }
  }

  /**
   * Tells what is lost, and writes all that there is into the file, so that it is told once. It
   * makes a change first: without any, the database leaves a log as it is of which it used nothing.
   */
  private void tell(WriteAheadLog.Lost lost, Path file, Path copy) {
    LOG.warn("{}", lost.words(file, copy));
    withConnection(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TABLE not_replayed (number BIGINT)");
            statement.execute("DROP TABLE not_replayed");
            return statement.execute("CHECKPOINT");
          }
        });
  }

  private static DuckDbDatabase open(Path file, UnaryOperator<DataSource> keeper) {
    NewDatabase.putAt(file);
    DriverStart.await();
    Properties properties = new Properties();
    properties.setProperty("memory_limit", MEMORY_LIMIT);
    EXTENSIONS.forEach(name -> properties.setProperty(name, "false"));
    properties.setProperty(OTHER_FILES, "false");
    // Not by the manager of drivers, which looks for others in all libraries.
    DataSource opening =
        new SimpleDriverDataSource(new DuckDBDriver(), "jdbc:duckdb:" + file, properties);
    HikariConfig config = new HikariConfig();
    config.setDataSource(keeper.apply(opening));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setPoolName("duckdb");
    config.setAllowPoolSuspension(true);
    DuckDbDatabase database = open(file, opening, new HikariDataSource(config));
    Migrations.DUCKDB.bringUpToDate(database.pool, database.jdbc);
    return database;
  }

  private static DuckDbDatabase open(Path file, DataSource opening, HikariDataSource pool) {
    try {
      return new DuckDbDatabase(file, opening, pool);
    } catch (SQLException e) {
      pool.close();
      throw new CannotGetJdbcConnectionException("the database cannot be opened", e);
    }
  }

  /** Opens a connection beside those of the pool, and makes known what statements read. */
  private Connection openOne() throws SQLException {
    Connection connection = opening.getConnection();
    try {
      FeedFunction.register(connection.unwrap(DuckDBConnection.class), feeds);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Writes a file, because a disk may have room for the few bytes of a statement long before. */
  private static void writeSomethingBeside(Path file) {
    Path tried = file.resolveSibling("room.tmp");
    try {
      Files.write(tried, new byte[ATTEMPT]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deleteIfThere(tried);
    }
  }

  private static void deleteIfThere(Path tried) {
    try {
      Files.deleteIfExists(tried);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public JdbcClient jdbc() {
    return jdbc;
  }

  @Override
  public <T> T call(Supplier<T> work) {
    try {
      return Thread.currentThread().isVirtual() ? offload(work::get) : work.get();
    } catch (RuntimeException e) {
      throw noted(e);
    }
  }

  private RuntimeException noted(RuntimeException failure) {
    RuntimeException known = room.noted(failure);
    if (Reopening.isNeededAfter(failure)) {
      reopening.begin();
    }
    return known;
  }

  /** Returns whether a commit failed after all was written, when DuckDB tidied up the file. */
  private boolean isKept(RuntimeException failure) {
    boolean kept = Reopening.isAfterCommit(failure);
    if (kept) {
      RuntimeException _ = noted(failure);
    }
    return kept;
  }

  @Override
  public <T> T inSnapshot(Supplier<T> work) {
    return locked(steadiness.readLock(), work);
  }

  @Override
  public <T> T holdingStill(Supplier<T> work) {
    return locked(writer, () -> inSnapshot(work));
  }

  /**
   * Makes writers wait for their turn on threads of their own. If they waited on those that call
   * the database, snapshot reads would find none of these free, and the commit would wait for the
   * snapshot reads.
   */
  @Override
  public <T> T inWriteTransaction(Supplier<T> work) {
    return locked(writer, () -> call(() -> transact(work)));
  }

  private <T> T transact(Supplier<T> work) {
    TransactionStatus status = transactionManager.getTransaction(null);
    T result;
    try {
      result = work.get();
      Ending.doAll();
    } catch (RuntimeException | Error e) {
      transactionManager.rollback(status);
      throw e;
    }
    // Only the commit shuts out snapshot reads, so they go on while the work is done.
    return locked(
        steadiness.writeLock(),
        () -> {
          transactionManager.commit(status);
          return result;
        });
  }

  private static <T> T locked(Lock lock, Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public <T> T exclusively(String what, Supplier<T> work) {
    return locked(
        exclusive.computeIfAbsent(what, name -> new ReentrantLock()), () -> inTransaction(work));
  }

  /**
   * Returns whether this thread does a snapshot read and no transaction: then all that it reads may
   * be read by other threads as well, see {@link #sharingSnapshot}.
   */
  public boolean mayReadInParallel() {
    return steadiness.getReadHoldCount() > 0
        && !TransactionSynchronizationManager.isActualTransactionActive();
  }

  @Override
  public Runnable sharingSnapshot(Runnable work) {
    return work; // no commit ends during the snapshot read, whichever thread reads
  }

  @Override
  public ChangeCount changes(String what) {
    return changes.computeIfAbsent(what, name -> new CountedChanges());
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    return call(() -> transactions.<T>execute(status -> work.get()));
  }

  private <T> T offload(Callable<T> work) {
    try {
      return callers.submit(work).get();
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the database", e);
    }
  }

  private static RuntimeException unwrapped(ExecutionException failure) {
    if (failure.getCause() instanceof Error error) {
      throw error;
    }
    return failure.getCause() instanceof RuntimeException cause
        ? cause
        : new IllegalStateException(failure.getCause());
  }

  /** Work that needs a connection. */
  interface Work<T> {
    /** Does the work. */
    T with(Connection connection) throws SQLException;
  }

  /** Does work on a connection: the one of the running transaction, or a free one. */
  <T> T withConnection(Work<T> work) {
    return call(
        () -> {
          Connection connection = DataSourceUtils.getConnection(pool);
          try {
            return work.with(connection);
          } catch (SQLException e) {
            throw new IllegalStateException("the database refused: " + e.getMessage(), e);
          } finally {
            DataSourceUtils.releaseConnection(connection, pool);
          }
        });
  }

  @Override
  public int update(String sql, Columns rows) {
    return update(sql.replace(":rows", ":feed"), rows.feed());
  }

  @Override
  public HikariDataSource pool() {
    return pool;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public int shutOthersOut() {
    return 0; // the data folder is this process's alone
  }

  @Override
  public String self() {
    return self;
  }

  /** Returns a condition that holds for every other process, because one at a time has the file. */
  @Override
  public String isGone(String column) {
    return "(%1$s IS NULL OR %1$s <> '%2$s')".formatted(column, self);
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  /**
   * Runs a statement that reads rows from memory.
   *
   * @param sql the statement, with {@code :feed} where the rows stand as a table
   * @return the number of rows changed
   */
  public int update(String sql, Feed feed) {
    // A statement with a table function is planned when it is prepared, and once more when it runs.
    return withFeed(sql, feed, unprepared::update);
  }

  /**
   * Runs a query, and gives the result chunk by chunk.
   *
   * @param parameters whole numbers
   */
  public void read(String sql, Chunks.Reader reader, long... parameters) {
    boolean _ =
        withConnection(
            connection -> {
              Chunks.read(connection, sql, reader, parameters);
              return true;
            });
  }

  /**
   * Runs a query that reads rows from memory, and gives the result chunk by chunk.
   *
   * @param sql the query, with {@code :feed} where the rows stand as a table
   * @param parameters whole numbers
   */
  public void read(String sql, Feed feed, Chunks.Reader reader, long... parameters) {
    var _ =
        withFeed(
            sql,
            feed,
            complete -> {
              read(complete, reader, parameters);
              return true;
            });
  }

  private <T> T withFeed(String sql, Feed feed, Function<String, T> work) {
    long number = feedNumbers.incrementAndGet();
    feeds.put(number, feed);
    try {
      return work.apply(sql.replace(":feed", FeedFunction.NAME + "(" + number + ")"));
    } finally {
      feeds.remove(number);
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

  @Override
  public void waitNoMore() {
    // the database is in this process, and never away
  }

  /** Closes the database; what was committed is in its file. */
  @Override
  public void close() {
    callers.shutdown();
    pool.close();
    reopening.close();
  }
}
