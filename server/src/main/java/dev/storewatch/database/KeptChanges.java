package dev.storewatch.database;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The counts of all processes that use a database, kept in it: a transaction counts as it commits.
 */
final class KeptChanges implements ChangeCount {
  private final PostgresDatabase database;
  private final String kind;

  private final TransactionSynchronization beforeTheEnd =
      new TransactionSynchronization() {
        @Override
        // The row stays locked from the count to the commit, so it is counted as late as possible.
        public void beforeCommit(boolean readOnly) {
          count();
        }
      };

  KeptChanges(PostgresDatabase database, String kind) {
    this.database = database;
    this.kind = kind;
  }

  private void count() {
    database
        .jdbc()
        .sql(
            """
            INSERT INTO change_count (kind, changes) VALUES (?, 1)
            ON CONFLICT (kind) DO UPDATE SET changes = change_count.changes + 1\
            """)
        .param(kind)
        .update();
  }

  @Override
  public long value() {
    return database.call(
        () ->
            database
                .jdbc()
                .sql("SELECT coalesce((SELECT changes FROM change_count WHERE kind = ?), 0)")
                .param(kind)
                .query(Long.class)
                .single());
  }

  @Override
  public void change() {
    if (!isByThisTransaction()) {
      TransactionSynchronizationManager.registerSynchronization(beforeTheEnd);
    }
  }

  @Override
  public boolean isByThisTransaction() {
    return TransactionSynchronizationManager.isSynchronizationActive()
        && TransactionSynchronizationManager.getSynchronizations().contains(beforeTheEnd);
  }
}
