package dev.storewatch.importing;

import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;

/** The good rows of a file of one kind: first collected, then written in one transaction. */
interface ReadRows extends AutoCloseable {
  /** Takes a poll. */
  default void poll(int store, long at, boolean active) {
    throw new IllegalStateException("not a file of polls");
  }

  /** Takes an interval of business hours. */
  default void hours(int store, int day, int opens, int closes) {
    throw new IllegalStateException("not a file of business hours");
  }

  /** Takes a zone. */
  default void zone(int store, String zone) {
    throw new IllegalStateException("not a file of zones");
  }

  /** Writes all rows, within a transaction, and counts what became of each. */
  void write(Stores stores, Registry registry, StoreKeys keys, ImportCounts.Tally tally);

  @Override
  default void close() {}
}
