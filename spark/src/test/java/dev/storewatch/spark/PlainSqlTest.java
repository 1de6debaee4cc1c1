package dev.storewatch.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The query that the job is measured beside: it has to be right to be worth a comparison. */
@Tag("long")
final class PlainSqlTest {
  private static final Instant AS_OF = Instant.parse("2026-06-10T07:30:00Z");

  @TempDir private Path folder = Path.of("");

  private void write(SparkSession spark, List<Row> rows, StructType columns, String name) {
    spark
        .createDataFrame(rows, columns)
        .coalesce(1)
        .write()
        .parquet(folder.resolve("lake").resolve(name).toString());
  }

  private void writeLake(SparkSession spark) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    String[] zones = {"America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"};
    List<Row> polls = new ArrayList<>();
    List<Row> stores = new ArrayList<>();
    List<Row> hours = new ArrayList<>();
    for (int store = 0; store < 50; store++) {
      String id = "s" + store;
      for (int poll = random.nextInt(2, 150); poll > 0; poll--) {
        long back = random.nextLong(12 * 86_400_000L);
        boolean isActive = random.nextInt(4) > 0;
        Instant at = AS_OF.minusMillis(back);
        polls.add(RowFactory.create(id, at, isActive, 1L));
        if (random.nextInt(20) == 0) {
          polls.add(RowFactory.create(id, at, !isActive, 2L));
        }
      }
      polls.add(RowFactory.create(id, AS_OF, true, 1L));
      stores.add(RowFactory.create(id, store % 4 > 0 ? zones[store % 3] : null, AS_OF, null, null));
      for (int row = store % 5 > 0 ? random.nextInt(1, 10) : 0; row > 0; row--) {
        boolean isClosed = random.nextInt(6) == 0;
        hours.add(
            RowFactory.create(
                id,
                random.nextInt(7),
                isClosed ? null : random.nextInt(86_400),
                isClosed ? null : random.nextInt(86_401)));
      }
    }
    StructType id = new StructType().add("store_id", DataTypes.StringType);
    write(
        spark,
        polls,
        id.add("at", DataTypes.TimestampType)
            .add("active", DataTypes.BooleanType)
            .add("sequence", DataTypes.LongType),
        "polls/date=2026-06-10");
    write(
        spark,
        stores,
        id.add("time_zone", DataTypes.StringType)
            .add("first_poll_at", DataTypes.TimestampType)
            .add("hours_flagged_at", DataTypes.TimestampType)
            .add("zone_flagged_at", DataTypes.TimestampType),
        "stores");
    write(
        spark,
        hours,
        id.add("day_of_week", DataTypes.IntegerType)
            .add("opens_second", DataTypes.IntegerType)
            .add("closes_second", DataTypes.IntegerType),
        "hours");
    for (String table : List.of("polls/date=2026-06-10", "stores", "hours")) {
      manifest.add("{\"path\":\"%s/%s\"}".formatted(table, only(table)));
    }
    java.nio.file.Files.writeString(
        folder.resolve("lake/manifest.json"),
        "{\"format\":\"storewatch-lake\",\"version\":1,\"files\":[%s]}"
            .formatted(String.join(",", manifest)));
  }

  private final List<String> manifest = new ArrayList<>();

  private String only(String table) throws IOException {
    try (var files = java.nio.file.Files.list(folder.resolve("lake").resolve(table))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".parquet"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void agreesWithTheReportToTheMicrosecond() throws IOException {
    SparkSession spark = Session.spark();
    UptimeJob.set(spark);
    writeLake(spark);
    String lake = folder.resolve("lake").toString();

    PlainSql.run(spark, lake, folder.resolve("sql").toString());
    Session.Run run =
        Session.run(
            "--lake", lake, "--out", folder.resolve("job").toString(), "--format", "parquet");

    assertThat(run.code()).as(run.err()).isZero();
    List<String> own =
        spark
            .read()
            .parquet(folder.resolve("job").toString())
            .groupBy("store_id")
            .pivot("window", List.<Object>of("PT1H", "P1D", "P7D"))
            .agg(
                org.apache.spark.sql.functions.first("uptime_micros"),
                org.apache.spark.sql.functions.first("downtime_micros"))
            .collectAsList()
            .stream()
            .map(
                row ->
                    String.join(
                        ",",
                        row.getString(0),
                        String.valueOf(row.getLong(1)),
                        String.valueOf(row.getLong(3)),
                        String.valueOf(row.getLong(5)),
                        String.valueOf(row.getLong(2)),
                        String.valueOf(row.getLong(4)),
                        String.valueOf(row.getLong(6))))
            .sorted()
            .toList();
    List<String> its =
        spark
            .read()
            .option("header", "true")
            .csv(folder.resolve("sql").toString())
            .collectAsList()
            .stream()
            .map(row -> row.mkString(","))
            .sorted()
            .toList();
    assertThat(its).isEqualTo(own).hasSize(50);
  }
}
