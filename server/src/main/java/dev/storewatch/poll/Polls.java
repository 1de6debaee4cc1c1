package dev.storewatch.poll;

import dev.storewatch.database.Database;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Belongings;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import java.util.OptionalLong;

/** Where polls are kept: one for each store and instant. */
public interface Polls extends Belongings {
  /** Returns the polls of a database. */
  static Polls open(Database database) {
    return switch (database) {
      case DuckDbDatabase duckDb -> new DuckDbPolls(duckDb);
      case PostgresDatabase postgres -> new PostgresPolls(postgres);
    };
  }

  /**
   * Returns the instant of the newest poll of all stores in microseconds since the epoch, if there
   * is any.
   */
  OptionalLong newest();

  /**
   * Returns the instant of the newest poll of all stores that is not after an instant, if there is
   * any. It is as quick as {@link #newest()} while no poll is after the instant; else it is
   * searched.
   *
   * @param notAfter microseconds since the epoch
   */
  OptionalLong newest(long notAfter);

  /**
   * Returns the instant of the newest poll of the stores of a scope that is not after an instant,
   * if there is any: what others were polled at is not told to whoever may not see them.
   *
   * @param notAfter microseconds since the epoch
   */
  default OptionalLong newest(Registry registry, Scope scope, long notAfter) {
    return new NewestInScope(this, registry, scope).find(notAfter);
  }

  /**
   * Returns the instant of the first poll of a store in a period in microseconds since the epoch,
   * if there is any.
   */
  OptionalLong first(int key, Span period);

  /**
   * Returns how many polls there are in a period: never too few, and somewhat more where the exact
   * number would take long to find.
   */
  long countRoughly(Span period);

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
   * Passes on every poll in a period of the stores with keys from {@code firstKey} to {@code
   * lastKey}.
   */
  void scan(Span period, int firstKey, int lastKey, Receiver receiver);

  /** Returns how many polls are best scanned at a time, by a range of stores. */
  int scanSize();

  /**
   * Passes on the polls that exist at the stores and instants of some given ones, which are few
   * enough for memory and may lie anywhere in time.
   */
  void find(PollRows wanted, Receiver receiver);

  /** Adds polls that do not exist yet, within the caller's transaction. */
  void add(PollRows polls);

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
   * Deletes all polls before an instant, within the caller's transaction.
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
