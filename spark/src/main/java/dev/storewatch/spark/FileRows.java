package dev.storewatch.spark;

import dev.storewatch.entry.FuturePolls;
import dev.storewatch.entry.StoreIdIndex;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ImportFile;
import dev.storewatch.file.PollRange;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.file.RowSink;
import dev.storewatch.file.UnpackLimits;
import dev.storewatch.hours.Closure;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one file, or of a part of it, that the parser of the server reads: polls and what is
 * known of stores as {@link StoreRows}, what is known of several stores, and rows that were
 * rejected.
 */
final class FileRows implements RowSink, PollRange.Sink {
  /** Of which stores: null for the one of the row, {@link #ALL}, or a tag. */
  static final String OF = "of";

  static final String FILE = "file";
  static final String LINE = "line";
  static final String REASON = "reason";
  static final String REJECTED = "text";

  /** Stands for all stores; no tag can be that. */
  static final String ALL = "*";

  /**
   * The reason of a row that tells of a whole split: how many lines it has, as its line, and where
   * the first row is that it could not read by itself, as its text, which else is empty.
   */
  static final String END = "end of split";

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

  /** The bytes that are in memory at a time. */
  private static final int RANGE = 1 << 20;

  private final StoreIdIndex stores = new StoreIdIndex();
  private final String file;
  private final Consumer<Row> rows;
  private @Nullable String[] ids = new String[1024];
  private long order;

  private FileRows(Split split, Consumer<Row> rows) {
    this.file = split.path;
    this.order = split.firstSequence();
    this.rows = rows;
  }

  /**
   * A file, or the part of it that a task reads.
   *
   * @param number which of all files it is, in the order in which they were named
   * @param from where it begins
   * @param to where it ends; {@link Long#MAX_VALUE} for the end of the file
   * @param linesBefore how many lines are before it, if it is a part to the end of the file
   */
  record Split(String path, int number, long from, long to, long linesBefore)
      implements Serializable {
    /** A whole file. */
    static Split whole(String path, int number) {
      return new Split(path, number, 0, Long.MAX_VALUE, 0);
    }

    private boolean isToTheEnd() {
      return to == Long.MAX_VALUE;
    }

    /** A row takes a byte at least, so the rows before have smaller numbers. */
    private long firstSequence() {
      return ((long) number << FILE_BITS) + from;
    }

    /** Returns the place of the first row in the order of all rows. */
    long firstOrder() {
      return StoreRows.order(firstSequence(), false);
    }

    /** Returns a place in the order of all rows that is after those of the file. */
    long endOfOrder() {
      return StoreRows.order((long) (number + 1) << FILE_BITS, false);
    }
  }

  /** Returns the number of the file to which a place in the order of all rows belongs. */
  static int numberOf(long order) {
    return (int) (order >> (FILE_BITS + 1));
  }

  /**
   * Reads a file, or a part of it.
   *
   * @param kinds what it may hold
   * @param now the clock, in microseconds since the epoch
   */
  static void read(
      Split split, List<FileKind> kinds, long now, Configuration hadoop, Consumer<Row> rows)
      throws IOException {
    Path file = new Path(split.path);
    FileSystem system = file.getFileSystem(hadoop);
    FileRows sink = new FileRows(split, rows);
    try (ImportFile read =
        ImportFile.open(
            system.open(file), file.getName(), sink.stores, UnpackLimits.NONE, ReadOptions.NONE)) {
      if (!kinds.contains(read.kind())) {
        throw new BadInput(
            "%s holds %s: name it in the option for those, or use a file with the header %s"
                .formatted(split.path, read.kind().words(), kinds.getFirst().example()));
      }
      long latest = FuturePolls.latest(now);
      String tooLate = FuturePolls.problem(now);
      boolean isWhole = split.from == 0 && split.isToTheEnd();
      OptionalLong start = isWhole ? OptionalLong.empty() : read.rangesFrom();
      if (start.isEmpty()) {
        if (split.from == 0) {
          read.read(sink, latest, tooLate);
        }
        return;
      }
      try (FSDataInputStream bytes = system.open(file)) {
        PollRange.Source source = new FileBytes(bytes, system.getFileStatus(file).getLen());
        if (split.isToTheEnd()) {
          boolean isFirst = split.from == start.getAsLong();
          long from = PollRange.firstRow(source, split.from, isFirst);
          bytes.seek(from);
          read.readRest(from, split.linesBefore, bytes, sink, latest, tooLate);
        } else {
          sink.readRanges(read, source, start.getAsLong(), split, latest, tooLate);
        }
      }
    }
  }

  /** A file of any file system that Spark knows. */
  private record FileBytes(FSDataInputStream bytes, long size) implements PollRange.Source {
    @Override
    public int read(ByteBuffer to, long at) throws IOException {
      int read = bytes.read(at, to.array(), to.arrayOffset() + to.position(), to.remaining());
      if (read > 0) {
        to.position(to.position() + read);
      }
      return read;
    }
  }

  private void readRanges(
      ImportFile read,
      PollRange.Source source,
      long start,
      Split split,
      long latest,
      String tooLate)
      throws IOException {
    PollRange range = read.range(source, stores, this, latest, tooLate);
    boolean hasFirst = split.from <= start && start < split.to;
    long lines = hasFirst ? read.line() : 0;
    long at = Math.max(split.from, start);
    long end = Math.min(split.to, source.size());
    String stopped = "";
    while (at < end) {
      long next = Math.min(end, at + RANGE);
      order = split.firstSequence() - split.from + at;
      PollRange.Outcome outcome = range.read(at, next, at == start);
      if (outcome == null) {
        stopped = String.valueOf(at);
        break;
      }
      for (PollRange.Rejected row : outcome.rejected()) {
        reject(StoreRows.order(order, false), lines + row.line(), row.reason(), row.text());
      }
      lines += outcome.lines();
      at = next;
    }
    reject(split.firstOrder(), lines, END, stopped);
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
    reject(StoreRows.order(order++, false), line, reason, text);
  }

  private void reject(long place, long line, String reason, String text) {
    rows.accept(
        RowFactory.create("", StoreRows.BEFORE_POLLS, place, null, null, file, line, reason, text));
  }
}
