package dev.storewatch.bench;

import dev.storewatch.database.DatabaseSettings;
import dev.storewatch.demo.Fleet;
import dev.storewatch.demo.FleetFiles;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.importing.Importer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that measures the main job on any three files: {@code ./storewatch bench DIR}. */
@Command(
    name = "storewatch bench",
    description =
        "Measures import and report on the three files in a folder, beside a floor and a query of"
            + " DuckDB alone; with --database on PostgreSQL, beside plain statements of its own.",
    mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description =
          "A folder with a file of polls, of business hours and of zones (with --database without"
              + " it: those of a made-up fleet).")
  private @Nullable Path folder;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = {
        "An empty PostgreSQL database that was made to be measured, for example",
        "  jdbc:postgresql://localhost/storewatch_bench",
        "(name and password are those of STOREWATCH_DATABASE_USERNAME and"
            + " STOREWATCH_DATABASE_PASSWORD of the environment). It is empty again afterwards."
      })
  private @Nullable String url;

  @Option(
      names = "--stores",
      paramLabel = "N",
      defaultValue = "11500",
      description =
          "Stores of the made-up fleet, with some 160 polls each (default: ${DEFAULT-VALUE}).")
  private int stores;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "7",
      description =
          "Counted runs of each measurement, of which the median is printed (default:"
              + " ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Where databases are made and deleted again (default: the temporary folder).")
  private @Nullable Path work;

  /** Measures, and ends the process with 0 when every check held. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    System.exit(new CommandLine(new Bench()).setOut(out).execute(arguments));
  }

  @Command(
      name = "load",
      description = {
        "Measures a server under load on a made-up fleet, with its own health end point beside it.",
        "With --with, in turns with a server of another build: calls, pushes, starts, reports at",
        "once, and the memory of a server that is left alone."
      },
      mixinStandardHelpOptions = true)
  int load(
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "5",
              description =
                  "Counted starts, of which the median is printed (default: ${DEFAULT-VALUE}).")
          int starts,
      @Option(names = "--with", paramLabel = "DIR", description = "A checkout of another build.")
          @Nullable Path checkout,
      @Option(
              names = "--work",
              paramLabel = "DIR",
              description = "Where data is made and deleted again (default: the temporary folder).")
          @Nullable Path folderForData)
      throws Exception {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    requireRuns(starts);
    Path scratch = scratch(folderForData);
    try {
      if (checkout == null) {
        new Load(launcher(), scratch, starts, out).measure();
      } else {
        new LoadComparison(builds(checkout), scratch, starts, out).measure();
      }
    } finally {
      Scratch.delete(scratch);
    }
    return 0;
  }

  /** Returns this build and that of a checkout. */
  private List<Comparison.Build> builds(Path checkout) {
    Path other = checkout.resolve("storewatch").toAbsolutePath().normalize();
    if (!Files.isExecutable(other)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "--with: %s is not there: name the folder of a checkout of Storewatch".formatted(other));
    }
    return List.of(
        new Comparison.Build("this build", Path.of(launcher()).toAbsolutePath().normalize()),
        new Comparison.Build("the other", other));
  }

  @Command(
      name = "compare",
      description = {
        "Measures the main job of this build and of another one in turns, as whole processes on the"
            + " same files: import, report, an hour's polls, report. Prints medians and ratios side"
            + " by side.",
        "The exit code is 1 when the reports of both are not the same bytes."
      },
      mixinStandardHelpOptions = true)
  int compare(
      @Parameters(
              arity = "0..1",
              paramLabel = "DIR",
              description =
                  "A folder with a file of polls, of business hours and of zones (default: those of"
                      + " a made-up fleet).")
          @Nullable Path files,
      @Option(
              names = "--with",
              paramLabel = "DIR",
              required = true,
              description =
                  "A checkout of the other build; its ./storewatch builds it when that was not done"
                      + " yet.")
          Path checkout,
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "9",
              description =
                  "Counted runs of each build, of which the median is printed (default:"
                      + " ${DEFAULT-VALUE}).")
          int times,
      @Option(
              names = "--stores",
              paramLabel = "N",
              defaultValue = "11500",
              description =
                  "Stores of the made-up fleet, with some 160 polls each (default:"
                      + " ${DEFAULT-VALUE}).")
          int fleet,
      @Option(
              names = "--work",
              paramLabel = "DIR",
              description = "Where data is made and deleted again (default: the temporary folder).")
          @Nullable Path folderForData)
      throws Exception {
    requireRuns(times);
    List<Comparison.Build> builds = builds(checkout);
    Path scratch = scratch(folderForData);
    try {
      stores = fleet;
      Inputs inputs = files == null ? madeUp(scratch.resolve("fleet")) : inputs(files);
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      Comparison comparison =
          new Comparison(builds.get(0), builds.get(1), inputs, scratch, times, out);
      return comparison.measure() ? 0 : 1;
    } finally {
      Scratch.delete(scratch);
    }
  }

  @Command(
      name = "alternatives",
      description = {
        "Measures the report of three files by this program, with and without a database, beside"
            + " DuckDB and pandas on the same files, as whole processes in turns.",
        "Tells whether their answers are the same, and how far off it is to count polls."
      },
      mixinStandardHelpOptions = true)
  int alternatives(
      @Parameters(
              arity = "0..1",
              paramLabel = "DIR",
              description =
                  "A folder with a file of polls, of business hours and of zones (default: those of"
                      + " a made-up fleet).")
          @Nullable Path files,
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "9",
              description =
                  "Counted runs of each, of which the median is printed (default:"
                      + " ${DEFAULT-VALUE}).")
          int times,
      @Option(
              names = "--stores",
              paramLabel = "N",
              defaultValue = "11500",
              description =
                  "Stores of the made-up fleet, with some 160 polls each (default:"
                      + " ${DEFAULT-VALUE}).")
          int fleet,
      @Option(
              names = "--work",
              paramLabel = "DIR",
              description = "Where data is made and deleted again (default: the temporary folder).")
          @Nullable Path folderForData)
      throws Exception {
    requireRuns(times);
    Path scratch = scratch(folderForData);
    try {
      stores = fleet;
      Inputs inputs = files == null ? madeUp(scratch.resolve("fleet")) : inputs(files);
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      Path own = Path.of(launcher()).toAbsolutePath().normalize();
      new Alternatives(inputs, own, scratch, times, out).measure();
      return 0;
    } finally {
      Scratch.delete(scratch);
    }
  }

  @Command(
      name = "calendar",
      description =
          "Measures reports with special days and planned closures, entering and previewing a"
              + " closure of all stores, and reports of the data as it was known before later"
              + " changes, beside plain reports on the same files.",
      mixinStandardHelpOptions = true)
  int calendar(@Mixin MeasuredFiles files) throws Exception {
    return measure(files, CalendarJob::new);
  }

  @Command(
      name = "live",
      description =
          "Measures what it costs to follow outages while an hour's polls of a fleet after the"
              + " other are imported, beside these imports.",
      mixinStandardHelpOptions = true)
  int live(@Mixin MeasuredFiles files) throws Exception {
    return measure(files, LiveJob::new);
  }

  @Command(
      name = "open-outages",
      description =
          "Measures the memory that outages take which go on at the same time, one for each store"
              + " of a made-up fleet.",
      mixinStandardHelpOptions = true)
  int openOutages(
      @Option(
              names = "--stores",
              paramLabel = "N",
              defaultValue = "100000",
              description = "Stores, each with an outage (default: ${DEFAULT-VALUE}).")
          int stores,
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "20",
              description = "Looks at all of them (default: ${DEFAULT-VALUE}).")
          int looks,
      @Option(
              names = "--work",
              paramLabel = "DIR",
              description = "Where data is made and deleted again (default: the temporary folder).")
          @Nullable Path folderForData)
      throws Exception {
    return measure(
        folderForData, looks, (scratch, out) -> new OpenOutagesJob(stores, scratch, looks, out));
  }

  @Command(
      name = "clustering",
      description =
          "Measures how long it takes to read the polls of one store, and reports on all, where"
              + " polls came hour by hour, and after those of a store were moved together.",
      mixinStandardHelpOptions = true)
  int clustering(
      @Option(
              names = "--stores",
              paramLabel = "N",
              defaultValue = "14000",
              description = "Stores of a made-up fleet (default: ${DEFAULT-VALUE}).")
          int stores,
      @Option(
              names = "--weeks",
              paramLabel = "N",
              defaultValue = "52",
              description = "Weeks of polls, one each hour (default: ${DEFAULT-VALUE}).")
          int weeks,
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "9",
              description = "Runs of each reading (default: ${DEFAULT-VALUE}).")
          int readings,
      @Option(
              names = "--work",
              paramLabel = "DIR",
              description = "Where data is made and deleted again (default: the temporary folder).")
          @Nullable Path folderForData)
      throws Exception {
    return measure(
        folderForData,
        readings,
        (scratch, out) -> new ClusteringJob(stores, weeks, scratch, readings, out));
  }

  @Command(
      name = "history",
      description =
          "Measures what it costs to keep the days of a year of a fleet, and to answer from them,"
              + " beside a report on one week: that of the file, which is repeated into the past.",
      mixinStandardHelpOptions = true)
  int history(@Mixin MeasuredFiles files) throws Exception {
    return measure(files, HistoryJob::new);
  }

  @Command(
      name = "pages",
      description =
          "Measures how long a server takes for the pages that people look at most, beside a warm"
              + " report, and how soon open pages hear of a poll.",
      mixinStandardHelpOptions = true)
  int pages(@Mixin MeasuredFiles files) throws Exception {
    String launcher = launcher();
    return measure(
        files, (inputs, scratch, runs, out) -> new PagesJob(inputs, launcher, scratch, runs, out));
  }

  @Command(
      name = "deliveries",
      description =
          "Measures how soon messages that wait for a channel are sent to a receiver on this"
              + " machine, beside the time that the limit of the channel wants.",
      mixinStandardHelpOptions = true)
  int deliveries(
      @Option(
              names = "--database",
              paramLabel = "URL",
              description =
                  "An empty PostgreSQL database that was made to be measured (default: a database"
                      + " in a folder).")
          @Nullable String address,
      @Option(
              names = "--messages",
              paramLabel = "N",
              defaultValue = "1000",
              description = "Messages that wait (default: ${DEFAULT-VALUE}).")
          int messages,
      @Option(
              names = "--per-minute",
              paramLabel = "N",
              defaultValue = "6000",
              description = "The limit of the channel (default: ${DEFAULT-VALUE}).")
          int perMinute,
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "3",
              description =
                  "Counted runs, of which the median is printed (default: ${DEFAULT-VALUE}).")
          int times,
      @Option(
              names = "--work",
              paramLabel = "DIR",
              description = "Where data is made and deleted again (default: the temporary folder).")
          @Nullable Path folderForData)
      throws Exception {
    requireRuns(times);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    DeliveriesJob.Size size = new DeliveriesJob.Size(messages, perMinute);
    Path scratch = scratch(folderForData);
    try {
      if (address == null) {
        new DeliveriesJob(size, Installed::new, scratch, times, out).measure();
      } else {
        try (ScratchSchema schema = ScratchSchema.in(settings(address))) {
          schema.renew();
          out.println(schema.description());
          new DeliveriesJob(
                  size, path -> new Installed(path, schema.settings()), scratch, times, out)
              .measure();
        } catch (ScratchSchema.NotEmpty e) {
          throw badParameter(e);
        }
      }
    } finally {
      Scratch.delete(scratch);
    }
    return 0;
  }

  /** What is measured on three files, and for how often. */
  static final class MeasuredFiles {
    @Parameters(
        paramLabel = "DIR",
        description = "A folder with a file of polls, of business hours and of zones.")
    private Path folder = Path.of("");

    @Option(
        names = "--runs",
        paramLabel = "N",
        defaultValue = "7",
        description =
            "Counted runs of each measurement, of which the median is printed (default:"
                + " ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
        names = "--work",
        paramLabel = "DIR",
        description = "Where data is made and deleted again (default: the temporary folder).")
    private @Nullable Path work;
  }

  /** Makes a measurement on files. */
  private interface JobOnFiles {
    /** Returns the measurement, with a folder for its data. */
    Measurement on(Inputs inputs, Path scratch, int runs, PrintWriter out);
  }

  private int measure(MeasuredFiles files, JobOnFiles job) throws Exception {
    return measure(
        files.work,
        files.runs,
        (scratch, out) -> job.on(inputs(files.folder), scratch, files.runs, out));
  }

  private interface Job {
    /** Returns the measurement, with a folder for its data. */
    Measurement in(Path scratch, PrintWriter out) throws Exception;
  }

  private int measure(@Nullable Path folderForData, int number, Job job) throws Exception {
    requireRuns(number);
    Path scratch = scratch(folderForData);
    try {
      job.in(scratch, new PrintWriter(System.out, true, StandardCharsets.UTF_8)).measure();
      return 0;
    } finally {
      Scratch.delete(scratch);
    }
  }

  @Command(
      name = "spark",
      description = {
        "Measures the report on Spark, on a cluster of this machine with one worker and with two,"
            + " beside `storewatch report` and beside a query in plain Spark SQL. Fetches Spark at"
            + " the first use.",
        "The exit code is 1 when the report on Spark is not the same bytes as the other."
      },
      mixinStandardHelpOptions = true)
  int spark(
      @Parameters(
              arity = "0..*",
              paramLabel = "DIR",
              description =
                  "Folders with a file of polls, of business hours and of zones (default: made-up"
                      + " fleets).")
          @Nullable List<Path> folders,
      @Option(
              names = "--stores",
              paramLabel = "N",
              defaultValue = "11500",
              description =
                  "Stores of the made-up fleet, with some 160 polls each (default:"
                      + " ${DEFAULT-VALUE}).")
          int fleet,
      @Option(
              names = "--scale",
              paramLabel = "N,...",
              split = ",",
              defaultValue = "1,10",
              description = "How many times as many, one fleet after the other (default: 1,10).")
          List<Integer> scales,
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "3",
              description =
                  "Runs of each program, of which the median is printed (default:"
                      + " ${DEFAULT-VALUE}).")
          int times,
      @Option(
              names = "--work",
              paramLabel = "DIR",
              description = "Where data is made and deleted again (default: the temporary folder).")
          @Nullable Path folderForData)
      throws Exception {
    requireRuns(times);
    String classPath = System.getProperty("storewatch.spark.class.path");
    if (classPath == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "Spark is not there: start this as ./storewatch bench spark");
    }
    Path scratch = scratch(folderForData);
    try {
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      SparkJob job = new SparkJob(launcher(), classPath, scratch, times, out);
      if (folders != null) {
        for (Path each : folders) {
          job.measure(each.toString(), inputs(each));
        }
      } else {
        for (int scale : scales) {
          stores = fleet * scale;
          Path made = scratch.resolve("fleet");
          job.measure("a made-up fleet, %d times".formatted(scale), madeUp(made));
          Scratch.delete(made);
        }
      }
      return job.isSame() ? 0 : 1;
    } finally {
      Scratch.delete(scratch);
    }
  }

  @Command(
      name = "zones",
      description = "Measures what the table of time zones costs a process at its start.",
      mixinStandardHelpOptions = true)
  int zones(
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "15",
              description =
                  "Processes, of which the median is printed (default: ${DEFAULT-VALUE}).")
          int processes)
      throws Exception {
    Path scratch = scratch(null);
    try {
      ZoneStart.run(processes, scratch, new PrintWriter(System.out, true, StandardCharsets.UTF_8));
      return 0;
    } finally {
      Scratch.delete(scratch);
    }
  }

  /** Makes a folder for data, in a folder or else in the temporary one. */
  private static Path scratch(@Nullable Path parent) throws IOException {
    Path made =
        parent == null
            ? Files.createTempDirectory("storewatch-bench")
            : Files.createTempDirectory(Files.createDirectories(parent), "storewatch-bench");
    return made.toAbsolutePath();
  }

  private void requireRuns(int number) {
    if (number < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--runs is %d: use 1 at least, for example 9".formatted(number));
    }
  }

  @Override
  public Integer call() throws Exception {
    if (url == null && folder == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Name a folder with the three files, for example: storewatch bench DIR;"
              + " or an empty database: storewatch bench --database URL");
    }
    requireRuns(runs);
    Path scratch = scratch(work);
    try {
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      if (url == null) {
        new MainJob(inputs(Objects.requireNonNull(folder)), scratch, runs, out).measure();
      } else {
        measurePostgres(url, scratch, out);
      }
      return 0;
    } finally {
      Scratch.delete(scratch);
    }
  }

  private void measurePostgres(String address, Path scratch, PrintWriter out) throws Exception {
    try (ScratchSchema schema = ScratchSchema.in(settings(address))) {
      Inputs inputs = folder == null ? madeUp(scratch.resolve("fleet")) : inputs(folder);
      new PostgresJob(inputs, schema, scratch, runs, out).measure(launcher());
    } catch (ScratchSchema.NotEmpty e) {
      throw badParameter(e);
    }
  }

  private DatabaseSettings settings(String address) {
    try {
      return DatabaseSettings.of(
          address,
          System.getenv("STOREWATCH_DATABASE_USERNAME"),
          System.getenv("STOREWATCH_DATABASE_PASSWORD"));
    } catch (IllegalArgumentException e) {
      throw badParameter(e);
    }
  }

  private CommandLine.ParameterException badParameter(RuntimeException problem) {
    return new CommandLine.ParameterException(
        spec.commandLine(), "--database: " + problem.getMessage(), problem);
  }

  private Inputs madeUp(Path fleet) throws IOException {
    FleetFiles files = new Fleet(stores, 7, 7).writeTo(fleet);
    return new Inputs(files.storeStatus(), files.businessHours(), files.timezones());
  }

  private static String launcher() {
    return System.getProperty("storewatch.launcher", "./storewatch");
  }

  /** Returns the file of each kind, recognised by its header. */
  private static Inputs inputs(Path folder) throws IOException {
    Map<FileKind, Path> inputs = new EnumMap<>(FileKind.class);
    for (Path file : files(folder)) {
      FileKind kind = Importer.check(Files.newInputStream(file), file.toString(), ReadOptions.NONE);
      Path other = inputs.put(kind, file);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s and %s are of one kind: leave one file of each kind in the folder"
                .formatted(other, file));
      }
    }
    Path polls = inputs.get(FileKind.POLLS);
    Path hours = inputs.get(FileKind.HOURS);
    Path zones = inputs.get(FileKind.ZONES);
    if (polls == null || hours == null || zones == null) {
      throw new IllegalArgumentException(
          "%s has %s: three files are needed, one of polls, one of business hours, one of zones"
              .formatted(folder, inputs.values()));
    }
    return new Inputs(polls, hours, zones);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz"))
          .sorted()
          .toList();
    }
  }
}
