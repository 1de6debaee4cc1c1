package dev.storewatch.copy;

/** Whoever is told how far a copy is, by more than one thread. */
public interface CopyProgress {
  /** Ignores all calls. */
  CopyProgress NONE =
      new CopyProgress() {
        @Override
        public void begin(String what, long rows) {
          // Nobody looks.
        }

        @Override
        public void moved(long rows) {
          // Nobody looks.
        }
      };

  /**
   * Called when a part of the work begins.
   *
   * @param what what is done: {@code copying} or {@code comparing}
   * @param rows about how many rows there are
   */
  void begin(String what, long rows);

  /** Called when more rows are done. */
  void moved(long rows);
}
