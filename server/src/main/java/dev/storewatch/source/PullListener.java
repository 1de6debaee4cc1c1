package dev.storewatch.source;

/** Whoever is told how the pulls of sources end. */
public interface PullListener {
  /**
   * Called when a pull has ended; it must neither block nor throw.
   *
   * @param outcome {@code imported}, {@code unchanged} or {@code failed}
   */
  void pulled(String outcome);
}
