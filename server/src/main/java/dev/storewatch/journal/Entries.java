package dev.storewatch.journal;

import java.util.List;

/** Where the entries of imports are kept: in a database, or in memory while a command runs. */
interface Entries {
  /** Returns the entries of a set and a kind of file, in the order in which they were written. */
  List<JournalEntry> ofSet(String setId, String kind);

  /** Returns what an import made of the hours or of the zones of stores. */
  List<StoreChange> stores(String importId);

  /** Returns whether it matters what a file changes, where no other file of its kind follows. */
  boolean keepsAll();

  /** Keeps what an import made of the hours or of the zones of stores. */
  void addStores(String importId, List<StoreChange> changes);

  /** Keeps polls that an import wrote, in texts of {@link PackedChanges}. */
  void addPolls(String importId, int firstNumber, List<String> texts);

  /**
   * Keeps an entry as the last one; its number is found while it is written.
   *
   * @param polls the first text of {@link PackedChanges}, empty for none
   * @param now the instant, in microseconds since the epoch
   */
  void save(JournalEntry entry, String polls, long now);
}
