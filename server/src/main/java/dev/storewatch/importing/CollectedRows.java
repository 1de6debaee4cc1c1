package dev.storewatch.importing;

import dev.storewatch.poll.PollTransaction;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.Registry;

/** The valid rows of a file of one kind: first collected, then written in one transaction. */
interface CollectedRows extends AutoCloseable {
  /** Collects a poll. */
  default void poll(int store, long at, boolean active) {
    throw new IllegalStateException("not a file of polls");
  }

  /** Collects an interval of business hours. */
  default void hours(int store, int day, int opens, int closes) {
    throw new IllegalStateException("not a file of business hours");
  }

  /** Collects a zone. */
  default void zone(int store, String zone) {
    throw new IllegalStateException("not a file of zones");
  }

  /**
   * Writes all rows, within a transaction, and counts what became of each.
   *
   * @param before the stores as they were before those of the file were added
   */
  void write(PollTransaction in, Registry before, StoreKeys keys, RowCounts.Tally tally);

  @Override
  default void close() {}
}
