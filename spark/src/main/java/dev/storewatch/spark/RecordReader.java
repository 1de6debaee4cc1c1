package dev.storewatch.spark;

import dev.storewatch.entry.FuturePolls;
import dev.storewatch.file.CsvPoll;
import dev.storewatch.file.JsonPoll;
import dev.storewatch.file.PollItems;
import dev.storewatch.file.RejectedText;
import dev.storewatch.interval.Micros;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of records as the server reads those of Kafka: an object of JSON or an array of
 * them, or lines of CSV. The good polls of a value count, whatever is wrong with the others; of a
 * value with something wrong there is one more row, with a reason.
 */
final class RecordReader implements Iterator<Row> {
  static final String DAY = "day";
  static final String PARTITION = "partition";
  static final String OFFSET = "offset";
  static final String ITEM = "item";
  static final String ACTIVE = "active";
  static final String REASON = "reason";
  static final String TEXT = "text";

  /** A poll, or what is wrong with a record: that has a reason, and no store. */
  static final StructType SCHEMA =
      new StructType()
          .add(StoreRows.STORE, DataTypes.StringType, true)
          .add(StoreRows.AT, DataTypes.LongType, true)
          .add(DAY, DataTypes.LongType, true)
          .add(ACTIVE, DataTypes.BooleanType, true)
          .add(PARTITION, DataTypes.IntegerType, false)
          .add(OFFSET, DataTypes.LongType, false)
          .add(ITEM, DataTypes.IntegerType, false)
          .add(REASON, DataTypes.StringType, true)
          .add(TEXT, DataTypes.StringType, true);

  private static final int TEXT_SHOWN = 500;
  private static final String TOO_LONG = "longer than 64 KiB: the limit is 65,536 bytes";

  private final Iterator<Row> records;
  private final Format format;
  private final long now;
  private final JsonPoll json = new JsonPoll();
  private final CsvPoll csv = new CsvPoll();

  /** The rows of the record at hand. */
  private Iterator<Row> rows = Collections.emptyIterator();

  private List<Row> found = new ArrayList<>();
  private int partition;
  private long offset;
  private int wrong;
  private @Nullable String reason;
  private String text = "";

  /** What values are. */
  enum Format {
    /** Told by the first character of each value. */
    AUTO,
    /** An object, or an array of them. */
    JSON,
    /** A poll on each line. */
    CSV
  }

  /**
   * A reader of records.
   *
   * @param records the partition, the offset and the value of each
   * @param now the clock, in microseconds since the epoch
   */
  RecordReader(Iterator<Row> records, Format format, long now) {
    this.records = records;
    this.format = format;
    this.now = now;
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext() && records.hasNext()) {
      Row record = records.next();
      found = new ArrayList<>();
      if (!record.isNullAt(2)) { // a record without a value says nothing
        partition = record.getInt(0);
        offset = record.getLong(1);
        read(record.<byte[]>getAs(2));
      }
      rows = found.iterator();
    }
    return rows.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return rows.next();
  }

  private void read(byte[] value) {
    wrong = 0;
    reason = null;
    text = "";
    try {
      if (isJson(value)) {
        readJson(value);
      } else {
        readCsv(value);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // of an array in memory
    }
    if (wrong > 0) {
      String all = wrong > 1 ? "%s (and %d more)".formatted(reason, wrong - 1) : reason;
      found.add(
          RowFactory.create(null, null, null, null, partition, offset, found.size(), all, text));
    }
  }

  private boolean isJson(byte[] value) {
    return switch (format) {
      case JSON -> true;
      case CSV -> false;
      case AUTO -> beginsWithBracket(value);
    };
  }

  private static boolean beginsWithBracket(byte[] value) {
    for (byte each : value) {
      // A byte order mark is three bytes below zero.
      if (each == '{' || each == '[') {
        return true;
      }
      if (each > ' ') {
        return false;
      }
    }
    return false;
  }

  private void readJson(byte[] value) throws IOException {
    PollItems items = PollItems.ofJson(new ByteArrayInputStream(value));
    int number = 0;
    while (items.next()) {
      number++;
      String problem = problemOfJson(items);
      if (problem == null) {
        add(json.storeId(), json.at(), json.isActive());
        continue;
      }
      String named =
          items.form() == PollItems.Form.ARRAY ? "item %d: %s".formatted(number, problem) : problem;
      reject(named, items.bytes(), items.length());
      if (items.form() == PollItems.Form.ARRAY && json.broken() != null) {
        return; // nobody knows where the next one begins
      }
    }
    if (items.form() == PollItems.Form.ARRAY && items.breakage() != null) {
      reject("%s; what is before it was taken".formatted(items.breakage()), value, value.length);
    } else if (items.form() == PollItems.Form.OTHER) {
      reject(
          "neither an object nor an array: write a poll like"
              + " {\"store_id\":\"42\",\"status\":\"active\",\"timestamp_utc\":\"2023-01-25T18:13:22Z\"}",
          value,
          value.length);
    }
  }

  private @Nullable String problemOfJson(PollItems items) {
    if (items.isTooLong()) {
      return TOO_LONG;
    }
    if (items.form() == PollItems.Form.OBJECT && items.breakage() != null) {
      return "text after the end of the object: send several polls as an array";
    }
    String problem = json.read(items.bytes(), 0, items.length());
    return problem == null ? problemOfTime(json.at()) : problem;
  }

  private @Nullable String problemOfTime(long at) {
    return at > FuturePolls.latest(now) ? FuturePolls.problem(now) : null;
  }

  private void readCsv(byte[] value) throws IOException {
    csv.begin();
    PollItems lines = PollItems.ofLines(new ByteArrayInputStream(value));
    int number = 0;
    while (lines.next()) {
      number++;
      if (number == 1 && !lines.isTooLong() && csv.takeHeader(lines.bytes(), 0, lines.length())) {
        continue;
      }
      String problem = problemOfCsv(lines);
      if (problem == null) {
        add(csv.storeId(), csv.at(), csv.isActive());
      } else {
        reject("line %d: %s".formatted(number, problem), lines.bytes(), lines.length());
      }
    }
    if (number == 0) {
      reject("nothing but blanks: write a poll, or send no value at all", value, value.length);
    }
  }

  private @Nullable String problemOfCsv(PollItems lines) {
    if (lines.isTooLong()) {
      return TOO_LONG;
    }
    String problem = csv.read(lines.bytes(), 0, lines.length());
    return problem == null ? problemOfTime(csv.at()) : problem;
  }

  private void add(String store, long at, boolean active) {
    found.add(
        RowFactory.create(
            store,
            at,
            Math.floorDiv(at, Micros.DAY),
            active,
            partition,
            offset,
            found.size(),
            null,
            null));
  }

  private void reject(String problem, byte[] bytes, int length) {
    wrong++;
    if (reason == null) {
      reason = problem;
      text = RejectedText.start(bytes, 0, length, TEXT_SHOWN).strip();
    }
  }
}
