package dev.storewatch.store;

/** There would be more stores than there may be, most likely made by wrong ids. */
public final class TooManyStores extends RuntimeException {
  private static final long serialVersionUID = 1;

  private TooManyStores(int there, int more, int most) {
    super(
        "%d new stores beside the %d that there are would be more than %d: look at the ids, or raise storewatch.limits.stores"
            .formatted(more, there, most));
  }

  /**
   * Checks that stores may be added.
   *
   * @param there how many there are
   * @param more how many are to be added
   * @param most how many there may be
   * @throws TooManyStores if there would be too many
   */
  public static void check(int there, int more, int most) {
    if (more > 0 && (long) there + more > most) {
      throw new TooManyStores(there, more, most);
    }
  }
}
