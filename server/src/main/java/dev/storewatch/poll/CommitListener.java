package dev.storewatch.poll;

import java.time.Duration;

/** Whoever is told how long transactions of pushed polls take. */
public interface CommitListener {
  /**
   * Called once a transaction is committed, by the thread that wrote: it must neither block nor
   * throw.
   *
   * @param batches how many requests or parts of requests shared it
   */
  void committed(int batches, Duration took);
}
