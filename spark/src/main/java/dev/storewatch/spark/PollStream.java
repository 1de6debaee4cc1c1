package dev.storewatch.spark;

import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * The stream: it brings polls from Kafka into a lake, batch by batch.
 *
 * <p>Spark notes in the checkpoint which records a batch has before it is run, and that it is done
 * after it was. A batch that was broken off is so run again, with the same number and the same
 * records, and does the same again.
 */
public final class PollStream {
  /** Where Spark tells the thread of a stream whose thread it is. */
  private static final String QUERY = "sql.streaming.queryId";

  private final StreamOptions options;
  private final PrintStream err;
  private final Folders folders;
  private final Consumer<String> beforeStep;
  private boolean isClear;

  PollStream(
      SparkSession spark, StreamOptions options, PrintStream err, Consumer<String> beforeStep) {
    UptimeJob.set(spark);
    this.options = options;
    this.err = err;
    this.folders = new Folders(spark.sessionState().newHadoopConf());
    this.beforeStep = beforeStep;
  }

  /** Runs the stream until it is stopped, and ends with a code that is not zero when it fails. */
  public static void main(String[] arguments) {
    int code = run(System.out, System.err, arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Runs the stream.
   *
   * @return 0, 2 for wrong input, or 1 for another failure
   */
  static int run(PrintStream out, PrintStream err, String... arguments) {
    try {
      StreamOptions options = StreamOptions.of(arguments);
      if (options.isHelp()) {
        out.print(StreamOptions.USAGE);
        return 0;
      }
      SparkSession.Builder builder = SparkSession.builder().appName("storewatch stream");
      String master = options.value("master");
      SparkSession spark = (master == null ? builder : builder.master(master)).getOrCreate();
      return run(spark.newSession(), options, err);
    } catch (WrongInput e) {
      err.println("storewatch: " + e.getMessage());
      return 2;
    }
  }

  private static int run(SparkSession spark, StreamOptions options, PrintStream err) {
    try {
      new PollStream(spark, options, err, _ -> {}).read(spark);
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } catch (Exception e) {
      WrongInput input = Failures.input(e);
      err.println("storewatch: " + (input == null ? Failures.ofStream(e) : input.getMessage()));
      return input == null ? 1 : 2;
    }
  }

  private void read(SparkSession spark) throws Exception {
    StreamLake.check(options.required("lake"), folders);
    VoidFunction2<Dataset<Row>, Long> each =
        (records, batch) ->
            run(
                records,
                batch,
                Objects.requireNonNull(
                    records.sparkSession().sparkContext().getLocalProperty(QUERY)),
                Micros.of(Instant.now()));
    StreamingQuery query =
        spark
            .readStream()
            .format("kafka")
            .options(clientSettings())
            .option("kafka.bootstrap.servers", options.required("bootstrap"))
            .option("subscribe", options.required("topic"))
            .option("startingOffsets", "earliest")
            .option("failOnDataLoss", "true")
            .option("maxOffsetsPerTrigger", options.mostRecords())
            .load()
            .writeStream()
            .foreachBatch(each)
            .option("checkpointLocation", options.required("checkpoint"))
            .trigger(
                options.has("once")
                    ? Trigger.AvailableNow()
                    : Trigger.ProcessingTime(options.every().toMillis()))
            .start();
    query.awaitTermination();
  }

  private Map<String, String> clientSettings() throws IOException {
    String file = options.value("kafka-config");
    Map<String, String> settings = new HashMap<>();
    if (file != null) {
      Properties properties = new Properties();
      try {
        properties.load(new ByteArrayInputStream(folders.read(new Path(file))));
      } catch (FileNotFoundException e) {
        throw new BadInput("--kafka-config: there is no %s: name a file".formatted(file));
      }
      properties
          .stringPropertyNames()
          .forEach(name -> settings.put("kafka." + name, properties.getProperty(name)));
    }
    return settings;
  }

  /**
   * Brings a batch into the lake, then computes the figures of its stores.
   *
   * @param records the partition, the offset and the value of each
   * @param query the id of the stream, which its checkpoint has
   * @param now the clock, in microseconds since the epoch
   */
  void run(Dataset<Row> records, long batch, String query, long now) throws IOException {
    String topic = options.required("topic");
    StreamLake lake =
        StreamLake.open(options.required("lake"), folders, query, topic, batch, beforeStep);
    if (!isClear) {
      lake.clearAwayAll();
      isClear = true;
    }
    StreamBatch.Done done =
        new StreamBatch(lake, topic, batch, known(), options.format(), options.mostFiles())
            .run(records, now);
    String figures = options.value("figures");
    if (figures != null) {
      beforeStep.accept("compute figures");
      new StreamFigures(lake, figures, options)
          .write(records.sparkSession(), batch, done.files(), now);
    }
    err.printf("batch %d: %,d polls, %,d records rejected%n", batch, done.polls(), done.rejected());
  }

  private @Nullable Lake known() throws IOException {
    String stores = options.value("stores");
    return stores == null ? null : Lake.open(stores, folders);
  }
}
