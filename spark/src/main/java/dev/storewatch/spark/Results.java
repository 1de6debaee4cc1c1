package dev.storewatch.spark;

import dev.storewatch.uptime.WindowTotals;
import java.nio.ByteBuffer;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What was computed of each store: one row, also of a store that was never polled, because notices
 * are about those too.
 */
final class Results {
  static final String STORE = StoreRows.STORE;

  /** Whether the report has a row for it. */
  static final String REPORTED = "reported";

  /** Its newest poll in the time that the report reads, up to the as-of instant; null for none. */
  static final String NEWEST = "newest";

  /** What is to be told of it, a bit for each kind. */
  static final String FAULTS = "faults";

  /** Whether it was in a file of hours or zones. */
  static final String DESCRIBED = "described";

  /** The normal form of its id, by which a likely mistake is found. */
  static final String NORMAL = "normal";

  /** A character for each window: 1 for a period that is not over on its clocks. */
  static final String UNFINISHED = "unfinished";

  /** The totals of all windows, and then their starts and ends. */
  static final String NUMBERS = "numbers";

  static final StructType SCHEMA =
      new StructType()
          .add(STORE, DataTypes.StringType, false)
          .add(REPORTED, DataTypes.BooleanType, false)
          .add(NEWEST, DataTypes.LongType, true)
          .add(FAULTS, DataTypes.IntegerType, false)
          .add(DESCRIBED, DataTypes.BooleanType, false)
          .add(NORMAL, DataTypes.StringType, false)
          .add(UNFINISHED, DataTypes.StringType, false)
          .add(NUMBERS, DataTypes.BinaryType, false);

  private Results() {}

  static byte[] pack(long[] totals, long[] ends) {
    ByteBuffer bytes = ByteBuffer.allocate((totals.length + ends.length) * Long.BYTES);
    bytes.asLongBuffer().put(totals).put(ends);
    return bytes.array();
  }

  /** Returns the totals and the ends of a number of windows. */
  static long[] unpack(byte[] bytes, int windows) {
    long[] numbers = new long[windows * (WindowTotals.FIELDS + 2)];
    ByteBuffer.wrap(bytes).asLongBuffer().get(numbers);
    return numbers;
  }
}
