package dev.storewatch.copy;

import dev.storewatch.database.Database;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.interval.Span;

/** The ways in bulk into and out of any table of a database. */
sealed interface Side permits DuckDbSide, PostgresSide {
  static Side of(Database database) {
    return switch (database) {
      case DuckDbDatabase duckDb -> new DuckDbSide(duckDb);
      case PostgresDatabase postgres -> new PostgresSide(postgres);
    };
  }

  /** Reads rows, and passes them on a batch at a time. */
  void read(Table table, Slice slice, Batch.Receiver receiver);

  /**
   * Passes on the polls of a part of time, of the stores with keys from one to another: as a
   * stream, however many there are.
   */
  void readPolls(Span time, int firstKey, int lastKey, PollReceiver receiver);

  /** Whoever receives polls. */
  interface PollReceiver {
    /**
     * Called with each poll.
     *
     * @param store the key of its store
     * @param poll the poll, packed as {@link dev.storewatch.uptime.PackedPoll} says
     * @param revision the revision in which it came, or got its status
     */
    void take(int store, long poll, int revision);
  }

  /** Adds rows, within the running transaction. */
  void write(Batch batch);

  /** Returns the last number that a sequence gave, 0 if none. */
  long last(String sequence);

  /** Makes a sequence continue after a number; it gave no number yet, or a smaller one. */
  void goOnAfter(String sequence, long number);
}
