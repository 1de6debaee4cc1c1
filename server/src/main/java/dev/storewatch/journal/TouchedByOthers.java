package dev.storewatch.journal;

import dev.storewatch.poll.PollJournal;
import dev.storewatch.poll.PollRows;
import dev.storewatch.revision.StoreSet;

/**
 * Polls that somebody else brings though an import wrote them before, or deletes: the import cannot
 * be taken back then without taking these too.
 */
final class TouchedByOthers implements PollJournal {
  private final Journal journal;
  private final StoreSet stores = new StoreSet();
  private final WrittenByImport.Extent time = new WrittenByImport.Extent();

  TouchedByOthers(Journal journal) {
    this.journal = journal;
  }

  @Override
  public void added(PollRows polls, int from, int to, boolean alone) {
    // What is new belongs to no import.
  }

  @Override
  public void replaced(PollRows polls) {
    // What is replaced was known.
  }

  @Override
  public void knew(int key, long from, long to) {
    stores.add(key);
    time.add(from, to);
  }

  @Override
  public void finish() {
    if (!stores.isEmpty()) {
      journal.touch(stores, time.span());
    }
  }
}
