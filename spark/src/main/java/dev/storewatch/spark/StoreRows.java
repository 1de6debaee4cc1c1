package dev.storewatch.spark;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The rows that are sorted by store: its polls, and before them what is known of it.
 *
 * <p>A poll has its instant and {@code sequence * 2 + active}, so that the order of rows is that in
 * which polls were read, and no text. What is known of a store has a text, and an instant before
 * that of every poll.
 */
final class StoreRows {
  static final String STORE = "store_id";
  static final String AT = "at";
  static final String ORDER = "read_order";
  static final String TEXT = "known";

  static final int STORE_PLACE = 0;
  static final int AT_PLACE = 1;
  static final int ORDER_PLACE = 2;
  static final int TEXT_PLACE = 3;

  /** The instant of what is no poll. */
  static final long BEFORE_POLLS = Long.MIN_VALUE;

  static final StructType SCHEMA =
      new StructType()
          .add(STORE, DataTypes.StringType, false)
          .add(AT, DataTypes.LongType, false)
          .add(ORDER, DataTypes.LongType, false)
          .add(TEXT, DataTypes.StringType, true);

  private StoreRows() {}

  /** Returns what stands in the place of a number of order, with the status in the lowest bit. */
  static long order(long sequence, boolean active) {
    return sequence << 1 | (active ? 1 : 0);
  }
}
