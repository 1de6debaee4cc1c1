package dev.storewatch.spark;

import dev.storewatch.entry.FuturePolls;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ImportFile;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.file.RowSink;
import dev.storewatch.file.UnpackLimits;
import dev.storewatch.hours.Closure;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one file that the parser of the server reads: polls and what is known of stores as
 * {@link StoreRows}, what is known of several stores, and rows that were rejected.
 */
final class FileRows implements RowSink {
  /** Of which stores: null for the one of the row, {@link #ALL}, or a tag. */
  static final String OF = "of";

  static final String FILE = "file";
  static final String LINE = "line";
  static final String REASON = "reason";
  static final String REJECTED = "text";

  /** Stands for all stores; no tag can be that. */
  static final String ALL = "*";

  /** The rows of a file; those that were rejected have a reason. */
  static final StructType SCHEMA =
      StoreRows.SCHEMA
          .add(OF, DataTypes.StringType, true)
          .add(FILE, DataTypes.StringType, true)
          .add(LINE, DataTypes.LongType, true)
          .add(REASON, DataTypes.StringType, true)
          .add(REJECTED, DataTypes.StringType, true);

  /** Room for the rows of one file in the order of all rows. */
  private static final int FILE_BITS = 38;

  private final StoreIdIndex stores = new StoreIdIndex();
  private final String file;
  private final Consumer<Row> rows;
  private @Nullable String[] ids = new String[1024];
  private long order;

  private FileRows(String file, int number, Consumer<Row> rows) {
    this.file = file;
    this.order = (long) number << FILE_BITS;
    this.rows = rows;
  }

  /**
   * Reads a file.
   *
   * @param number which of all files it is, in the order in which they were named
   * @param kinds what it may hold
   * @param now the clock, in microseconds since the epoch
   */
  static void read(
      String path,
      int number,
      List<FileKind> kinds,
      long now,
      Configuration hadoop,
      Consumer<Row> rows)
      throws IOException {
    Path file = new Path(path);
    InputStream bytes = file.getFileSystem(hadoop).open(file);
    FileRows sink = new FileRows(path, number, rows);
    try (ImportFile read =
        ImportFile.open(bytes, file.getName(), sink.stores, UnpackLimits.NONE, ReadOptions.NONE)) {
      if (!kinds.contains(read.kind())) {
        throw new BadInput(
            "%s holds %s: name it in the option for those, or use a file with the header %s"
                .formatted(path, read.kind().words(), kinds.getFirst().example()));
      }
      read.read(sink, FuturePolls.latest(now), FuturePolls.problem(now));
    }
  }

  private String id(int store) {
    if (store >= ids.length) {
      ids = Arrays.copyOf(ids, Math.max(2 * ids.length, store + 1));
    }
    String known = ids[store];
    if (known == null) {
      known = stores.id(store);
      ids[store] = known;
    }
    return known;
  }

  @Override
  public void poll(int store, long at, boolean active) {
    rows.accept(
        RowFactory.create(
            id(store), at, StoreRows.order(order++, active), null, null, null, null, null, null));
  }

  private void know(int store, String text) {
    give(id(store), null, text);
  }

  private void give(String id, @Nullable String of, String text) {
    rows.accept(
        RowFactory.create(
            id,
            StoreRows.BEFORE_POLLS,
            StoreRows.order(order++, false),
            text,
            of,
            null,
            null,
            null,
            null));
  }

  @Override
  public void hours(int store, int day, int opens, int closes) {
    know(store, Known.hours(LocalDate.MIN, day, opens, closes));
  }

  @Override
  public void closed(int store, int day) {
    know(store, Known.closed(LocalDate.MIN, day));
  }

  @Override
  public void hoursFrom(LocalDate date, int store, int day, int opens, int closes) {
    know(store, Known.hours(date, day, opens, closes));
  }

  @Override
  public void closedFrom(LocalDate date, int store, int day) {
    know(store, Known.closed(date, day));
  }

  @Override
  public void refusedHours(int store, int day) {
    know(store, Known.refusedHours(LocalDate.MIN, day));
  }

  @Override
  public void refusedHoursFrom(LocalDate date, int store, int day) {
    know(store, Known.refusedHours(date, day));
  }

  @Override
  public void zone(int store, String zone) {
    know(store, Known.text(Known.ZONE, zone));
  }

  @Override
  public void refusedZone(int store) {
    know(store, Known.text(Known.REFUSED_ZONE));
  }

  @Override
  public void tags(int store, @Nullable String name, List<String> tags) {
    tags.forEach(tag -> know(store, Known.text(Known.TAG, tag)));
  }

  @Override
  public boolean takesNewStores() {
    return true;
  }

  private void know(Target target, String text) {
    if (target.store() >= 0) {
      know(target.store(), text);
    } else {
      give("", target.tag() == null ? ALL : target.tag(), text);
    }
  }

  @Override
  public void specialHours(
      Target target, LocalDate date, int opens, int closes, @Nullable String label) {
    know(target, Known.specialHours(date, opens, closes));
  }

  @Override
  public void specialClosed(Target target, LocalDate date, @Nullable String label) {
    know(target, Known.text(Known.SPECIAL_CLOSED, date));
  }

  @Override
  public void refusedDay(Target target, LocalDate date) {
    know(target, Known.text(Known.REFUSED_DAY, date));
  }

  @Override
  public void closure(Target target, Closure closure) {
    know(target, Known.closure(closure));
  }

  @Override
  public void rejected(long line, String reason, String text) {
    rows.accept(
        RowFactory.create(
            "", StoreRows.BEFORE_POLLS, order++, null, null, file, line, reason, text));
  }
}
