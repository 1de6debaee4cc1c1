package dev.storewatch.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;

import dev.storewatch.csv.CsvRows;
import dev.storewatch.csv.RowWriter;
import dev.storewatch.uptime.WindowTotals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.IOUtils;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** The rows of a report as files, in the order of the store ids. */
final class ReportFiles {
  private static final StructType COLUMNS =
      new StructType()
          .add("store_id", DataTypes.StringType, false)
          .add("window", DataTypes.StringType, false)
          .add("from", DataTypes.LongType, false)
          .add("to", DataTypes.LongType, false)
          .add("scheduled_micros", DataTypes.LongType, false)
          .add("uptime_micros", DataTypes.LongType, false)
          .add("downtime_micros", DataTypes.LongType, false)
          .add("unknown_micros", DataTypes.LongType, false)
          .add("excluded_micros", DataTypes.LongType, false)
          .add("uptime_micros_low", DataTypes.LongType, false)
          .add("uptime_micros_high", DataTypes.LongType, false)
          .add("polls", DataTypes.LongType, false);

  private final Question question;
  private final boolean isFull;

  ReportFiles(Question question, boolean isFull) {
    this.question = question;
    this.isFull = isFull;
  }

  private static Dataset<Row> sorted(Dataset<Row> results) {
    return results
        .filter(col(Results.REPORTED))
        .select(Results.STORE, Results.NUMBERS)
        .orderBy(Results.STORE);
  }

  /**
   * Writes CSV into a folder: several files, each with a header, of which the rows go on in the
   * order of the names.
   *
   * @return the files in that order; at least one
   */
  List<Path> writeCsv(
      Dataset<Row> results, Path folder, Broadcast<SerializableConfiguration> hadoop)
      throws IOException {
    String target = folder.toString();
    Question asked = question;
    boolean full = isFull;
    List<String> names =
        new ArrayList<>(
            sorted(results)
                .select(Results.STORE, Results.NUMBERS)
                .toJavaRDD()
                .mapPartitions(rows -> writePart(rows, asked, full, target, hadoop.value().value()))
                .collect());
    names.sort(null);
    FileSystem system = folder.getFileSystem(hadoop.value().value());
    List<Path> parts = new ArrayList<>();
    for (String name : names) {
      Path part = new Path(folder, "part-%05d.csv".formatted(parts.size()));
      rename(system, new Path(folder, name), part);
      parts.add(part);
    }
    if (parts.isEmpty()) {
      Path part = new Path(folder, "part-00000.csv");
      try (OutputStream out = system.create(part, true)) {
        writer(asked, full, out).finish();
      }
      parts.add(part);
    }
    return parts;
  }

  /** Moves a file, and does not take a refusal for an answer. */
  static void rename(FileSystem system, Path from, Path to) throws IOException {
    if (!system.rename(from, to)) {
      throw new IOException("%s could not be moved to %s".formatted(from, to));
    }
  }

  /** Writes the rows of a task to a file that only this attempt of it has, and returns its name. */
  private static Iterator<String> writePart(
      Iterator<Row> rows, Question question, boolean isFull, String folder, Configuration hadoop)
      throws IOException {
    if (!rows.hasNext()) {
      return List.<String>of().iterator();
    }
    TaskContext task = TaskContext.get();
    String name = "task-%08d-%d.csv".formatted(task.partitionId(), task.taskAttemptId());
    Path file = new Path(folder, name);
    int windows = question.names().length;
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      RowWriter writer = writer(question, isFull, out);
      while (rows.hasNext()) {
        Row row = rows.next();
        long[] numbers = Results.unpack(row.<byte[]>getAs(1), windows);
        writer.row(row.getString(0), numbers, 0, numbers, windows * WindowTotals.FIELDS);
      }
      writer.finish();
    }
    return List.of(name).iterator();
  }

  private static RowWriter writer(Question question, boolean isFull, OutputStream out) {
    return isFull
        ? CsvRows.full(question.windowsOf(), out)
        : CsvRows.standard(question.windowsOf(), out);
  }

  /** Writes the rows of several files into one, with one header. */
  void join(List<Path> parts, Path target, FileSystem system) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    writer(question, isFull, header).finish();
    try (OutputStream out = system.create(target, true)) {
      for (int i = 0; i < parts.size(); i++) {
        try (InputStream in = system.open(parts.get(i))) {
          if (i > 0) {
            in.skipNBytes(header.size());
          }
          IOUtils.copyBytes(in, out, 1 << 16);
        }
      }
    }
  }

  /**
   * Writes Parquet into a folder: a row for each store and window, every figure in microseconds.
   */
  void writeParquet(Dataset<Row> results, Path folder) {
    String[] names = question.names();
    FlatMapFunction<Row, Row> rows = row -> rows(row, names).iterator();
    sorted(results)
        .flatMap(rows, Encoders.row(COLUMNS))
        .withColumn("from", timestamp_micros(col("from")))
        .withColumn("to", timestamp_micros(col("to")))
        .write()
        .mode("append")
        .parquet(folder.toString());
  }

  private static List<Row> rows(Row row, String[] names) {
    long[] numbers = Results.unpack(row.<byte[]>getAs(1), names.length);
    List<Row> rows = new ArrayList<>(names.length);
    for (int window = 0; window < names.length; window++) {
      WindowTotals totals = WindowTotals.read(numbers, window * WindowTotals.FIELDS);
      int ends = names.length * WindowTotals.FIELDS + 2 * window;
      rows.add(
          RowFactory.create(
              row.getString(0),
              names[window],
              numbers[ends],
              numbers[ends + 1],
              totals.scheduled(),
              totals.up(),
              totals.down(),
              totals.unknown(),
              totals.excluded(),
              totals.upAtLeast(),
              totals.upAtMost(),
              totals.polls()));
    }
    return rows;
  }
}
