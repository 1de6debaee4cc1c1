package dev.storewatch.spark;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** The one Spark of all tests of this module: to start it takes longer than any of them. */
final class Session {
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .appName("tests")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", "3")
          .config("spark.default.parallelism", "2")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.local.dir", Path.of("target").toAbsolutePath().toString())
          .getOrCreate();

  private Session() {}

  static SparkSession spark() {
    return SPARK.newSession();
  }

  /** What a run of the job ended with. */
  record Run(int code, String err) {}

  /** Runs the job in a session of its own. */
  static Run run(String... arguments) {
    return run(spark(), arguments);
  }

  static Run run(SparkSession spark, String... arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream lines = new PrintStream(err, true, StandardCharsets.UTF_8);
    int code = UptimeJob.run(spark, JobOptions.of(arguments), lines);
    return new Run(code, err.toString(StandardCharsets.UTF_8));
  }
}
