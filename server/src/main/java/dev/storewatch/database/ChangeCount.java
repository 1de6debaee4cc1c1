package dev.storewatch.database;

/**
 * The count of the transactions that changed data of one kind, so that what was read of it can be
 * kept until the next one.
 *
 * <p>The count must be taken before the data is read: a later commit raises the count, so the data
 * that was read is not mistaken for newer data.
 */
public interface ChangeCount {
  /** Returns a number that differs after each transaction that changed the data. */
  long value();

  /**
   * Notes that the running transaction changes the data.
   *
   * @throws IllegalStateException if no transaction is running
   */
  void change();

  /**
   * Returns whether the running transaction has changed the data, so that others do not see yet
   * what this thread sees.
   */
  boolean isByThisTransaction();
}
