package dev.storewatch.importing;

import java.time.Duration;

/** Whoever is told how imports of uploaded files end. */
public interface ImportListener {
  /**
   * Called by the thread that imports when an import is complete or has failed: it must neither
   * block nor throw.
   *
   * @param took how long it took, without the time in the queue
   */
  void ended(ImportRun run, Duration took);
}
