package dev.storewatch.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_micros;

import dev.storewatch.hours.Schedule;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** The polls of a lake, and what it knows of stores. */
final class LakeInput {
  private static final String ZONE = "time_zone";

  /** The tables that may be of several stores at once. */
  private static final Set<String> SHARED = Set.of("special_days", "closures");

  private LakeInput() {}

  /**
   * Opens a lake.
   *
   * @throws BadInput if the folder is none, or has no poll
   */
  static Input open(SparkSession spark, String folder, Folders folders) throws IOException {
    Lake lake = Lake.open(folder, folders);
    NavigableMap<String, List<String>> byDate = lake.polls();
    if (byDate.isEmpty()) {
      throw new BadInput(
          "the lake %s has no poll: import polls, and export again".formatted(folder));
    }
    Dataset<Row> known = null;
    Dataset<Row> shared = null;
    for (String table :
        List.of("stores", "tags", "hours", "later_hours", "special_days", "closures")) {
      List<String> files = lake.rowsOf(table);
      if (!files.isEmpty()) {
        Dataset<Row> rows =
            inMicros(read(spark, files, folders))
                .flatMap(
                    (Row row) -> LakeKnowledge.rows(table, row).iterator(),
                    Encoders.row(FileRows.SCHEMA));
        known = and(known, SHARED.contains(table) ? rows.filter(col(FileRows.OF).isNull()) : rows);
        if (SHARED.contains(table)) {
          shared = and(shared, rows.filter(col(FileRows.OF).isNotNull()));
        }
      }
    }
    ParquetFooters footers = new ParquetFooters(spark, folders.hadoop());
    StructType columns = footers.columns(byDate.firstEntry().getValue().getFirst());
    return new Input(
        new LakePolls(spark, folder, columns, footers, byDate),
        known,
        shared,
        () -> zones(spark, lake.rowsOf("stores")));
  }

  private static Dataset<Row> and(@Nullable Dataset<Row> rows, Dataset<Row> others) {
    return rows == null ? others : rows.union(others);
  }

  /** Reads files that are all of the same columns, which a footer tells without a job. */
  private static Dataset<Row> read(SparkSession spark, List<String> files, Folders folders)
      throws IOException {
    return spark
        .read()
        .schema(new ParquetFooters(spark, folders.hadoop()).columns(files.getFirst()))
        .parquet(files.toArray(String[]::new));
  }

  private static Set<String> zones(SparkSession spark, List<String> files) {
    if (files.isEmpty()) {
      return Set.of();
    }
    Set<String> zones = new HashSet<>();
    for (Row row :
        spark
            .read()
            .parquet(files.toArray(String[]::new))
            .select(ZONE)
            .distinct()
            .collectAsList()) {
      zones.add(row.isNullAt(0) ? Schedule.defaultZone().name() : row.getString(0));
    }
    return zones;
  }

  private static Dataset<Row> inMicros(Dataset<Row> rows) {
    Dataset<Row> all = rows;
    for (StructField field : rows.schema().fields()) {
      if (field.dataType() instanceof TimestampType) {
        all = all.withColumn(field.name(), unix_micros(col(field.name())));
      }
    }
    return all;
  }

  /** The polls of a lake, whose files have the dates of their polls in their names. */
  private record LakePolls(
      SparkSession spark,
      String folder,
      StructType columns,
      ParquetFooters footers,
      NavigableMap<String, List<String>> byDate)
      implements Polls {
    private PollTable table(List<String> files) {
      return new PollTable(
          spark.read().schema(columns).parquet(files.toArray(String[]::new)),
          Map.of(),
          folder,
          true);
    }

    @Override
    public @Nullable Long newest(long until) {
      for (Map.Entry<String, List<String>> date : byDate.entrySet()) {
        if (date.getKey().compareTo(date(until)) <= 0) {
          Long newest = footers.newest(date.getValue());
          if (newest == null || newest > until) {
            newest = table(date.getValue()).newest(until);
          }
          if (newest != null) {
            return newest;
          }
        }
      }
      return null;
    }

    private static String date(long at) {
      return LocalDate.ofInstant(Micros.toInstant(at), ZoneOffset.UTC).toString();
    }

    @Override
    public Dataset<Row> in(Span period) {
      List<String> files = new ArrayList<>();
      byDate.forEach(
          (date, own) -> {
            if (date.compareTo(date(period.start())) >= 0
                && date.compareTo(date(period.end())) <= 0) {
              files.addAll(own);
            }
          });
      return files.isEmpty()
          ? spark.createDataFrame(List.of(), StoreRows.SCHEMA)
          : table(files).in(period);
    }

    @Override
    public Dataset<Row> outside(Span period) {
      return table(byDate.values().stream().flatMap(List::stream).toList()).outside(period);
    }

    @Override
    public boolean knowsFirstPolls() {
      return true;
    }
  }
}
