package dev.storewatch.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.csv.CsvRows;
import dev.storewatch.csv.RowWriter;
import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.uptime.PackedPoll;
import dev.storewatch.uptime.Rule;
import dev.storewatch.uptime.UptimeEngine;
import dev.storewatch.uptime.WindowTotals;
import dev.storewatch.window.Window;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on Spark in this process, on a machine in Chicago. */
final class UptimeJobTest {
  /** In the hour that the clocks of Chicago show twice. */
  private static final Instant AS_OF = Instant.parse("2026-11-01T07:30:00Z");

  private static final StructType POLLS =
      new StructType()
          .add("store_id", DataTypes.StringType)
          .add("at", DataTypes.TimestampType)
          .add("active", DataTypes.BooleanType);

  private static final String[] IDS = {
    "0081", "81", "1.10", "1.1", "Bogotá", "a,b", "\"q\"", "=1+1"
  };

  private final TimeZone before = TimeZone.getDefault();
  @TempDir private Path folder = Path.of("");

  /** A made-up fleet, and what is expected of it. */
  private static final class Fleet {
    private final NavigableMap<String, NavigableMap<Long, Boolean>> polls =
        new TreeMap<>(dev.storewatch.entry.StoreIds.ORDER);
    private final NavigableMap<String, List<OpeningInterval>> hours = new TreeMap<>();
    private final NavigableMap<String, Zone> zones = new TreeMap<>();

    static Fleet random(long seed, int stores) {
      SplittableRandom random = new SplittableRandom(seed);
      Fleet fleet = new Fleet();
      String[] names = {"America/Chicago", "America/Vancouver", "Asia/Kathmandu", "America/Havana"};
      for (int store = 0; store < stores; store++) {
        String id = store < IDS.length ? IDS[store] : String.valueOf(random.nextLong(1L << 62));
        NavigableMap<Long, Boolean> polls = new TreeMap<>();
        for (int poll = random.nextInt(1, 60); poll > 0; poll--) {
          long back = random.nextLong(-Micros.DAY, 12 * Micros.DAY);
          polls.put(Micros.of(AS_OF) - back, random.nextInt(4) > 0);
        }
        fleet.polls.put(id, polls);
        if (store % 3 > 0) {
          fleet.zones.put(id, Zone.of(names[random.nextInt(names.length)]));
        }
        if (store % 4 > 0) {
          List<OpeningInterval> week = new ArrayList<>();
          for (DayOfWeek day : DayOfWeek.values()) {
            int opens = random.nextInt(0, 86_400);
            week.add(new OpeningInterval(day, opens, random.nextInt(0, 86_401)));
          }
          fleet.hours.put(id, week);
        }
      }
      return fleet;
    }

    Schedule schedule(String id) {
      List<OpeningInterval> week = hours.get(id);
      return new Schedule(
          week == null ? WeeklyHours.always() : WeeklyHours.of(week),
          zones.getOrDefault(id, Schedule.defaultZone()));
    }

    /** Computes the report without Spark. */
    byte[] report(long asOf, Rule rule, List<Window> windows, boolean isFull) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      RowWriter writer = isFull ? CsvRows.full(windows, out) : CsvRows.standard(windows, out);
      polls.forEach(
          (id, all) -> {
            if (all.headMap(asOf, true).isEmpty()) {
              return;
            }
            Schedule schedule = schedule(id);
            List<Span> spans = Window.spans(asOf, windows, schedule);
            UptimeEngine engine = new UptimeEngine(rule, asOf, spans);
            Clocks clocks = new Clocks(engine.horizon());
            long[] packed =
                all.entrySet().stream()
                    .mapToLong(poll -> PackedPoll.of(poll.getKey(), poll.getValue()))
                    .toArray();
            long[] totals = new long[windows.size() * WindowTotals.FIELDS];
            engine.measure(
                schedule.open(clocks),
                schedule.closed(clocks),
                packed,
                0,
                packed.length,
                totals,
                0);
            long[] ends =
                spans.stream()
                    .flatMapToLong(s -> java.util.stream.LongStream.of(s.start(), s.end()))
                    .toArray();
            writer.row(id, totals, 0, ends, 0);
          });
      writer.finish();
      return out.toByteArray();
    }

