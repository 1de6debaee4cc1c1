package dev.storewatch.database;

import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What a transaction still does when its work is done, just before it is committed: once, and
 * within the transaction, so that all of it is kept or none.
 */
public abstract class Ending implements TransactionSynchronization {
  private boolean done;

  /** An ending, which does nothing before {@link #register}. */
  protected Ending() {}

  /** Does what is left to be done; a failure rolls the transaction back. */
  protected abstract void end();

  /**
   * Makes the running transaction end with this.
   *
   * @throws IllegalStateException if no transaction is running
   */
  protected final void register() {
    TransactionSynchronizationManager.registerSynchronization(this);
  }

  /** Comes before what counts changes, because others wait from there to the commit. */
  @Override
  public final int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public final void beforeCommit(boolean readOnly) {
    if (!done) {
      done = true;
      end();
    }
  }

  /** Does all endings of the running transaction, so that its commit has less to do. */
  static void doAll() {
    for (TransactionSynchronization each :
        TransactionSynchronizationManager.getSynchronizations()) {
      if (each instanceof Ending ending) {
        ending.beforeCommit(false);
      }
    }
  }
}
