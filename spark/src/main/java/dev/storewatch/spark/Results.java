package dev.storewatch.spark;

import dev.storewatch.interval.Span;
import dev.storewatch.uptime.Outage;
import dev.storewatch.uptime.WindowTotals;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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

  /** The outages of the longest window, where somebody asked for them. */
  static final String OUTAGES = "outages";

  static final StructType WITH_OUTAGES = SCHEMA.add(OUTAGES, DataTypes.BinaryType, false);

  /** The numbers of an outage. */
  private static final int OF_OUTAGE = 9;

  private static final long NONE = Long.MIN_VALUE;

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

  static byte[] pack(List<Outage> outages) {
    ByteBuffer bytes = ByteBuffer.allocate(outages.size() * OF_OUTAGE * Long.BYTES);
    for (Outage outage : outages) {
      bytes
          .putLong(outage.span().start())
          .putLong(outage.span().end())
          .putLong(outage.openMicros())
          .putLong(outage.clippedStart() ? 1 : 0)
          .putLong(outage.clippedEnd() ? 1 : 0)
          .putLong(outage.lastUp().orElse(NONE))
          .putLong(outage.firstDown())
          .putLong(outage.lastDown())
          .putLong(outage.nextUp().orElse(NONE));
    }
    return bytes.array();
  }

  static List<Outage> outages(byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    List<Outage> outages = new ArrayList<>();
    while (bytes.hasRemaining()) {
      outages.add(
          new Outage(
              new Span(bytes.getLong(), bytes.getLong()),
              bytes.getLong(),
              bytes.getLong() == 1,
              bytes.getLong() == 1,
              orNone(bytes.getLong()),
              bytes.getLong(),
              bytes.getLong(),
              orNone(bytes.getLong())));
    }
    return outages;
  }

  private static OptionalLong orNone(long value) {
    return value == NONE ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
