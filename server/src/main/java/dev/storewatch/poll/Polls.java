package dev.storewatch.poll;

import dev.storewatch.database.Database;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.interval.Span;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Belongings;
import dev.storewatch.store.Stores;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where polls are kept: one for each store and instant. */
public interface Polls extends PollScan, Belongings {
  /** Returns the polls of a database. */
  static Polls open(Database database) {
    // A switch over types has Java make a class at run time, for which a short command would wait.
    return database instanceof DuckDbDatabase duckDb
        ? new DuckDbPolls(duckDb)
        : new PostgresPolls((PostgresDatabase) database);
  }

  /**
   * Returns the instant of the newest poll of all stores in microseconds since the epoch, if there
   * is any.
   */
  OptionalLong newest();

  /**
   * Returns the instant of the first poll of a store in a period in microseconds since the epoch,
   * if there is any.
   */
  OptionalLong first(int key, Span period);

  /**
   * Returns the version of all polls: a number that is different after any change except those of
   * the running transaction. What is read after this call is valid as long as the number stays the
   * same.
   */
  long version();

  /** Whoever receives the polls that a scan finds. */
  interface Receiver {
    /**
     * Called with each poll; polls come in no particular order.
     *
     * @param store the key of its store
     * @param poll the poll, packed as {@link dev.storewatch.uptime.PackedPoll} says
     */
    void take(int store, long poll);
  }

  /**
   * Returns the polls as they were known at a revision: those that had come, with the status that
   * they had.
   */
  PollScan knownAt(int revision);

  /**
   * Returns the revisions after one in which polls of a period came, were replaced or went.
   *
   * @param stores of these stores; null for all
   */
  Set<Integer> revisionsSince(int revision, Span period, @Nullable StoreSet stores);

  /** Returns the stores of which polls of a period came, were replaced or went after a revision. */
  StoreSet storesChangedSince(int revision, Span period);

  /** Whoever is told of stores some of whose polls were changed. */
  interface ChangeReceiver {
    /**
     * Called once for each store.
     *
     * @param store the key of the store
     * @param first the instant of the first poll that came, was replaced or went
     * @param last the instant of the last one
     */
    void changed(int store, long first, long last);
  }

  /**
   * Tells of the stores of which polls of a period came, were replaced or went after a revision,
   * and of which time these polls are.
   */
  void changesSince(int revision, Span period, ChangeReceiver receiver);

  /**
   * Passes on the polls that exist at the stores and instants of some given ones, which are few
   * enough for memory and may lie anywhere in time.
   */
  void find(PollRows wanted, Receiver receiver);

  /** Adds polls that do not exist yet, within the caller's transaction. */
  void add(PollRows polls);

  /**
   * Adds polls of another database, with the revisions that they have there, within the caller's
   * transaction.
   */
  void restore(PollRows polls);

  /** Replaces the status of polls that exist, within the caller's transaction. */
  void replace(PollRows polls);

  /**
   * Deletes polls by their stores and instants, within the caller's transaction.
   *
   * @return how many were there
   */
  long delete(PollRows polls);

  /**
   * Deletes all polls in spans, within the caller's transaction.
   *
   * @return how many there were
   */
  long delete(PollSpans spans);

  /**
   * Returns the instants of the first polls of stores in microseconds since the epoch, {@link
   * Stores#NEVER} for one that has none.
   */
  long[] first(int[] keys);

  /** Makes room ahead for polls up to an instant, within the caller's transaction. */
  void makeRoomUntil(long instant);

  /**
   * Moves polls before an instant together that are of the same store, in a transaction of its own,
   * if many of them lie in the order in which they came: about a second of work at a time. Nothing
   * that is read changes by it but how long that takes.
   *
   * @return whether any were moved, so that there may be more
   */
  boolean cluster(long before);

  /**
   * Deletes all polls before an instant for good, within the caller's transaction.
   *
   * @return whether there were any
   */
  boolean deleteBefore(long instant);

  /**
   * Deletes the polls of a store in a period, within the caller's transaction.
   *
   * @return how many there were
   */
  long delete(int key, Span period);

  /** Deletes all polls of a store, within the caller's transaction. */
  @Override
  void delete(int key);
}
