package dev.storewatch.importing;

import java.time.Duration;

/**
 * Hears of what comes into the database; called by the threads that bring it in, so it must neither
 * block nor throw.
 */
public interface ImportListener {
  /** Hears nothing. */
  ImportListener NONE = new ImportListener() {};

  /**
   * Takes an uploaded file's import that is complete or has failed.
   *
   * @param took how long it took, without the time in the queue
   */
  default void ended(ImportRun run, Duration took) {}

  /** Takes what became of the polls of one request. */
  default void pushed(ImportCounts counts) {}

  /**
   * Takes a transaction of pushed polls that was committed.
   *
   * @param batches how many requests or parts of requests shared it
   */
  default void committed(int batches, Duration took) {}
}
