package dev.storewatch.database;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where everything is kept: {@link DuckDbDatabase} for one process, {@link PostgresDatabase} for
 * several.
 *
 * <p>One transaction at a time writes stores and polls, in all processes together ({@link
 * #inWriteTransaction}); other data is written by statements that name the state they expect.
 */
public sealed interface Database extends AutoCloseable permits DuckDbDatabase, PostgresDatabase {
  /**
   * Opens the database of a data folder, makes it if it is not there, and brings its tables up to
   * date.
   */
  static Database open(DataFolder folder) {
    return open(folder, DatabaseSettings.inDataFolder());
  }

  /**
   * Opens the database that the settings name, else the one of a data folder, and brings its tables
   * up to date.
   *
   * @throws DatabaseUnavailable if it cannot be reached
   * @throws UnfinishedCopy if it is a copy that was not completed, or is being copied
   */
  static Database open(DataFolder folder, DatabaseSettings settings) {
    return requireFinished(openThoughUnfinished(folder, settings), settings.nameOr(folder));
  }

  /**
   * Opens a database as {@link #open} does, for a process that does one thing and ends: it begins
   * sooner, and keeps nothing for the next time that the same is asked.
   */
  static Database openForOneCommand(DataFolder folder, DatabaseSettings settings) {
    return requireFinished(
        open(folder, settings, DuckDbDatabase::openForOneCommand), settings.nameOr(folder));
  }

  private static Database requireFinished(Database database, String name) {
    try {
      UnfinishedCopy.refuse(database, name);
      return database;
    } catch (RuntimeException | Error e) {
      database.close();
      throw e;
    }
  }

  /** Opens a database as {@link #open} does, even if it is a copy that was not completed. */
  static Database openThoughUnfinished(DataFolder folder, DatabaseSettings settings) {
    return open(folder, settings, DuckDbDatabase::open);
  }

  private static Database open(
      DataFolder folder, DatabaseSettings settings, Function<DataFolder, Database> inFolder) {
    return settings.url() == null ? inFolder.apply(folder) : PostgresDatabase.open(settings);
  }

  /**
   * Returns the way to plain SQL; within {@link #inTransaction} it takes part in the transaction.
   */
  JdbcClient jdbc();

  /**
   * Does work that reads, or writes with a single statement, on a thread that may call the
   * database.
   */
  <T> T call(Supplier<T> work);

  /**
   * Does work that reads with several statements: all of them see one snapshot, whatever is
   * committed meanwhile.
   */
  <T> T inSnapshot(Supplier<T> work);

  /**
   * Does work that reads for long: all of it sees one snapshot, and nobody writes stores or polls
   * meanwhile.
   */
  <T> T holdingStill(Supplier<T> work);

  /**
   * Returns work for another thread that sees the snapshot of this thread's snapshot read; it must
   * be done before the snapshot read ends.
   */
  Runnable sharingSnapshot(Runnable work);

  /**
   * Does work in a transaction that writes stores and polls, while no other one does: all of it is
   * kept, or none after an exception.
   */
  <T> T inWriteTransaction(Supplier<T> work);

  /** Does work in a transaction: all of it is kept, or none after an exception. */
  <T> T inTransaction(Supplier<T> work);

  /** Does work in a transaction while nobody else does work of the same name, in any process. */
  <T> T exclusively(String what, Supplier<T> work);

  /**
   * Runs a statement that reads rows from memory.
   *
   * @param sql the statement, with {@code :rows} and a name where the rows stand as a table
   * @return the number of rows changed
   */
  int update(String sql, Columns rows);

  /** Returns whether other processes may use the database at the same time. */
  boolean isShared();

  /**
   * Keeps other processes from opening the database as long as this one has it open.
   *
   * @return how many have it open already
   */
  int shutOthersOut();

  /**
   * Returns the name by which this process marks the work that it has claimed; a new one each time
   * that the database is opened.
   */
  String self();

  /**
   * Returns the condition, in SQL, that the process whose name is in a column does not work any
   * more, or that the column has no name.
   */
  String isGone(String column);

  /** Returns a clock that is the same for all who use the database. */
  Clock clock();

  /** Returns the count of the transactions that change data of a kind. */
  ChangeCount changes(String what);

  /** Returns the pool of connections, for those who measure it. */
  HikariDataSource pool();

  /** Returns at once whether the last attempt to write something found no room for it. */
  boolean wasOutOfRoom();

  /**
   * Returns whether the last attempt to write something found no room for it. Where it did, this
   * one tries again.
   */
  boolean isOutOfRoom();

  /**
   * Ends all waiting for the database, because the program is about to end: while the database is
   * away, work fails at once from here on.
   */
  void waitNoMore();

  /** Closes the database; what was committed is kept. */
  @Override
  void close();
}
