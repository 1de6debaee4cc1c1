package dev.storewatch.database;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The counts of the one process that has the data, in memory. A transaction counts after it has
 * ended but within its commit, before anybody learns that it has ended.
 */
final class CountedChanges implements ChangeCount {
  private final AtomicLong count = new AtomicLong();

  private final TransactionSynchronization atTheEnd =
      new TransactionSynchronization() {
        @Override
        public void afterCompletion(int status) {
          count.incrementAndGet();
        }
      };

  @Override
  public long value() {
    return count.get();
  }

  @Override
  public void change() {
    if (!isByThisTransaction()) {
      TransactionSynchronizationManager.registerSynchronization(atTheEnd);
    }
  }

  @Override
  public boolean isByThisTransaction() {
    return TransactionSynchronizationManager.isSynchronizationActive()
        && TransactionSynchronizationManager.getSynchronizations().contains(atTheEnd);
  }
}
