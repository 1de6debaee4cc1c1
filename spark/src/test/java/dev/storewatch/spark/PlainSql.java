package dev.storewatch.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;

/**
 * The report in plain Spark SQL, which `storewatch bench spark` measures beside the job. It is no
 * part of the jar.
 */
public final class PlainSql {
  private static final Pattern END = Pattern.compile(";\\s*(\\n|$)");

  private PlainSql() {}

  /**
   * Runs the statements on the master that the system property {@code spark.master} names.
   *
   * @param arguments the folder of a lake, and a folder for the rows as CSV
   */
  public static void main(String[] arguments) throws IOException {
    run(SparkSession.builder().appName("plain SQL").getOrCreate(), arguments[0], arguments[1]);
  }

  /** Writes microseconds up and down in the last hour, day and week of each store. */
  static void run(SparkSession spark, String lake, String out) throws IOException {
    UptimeJob.set(spark);
    String script;
    try (InputStream in =
        Objects.requireNonNull(PlainSql.class.getResourceAsStream("report.sql"))) {
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String statement : END.split(script.replace("${lake}", lake).replace("${out}", out), -1)) {
      if (!statement.isBlank()) {
        spark.sql(statement);
      }
    }
  }
}
