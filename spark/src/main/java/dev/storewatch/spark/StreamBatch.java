package dev.storewatch.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;

import dev.storewatch.csv.CsvFields;
import dev.storewatch.interval.Micros;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of records does to a lake. All of it comes from the records and the number of the
 * batch, so that a batch that is run again does the same again.
 */
final class StreamBatch {
  /** Room for the records of one batch that say the same poll. */
  private static final int RANK_BITS = 32;

  /** As many rows as exports put into a group. */
  private static final String GROUP = "122880";

  /** Files of several batches have numbers from here on, which no batch reaches. */
  private static final long TOGETHER = 500_000_000;

  private static final String LAST = "last";
  private static final String RANK = "rank";
  private static final String SEQUENCE = "sequence";
  private static final String FIRST_POLL = "first_poll_at";

  private static final StructType POLLS =
      new StructType()
          .add(StoreRows.STORE, DataTypes.StringType)
          .add(StoreRows.AT, DataTypes.TimestampType)
          .add(RecordReader.ACTIVE, DataTypes.BooleanType)
          .add(SEQUENCE, DataTypes.LongType);

  private static final StructType STORES =
      columns(
          "store_id text",
          "name text",
          "time_zone text",
          "first_poll_at instant",
          "hours_flagged_at instant",
          "zone_flagged_at instant");

  /** What is known of stores, which no poll tells. */
  private static final Map<String, StructType> KNOWN =
      Map.of(
          "tags",
          columns("store_id text", "name text", "value text"),
          "hours",
          columns("store_id text", "day_of_week int", "opens_second int", "closes_second int"),
          "later_hours",
          columns(
              "store_id text",
              "valid_from text",
              "day_of_week int",
              "opens_second int",
              "closes_second int"),
          "special_days",
          columns(
              "id text",
              "store_id text",
              "tag text",
              "date text",
              "opens_second int",
              "closes_second int",
              "label text"),
          "closures",
          columns(
              "id text",
              "store_id text",
              "tag text",
              "from_utc instant",
              "to_utc instant",
              "from_local text",
              "to_local text",
              "repeats text",
              "last_date text",
              "reason text"));

  private final StreamLake lake;
  private final String topic;
  private final long batch;
  private final @Nullable Lake known;
  private final RecordReader.Format format;
  private final int mostFiles;

  /** The files that the lake will have, by their paths, and what was made of them. */
  private final Map<String, StreamManifest.File> files = new LinkedHashMap<>();

  private final Map<String, Path> made = new LinkedHashMap<>();
  private final SortedMap<String, Long> dates;

  /**
   * What a batch had.
   *
   * @param polls the polls of its records
   * @param rejected the records with something wrong
   * @param files its files of polls
   */
  record Done(long polls, long rejected, List<String> files) {}

  /**
   * A batch.
   *
   * @param known the lake that tells what is known of stores; null for none
   * @param mostFiles the most files of a date that stay apart
   */
  StreamBatch(
      StreamLake lake,
      String topic,
      long batch,
      @Nullable Lake known,
      RecordReader.Format format,
      int mostFiles) {
    this.lake = lake;
    this.topic = topic;
    this.batch = batch;
    this.known = known;
    this.format = format;
    this.mostFiles = mostFiles;
    this.dates = new TreeMap<>(lake.manifest().dates());
    lake.manifest().files().forEach(file -> files.put(file.path(), file));
  }

  private static StructType columns(String... columns) {
    StructType all = new StructType();
    for (String column : columns) {
      String[] words = column.split(" ", -1);
      all =
          all.add(
              words[0],
              switch (words[1]) {
                case "int" -> DataTypes.IntegerType;
                case "instant" -> DataTypes.TimestampType;
                default -> DataTypes.StringType;
              });
    }
    return all;
  }

  /** Returns the number in the names of the files that a batch makes. */
  private static long number(long batch) {
    return 2 * (batch + 1);
  }

  /** Of a poll that a batch says several times, those that do not hold are in a file of theirs. */
  private static long numberOfEarlier(long batch) {
    return number(batch) - 1;
  }

  private boolean isOfThis(StreamManifest.File file) {
    return file.number() == number(batch) || file.number() == numberOfEarlier(batch);
  }

