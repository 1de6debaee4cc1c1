package dev.storewatch.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_micros;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** The polls of a lake, and what it knows of stores. */
final class LakeInput {
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
    for (String table :
        List.of("stores", "tags", "hours", "later_hours", "special_days", "closures")) {
      List<String> files = lake.table(table);
      if (!files.isEmpty()) {
        Dataset<Row> rows =
            inMicros(spark.read().parquet(files.toArray(String[]::new)))
                .flatMap(
                    (Row row) -> LakeKnowledge.rows(table, row).iterator(),
                    Encoders.row(FileRows.SCHEMA));
        known = known == null ? rows : known.union(rows);
      }
    }
    return new Input(new LakePolls(spark, folder, byDate), known);
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
      SparkSession spark, String folder, NavigableMap<String, List<String>> byDate)
      implements Polls {
    private PollTable table(List<String> files) {
      return new PollTable(
          spark.read().parquet(files.toArray(String[]::new)), Map.of(), folder, true);
    }

    @Override
    public @Nullable Long newest(long until) {
      for (Map.Entry<String, List<String>> date : byDate.entrySet()) {
        if (date.getKey().compareTo(date(until)) <= 0) {
          Long newest = table(date.getValue()).newest(until);
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
