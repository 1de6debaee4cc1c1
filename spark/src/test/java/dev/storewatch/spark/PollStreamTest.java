package dev.storewatch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.storewatch.interval.Micros;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What batches do to a lake, without Kafka. */
@Tag("long")
final class PollStreamTest {
  private static final String QUERY = "0d9f7f0e-3a55-4a9c-9c7e-3f0c2f5f1a11";
  private static final long NOW = Micros.of(Instant.parse("2026-03-03T00:00:00Z"));

  private static final StructType RECORDS =
      new StructType()
          .add("partition", DataTypes.IntegerType)
          .add("offset", DataTypes.LongType)
          .add("value", DataTypes.BinaryType);

  private final SparkSession spark = Session.spark();
  private final List<Row> records = new ArrayList<>();
  private long offset;
  private boolean withFigures;
  @TempDir private Path folder = Path.of("");
  private Path lake = Path.of("");

  /** The stream was killed. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @BeforeEach
  void nameTheLake() {
    // To compile a plan takes longer than to do what it says with a few rows.
    spark.conf().set("spark.sql.codegen.wholeStage", "false");
    spark.conf().set("spark.sql.shuffle.partitions", "1");
    lake = folder.resolve("lake");
  }

  private void record(String value) {
    records.add(RowFactory.create(0, offset++, value.getBytes(StandardCharsets.UTF_8)));
  }

  /** Runs a batch with the records that are there, in a process that has just begun. */
  private void run(long batch, Consumer<String> beforeStep, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(
        List.of(
            "--bootstrap",
            "nobody:1",
            "--topic",
            "polls",
            "--lake",
            lake.toString(),
            "--checkpoint",
            folder.resolve("checkpoint").toString()));
    if (withFigures) {
      arguments.addAll(List.of("--figures", folder.resolve("figures").toString()));
    }
    StreamOptions options = StreamOptions.of(arguments.toArray(String[]::new));
    PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    PollStream stream = new PollStream(spark, options, err, beforeStep);
    Dataset<Row> all = spark.createDataFrame(List.copyOf(records), RECORDS);
    stream.run(all, batch, QUERY, NOW);
  }

  private void runAndForget(long batch) throws IOException {
    run(batch, _ -> {});
    records.clear();
  }

  private static Consumer<String> killedBefore(String step) {
    return next -> {
      if (next.startsWith(step)) {
        throw new Killed();
      }
    };
  }

  private JsonNode manifest() throws IOException {
    return new ObjectMapper().readTree(lake.resolve("manifest.json").toFile());
  }

  /** Checks that the lake is what its manifest says, as an import does. */
  private JsonNode whole() throws IOException {
    JsonNode manifest = manifest();
    Folders folders = new Folders(new Configuration());
    for (JsonNode file : manifest.path("files")) {
      Path path = lake.resolve(file.path("path").asText());
      assertThat(path).exists();
      assertThat(Files.size(path)).isEqualTo(file.path("bytes").asLong());
      assertThat(folders.sha256(new org.apache.hadoop.fs.Path(path.toUri())))
          .as(path.toString())
          .isEqualTo(file.path("sha256").asText());
    }
    return manifest;
  }

