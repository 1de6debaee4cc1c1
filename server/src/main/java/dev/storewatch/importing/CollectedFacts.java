package dev.storewatch.importing;

import dev.storewatch.journal.OpenEntry;
import dev.storewatch.poll.PollTransaction;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Stores;

/**
 * The valid rows of a file that says something about stores themselves, not how they did. They are
 * written where stores are kept, which need not be a database.
 */
interface CollectedFacts extends CollectedRows {
  /**
   * Writes all rows, and counts what became of each.
   *
   * @param before the stores as they were before those of the file were added
   * @param entry keeps what is changed
   * @return which stores were treated otherwise than the file says, because rows were refused
   */
  Refusals write(
      Stores stores, Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry);

  @Override
  default Refusals write(
      PollTransaction in, Registry before, StoreKeys keys, RowCounts.Tally tally, OpenEntry entry) {
    return write(in.stores(), before, keys, tally, entry);
  }
}
