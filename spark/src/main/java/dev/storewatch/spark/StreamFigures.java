package dev.storewatch.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.timestamp_micros;

import dev.storewatch.interval.Span;
import dev.storewatch.uptime.Outage;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * The figures and the outages of the stores that a batch touched, computed anew from the lake by
 * the walk of a report, and written under the number of the batch.
 */
final class StreamFigures {
  static final String FIGURES = "figures";
  static final String OUTAGES = "outages";

  private static final StructType OUTAGE =
      new StructType()
          .add(StoreRows.STORE, DataTypes.StringType, false)
          .add("from", DataTypes.LongType, false)
          .add("to", DataTypes.LongType, false)
          .add("open_micros", DataTypes.LongType, false)
          .add("clipped_start", DataTypes.BooleanType, false)
          .add("clipped_end", DataTypes.BooleanType, false)
          .add("last_up", DataTypes.LongType, true)
          .add("first_down", DataTypes.LongType, false)
          .add("last_down", DataTypes.LongType, false)
          .add("next_up", DataTypes.LongType, true);

  private static final List<String> INSTANTS =
      List.of("from", "to", "last_up", "first_down", "last_down", "next_up");

  private final StreamLake lake;
  private final Path folder;
  private final StreamOptions options;

  StreamFigures(StreamLake lake, String folder, StreamOptions options) throws IOException {
    this.lake = lake;
    this.folder = lake.folders().of(new Path(folder)).makeQualified(new Path(folder));
    this.options = options;
  }

  /**
   * Writes what is so of the stores that a batch touched, in the place of what it wrote before.
   *
   * @param polls the files of polls of the batch
   * @param now the clock, in microseconds since the epoch
   */
  void write(SparkSession spark, long batch, List<String> polls, long now) throws IOException {
    if (polls.isEmpty()) {
      return;
    }
    Input all = LakeInput.open(spark, lake.name(), lake.folders());
    Long asOf = all.polls().newest(now);
    if (asOf == null) {
      return; // all polls are of the day that clocks may be ahead
    }
    Dataset<Row> touched =
        spark
            .read()
            .parquet(polls.stream().map(lake::path).toArray(String[]::new))
            .select(StoreRows.STORE)
            .distinct();
    Question question = options.question(asOf);
    Dataset<Row> results =
        Walks.results(spark, only(all, touched), question, 0, true)
            .persist(StorageLevel.MEMORY_AND_DISK());
    FileSystem system = lake.folders().of(folder);
    Path draft = new Path(folder, "." + UUID.randomUUID() + ".part");
    try {
      Path figures = new Path(draft, FIGURES);
      new ReportFiles(question, true).writeParquet(results, figures);
      Path outages = new Path(draft, OUTAGES);
      writeOutages(results, outages);
      replace(system, figures, FIGURES, batch);
      replace(system, outages, OUTAGES, batch);
    } finally {
      results.unpersist(true);
      system.delete(draft, true);
    }
  }

  private void replace(FileSystem system, Path made, String what, long batch) throws IOException {
    Path target = new Path(new Path(folder, what), "batch=" + batch);
    system.mkdirs(new Path(folder, what));
    system.delete(target, true);
    ReportFiles.rename(system, made, target);
  }

  /** Leaves out the other stores; what is known of several stores at once stays. */
  private static Input only(Input all, Dataset<Row> touched) {
    Dataset<Row> known = all.known();
    Dataset<Row> ofTouched =
        known == null
            ? null
            : known.join(
                touched,
                touched.col(StoreRows.STORE).equalTo(known.col(StoreRows.STORE)),
                "leftsemi");
    return new Input(new TouchedPolls(all.polls(), touched), ofTouched, all.shared(), all.zones());
  }

  /** The polls of some stores. */
  private record TouchedPolls(Polls all, Dataset<Row> touched) implements Polls {
    @Override
    public @Nullable Long newest(long until) {
      return all.newest(until);
    }

    @Override
    public Dataset<Row> in(Span period) {
      return only(all.in(period));
    }

    @Override
    public Dataset<Row> outside(Span period) {
      return only(all.outside(period));
    }

    private Dataset<Row> only(Dataset<Row> polls) {
      return polls.join(
          touched, touched.col(StoreRows.STORE).equalTo(polls.col(StoreRows.STORE)), "leftsemi");
    }

    @Override
    public boolean knowsFirstPolls() {
      return all.knowsFirstPolls();
    }
  }

  private static void writeOutages(Dataset<Row> results, Path target) {
    FlatMapFunction<Row, Row> rows = StreamFigures::rows;
    Dataset<Row> outages =
        results
            .filter(col(Results.REPORTED))
            .orderBy(Results.STORE)
            .select(Results.STORE, Results.OUTAGES)
            .flatMap(rows, Encoders.row(OUTAGE));
    for (String instant : INSTANTS) {
      outages = outages.withColumn(instant, timestamp_micros(col(instant)));
    }
    outages.write().parquet(target.toString());
  }

  private static java.util.Iterator<Row> rows(Row row) {
    String store = row.getString(0);
    return Results.outages(row.<byte[]>getAs(1)).stream()
        .map(outage -> row(store, outage))
        .iterator();
  }

  private static Row row(String store, Outage outage) {
    return RowFactory.create(
        store,
        outage.span().start(),
        outage.span().end(),
        outage.openMicros(),
        outage.clippedStart(),
        outage.clippedEnd(),
        orNull(outage.lastUp()),
        outage.firstDown(),
        outage.lastDown(),
        orNull(outage.nextUp()));
  }

  private static @Nullable Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
