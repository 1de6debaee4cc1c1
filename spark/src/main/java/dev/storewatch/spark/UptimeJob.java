package dev.storewatch.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.substring;

import dev.storewatch.file.FileKind;
import dev.storewatch.hours.Schedule;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Span;
import dev.storewatch.notice.Finding;
import dev.storewatch.window.Window;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.network.util.JavaUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** The job: it reads polls and what is known of stores, and writes the report. */
public final class UptimeJob {
  private static final String UTC = "UTC";

  /** How rows are packed that go from one executor to another. */
  private static final String COMPRESSION = "spark.io.compression.codec";

  private final SparkSession spark;
  private final JobOptions options;
  private final PrintStream err;
  private final Folders folders;
  private final Broadcast<SerializableConfiguration> hadoop;
  private final Path staging;
  private final Path out;
  private int filesRead;

  private UptimeJob(SparkSession spark, JobOptions options, PrintStream err) throws IOException {
    this.spark = spark;
    this.options = options;
    this.err = err;
    this.hadoop =
        new JavaSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
    this.folders = new Folders(hadoop.value().value());
    this.out = absolute(new Path(options.required("out")));
    this.staging = new Path(parent(out), "." + out.getName() + "." + UUID.randomUUID() + ".part");
  }

  private Path absolute(Path path) throws IOException {
    return folders.of(path).makeQualified(path);
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new WrongInput("--out is the root of a file system: name a folder in it");
    }
    return parent;
  }

  /** Runs the job and ends with a code that is not zero when it fails. */
  public static void main(String[] arguments) {
    int code = run(System.out, System.err, arguments);
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * Runs the job.
   *
   * @return 0, 2 for wrong input, or 1 for another failure
   */
  static int run(PrintStream out, PrintStream err, String... arguments) {
    try {
      JobOptions options = JobOptions.of(arguments);
      if (options.isHelp()) {
        out.print(JobOptions.USAGE);
        return 0;
      }
      SparkSession.Builder builder = SparkSession.builder().appName("storewatch report");
      if (System.getProperty(COMPRESSION) == null) {
        builder.config(COMPRESSION, "zstd"); // half of the bytes of what Spark takes by itself
      }
      String master = options.value("master");
      SparkSession spark = (master == null ? builder : builder.master(master)).getOrCreate();
      return run(spark.newSession(), options, err);
    } catch (WrongInput e) {
      err.println("storewatch: " + e.getMessage());
      return 2;
    }
  }

  /** Runs the job in a session, of which it sets what it needs. */
  static int run(SparkSession spark, JobOptions options, PrintStream err) {
    set(spark);
    try {
      UptimeJob job = new UptimeJob(spark, options, err);
      try {
        job.report();
      } finally {
        job.folders.of(job.staging).delete(job.staging, true);
      }
      return 0;
    } catch (WrongInput e) {
      err.println("storewatch: " + e.getMessage());
      return 2;
    } catch (Exception e) {
      WrongInput input = Failures.input(e);
      err.println("storewatch: " + (input == null ? Failures.sentence(e) : input.getMessage()));
      return input == null ? 1 : 2;
    }
  }

  /** Sets what all that is ours needs of a session. */
  static void set(SparkSession spark) {
    // Spark reads wall clocks and dates by this zone, and writes timestamps as it was twenty years
    // ago, unless told.
    spark.conf().set("spark.sql.session.timeZone", UTC);
    spark.conf().set("spark.sql.datetime.java8API.enabled", "true");
    spark.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    // Else the folders 0081 and 81 are one, and 1.10 is 1.1.
    spark.conf().set("spark.sql.sources.partitionColumnTypeInference.enabled", "false");
  }

  private void report() throws IOException {
    requireRoomForOut();
    Input input = input();
    Long given = options.asOf();
    Long asOf = given == null ? input.polls().newest(options.now()) : given;
    if (asOf == null) {
      throw new BadInput("there is no poll up to now: name files, or a lake, with polls");
    }
    long at = asOf;
    List<Window> windows =
        options.windows(options.needsDate() ? input.earliestDate(at) : LocalDate.EPOCH);
    windows.forEach(window -> window.requireKnown(at));
    Question question = options.question(at, windows);
    Path computed = new Path(staging, "results");
    Walks.results(spark, input, question, options.partitions(), false)
        .write()
        .parquet(computed.toString());
    Dataset<Row> results = spark.read().schema(Results.SCHEMA).parquet(computed.toString());
    write(results, question);
    Supplier<Dataset<Row>> earlier = () -> earlier(input, question);
    for (Finding finding : new Notices(results, question, earlier).find()) {
      err.println("note: " + finding.text(_ -> true));
    }
    err.flush();
  }

  private void requireRoomForOut() throws IOException {
    FileSystem system = folders.of(out);
    if (!system.exists(out)) {
      return;
    }
    boolean isFile = system.getFileStatus(out).isFile();
    if (isFile != options.isOneFile()) {
      throw new WrongInput(
          "--out %s is a %s: name another place, or %s --one-file"
              .formatted(out, isFile ? "file" : "folder", isFile ? "use" : "leave out"));
    }
    if (!isFile && !system.exists(new Path(out, "_SUCCESS")) && system.listStatus(out).length > 0) {
      throw new WrongInput(
          "--out %s is a folder that no report is in: name another one, or an empty one"
              .formatted(out));
    }
  }

  private Dataset<Row> earlier(Input input, Question question) {
    return input
        .polls()
        .outside(question.horizon())
        .filter(col(StoreRows.AT).leq(question.asOf()))
        .groupBy(col(StoreRows.STORE).as("earlier_store"))
        .agg(max(StoreRows.AT).as("earlier"));
  }

  private Input input() throws IOException {
    return options.has("lake") ? LakeInput.open(spark, options.required("lake"), folders) : files();
  }

  private Input files() throws IOException {
    List<Dataset<Row>> parsed = new ArrayList<>();
    Polls polls;
    Dataset<Row> ids;
    if (options.has("polls-jdbc")) {
      PollTable table = new PollTable(jdbc(), options.columns(), "the table", false);
      polls = new TablePolls(table);
      ids = table.ids();
    } else {
      List<FileStatus> files = folders.files("polls", options.paths("polls"));
      if (files.stream().allMatch(Folders::isParquet)) {
        String[] paths =
            files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
        PollTable table =
            new PollTable(
                spark.read().parquet(paths), options.columns(), options.required("polls"), true);
        polls = new TablePolls(table);
        ids = table.ids();
      } else {
        Dataset<Row> rows = parse("polls", files, List.of(FileKind.POLLS));
        parsed.add(rows);
        Dataset<Row> good = rows.filter(col(FileRows.REASON).isNull());
        polls = new ParsedPolls(good);
        ids = good.select(StoreRows.STORE);
      }
    }
    Dataset<Row> known = null;
    Dataset<Row> shared = null;
    for (String option : List.of("hours", "zones", "tags", "special-days", "closures")) {
      if (options.has(option)) {
        Dataset<Row> rows =
            parse(option, folders.files(option, options.paths(option)), kinds(option));
        parsed.add(rows);
        Dataset<Row> good = rows.filter(col(FileRows.REASON).isNull());
        known = and(known, good.filter(col(FileRows.OF).isNull()));
        if (option.equals("special-days") || option.equals("closures")) {
          shared = and(shared, good.filter(col(FileRows.OF).isNotNull()));
        }
      }
    }
    tellRejects(parsed);
    Dataset<Row> ofStores = known;
    return new Input(polls, known, shared, () -> zones(ids, ofStores));
  }

  private static Dataset<Row> and(@Nullable Dataset<Row> rows, Dataset<Row> others) {
    return rows == null ? others : rows.union(others);
  }

  /**
   * Returns the zones of all stores: those that were polled at any time, and those of which
   * something else is known than special days and closures.
   */
  private static Set<String> zones(Dataset<Row> polled, @Nullable Dataset<Row> known) {
    Set<String> zones = new HashSet<>();
    Dataset<Row> all = polled;
    if (known != null) {
      Column what = substring(col(StoreRows.TEXT), 1, 1);
      Dataset<Row> zoned =
          known
              .filter(what.equalTo(String.valueOf(Known.ZONE)))
              .groupBy(StoreRows.STORE)
              .agg(max_by(col(StoreRows.TEXT), col(StoreRows.ORDER)).as(StoreRows.TEXT));
      for (Row row : zoned.select(StoreRows.TEXT).distinct().collectAsList()) {
        zones.add(Known.fields(row.getString(0))[1]);
      }
      all =
          all.union(
                  known
                      .filter(lit(Known.OF_CALENDAR).contains(what).unary_$bang())
                      .select(StoreRows.STORE))
              .join(zoned.select(StoreRows.STORE), new String[] {StoreRows.STORE}, "left_anti");
    }
    if (!all.isEmpty()) {
      zones.add(Schedule.defaultZone().name());
    }
    return zones;
  }

  private static List<FileKind> kinds(String option) {
    return switch (option) {
      case "hours" -> List.of(FileKind.HOURS);
      case "zones" -> List.of(FileKind.ZONES);
      case "tags" -> List.of(FileKind.TAGS, FileKind.STORES);
      case "special-days" -> List.of(FileKind.SPECIAL_DAYS);
      case "closures" -> List.of(FileKind.CLOSURES);
      default -> throw new IllegalArgumentException(option);
    };
  }

  private Dataset<Row> jdbc() {
    String table = options.required("polls-table");
    String split = options.value("split-by");
    if (split == null) {
      return jdbcReader().option("dbtable", table).load();
    }
    Row ends =
        jdbcReader()
            .option(
                "query",
                "SELECT min(%s) AS lowest, max(%s) AS highest FROM %s AS t"
                    .formatted(split, split, table))
            .load()
            .first();
    if (ends.isNullAt(0)) {
      throw new BadInput("the table %s has no row".formatted(table));
    }
    return jdbcReader()
        .option("dbtable", table)
        .option("partitionColumn", split)
        .option("lowerBound", String.valueOf(ends.get(0)))
        .option("upperBound", String.valueOf(ends.get(1)))
        .option("numPartitions", String.valueOf(spark.sparkContext().defaultParallelism() * 4))
        .load();
  }

  /**
   * Returns what reads from the database. It is not asked for a period: Spark would name the ends
   * as texts without a zone, written by the clocks of the executor and read by those of the
   * database's session, so that polls could be missing without a word.
   */
  private DataFrameReader jdbcReader() {
    return spark
        .read()
        .format("jdbc")
        .option("url", options.required("polls-jdbc"))
        .option("pushDownPredicate", "false");
  }

  /** Reads files with the parser of the server, each once, into files of its own rows. */
  private Dataset<Row> parse(String option, List<FileStatus> files, List<FileKind> kinds) {
    int first = filesRead;
    filesRead += files.size();
    AtomicInteger readings = new AtomicInteger();
    return new FileSplits(files, first, splitSize(kinds))
        .read(splits -> parse(splits, kinds, option + "-" + readings.getAndIncrement()));
  }

  /** Returns how many bytes of a file a task reads: as many as of files that Spark itself reads. */
  private long splitSize(List<FileKind> kinds) {
    return kinds.equals(List.of(FileKind.POLLS))
        ? Math.max(
            1, JavaUtils.byteStringAsBytes(spark.conf().get("spark.sql.files.maxPartitionBytes")))
        : Long.MAX_VALUE;
  }

  private Dataset<Row> parse(List<FileRows.Split> splits, List<FileKind> kinds, String folder) {
    Broadcast<SerializableConfiguration> conf = hadoop;
    long now = options.now();
    FileKind[] wanted = kinds.toArray(FileKind[]::new);
    JavaRDD<Row> rows =
        new JavaSparkContext(spark.sparkContext())
            .parallelize(splits, splits.size())
            .mapPartitions(
                some -> {
                  FileRows.Split split = some.next();
                  return new PushedRows(
                      split.path(),
                      to -> FileRows.read(split, List.of(wanted), now, conf.value().value(), to));
                });
    String target = new Path(staging, folder).toString();
    spark.createDataFrame(rows, FileRows.SCHEMA).write().parquet(target);
    return spark.read().schema(FileRows.SCHEMA).parquet(target);
  }

  private void tellRejects(List<Dataset<Row>> parsed) throws IOException {
    Dataset<Row> rejected = null;
    for (Dataset<Row> rows : parsed) {
      Dataset<Row> own =
          rows.filter(col(FileRows.REASON).isNotNull())
              .select(FileRows.FILE, FileRows.LINE, FileRows.REASON, FileRows.REJECTED);
      rejected = rejected == null ? own : rejected.union(own);
    }
    if (rejected == null) {
      return;
    }
    List<Row> counts =
        rejected
            .groupBy(FileRows.FILE)
            .agg(count(lit(1)).as("rejected"))
            .orderBy(FileRows.FILE)
            .collectAsList();
    for (Row row : counts) {
      err.printf("%s: %,d rows were rejected%n", row.getString(0), row.getLong(1));
    }
    if (options.has("rejects")) {
      new Rejects(rejected, counts, absolute(new Path(options.required("rejects"))))
          .write(hadoop.value().value());
    }
  }

  /** Polls in columns. */
  private record TablePolls(PollTable table) implements Polls {
    @Override
    public @Nullable Long newest(long until) {
      return table.newest(until);
    }

    @Override
    public Dataset<Row> in(Span period) {
      return table.in(period);
    }

    @Override
    public Dataset<Row> outside(Span period) {
      return table.outside(period);
    }
  }

  /** Polls of files that were parsed. */
  private record ParsedPolls(Dataset<Row> rows) implements Polls {
    @Override
    public @Nullable Long newest(long until) {
      Row found = rows.filter(col(StoreRows.AT).leq(until)).agg(max(StoreRows.AT)).first();
      return found.isNullAt(0) ? null : Long.valueOf(found.getLong(0));
    }

    private static Column isIn(Span period) {
      return col(StoreRows.AT).geq(period.start()).and(col(StoreRows.AT).lt(period.end()));
    }

    @Override
    public Dataset<Row> in(Span period) {
      return rows.filter(isIn(period))
          .select(StoreRows.STORE, StoreRows.AT, StoreRows.ORDER, StoreRows.TEXT);
    }

    @Override
    public Dataset<Row> outside(Span period) {
      return rows.filter(isIn(period).unary_$bang()).select(StoreRows.STORE, StoreRows.AT);
    }
  }

  private void write(Dataset<Row> results, Question question) throws IOException {
    FileSystem system = folders.of(out);
    ReportFiles files = new ReportFiles(question, options.isFull());
    Path made = new Path(staging, "report");
    if (options.isParquet()) {
      files.writeParquet(results, made);
    } else {
      system.mkdirs(made);
      List<Path> parts = files.writeCsv(results, made, hadoop);
      if (options.isOneFile()) {
        Path one = new Path(staging, "one.csv");
        files.join(parts, one, system);
        replace(system, one);
        return;
      }
      try (OutputStream success = system.create(new Path(made, "_SUCCESS"), true)) {
        success.write("".getBytes(StandardCharsets.UTF_8));
      }
    }
    replace(system, made);
  }

  /** Puts what was made in the place of what was there, which stays until all is written. */
  private void replace(FileSystem system, Path made) throws IOException {
    Path old = new Path(staging, "old");
    boolean wasThere = system.exists(out);
    if (wasThere) {
      ReportFiles.rename(system, out, old);
    }
    try {
      ReportFiles.rename(system, made, out);
    } catch (IOException e) {
      if (wasThere) {
        ReportFiles.rename(system, old, out);
      }
      throw e;
    }
  }
}
