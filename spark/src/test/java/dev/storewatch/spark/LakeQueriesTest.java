package dev.storewatch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The queries of docs/lake.md for Spark, run as they stand there, with the settings of the page.
 */
final class LakeQueriesTest {
  private static final Path DOCS = Path.of("../docs/lake.md");
  private static final Pattern BLOCK = Pattern.compile("```(sql)?\n(.*?)```", Pattern.DOTALL);
  private static final Pattern SETTING = Pattern.compile("(spark\\.\\S+)=(\\S+)");

  @TempDir private Path folder = Path.of("");

  private static String page() throws IOException {
    String text = Files.readString(DOCS);
    int from = text.indexOf("<!-- spark: begin -->");
    int to = text.indexOf("<!-- spark: end -->");
    assertThat(from).isBetween(0, to);
    return text.substring(from, to);
  }

  private static Row poll(String store, String at, boolean isActive, long sequence) {
    return RowFactory.create(store, Instant.parse(at), isActive, sequence);
  }

  private void writePolls(SparkSession spark, String date, int file, Row... polls) {
    spark
        .createDataFrame(
            List.of(polls),
            new StructType()
                .add("store_id", DataTypes.StringType)
                .add("at", DataTypes.TimestampType)
                .add("active", DataTypes.BooleanType)
                .add("sequence", DataTypes.LongType))
        .coalesce(1)
        .write()
        .mode(file == 1 ? "overwrite" : "append")
        .parquet(folder.resolve("lake/polls/date=" + date).toString());
  }

  /** Writes the polls of the test of the queries for DuckDB, a date in two increments. */
  private void writeLake(SparkSession spark) {
    writePolls(
        spark,
        "2026-03-01",
        1,
        poll("0081", "2026-03-01T10:00:00Z", true, 1),
        poll("81", "2026-03-01T10:00:00Z", true, 1),
        poll("81", "2026-03-01T23:00:00Z", false, 1));
    writePolls(spark, "2026-03-01", 2, poll("0081", "2026-03-01T10:00:00Z", false, 2));
    writePolls(spark, "2026-03-02", 1, poll("81", "2026-03-02T00:30:00Z", true, 1));
    writePolls(spark, "2026-03-02", 2, poll("0081", "2026-03-02T09:00:00Z", true, 2));
    spark
        .createDataFrame(
            List.of(
                RowFactory.create("0081", "region", "west"),
                RowFactory.create("81", "region", "east")),
            new StructType()
                .add("store_id", DataTypes.StringType)
                .add("name", DataTypes.StringType)
                .add("value", DataTypes.StringType))
        .coalesce(1)
        .write()
        .parquet(folder.resolve("lake/tags").toString());
  }

  @Test
  void giveWhatThePageSays() throws IOException {
    SparkSession spark = Session.spark();
    UptimeJob.set(spark);
    writeLake(spark);
    SparkSession reader = Session.spark();
    reader.conf().set("spark.sql.datetime.java8API.enabled", "false");
    Matcher settings = SETTING.matcher(page());
    while (settings.find()) {
      reader.conf().set(settings.group(1), settings.group(2));
    }

    List<List<String>> answers = new ArrayList<>();
    Matcher block = BLOCK.matcher(page());
    while (block.find()) {
      for (String sql : block.group(1) == null ? new String[0] : block.group(2).split(";\n", -1)) {
        if (!sql.isBlank()) {
          List<Row> rows =
              reader.sql(sql.replace("DIR", folder.resolve("lake").toString())).collectAsList();
          answers.add(rows.stream().map(LakeQueriesTest::text).toList());
        }
      }
    }

    assertThat(answers)
        .filteredOn(rows -> !rows.isEmpty())
        .containsExactly(
            List.of("2026-03-01|3|33.33", "2026-03-02|2|100.00"),
            List.of("0081|2026-03-02T09:00:00Z|true"));
  }

  private static String text(Row row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      values.add(String.valueOf(value instanceof Timestamp at ? at.toInstant() : value));
    }
    return String.join("|", values);
  }
}
