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
        public void wrote(PollRows added, PollRows replaced) {}

        @Override
        public void knew(int key, long from, long to) {}
      };

  /**
   * Called with polls that were written, those of one store together.
   *
   * @param added those of which there was none of their store and instant
   * @param replaced those that had the other status
   */
  void wrote(PollRows added, PollRows replaced);

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
