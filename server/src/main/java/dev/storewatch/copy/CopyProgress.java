package dev.storewatch.copy;

/** Hears how far a copy is, from more than one thread. */
public interface CopyProgress {
  /** Hears nothing. */
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
   * Hears that a part of the work begins.
   *
   * @param what what is done: {@code copying} or {@code comparing}
   * @param rows about how many rows there are
   */
  void begin(String what, long rows);

  /** Hears that more rows are done. */
  void moved(long rows);
}
