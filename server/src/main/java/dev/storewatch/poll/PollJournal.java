package dev.storewatch.poll;

/**
 * Whoever keeps what a merge of polls does to the database, within its transaction: to take it back
 * later, or to know that it cannot be.
 */
public interface PollJournal {
  /** Keeps nothing. */
  PollJournal NONE =
      new PollJournal() {
        @Override
        public void added(PollRows polls, int from, int to, boolean alone) {}

        @Override
        public void replaced(PollRows polls) {}

        @Override
        public void knew(int key, long from, long to) {}
      };

  /**
   * Called with the polls of a store that were added.
   *
   * @param polls a list that holds them, in the order of time
   * @param from the place of the first
   * @param to the place after the last
   * @param alone whether it is certain that the store has no other poll between the first and the
   *     last
   */
  void added(PollRows polls, int from, int to, boolean alone);

  /** Called with polls that had the other status. */
  void replaced(PollRows polls);

  /**
   * Called with a store of which polls were there already, with either status.
   *
   * @param key the key of the store
   * @param from the instant of the earliest, in microseconds since the epoch
   * @param to the instant of the latest
   */
  void knew(int key, long from, long to);

  /** Called when all polls are written. */
  default void finish() {}
}