  /**
   * Brings the records into the lake.
   *
   * @param records the partition, the offset and the value of each
   * @param now the clock, in microseconds since the epoch
   */
  Done run(Dataset<Row> records, long now) throws IOException {
    Dataset<Row> read = read(records, now).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      Row counts =
          read.agg(count(StoreRows.STORE), count(RecordReader.REASON)).collectAsList().getFirst();
      long polls = counts.getLong(0);
      long rejected = counts.getLong(1);
      putTogether(read.sparkSession());
      Set<String> touched = polls > 0 ? draftPolls(read) : new TreeSet<>();
      touched.addAll(takeBack(read.sparkSession()));
      writeRejects(read, rejected);
      moveMade();
      countPolls(read.sparkSession(), touched);
      long stores = writeStores(read, polls > 0);
      writeKnown();
      moveMade();
      commit(stores);
      return new Done(
          polls,
          rejected,
          files.values().stream()
              .filter(file -> file.table().equals("polls") && isOfThis(file))
              .map(StreamManifest.File::path)
              .toList());
    } finally {
      read.unpersist(true);
      lake.close();
    }
  }

  private Dataset<Row> read(Dataset<Row> records, long now) {
    RecordReader.Format ofValues = format;
    MapPartitionsFunction<Row, Row> reader = some -> new RecordReader(some, ofValues, now);
    return records
        .select(col("partition"), col("offset"), col("value"))
        .mapPartitions(reader, Encoders.row(RecordReader.SCHEMA));
  }

  /**
   * Makes the files of polls. Of each date, the polls that hold are in one file, a row for each
   * store and instant: who reads a date with one file need not look for rows that do not hold.
   *
   * @return the dates
   */
  private Set<String> draftPolls(Dataset<Row> read) throws IOException {
    WindowSpec same = Window.partitionBy(StoreRows.STORE, StoreRows.AT);
    Column rank =
        row_number()
            .over(same.orderBy(RecordReader.PARTITION, RecordReader.OFFSET, RecordReader.ITEM));
    String draft = lake.draft("polls");
    read.filter(col(RecordReader.REASON).isNull())
        .withColumn(RANK, rank)
        .withColumn(LAST, col(RANK).equalTo(count(lit(1)).over(same)).cast("int"))
        .select(
            col(StoreRows.STORE),
            timestamp_micros(col(StoreRows.AT)).as(StoreRows.AT),
            col(RecordReader.ACTIVE),
            col(RANK).plus(lit((batch + 1) << RANK_BITS)).as(SEQUENCE),
            col(RecordReader.DAY),
            col(LAST))
        .repartition(col(RecordReader.DAY), col(LAST))
        .sortWithinPartitions(RecordReader.DAY, LAST, StoreRows.STORE, StoreRows.AT, SEQUENCE)
        .write()
        .option("compression", "zstd")
        .option("parquet.block.row.count.limit", GROUP)
        .option("maxRecordsPerFile", 0)
        .partitionBy(RecordReader.DAY, LAST)
        .parquet(draft);
    Set<String> touched = new TreeSet<>();
    for (Path day : lake.folders(new Path(draft), RecordReader.DAY)) {
      String date = LocalDate.ofEpochDay(Long.parseLong(value(day))).toString();
      touched.add(date);
      for (Path last : lake.folders(day, LAST)) {
        long number = value(last).equals("1") ? number(batch) : numberOfEarlier(batch);
        draft(lake.made(last), "polls/date=%s/polls-%06d.parquet".formatted(date, number));
      }
    }
    return touched;
  }

  /**
   * Puts the files together of each date that has too many: those of earlier batches, which are
   * done for good. A batch that is run again after it was done leaves all as it is. Of a poll that
   * was said again the row that holds stays, with its own sequence.
   */
  private void putTogether(SparkSession spark) throws IOException {
    if (lake.manifest().batch() >= batch) {
      return;
    }
    Map<String, List<StreamManifest.File>> byDate = new TreeMap<>();
    for (StreamManifest.File file : lake.manifest().files("polls")) {
      byDate.computeIfAbsent(date(file.path()), _ -> new ArrayList<>()).add(file);
    }
    byDate.values().removeIf(own -> own.size() <= mostFiles);
    List<String> old =
        byDate.values().stream().flatMap(List::stream).map(StreamManifest.File::path).toList();
    if (old.isEmpty()) {
      return;
    }
    WindowSpec same = Window.partitionBy(StoreRows.STORE, StoreRows.AT);
    String draft = lake.draft("together");
    spark
        .read()
        .schema(POLLS)
        .parquet(old.stream().map(lake::path).toArray(String[]::new))
        .withColumn(RANK, row_number().over(same.orderBy(col(SEQUENCE).desc())))
        .filter(col(RANK).equalTo(1))
        .drop(RANK)
        .withColumn(RecordReader.DAY, day(unix_micros(col(StoreRows.AT))))
        .repartition(col(RecordReader.DAY))
        .sortWithinPartitions(RecordReader.DAY, StoreRows.STORE, StoreRows.AT)
        .write()
        .option("compression", "zstd")
        .option("parquet.block.row.count.limit", GROUP)
        .option("maxRecordsPerFile", 0)
        .partitionBy(RecordReader.DAY)
        .parquet(draft);
    old.forEach(files::remove);
    for (Path day : lake.folders(new Path(draft), RecordReader.DAY)) {
      String date = LocalDate.ofEpochDay(Long.parseLong(value(day))).toString();
      draft(lake.made(day), "polls/date=%s/polls-%d.parquet".formatted(date, TOGETHER + batch));
    }
  }

  /** Returns the date of an instant, as days since the epoch. */
  private static Column day(Column micros) {
    Column ofDay = pmod(micros, lit(Micros.DAY));
    return micros.minus(ofDay).divide(Micros.DAY).cast(DataTypes.LongType);
  }

  private static String value(Path folder) {
    return folder.getName().substring(folder.getName().indexOf('=') + 1);
  }

  private void draft(Path file, String path) throws IOException {
    files.put(path, lake.describe(file, path));
    made.put(path, file);
  }

  /**
   * Has the lake be as it was before this batch, if it was run before and would now make other
   * files: nobody may find a file that is not what the manifest says.
   *
   * @return the dates that had files of it
   */
  private Set<String> takeBack(SparkSession spark) throws IOException {
    Set<String> touched = new TreeSet<>();
    List<StreamManifest.File> before = new ArrayList<>();
    boolean isSame = true;
    for (StreamManifest.File file : lake.manifest().files()) {
      if (!file.table().equals("polls") || !isOfThis(file)) {
        before.add(file);
        continue;
      }
      touched.add(date(file.path()));
      if (!made.containsKey(file.path())) {
        files.remove(file.path());
        isSame = false;
      } else if (!file.equals(files.get(file.path()))) {
        isSame = false;
      }
    }
    if (!isSame) {
      StreamManifest now = lake.manifest();
      SortedMap<String, Long> counts = new TreeMap<>(now.dates());
      recount(spark, before, touched, counts);
      lake.commit(
          new StreamManifest(
              now.query(), now.topic(), batch - 1, now.stores(), counts, before, List.of()));
    }
    return touched;
  }

  private static String date(String path) {
    int from = path.indexOf('=') + 1;
    return path.substring(from, path.indexOf('/', from));
  }

  private void moveMade() throws IOException {
    for (Map.Entry<String, Path> file : made.entrySet()) {
      lake.move(file.getValue(), file.getKey());
    }
    made.clear();
  }

  private void countPolls(SparkSession spark, Set<String> touched) {
    recount(spark, List.copyOf(files.values()), touched, dates);
  }

  /** Counts the polls of some dates, one for each store and instant. */
  private void recount(
      SparkSession spark,
      List<StreamManifest.File> all,
      Set<String> touched,
      SortedMap<String, Long> counts) {
    counts.keySet().removeAll(touched);
    List<String> paths = new ArrayList<>();
    for (String date : touched) {
      List<StreamManifest.File> own = all.stream().filter(file -> file.isOf(date)).toList();
      if (own.size() == 1) {
        counts.put(date, own.getFirst().rows()); // none is there twice
      } else {
        own.forEach(file -> paths.add(lake.path(file.path())));
      }
    }
    if (paths.isEmpty()) {
      return;
    }
    spark
        .read()
        .schema(POLLS)
        .parquet(paths.toArray(String[]::new))
        .select(col(StoreRows.STORE), unix_micros(col(StoreRows.AT)).as(StoreRows.AT))
        .distinct()
        .groupBy(expr("(at - pmod(at, %1$d)) div %1$d".formatted(Micros.DAY)).as(RecordReader.DAY))
        .count()
        .collectAsList()
        .forEach(
            row -> counts.put(LocalDate.ofEpochDay(row.getLong(0)).toString(), row.getLong(1)));
  }

  /** Writes the records with something wrong; they count for nothing else. */
  private void writeRejects(Dataset<Row> read, long rejected) throws IOException {
    if (rejected == 0) {
      lake.deleteRejects(batch);
      return;
    }
    Iterator<Row> rows =
        read.filter(col(RecordReader.REASON).isNotNull())
            .select(
                RecordReader.PARTITION, RecordReader.OFFSET, RecordReader.REASON, RecordReader.TEXT)
            .repartition(1)
            .sortWithinPartitions(RecordReader.PARTITION, RecordReader.OFFSET)
            .toLocalIterator();
    Path draft = new Path(lake.draft("rejects.csv"));
    try (OutputStream out = lake.folders().of(draft).create(draft, true)) {
      out.write("topic,partition,offset,reason,text\n".getBytes(StandardCharsets.UTF_8));
      while (rows.hasNext()) {
        Row row = rows.next();
        out.write(
            "%s,%d,%d,%s,%s\n"
                .formatted(
                    CsvFields.of(topic),
                    row.getInt(0),
                    row.getLong(1),
                    CsvFields.of(row.getString(2)),
                    CsvFields.of(row.getString(3)))
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    lake.move(draft, StreamLake.rejects(batch));
  }

  /**
   * Brings the stores up to date: those that are known, those that were polled, and the first poll
   * of each in this lake.
   *
   * @return how many there are
   */
  private long writeStores(Dataset<Row> read, boolean hasPolls) throws IOException {
    List<StreamManifest.File> had = lake.manifest().files("stores");
    if (!hasPolls && known == null && !had.isEmpty()) {
      return lake.manifest().stores();
    }
    SparkSession spark = read.sparkSession();
    Dataset<Row> all =
        read.filter(col(RecordReader.REASON).isNull())
            .groupBy(StoreRows.STORE)
            .agg(timestamp_micros(min(StoreRows.AT)).as(FIRST_POLL));
    if (!had.isEmpty()) {
      Dataset<Row> before = spark.read().schema(STORES).parquet(lake.path(had.getFirst().path()));
      all =
          all.unionByName(
              known == null ? before : before.select(StoreRows.STORE, FIRST_POLL), true);
    }
    if (known != null) {
      // Its first polls may be older than this lake is.
      all =
          all.unionByName(
              spark
                  .read()
                  .schema(STORES)
                  .parquet(known.table("stores").toArray(String[]::new))
                  .drop(FIRST_POLL),
              true);
    }
    List<String> there = List.of(all.columns());
    List<Column> values = new ArrayList<>();
    for (StructField column : STORES.fields()) {
      String name = column.name();
      if (name.equals(FIRST_POLL)) {
        values.add(min(name).as(name));
      } else if (!name.equals(StoreRows.STORE)) {
        Column value = there.contains(name) ? col(name) : lit(null).cast(column.dataType());
        values.add(first(value, true).as(name));
      }
    }
    Dataset<Row> stores =
        all.groupBy(StoreRows.STORE)
            .agg(values.getFirst(), values.subList(1, values.size()).toArray(Column[]::new))
            .select(
                Arrays.stream(STORES.fieldNames()).map(name -> col(name)).toArray(Column[]::new));
    return replace("stores", stores).rows();
  }

  /** Puts rows in the place of those that a table had; the file stays if it would be the same. */
  private StreamManifest.File replace(String table, Dataset<Row> rows) throws IOException {
    String draft = lake.draft(table);
    rows.repartition(1)
        .sortWithinPartitions(rows.columns()[0])
        .write()
        .option("compression", "zstd")
        .option("parquet.block.row.count.limit", GROUP)
        .parquet(draft);
    return take(table, lake.made(new Path(draft)));
  }

  private StreamManifest.File take(String table, Path file) throws IOException {
    String path = "%s/%s-%06d.parquet".formatted(table, table, number(batch));
    StreamManifest.File described = lake.describe(file, path);
    List<StreamManifest.File> had = lake.manifest().files(table);
    if (!had.isEmpty() && had.getFirst().sha256().equals(described.sha256())) {
      return had.getFirst();
    }
    had.forEach(old -> files.remove(old.path()));
    files.put(path, described);
    made.put(path, file);
    return described;
  }

  /** Takes over what is known of stores; without it, nothing is. */
  private void writeKnown() throws IOException {
    for (Map.Entry<String, StructType> table : KNOWN.entrySet()) {
      if (known != null) {
        Path draft = new Path(lake.draft(table.getKey() + ".parquet"));
        byte[] bytes = lake.folders().read(new Path(known.table(table.getKey()).getFirst()));
        try (OutputStream out = lake.folders().of(draft).create(draft, true)) {
          out.write(bytes);
        }
        take(table.getKey(), draft);
      } else if (lake.manifest().files(table.getKey()).isEmpty()) {
        Path draft = new Path(lake.draft(table.getKey() + ".parquet"));
        StreamLake.writeNoRows(draft, table.getValue(), lake.folders());
        take(table.getKey(), draft);
      }
    }
  }

  private void commit(long stores) throws IOException {
    Set<String> named = new HashSet<>(files.keySet());
    List<String> dropped =
        lake.manifest().files().stream()
            .map(StreamManifest.File::path)
            .filter(path -> !named.contains(path))
            .toList();
    lake.commit(
        new StreamManifest(
            lake.manifest().query(),
            topic,
            batch,
            stores,
            dates,
            List.copyOf(files.values()),
            dropped));
  }
}
