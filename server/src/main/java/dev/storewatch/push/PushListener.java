package dev.storewatch.push;

import dev.storewatch.poll.RowCounts;

/** Whoever is told what became of pushed polls. */
public interface PushListener {
  /**
   * Called when the sender of a request is about to be told: it must neither block nor throw.
   *
   * @param counts what became of the polls of the request
   */
  void pushed(RowCounts counts);
}
