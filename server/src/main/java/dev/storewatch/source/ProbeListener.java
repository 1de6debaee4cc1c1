package dev.storewatch.source;

/** Whoever is told how the asking of stores ends. */
public interface ProbeListener {
  /**
   * Called when a store was asked, or was not; it must neither block nor throw.
   *
   * @param outcome {@code active}, {@code inactive}, {@code unknown}, {@code not-asked} or {@code
   *     skipped}
   */
  void probed(String outcome);
}