  private List<String> pollFiles() throws IOException {
    try (Stream<Path> files = Files.walk(lake.resolve("polls"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> lake.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private List<String> rows() throws IOException {
    List<String> files = new ArrayList<>();
    for (JsonNode file : manifest().path("files")) {
      if (file.path("path").asText().startsWith("polls/")) {
        files.add(lake.resolve(file.path("path").asText()).toString());
      }
    }
    return spark
        .read()
        .parquet(files.toArray(String[]::new))
        .orderBy("store_id", "at", "sequence")
        .selectExpr("concat_ws(' ', store_id, at, active, sequence >> 32, sequence & 15)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static String poll(String store, String status, String at) {
    return "{\"store_id\":\"%s\",\"status\":\"%s\",\"timestamp_utc\":\"%s\"}"
        .formatted(store, status, at);
  }

  private String report(String name, String... input) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(input));
    arguments.addAll(List.of("--out", folder.resolve(name).toString(), "--one-file"));
    Session.Run run = Session.run(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return Files.readString(folder.resolve(name));
  }

  @Test
  void takesEachPollOnceThoughBatchesAreKilledAndRunAgain() throws IOException {
    record(poll("0081", "active", "2026-03-01T10:00:00Z"));
    record(
        "[%s,%s]"
            .formatted(
                poll("81", "inactive", "2026-03-01T10:00:00Z"),
                poll("81", "active", "2026-03-02T10:00:00.000001Z")));
    record("0081,inactive,2026-03-02T09:00:00Z\nBogotá,active,2026-03-02T11:00:00Z\n");
    assertThatThrownBy(() -> run(0, killedBefore("name the manifest"))).isInstanceOf(Killed.class);
    assertThat(lake.resolve("manifest.json")).doesNotExist();
    runAndForget(0);
    JsonNode first = whole();
    assertThat(first.path("polls_by_date").toString())
        .isEqualTo("{\"2026-03-01\":2,\"2026-03-02\":3}");
    assertThat(first.path("stores").asLong()).isEqualTo(3);

    // A late poll, a correction of each date, and one that was there already.
    record(poll("0081", "active", "2026-02-20T10:00:00Z"));
    record(poll("81", "active", "2026-03-01T10:00:00Z"));
    record(poll("0081", "active", "2026-03-02T09:00:00Z"));
    record(poll("Bogotá", "active", "2026-03-02T11:00:00Z"));
    for (String step : List.of("name polls/date=2026-03-02", "name the manifest")) {
      assertThatThrownBy(() -> run(1, killedBefore(step))).isInstanceOf(Killed.class);
      assertThat(whole()).isEqualTo(first);
    }
    withFigures = true;
    assertThatThrownBy(() -> run(1, killedBefore("compute figures"))).isInstanceOf(Killed.class);
    JsonNode second = whole();
    assertThat(folder.resolve("figures/figures/batch=1")).doesNotExist();
    run(1, _ -> {});
    JsonNode again = whole();
    assertThat(again.path("files")).isEqualTo(second.path("files"));
    assertThat(again.path("polls_by_date").toString())
        .isEqualTo("{\"2026-02-20\":1,\"2026-03-01\":2,\"2026-03-02\":3}");
    assertThat(rows())
        .containsExactly(
            "0081 2026-02-20 10:00:00 true 2 1",
            "0081 2026-03-01 10:00:00 true 1 1",
            "0081 2026-03-02 09:00:00 false 1 1",
            "0081 2026-03-02 09:00:00 true 2 1",
            "81 2026-03-01 10:00:00 false 1 1",
            "81 2026-03-01 10:00:00 true 2 1",
            "81 2026-03-02 10:00:00.000001 true 1 1",
            "Bogotá 2026-03-02 11:00:00 true 1 1",
            "Bogotá 2026-03-02 11:00:00 true 2 1");
    Files.writeString(
        folder.resolve("polls.csv"),
        """
        store_id,status,timestamp_utc
        0081,active,2026-02-20 10:00:00 UTC
        0081,active,2026-03-01 10:00:00 UTC
        0081,active,2026-03-02 09:00:00 UTC
        81,active,2026-03-01 10:00:00 UTC
        81,active,2026-03-02 10:00:00.000001 UTC
        Bogotá,active,2026-03-02 11:00:00 UTC
        """);
    assertThat(report("lake.csv", "--lake", lake.toString()))
        .isEqualTo(report("files.csv", "--polls", folder.resolve("polls.csv").toString()));
    assertThat(figures(1)).hasSize(9);
  }

  private List<String> figures(long batch) {
    return spark
        .read()
        .parquet(folder.resolve("figures/figures/batch=" + batch).toString())
        .orderBy("store_id", "window")
        .selectExpr("concat_ws(' ', store_id, window, uptime_micros, downtime_micros, polls)")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  @Test
  void keepsAllWordsOfABatchOnOnePollAndTheLastOneHolds() throws IOException {
    withFigures = true;
    record(poll("a", "active", "2026-03-01T10:00:00Z"));
    record(poll("a", "inactive", "2026-03-01T10:00:00Z"));
    record("a,active,2026-03-01T10:00:00Z\na,inactive,2026-03-01T10:00:00Z");
    record(poll("b", "active", "2026-03-01T10:00:00Z"));
    runAndForget(0);
    assertThat(rows())
        .containsExactly(
            "a 2026-03-01 10:00:00 true 1 1",
            "a 2026-03-01 10:00:00 false 1 2",
            "a 2026-03-01 10:00:00 true 1 3",
            "a 2026-03-01 10:00:00 false 1 4",
            "b 2026-03-01 10:00:00 true 1 1");
    assertThat(pollFiles())
        .containsExactly(
            "polls/date=2026-03-01/polls-000001.parquet",
            "polls/date=2026-03-01/polls-000002.parquet");
    assertThat(whole().path("polls").asLong()).isEqualTo(2);
    assertThat(
            spark
                .read()
                .parquet(lake.resolve("polls/date=2026-03-01/polls-000002.parquet").toString())
                .count())
        .isEqualTo(2);
    assertThat(
            spark
                .read()
                .parquet(folder.resolve("figures/outages/batch=0").toString())
                .selectExpr("concat_ws(' ', store_id, first_down, clipped_end)")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0)))
        .containsExactly("a 2026-03-01 10:00:00 true");
  }

  private void runWithFewFiles(long batch) throws IOException {
    run(batch, _ -> {}, "--most-files", "3");
    records.clear();
  }

  @Test
  void putsTheFilesOfADateTogetherWhenThereAreTooMany() throws IOException {
    record(poll("a", "active", "2026-03-01T10:00:00Z"));
    record(poll("b", "active", "2026-03-02T10:00:00Z"));
    runWithFewFiles(0);
    record(poll("a", "inactive", "2026-03-01T10:00:00Z"));
    record(poll("a", "active", "2026-03-01T10:00:00Z"));
    record(poll("b", "active", "2026-03-01T11:00:00Z"));
    runWithFewFiles(1);
    record("b,active,2026-03-02T10:00:00Z\nc,active,2026-03-01T09:00:00Z");
    runWithFewFiles(2);
    JsonNode before = whole();
    List<String> apart = pollFiles();
    assertThat(apart).hasSize(6);

    record(poll("a", "inactive", "2026-03-01T12:00:00Z"));
    for (String step : List.of("name polls/date=2026-03-01/polls-500000003", "name the manifest")) {
      assertThatThrownBy(() -> run(3, killedBefore(step), "--most-files", "3"))
          .isInstanceOf(Killed.class);
      assertThat(whole()).isEqualTo(before);
    }
    run(3, _ -> {}, "--most-files", "3");
    JsonNode together = whole();
    assertThat(rows())
        .containsExactly(
            "a 2026-03-01 10:00:00 true 2 2",
            "a 2026-03-01 12:00:00 false 4 1",
            "b 2026-03-01 11:00:00 true 2 1",
            "b 2026-03-02 10:00:00 true 1 1",
            "b 2026-03-02 10:00:00 true 3 1",
            "c 2026-03-01 09:00:00 true 3 1");
    assertThat(together.path("polls_by_date").toString())
        .isEqualTo("{\"2026-03-01\":4,\"2026-03-02\":1}");
    assertThat(pollFiles()).as("who reads the manifest of before reads them").containsAll(apart);

    run(3, _ -> {}, "--most-files", "3"); // it was done, but its checkpoint does not say so
    assertThat(whole().path("files")).isEqualTo(together.path("files"));
    records.clear();
    record(poll("b", "active", "2026-03-01T13:00:00Z"));
    runWithFewFiles(4);
    JsonNode last = whole();
    assertThat(last.path("polls_by_date").toString())
        .isEqualTo("{\"2026-03-01\":5,\"2026-03-02\":1}");
    assertThat(pollFiles())
        .containsExactly(
            "polls/date=2026-03-01/polls-000008.parquet",
            "polls/date=2026-03-01/polls-000010.parquet",
            "polls/date=2026-03-01/polls-500000003.parquet",
            "polls/date=2026-03-02/polls-000002.parquet",
            "polls/date=2026-03-02/polls-000006.parquet");
    Files.writeString(
        folder.resolve("polls.csv"),
        """
        store_id,status,timestamp_utc
        a,active,2026-03-01 10:00:00 UTC
        a,inactive,2026-03-01 12:00:00 UTC
        b,active,2026-03-01 11:00:00 UTC
        b,active,2026-03-01 13:00:00 UTC
        b,active,2026-03-02 10:00:00 UTC
        c,active,2026-03-01 09:00:00 UTC
        """);
    assertThat(report("lake.csv", "--lake", lake.toString()))
        .isEqualTo(report("files.csv", "--polls", folder.resolve("polls.csv").toString()));
  }

  @Test
  void putsWhatIsWrongAsideAndGoesOn() throws IOException {
    record("no poll");
    record(poll("a", "active", "2026-03-01T10:00:00Z"));
    record(
        "[%s,%s]"
            .formatted(
                poll("b", "busy", "2026-03-01T10:00:00Z"),
                poll("b", "active", "2026-03-01T10:00:00Z")));
    record(poll("a", "active", "2026-03-05T10:00:00Z"));
    records.add(RowFactory.create(1, 77L, null));
    records.add(RowFactory.create(1, 78L, new byte[] {(byte) 0xC3, 0x28, ','}));
    run(0, _ -> {});
    assertThat(
            Files.readString(lake.resolve("rejects/batch-000000.csv"))
                .lines()
                .map(line -> line.replaceFirst("(^(?:[^,]*,){3}).*", "$1")))
        .containsExactly(
            "topic,partition,offset,", "polls,0,0,", "polls,0,2,", "polls,0,3,", "polls,1,78,");
    assertThat(Files.readString(lake.resolve("rejects/batch-000000.csv")))
        .contains("item 1: ", "more than a day after", "bad UTF-8");
    assertThat(whole().path("polls").asLong()).isEqualTo(2);

    // The same batch with other records, of which the disk had lost the note: they count.
    records.clear();
    record(poll("a", "active", "2026-03-01T10:00:00Z"));
    record(poll("c", "active", "2026-02-28T10:00:00Z"));
    runAndForget(0);
    assertThat(lake.resolve("rejects/batch-000000.csv")).doesNotExist();
    assertThat(whole().path("polls_by_date").toString())
        .isEqualTo("{\"2026-02-28\":1,\"2026-03-01\":1}");

    record("nothing of use");
    runAndForget(1);
    assertThat(whole().path("polls").asLong()).isEqualTo(2);
    assertThat(manifest().path("stream").path("batch").asLong()).isEqualTo(1);
  }

  /** Writes the lake of an installation, which knows two stores and the hours of one. */
  private Path installation() throws IOException {
    Path known = folder.resolve("known");
    String stores =
        """
        SELECT store_id, name, time_zone, TIMESTAMP '2020-01-01 00:00:00' AS first_poll_at,
          CAST(NULL AS TIMESTAMP) AS hours_flagged_at, CAST(NULL AS TIMESTAMP) AS zone_flagged_at
        FROM VALUES ('a', 'Harbour', 'Asia/Kathmandu'), ('z', NULL, NULL)
          AS t(store_id, name, time_zone)\
        """;
    String hours =
        """
        SELECT 'a' AS store_id, day_of_week, 3600 AS opens_second, 64800 AS closes_second
        FROM VALUES (0), (1), (2), (3), (4), (5), (6) AS t(day_of_week)\
        """;
    spark.sql(stores).repartition(1).write().parquet(known.resolve("stores").toString());
    spark.sql(hours).repartition(1).write().parquet(known.resolve("hours").toString());
    List<String> files = new ArrayList<>();
    Folders folders = new Folders(new Configuration());
    for (String table : StreamManifest.TABLES.subList(1, StreamManifest.TABLES.size())) {
      Path own = known.resolve(table);
      if (Files.exists(own)) {
        try (Stream<Path> made = Files.list(own)) {
          files.add(
              known
                  .relativize(
                      made.filter(file -> file.toString().endsWith(".parquet"))
                          .findFirst()
                          .orElseThrow())
                  .toString());
        }
      } else {
        String file = table + "/none.parquet";
        StreamLake.writeNoRows(
            new org.apache.hadoop.fs.Path(known.resolve(file).toUri()),
            new StructType().add("store_id", DataTypes.StringType),
            folders);
        files.add(file);
      }
    }
    Files.writeString(
        known.resolve("manifest.json"),
        "{\"format\":\"storewatch-lake\",\"version\":1,\"files\":[%s]}"
            .formatted(
                String.join(",", files.stream().map("{\"path\":\"%s\"}"::formatted).toList())));
    return known;
  }

  @Test
  void takesOverWhatAnInstallationKnowsOfStores() throws IOException {
    record(poll("a", "inactive", "2026-03-01T04:00:00Z"));
    record(poll("b", "active", "2026-03-01T04:00:00Z"));
    run(0, _ -> {}, "--stores", installation().toString());
    Files.writeString(
        folder.resolve("polls.csv"),
        """
        store_id,status,timestamp_utc
        a,inactive,2026-03-01 04:00:00 UTC
        b,active,2026-03-01 04:00:00 UTC
        """);
    StringBuilder hours = new StringBuilder("store_id,day,start_time_local,end_time_local\n");
    for (int day = 0; day < 7; day++) {
      hours.append("a,%d,01:00:00,18:00:00%n".formatted(day));
    }
    Files.writeString(folder.resolve("hours.csv"), hours);
    Files.writeString(folder.resolve("zones.csv"), "store_id,timezone_str\na,Asia/Kathmandu\n");
    assertThat(report("lake.csv", "--lake", lake.toString()))
        .isEqualTo(
            report(
                "files.csv",
                "--polls",
                folder.resolve("polls.csv").toString(),
                "--hours",
                folder.resolve("hours.csv").toString(),
                "--zones",
                folder.resolve("zones.csv").toString()));
    JsonNode manifest = whole();
    assertThat(manifest.path("stores").asLong()).isEqualTo(3);
    // A first poll of the installation is not in this lake, so it is not one of this lake's.
    assertThat(
            spark
                .read()
                .parquet(lake.resolve("stores/stores-000002.parquet").toString())
                .selectExpr(
                    "concat_ws(' ', store_id, coalesce(name, '-'), coalesce(string(first_poll_at),"
                        + " '-'))")
                .collectAsList()
                .stream()
                .map(row -> row.getString(0)))
        .containsExactly("a Harbour 2026-03-01 04:00:00", "b - 2026-03-01 04:00:00", "z - -");
  }

  private StreamLake open(String query, String topic, long batch) throws IOException {
    return StreamLake.open(
        lake.toString(), new Folders(new Configuration()), query, topic, batch, _ -> {});
  }

  @Test
  void refusesALakeThatIsNotItsOwn() throws IOException {
    record(poll("a", "active", "2026-03-01T10:00:00Z"));
    runAndForget(0);
    assertThat(open(QUERY, "polls", 1).manifest().batch()).isZero();
    String other = QUERY.replace('0', '1');
    assertThatThrownBy(() -> open(other, "polls", 0)).hasMessageContaining("another checkpoint");
    assertThatThrownBy(() -> open(QUERY, "other", 1)).hasMessageContaining("has the topic polls");
    assertThatThrownBy(() -> open(QUERY, "polls", 2)).hasMessageContaining("up to 0");

    String json = Files.readString(lake.resolve("manifest.json"));
    String exported = json.replace("\"stream\"", "\"other\"");
    Files.writeString(lake.resolve("manifest.json"), exported);
    assertThatThrownBy(() -> open(QUERY, "polls", 1))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("an installation exports into the lake");
    Files.writeString(lake.resolve("manifest.json"), json.substring(0, json.length() / 2));
    assertThatThrownBy(() -> open(QUERY, "polls", 1)).hasMessageContaining("is damaged");
    Files.delete(lake.resolve("manifest.json"));
    assertThatThrownBy(() -> open(QUERY, "polls", 1)).hasMessageContaining("up to -1");
    Files.writeString(lake.resolve("notes.txt"), "mine");
    assertThatThrownBy(() -> open(QUERY, "polls", 0)).hasMessageContaining("holds notes.txt");
  }

  @Test
  void namesAnInstallationThatIsNone() throws IOException {
    StreamManifest empty = StreamManifest.empty(QUERY, "polls");
    JsonNode json = new ObjectMapper().readTree(empty.json(Instant.EPOCH));
    assertThat(json.path("installation").asText()).isEqualTo("d9f7f0e3a554a9c");
    StreamManifest read = StreamManifest.read("lake", empty.json(Instant.EPOCH));
    assertThat(Objects.requireNonNull(read)).isEqualTo(empty);
  }
}
