package dev.storewatch.database;

/**
 * Counts the transactions that changed data of one kind, so that what was read of it can be kept
 * until the next one.
 *
 * <p>Who keeps what was read takes the count before reading: what a commit changes from there on
 * raises the count, so it is never taken for that.
 */
public interface ChangeCount {
  /** Returns a number that is another one after each transaction that changed the data. */
  long value();

  /**
   * Says that the running transaction changes the data.
   *
   * @throws IllegalStateException if no transaction is running
   */
  void change();

  /** Returns whether the data as this thread sees it is not for others to see yet. */
  boolean isByThisTransaction();
}
