package dev.storewatch.database;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The counts of the one process that has the data, in memory. A transaction counts right after its
 * commit. Others may see by then what it wrote, such as that an import is complete, so whoever asks
 * for the count during a commit waits until it is counted.
 */
final class CountedChanges implements ChangeCount {
  private final AtomicLong count = new AtomicLong();

  /** Held by a thread from just before its commit until that is counted. */
  private final ReentrantLock committing = new ReentrantLock();

  private final TransactionSynchronization atTheEnd =
      new TransactionSynchronization() {
        @Override
        public void beforeCommit(boolean readOnly) {
          committing.lock();
        }

        @Override
        public void afterCompletion(int status) {
          count.incrementAndGet();
          if (committing.isHeldByCurrentThread()) {
            committing.unlock();
          }
        }
      };

  @Override
  public long value() {
    if (!committing.isLocked()) {
      return count.get();
    }
    committing.lock();
    try {
      return count.get();
    } finally {
      committing.unlock();
    }
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
