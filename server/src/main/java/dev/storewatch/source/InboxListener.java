package dev.storewatch.source;

/** Whoever is told what becomes of the files of the watched folder. */
public interface InboxListener {
  /**
   * Called when a file was moved to {@code done} or {@code failed}; it must neither block nor
   * throw.
   *
   * @param done whether it was imported
   */
  void ended(boolean done);
}
