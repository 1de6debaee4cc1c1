package dev.storewatch.system;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Counts the transactions that changed data of one kind, so that what was read of it can be kept
 * until the next one.
 *
 * <p>Who keeps what was read takes the count before reading: what a commit changes from there on
 * raises the count, so it is never taken for that. A transaction counts once it has ended, within
 * its commit, before anybody is told that it has.
 */
public final class ChangeCount {
  private final AtomicLong count = new AtomicLong();

  private final TransactionSynchronization atTheEnd =
      new TransactionSynchronization() {
        @Override
        public void afterCompletion(int status) {
          count.incrementAndGet();
        }
      };

  /** Makes a count of no change. */
  public ChangeCount() {}

  /** Returns how many transactions have changed the data, or tried to. */
  public long value() {
    return count.get();
  }

  /**
   * Says that the running transaction changes the data.
   *
   * @throws IllegalStateException if no transaction is running
   */
  public void change() {
    if (!isByThisTransaction()) {
      TransactionSynchronizationManager.registerSynchronization(atTheEnd);
    }
  }

  /** Returns whether the data as this thread sees it is not for others to see yet. */
  public boolean isByThisTransaction() {
    return TransactionSynchronizationManager.isSynchronizationActive()
        && TransactionSynchronizationManager.getSynchronizations().contains(atTheEnd);
  }
}
