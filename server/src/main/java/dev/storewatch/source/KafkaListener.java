package dev.storewatch.source;

import dev.storewatch.poll.RowCounts;

/** Whoever is told what is read from Kafka; none of the calls may block or throw. */
public interface KafkaListener {
  /**
   * Called once records are written.
   *
   * @param records how many there were, {@code rejected} and {@code empty} ones included
   * @param rejected how many of them were rejected, wholly or in part
   * @param empty how many had no value
   * @param polls what became of the polls in them
   */
  void written(int records, int rejected, int empty, RowCounts polls);

  /**
   * Called when a partition goes on somewhere else than where it was left.
   *
   * @param why {@code made-anew}, {@code expired} or {@code cut-off}
   */
  void moved(String why);
}