    Stream<String> pollLines() {
      return polls.entrySet().stream()
          .flatMap(
              store ->
                  store.getValue().entrySet().stream()
                      .map(
                          poll ->
                              "%s,%s,%s"
                                  .formatted(
                                      Micros.toInstant(poll.getKey()),
                                      quoted(store.getKey()),
                                      poll.getValue() ? "active" : "inactive")));
    }

    private static String quoted(String id) {
      return '"' + id.replace("\"", "\"\"") + '"';
    }

    List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      polls.forEach(
          (id, all) ->
              all.forEach(
                  (at, active) -> rows.add(RowFactory.create(id, Micros.toInstant(at), active))));
      return rows;
    }
  }

  @BeforeEach
  void isInChicago() {
    TimeZone.setDefault(TimeZone.getTimeZone("America/Chicago"));
  }

  @AfterEach
  void isWhereItWas() {
    TimeZone.setDefault(before);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private void write(String name, String header, Stream<String> lines) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.resolveSibling(""));
    try (OutputStream out =
        name.endsWith(".gz")
            ? new GZIPOutputStream(Files.newOutputStream(file))
            : Files.newOutputStream(file)) {
      out.write((header + "\n").getBytes(StandardCharsets.UTF_8));
      lines.forEach(
          line -> {
            try {
              out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  private void writeKnown(Fleet fleet) throws IOException {
    write(
        "hours.csv",
        "end_time_local,day,start_time_local,store_id",
        fleet.hours.entrySet().stream()
            .flatMap(
                store ->
                    store.getValue().stream()
                        .map(
                            at ->
                                "%s,%d,%s,%s"
                                    .formatted(
                                        time(at.closes()),
                                        at.day().getValue() - 1,
                                        time(at.opens()),
                                        Fleet.quoted(store.getKey())))));
    write(
        "zones.csv",
        "store_id,timezone_str",
        fleet.zones.entrySet().stream()
            .map(store -> Fleet.quoted(store.getKey()) + "," + store.getValue().name()));
  }

  private static String time(int second) {
    return "%02d:%02d:%02d".formatted(second / 3_600, second / 60 % 60, second % 60);
  }

  private static Dataset<Row> table(Fleet fleet) {
    SparkSession spark = Session.spark();
    spark.conf().set("spark.sql.session.timeZone", "UTC");
    return spark.createDataFrame(fleet.rows(), POLLS);
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }

  @Test
  void givesTheSameBytesFromFilesAndFromParquetInHoweverManyParts() throws IOException {
    Fleet fleet = Fleet.random(1, 60);
    writeKnown(fleet);
    List<String> lines = fleet.pollLines().toList();
    write(
        "polls/a.csv.gz", "timestamp_utc,store_id,status", lines.stream().limit(lines.size() / 2));
    write("polls/b.csv", "timestamp_utc,store_id,status", lines.stream().skip(lines.size() / 2));
    table(fleet).repartition(3).write().parquet(path("lake"));
    String expected =
        new String(
            fleet.report(Micros.of(AS_OF), Rule.standard(), Window.STANDARD, false),
            StandardCharsets.UTF_8);

    for (String[] way : new String[][] {{"polls", "7"}, {"lake", "1"}}) {
      Session.Run run =
          Session.run(
              "--polls",
              path(way[0]),
              "--hours",
              path("hours.csv"),
              "--zones",
              path("zones.csv"),
              "--as-of",
              AS_OF.toString(),
              "--out",
              path("one.csv"),
              "--one-file",
              "--partitions",
              way[1]);
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(text("one.csv")).as("%s in %s parts", way[0], way[1]).isEqualTo(expected);
    }
    assertThat(expected)
        .contains("\n0081,")
        .contains("\n81,")
        .contains("\n1.1,")
        .contains("\n1.10,");
  }

  @Tag("long")
  @Test
  void writesEveryFigureOfLocalDaysIntoAFolder() throws IOException {
    Fleet fleet = Fleet.random(2, 12);
    writeKnown(fleet);
    table(fleet).write().parquet(path("lake"));
    List<Window> days = Window.parseAll("2026-10-30,2026-10-31,2026-11-01");

    Session.Run run =
        Session.run(
            "--polls",
            path("lake"),
            "--hours",
            path("hours.csv"),
            "--zones",
            path("zones.csv"),
            "--as-of",
            AS_OF.toString(),
            "--rule",
            "previous",
            "--carry",
            "PT6H",
            "--by-day",
            "2026-10-30..2026-11-01",
            "--out",
            path("days"));

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("note: 2026-10-31, 2026-11-01 are not over at the as-of instant");
    assertThat(Files.exists(folder.resolve("days/_SUCCESS"))).isTrue();
    String rows;
    try (Stream<Path> files = Files.list(folder.resolve("days"))) {
      rows =
          String.join(
              "",
              files
                  .filter(f -> f.toString().endsWith(".csv"))
                  .sorted()
                  .map(UptimeJobTest::rows)
                  .toList());
    }
    String expected =
        new String(
            fleet.report(
                Micros.of(AS_OF), Rule.of("previous", Rule.parseCarry("PT6H")), days, true),
            StandardCharsets.UTF_8);
    assertThat(rows).isEqualTo(expected.substring(expected.indexOf('\n') + 1));
  }

  /** Writes what is known of a fleet as an export does. */
  private void writeLake(Fleet fleet) throws IOException {
    Dataset<Row> polls =
        table(fleet)
            .selectExpr(
                "*", "cast(0 as bigint) as sequence", "date_format(at, 'yyyy-MM-dd') as date");
    polls.coalesce(1).write().partitionBy("date").parquet(path("lake/polls"));
    SparkSession spark = polls.sparkSession();
    List<Row> stores =
        fleet.polls.entrySet().stream()
            .map(
                store ->
                    RowFactory.create(
                        store.getKey(),
                        fleet.zones.containsKey(store.getKey())
                            ? fleet.zones.get(store.getKey()).name()
                            : null,
                        Micros.toInstant(store.getValue().firstKey()),
                        null,
                        null))
            .toList();
    spark
        .createDataFrame(
            stores,
            new StructType()
                .add("store_id", DataTypes.StringType)
                .add("time_zone", DataTypes.StringType)
                .add("first_poll_at", DataTypes.TimestampType)
                .add("hours_flagged_at", DataTypes.TimestampType)
                .add("zone_flagged_at", DataTypes.TimestampType))
        .coalesce(1)
        .write()
        .mode("append")
        .parquet(path("lake/stores"));
    List<Row> week =
        fleet.hours.entrySet().stream()
            .flatMap(
                store ->
                    store.getValue().stream()
                        .map(
                            at ->
                                RowFactory.create(
                                    store.getKey(),
                                    at.day().getValue() - 1,
                                    at.opens(),
                                    at.closes())))
            .toList();
    spark
        .createDataFrame(
            week,
            new StructType()
                .add("store_id", DataTypes.StringType)
                .add("day_of_week", DataTypes.IntegerType)
                .add("opens_second", DataTypes.IntegerType)
                .add("closes_second", DataTypes.IntegerType))
        .coalesce(1)
        .write()
        .parquet(path("lake/hours"));
    List<String> files;
    try (Stream<Path> all = Files.walk(folder.resolve("lake"))) {
      files =
          all.filter(file -> file.toString().endsWith(".parquet"))
              .map(file -> folder.resolve("lake").relativize(file).toString())
              .toList();
    }
    Files.writeString(
        folder.resolve("lake/manifest.json"),
        "{\"format\":\"storewatch-lake\",\"version\":1,\"files\":[%s]}"
            .formatted(
                String.join(
                    ",",
                    files.stream().map(file -> "{\"path\":\"%s\"}".formatted(file)).toList())));
  }

  @Test
  void readsWhatTheManifestOfALakeNamesAndNothingElse() throws IOException {
    Fleet fleet = Fleet.random(4, 20);
    writeLake(fleet);
    Files.writeString(folder.resolve("lake/polls/left-behind.parquet"), "of an export that failed");

    Session.Run run =
        Session.run(
            "--lake",
            path("lake"),
            "--as-of",
            AS_OF.toString(),
            "--out",
            path("out.csv"),
            "--one-file");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(text("out.csv"))
        .isEqualTo(
            new String(
                fleet.report(Micros.of(AS_OF), Rule.standard(), Window.STANDARD, false),
                StandardCharsets.UTF_8));

    SparkSession spark = Session.spark();
    spark.conf().set("spark.sql.session.timeZone", "UTC");
    run =
        Session.run(
            "--lake",
            path("lake"),
            "--as-of",
            AS_OF.toString(),
            "--out",
            path("out"),
            "--format",
            "parquet");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(
            spark
                .read()
                .parquet(path("out"))
                .filter("scheduled_micros = uptime_micros + downtime_micros + unknown_micros")
                .filter("to = timestamp '%s'".formatted(AS_OF))
                .count())
        .isEqualTo(3L * text("out.csv").lines().skip(1).count());
  }

  /** Half an hour before midnight in Vancouver, where it is the day before everywhere else. */
  @Tag("long")
  @Test
  void countsYesterdayFromTheEarliestDateAtAnyStore() throws IOException {
    Instant asOf = Instant.parse("2026-11-01T06:30:00Z");
    Fleet fleet = Fleet.random(5, 30);
    writeKnown(fleet);
    writeLake(fleet);
    write("polls.csv", "timestamp_utc,store_id,status", fleet.pollLines());
    String expected =
        new String(
            fleet.report(
                Micros.of(asOf),
                Rule.standard(),
                Window.parseAll("2026-10-30,2026-10-31,2026-W43,2026-09,2026-10-29"),
                true),
            StandardCharsets.UTF_8);

    for (String[] input :
        new String[][] {
          {"--lake", path("lake")},
          {"--polls", path("polls.csv"), "--hours", path("hours.csv"), "--zones", path("zones.csv")}
        }) {
      List<String> arguments = new ArrayList<>(List.of(input));
      arguments.addAll(
          List.of(
              "--as-of",
              asOf.toString(),
              "--windows",
              "yesterday,today,last-week,last-month,yesterday-before",
              "--out",
              path("out.csv"),
              "--one-file"));
      Session.Run run = Session.run(arguments.toArray(String[]::new));
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(text("out.csv")).as(input[0]).isEqualTo(expected);
    }
  }

  @Tag("long")
  @Test
  void countsYesterdayInTheZoneOfAStoreThatHasNone() throws IOException {
    write(
        "polls.csv",
        "store_id,status,timestamp_utc",
        Stream.of(
            "a,active,2023-01-24 10:00:00 UTC",
            "a,active,2023-01-25 03:00:00 UTC",
            "b,active,2023-01-24 10:00:00 UTC"));
    write("one.csv", "store_id,timezone_str", Stream.of("a,Asia/Kathmandu"));
    write("both.csv", "store_id,timezone_str", Stream.of("a,Asia/Kathmandu", "b,Asia/Kathmandu"));

    for (String[] zones : new String[][] {{"one.csv", "2023-01-23"}, {"both.csv", "2023-01-24"}}) {
      Session.Run run =
          Session.run(
              "--polls",
              path("polls.csv"),
              "--zones",
              path(zones[0]),
              "--windows",
              "yesterday",
              "--out",
              path("out.csv"),
              "--one-file");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(text("out.csv")).contains("\na," + zones[1] + ",").contains("\nb," + zones[1]);
    }
  }

  private static String rows(Path csv) {
    try {
      String text = Files.readString(csv);
      return text.substring(text.indexOf('\n') + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Spark reads large files first, so the smaller one must not lose for its size. */
  @Test
  void letsThePollThatWasReadLastHoldThoughItsFileIsSmaller() throws IOException {
    Stream<String> many =
        java.util.stream.IntStream.range(0, 5_000)
            .mapToObj(i -> "other" + i + ",active,2023-01-24 10:00:00 UTC");
    write(
        "a.csv",
        "store_id,status,timestamp_utc",
        Stream.concat(many, Stream.of("s,inactive,2023-01-24 10:00:00 UTC")));
    write("b.csv", "status,timestamp_utc,store_id", Stream.of("active,2023-01-24 10:00:00 UTC,s"));

    for (String order : List.of("a.csv b.csv", "b.csv a.csv")) {
      String[] files = order.split(" ", -1);
      Session.Run run =
          Session.run(
              "--polls",
              path(files[0]) + "," + path(files[1]),
              "--out",
              path("out.csv"),
              "--one-file");
      assertThat(run.code()).as(run.err()).isZero();
      assertThat(text("out.csv"))
          .as(order)
          .contains(files[1].equals("b.csv") ? "\ns,60.00,24.00," : "\ns,0.00,0.00,");
    }
  }

  @Test
  void keepsTheOldOutputAndSaysWhatToDoWhenTheInputIsBad() throws IOException {
    Files.writeString(folder.resolve("out.csv"), "old");
    Files.writeString(folder.resolve("broken.parquet"), "PAR1 this is no Parquet PAR1");
    table(Fleet.random(3, 5)).select("store_id", "at").write().parquet(path("narrow"));
    table(Fleet.random(3, 5))
        .selectExpr("cast(1 as bigint) as store_id", "at", "active")
        .write()
        .parquet(path("numbers"));
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(
        folder.resolve("hours.csv"),
        "store_id,day,start_time_local,end_time_local\n1,0,09:00,17:00\n");

    assertBad(path("nothing"), "there is no ");
    assertBad(path("empty"), "there is no file in ");
    assertBad(path("broken.parquet"), "a file is damaged, or is no Parquet");
    assertBad(path("narrow"), "has no column active");
    assertBad(path("numbers"), "store_id of " + path("numbers") + " is of the type bigint");
    assertBad(path("hours.csv"), "holds business hours");
    assertThat(text("out.csv")).isEqualTo("old");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".part"));
    }
  }

  /** The day is 24 January in Chicago, and all polls say up: open time that counts is up time. */
  @Test
  void countsSpecialDaysAndClosuresOfTagsAndOfAllStores() throws IOException {
    write(
        "polls.csv",
        "store_id,status,timestamp_utc",
        Stream.of("a", "b", "c", "d")
            .flatMap(
                store ->
                    java.util.stream.IntStream.rangeClosed(0, 30)
                        .mapToObj(
                            h ->
                                "%s,active,2023-01-%02dT%02d:00:00Z"
                                    .formatted(store, 24 + h / 24, h % 24))));
    write("tags.csv", "store_id,tag", Stream.of("a,region:west", "d,region:west", "b,region:east"));
    write(
        "days/stores.csv",
        "store_id,date,start_time_local,end_time_local",
        Stream.of(
            "*,2023-01-24,Closed,Closed", "c,2023-01-24,10:00,20:00", "d,2023-01-24,08:00,11:00"));
    write(
        "days/tags.csv",
        "tag,date,start_time_local,end_time_local",
        Stream.of("region:west,2023-01-24,09:00,17:00"));
    write(
        "closures/all.csv",
        "store_id,from_local,to_local,reason",
        Stream.of("*,2023-01-24T10:30,2023-01-24T11:30,works"));
    write(
        "closures/tags.csv",
        "tag,from_utc,to_utc,reason",
        Stream.of("region:west,2023-01-24T20:00:00Z,2023-01-24T21:00:00Z,fair"));

    Session.Run run =
        Session.run(
            "--polls",
            path("polls.csv"),
            "--tags",
            path("tags.csv"),
            "--special-days",
            path("days"),
            "--closures",
            path("closures"),
            "--as-of",
            "2023-01-25T06:00:00Z",
            "--windows",
            "P1D",
            "--out",
            path("out.csv"),
            "--one-file");

    assertThat(run.code()).as(run.err()).isZero();
    List<String[]> rows = text("out.csv").lines().map(row -> row.split(",", -1)).toList();
    List<String> header = List.of(rows.getFirst());
    assertThat(rows.stream().skip(1).map(row -> figures(header, row)))
        .containsExactly("a 360.00 120.00", "b 0.00 0.00", "c 540.00 60.00", "d 150.00 30.00");
  }

  private static String figures(List<String> header, String[] row) {
    return "%s %s %s"
        .formatted(
            row[0], row[header.indexOf("uptime_minutes")], row[header.indexOf("excluded_minutes")]);
  }

  private void assertBad(String polls, String words) {
    Session.Run run = Session.run("--polls", polls, "--out", path("out.csv"), "--one-file");
    assertThat(run.err()).contains(words);
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void writesRejectedRowsWithTheirReasonsAndCounts() throws IOException {
    write(
        "polls.csv",
        "store_id,status,timestamp_utc",
        Stream.of(
            "s,active,2023-01-24 10:00:00 UTC",
            "s,maybe,2023-01-24 11:00:00 UTC",
            "8.41953794191982E+018,active,2023-01-24 12:00:00 UTC"));
    write(
        "hours.csv",
        "store_id,day,start_time_local,end_time_local",
        Stream.of("s,1,09:00,17:00", "s,2,25:00,26:00"));

    Session.Run run =
        Session.run(
            "--polls",
            path("polls.csv"),
            "--hours",
            path("hours.csv"),
            "--rejects",
            path("rejects"),
            "--out",
            path("out.csv"),
            "--one-file");

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("polls.csv: 2 rows were rejected")
        .contains("note: 1 store counts on business hours of which rows were refused");
    assertThat(text("rejects/rejects.csv").lines()).hasSize(4);
    assertThat(text("rejects/rejects.csv")).contains(",3,\"").contains("spreadsheet has cut");
    assertThat(text("rejects/rejects.json"))
        .contains("\"rejected\" : 2")
        .contains("\"rejected\" : 1");
  }

  @Test
  void setsTheZoneOfTheSessionToUtc() {
    SparkSession spark = Session.spark();
    spark.conf().set("spark.sql.session.timeZone", "America/Chicago");

    Session.run(spark, "--polls", path("nothing"), "--out", path("out"));

    assertThat(spark.conf().get("spark.sql.session.timeZone")).isEqualTo("UTC");
    assertThat(
            spark.sql("SELECT cast(timestamp_micros(0) AS string)").as(Encoders.STRING()).first())
        .isEqualTo("1970-01-01 00:00:00");
  }

  @Test
  void refusesOptionsThatDoNotGoTogether() {
    assertRefused("there is no option '--poll'", "--poll", "x");
    assertRefused("--out is missing", "--polls", "x");
    assertRefused("name the polls once", "--out", "x");
    assertRefused(
        "the standard columns are for the windows",
        "--polls",
        "x",
        "--out",
        "y",
        "--windows",
        "PT2H",
        "--detail",
        "standard");
    assertRefused(
        "is after the clock", "--polls", "x", "--out", "y", "--as-of", "2199-01-01T00:00:00Z");
    assertRefused(
        "a window stands twice", "--polls", "x", "--out", "y", "--windows", "yesterday,YESTERDAY");
    assertRefused(
        "the standard columns are for the windows",
        "--polls",
        "x",
        "--out",
        "y",
        "--windows",
        "yesterday",
        "--detail",
        "standard");
    assertRefused("a lake has all that is known", "--lake", "x", "--out", "y", "--hours", "z");
  }

  private static void assertRefused(String words, String... arguments) {
    assertThatThrownBy(() -> JobOptions.of(arguments))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining(words);
  }
}
