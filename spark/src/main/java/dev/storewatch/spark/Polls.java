package dev.storewatch.spark;

import dev.storewatch.interval.Span;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Where polls come from. */
interface Polls {
  /** Returns the newest poll that is not after an instant; null for none. */
  @Nullable Long newest(long until);

  /** Returns polls of a period, and perhaps others. */
  Dataset<Row> in(Span period);

  /** Returns the store and the instant of each poll that is not in a period. */
  Dataset<Row> outside(Span period);

  /** Returns whether the first poll of each store is known without a look at the polls. */
  default boolean knowsFirstPolls() {
    return false;
  }
}
