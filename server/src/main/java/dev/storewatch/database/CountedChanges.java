package dev.storewatch.database;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Counts in memory, for the one process that has the data: a transaction counts once it has ended,
 * within its commit, before anybody is told that it has.
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
