package dev.storewatch.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.storewatch.interval.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;

/** The walks over all stores: their rows are brought together, sorted, and gone over once. */
final class Walks {
  private Walks() {}

  /**
   * Returns what is computed of each store, a row for each.
   *
   * @param partitions into how many parts the polls are divided; 0 for as many as Spark likes
   * @param withOutages whether the rows have outages too, as {@link Results#WITH_OUTAGES} says
   */
  static Dataset<Row> results(
      SparkSession spark, Input input, Question question, int partitions, boolean withOutages) {
    Span horizon = question.horizon();
    Dataset<Row> rows = input.polls().in(horizon);
    if (!input.polls().knowsFirstPolls()) {
      rows = rows.union(marks(input.polls().outside(horizon), question));
    }
    List<String> ofAll = new ArrayList<>();
    Map<String, List<String>> ofTags = new HashMap<>();
    if (input.shared() != null) {
      collectShared(input.shared(), ofAll, ofTags);
    }
    if (input.known() != null) {
      rows =
          rows.union(
              input.known().select(StoreRows.STORE, StoreRows.AT, StoreRows.ORDER, StoreRows.TEXT));
    }
    int parts =
        partitions > 0
            ? partitions
            : Integer.parseInt(spark.conf().get("spark.sql.shuffle.partitions", "200"));
    Dataset<Row> sorted =
        rows.repartition(parts, col(StoreRows.STORE))
            .sortWithinPartitions(StoreRows.STORE, StoreRows.AT, StoreRows.ORDER);
    JavaRDD<InternalRow> walked =
        ((org.apache.spark.sql.classic.Dataset<Row>) sorted).queryExecution().toRdd().toJavaRDD();
    String[] all = ofAll.toArray(String[]::new);
    HashMap<String, List<String>> tags = new HashMap<>(ofTags);
    return spark.createDataFrame(
        walked.mapPartitions(some -> walk(some, question, all, tags, withOutages)),
        withOutages ? Results.WITH_OUTAGES : Results.SCHEMA);
  }

  private static Iterator<Row> walk(
      Iterator<InternalRow> rows,
      Question question,
      String[] ofAll,
      Map<String, List<String>> ofTags,
      boolean withOutages) {
    return new StoreWalk(rows, question, List.of(ofAll), ofTags, withOutages);
  }

  /** Returns a row for each store that was polled outside of the time that the report reads. */
  private static Dataset<Row> marks(Dataset<Row> outside, Question question) {
    Column early = col(StoreRows.AT).leq(question.asOf());
    return outside
        .select(col(StoreRows.STORE), early.as("early"))
        .distinct()
        .select(
            col(StoreRows.STORE),
            lit(StoreRows.BEFORE_POLLS).as(StoreRows.AT),
            lit(0L).as(StoreRows.ORDER),
            when(col("early"), lit(String.valueOf(Known.POLLED_EARLY)))
                .otherwise(lit(String.valueOf(Known.POLLED_LATE)))
                .as(StoreRows.TEXT));
  }

  /** Collects what is known of several stores at once, which is a few rows of the calendar. */
  private static void collectShared(
      Dataset<Row> shared, List<String> ofAll, Map<String, List<String>> ofTags) {
    List<Row> rows =
        new ArrayList<>(
            shared.select(FileRows.OF, StoreRows.TEXT, StoreRows.ORDER).collectAsList());
    rows.sort(
        Comparator.<Row>comparingLong(row -> row.getLong(2))
            .thenComparing(row -> row.getString(0))
            .thenComparing(row -> row.getString(1)));
    for (Row row : rows) {
      String of = row.getString(0);
      if (of.equals(FileRows.ALL)) {
        ofAll.add(row.getString(1));
      } else {
        ofTags.computeIfAbsent(of, _ -> new ArrayList<>()).add(row.getString(1));
      }
    }
  }
}
