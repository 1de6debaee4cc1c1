package dev.storewatch.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/**
 * Files that are read in splits, each by a task of its own, so that one large file takes no longer
 * than many small ones.
 *
 * <p>A split knows neither how many lines there are before it nor whether it begins within a row of
 * several lines. So each says at its end how many lines it had, by which the lines of rejected rows
 * are counted, and where it found a row that it could not read by itself: from the first such place
 * on, the file is read once more and as one, and what splits said of that part does not count.
 */
final class FileSplits {
  private final List<FileStatus> files;
  private final int firstNumber;
  private final long size;

  /**
   * The splits of files.
   *
   * @param firstNumber which of all files the first one is
   * @param size the most bytes of a split
   */
  FileSplits(List<FileStatus> files, int firstNumber, long size) {
    this.files = files;
    this.firstNumber = firstNumber;
    this.size = size;
  }

  /** Whoever reads splits into rows of {@link FileRows#SCHEMA}, a task for each. */
  interface Reading extends Function<List<FileRows.Split>, Dataset<Row>> {}

  /** Returns the rows of all files. */
  Dataset<Row> read(Reading reading) {
    List<FileRows.Split> splits = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      splits.addAll(splits(files.get(i), firstNumber + i));
    }
    Dataset<Row> rows = reading.apply(splits);
    return splits.size() > files.size() ? new Whole(ends(rows)).of(rows, reading) : rows;
  }

  private List<FileRows.Split> splits(FileStatus file, int number) {
    String path = file.getPath().toString();
    if (file.getLen() <= size) {
      return List.of(FileRows.Split.whole(path, number));
    }
    List<FileRows.Split> splits = new ArrayList<>();
    for (long from = 0; from < file.getLen(); from += size) {
      splits.add(new FileRows.Split(path, number, from, from + size, 0));
    }
    return splits;
  }

  private static List<Row> ends(Dataset<Row> rows) {
    return rows.filter(col(FileRows.REASON).equalTo(FileRows.END))
        .select(StoreRows.ORDER, FileRows.FILE, FileRows.LINE, FileRows.REJECTED)
        .orderBy(StoreRows.ORDER)
        .collectAsList();
  }

  /** What the ends of all splits say together. */
  private static final class Whole {
    private final long[] orders;
    private final long[] linesBefore;
    private final List<FileRows.Split> rest = new ArrayList<>();

    Whole(List<Row> ends) {
      orders = new long[ends.size()];
      linesBefore = new long[ends.size()];
      int number = -1;
      long lines = 0;
      for (int i = 0; i < orders.length; i++) {
        Row end = ends.get(i);
        orders[i] = end.getLong(0);
        if (FileRows.numberOf(orders[i]) != number) {
          number = FileRows.numberOf(orders[i]);
          lines = 0;
        }
        linesBefore[i] = lines;
        lines += end.getLong(2);
        String stopped = end.getString(3);
        if (!stopped.isEmpty() && (rest.isEmpty() || rest.getLast().number() != number)) {
          rest.add(
              new FileRows.Split(
                  end.getString(1), number, Long.parseLong(stopped), Long.MAX_VALUE, lines));
        }
      }
    }

    Dataset<Row> of(Dataset<Row> rows, Reading reading) {
      Column order = col(StoreRows.ORDER);
      Column reason = col(FileRows.REASON);
      Column counts = lit(true);
      for (FileRows.Split part : rest) {
        counts = counts.and(order.lt(part.firstOrder()).or(order.geq(part.endOfOrder())));
      }
      Dataset<Row> read = rows.filter(counts);
      Dataset<Row> all =
          read.filter(reason.isNull())
              .union(
                  read.filter(reason.isNotNull().and(reason.notEqual(FileRows.END)))
                      .withColumn(
                          FileRows.LINE,
                          udf(inFile(orders, linesBefore), DataTypes.LongType)
                              .apply(order, col(FileRows.LINE))));
      return rest.isEmpty() ? all : all.union(reading.apply(rest));
    }

    /** Returns what makes the line in its file of the line of a row in its split. */
    private static UDF2<Long, Long, Long> inFile(long[] orders, long[] linesBefore) {
      return (order, line) -> {
        int place = Arrays.binarySearch(orders, order);
        int split = place >= 0 ? place : -place - 2;
        boolean isOfSplit =
            split >= 0 && FileRows.numberOf(orders[split]) == FileRows.numberOf(order);
        return isOfSplit ? line + linesBefore[split] : line;
      };
    }
  }
}
