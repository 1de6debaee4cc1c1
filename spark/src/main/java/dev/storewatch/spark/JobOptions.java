package dev.storewatch.spark;

import dev.storewatch.csv.CsvRows;
import dev.storewatch.input.WrongInput;
import dev.storewatch.instant.InstantReader;
import dev.storewatch.interval.Micros;
import dev.storewatch.window.Asked;
import dev.storewatch.window.Dates;
import dev.storewatch.window.Window;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The options of the job, checked. */
final class JobOptions extends Arguments {
  /** What the job is for, and its options. */
  static final String USAGE =
      """
      Computes the uptime report of a fleet on Apache Spark: the very bytes of `storewatch report`.

      spark-submit --class dev.storewatch.spark.UptimeJob storewatch-spark.jar \\
          (--lake DIR | --polls PATH,... [--hours PATH,...] [--zones PATH,...]) --out PATH [option ...]

      Input, in any file system that Spark knows; a path is a file or a folder:
        --lake DIR            what `storewatch export --format parquet DIR` wrote
        --polls PATH,...      files as docs/importing.md says (CSV, JSON lines, gzip, zip), or Parquet
        --polls-jdbc URL      polls of a database, with --polls-table and --split-by
        --polls-table TABLE   the table, or a query in brackets
        --split-by COLUMN     a column of whole numbers by which its rows are divided among tasks
        --columns NAME=COLUMN,...  columns of Parquet or of a table that are called otherwise: store_id,
                              at (a timestamp), active (a boolean, or a text active/inactive), sequence
        --hours PATH,...      business hours
        --zones PATH,...      time zones
        --tags PATH,...       tags, for special days and closures that are of a tag
        --special-days PATH,...
        --closures PATH,...
        --rejects PATH        a folder for the rows that were rejected, as CSV, and their counts as JSON

      Report:
        --as-of INSTANT       latest (the newest poll, the default), now, or for example 2023-01-25T18:13:22Z
        --rule RULE           nearest (the default), previous or ratio
        --carry DURATION      how far from its own instant a poll speaks (default: PT24H)
        --windows WINDOW,...  (default: PT1H,P1D,P7D); others than these have full detail
        --late-close-as-midnight  read a closing time of 23:59 or later as midnight
        --by-day FROM..TO     a row for each store and local day, instead of windows
        --detail standard|full

      Output:
        --out PATH            a folder; it is replaced, and has _SUCCESS, only when all is written
        --one-file            PATH is one file of CSV
        --format csv|parquet  (default: csv); parquet has every figure in microseconds
        --partitions NUMBER   into how many parts the polls are divided (default: by their number)
      """;

  private static final Set<String> FLAGS = Set.of("one-file", "late-close-as-midnight", "help");
  private static final Set<String> NAMES =
      Set.of(
          "lake",
          "polls",
          "polls-jdbc",
          "polls-table",
          "split-by",
          "columns",
          "hours",
          "zones",
          "tags",
          "special-days",
          "closures",
          "rejects",
          "as-of",
          "rule",
          "carry",
          "windows",
          "by-day",
          "detail",
          "out",
          "format",
          "partitions",
          "master",
          "clock");
  private static final int MOST_DAYS = 3_660;

  private JobOptions(String... arguments) {
    super(FLAGS, NAMES, arguments);
  }

  /**
   * Reads and checks the arguments.
   *
   * @throws WrongInput if one is unknown, missing or invalid
   */
  static JobOptions of(String... arguments) {
    JobOptions options = new JobOptions(arguments);
    if (!options.isHelp()) {
      options.check();
    }
    return options;
  }

  private void check() {
    long inputs = Stream.of("lake", "polls", "polls-jdbc").filter(values::containsKey).count();
    if (inputs != 1) {
      throw new WrongInput("name the polls once: with --lake, --polls or --polls-jdbc");
    }
    if (has("lake")) {
      Stream.of("hours", "zones", "tags", "special-days", "closures")
          .filter(values::containsKey)
          .forEach(
              name -> {
                throw new WrongInput(
                    "a lake has all that is known of its stores: leave out --" + name);
              });
    }
    if (has("polls-jdbc") && !has("polls-table")) {
      throw new WrongInput("--polls-jdbc needs --polls-table, the table of the polls");
    }
    required("out");
    rule();
    asked();
    asOf();
    if (isOneFile() && isParquet()) {
      throw new WrongInput("--one-file is for CSV: leave it out, or --format parquet");
    }
    if (!isFull()) {
      CsvRows.requireStandardWindows(windows(LocalDate.EPOCH));
    }
    columns();
    partitions();
  }

  /** Returns the paths of an option; none if it is not there. */
  List<String> paths(String name) {
    String value = values.get(name);
    return value == null
        ? List.of()
        : Arrays.stream(value.split(",", -1)).map(String::strip).filter(p -> !p.isEmpty()).toList();
  }

  /** Returns the windows as they were asked for, or the days of which there is a row each. */
  List<? extends Asked> asked() {
    if (has("by-day")) {
      return days();
    }
    List<Asked> windows = Asked.parseAll(values.getOrDefault("windows", "PT1H,P1D,P7D"));
    requireEachOnce(windows);
    return windows;
  }

  private static void requireEachOnce(List<? extends Asked> windows) {
    if (new HashSet<>(windows).size() < windows.size()) {
      throw new WrongInput(
          "a window stands twice in the list: name each once, for example PT1H,P1D,P7D");
    }
  }

  /** Returns whether a window is another one each day. */
  boolean needsDate() {
    return !asked().stream().allMatch(Window.class::isInstance);
  }

  /**
   * Returns the windows.
   *
   * @param today the date by which yesterday and the like are fixed
   */
  List<Window> windows(LocalDate today) {
    List<Window> windows = asked().stream().map(window -> window.at(today)).toList();
    requireEachOnce(windows);
    return windows;
  }

  private List<Window> days() {
    String[] ends = required("by-day").split("\\.\\.", -1);
    try {
      LocalDate first = LocalDate.parse(ends[0]);
      LocalDate last = LocalDate.parse(ends[ends.length - 1]);
      if (ends.length == 2 && !last.isBefore(first) && last.isBefore(first.plusDays(MOST_DAYS))) {
        return first.datesUntil(last.plusDays(1)).<Window>map(Dates::day).toList();
      }
    } catch (DateTimeException e) {
      throw wrongDays(e);
    }
    throw wrongDays(null);
  }

  private WrongInput wrongDays(@Nullable Exception cause) {
    return new WrongInput(
        "--by-day is '%s': use the first and the last date, at most ten years, for example 2026-01-01..2026-03-31"
            .formatted(value("by-day")),
        cause);
  }

  /** Returns the as-of instant in microseconds; null for the newest poll. */
  @Nullable Long asOf() {
    String text = values.getOrDefault("as-of", "latest").strip();
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "latest" -> null;
      case "now" -> now();
      default -> {
        long at =
            InstantReader.parameter(text)
                .map(Micros::of)
                .orElseThrow(
                    () ->
                        new WrongInput(
                            "'%s' is not an as-of instant: use latest, now or for example 2023-01-25T18:13:22Z, in UTC unless it has an offset"
                                .formatted(text)));
        if (at > now()) {
          throw new WrongInput(
              "the as-of instant %s is after the clock, which says %s: use an instant that has passed, latest or now"
                  .formatted(Micros.toInstant(at), Micros.toInstant(now())));
        }
        yield at;
      }
    };
  }

  /** Returns the clock, in microseconds; it is read once for each job. */
  long now() {
    return Long.parseLong(
        values.computeIfAbsent("clock", _ -> String.valueOf(Micros.of(java.time.Instant.now()))));
  }

  boolean isFull() {
    String detail = value("detail");
    if (detail == null) {
      return !asked().equals(Window.STANDARD);
    }
    return switch (detail) {
      case "full" -> true;
      case "standard" -> false;
      default -> throw new WrongInput("--detail is '%s': use standard or full".formatted(detail));
    };
  }

  boolean isOneFile() {
    return has("one-file");
  }

  boolean isParquet() {
    String format = values.getOrDefault("format", "csv");
    return switch (format) {
      case "csv" -> false;
      case "parquet" -> true;
      default -> throw new WrongInput("--format is '%s': use csv or parquet".formatted(format));
    };
  }

  /** Returns how columns are called that have other names, by ours. */
  Map<String, String> columns() {
    return paths("columns").stream()
        .map(pair -> pair.split("=", 2))
        .peek(
            pair -> {
              if (pair.length < 2
                  || !Set.of("store_id", "at", "active", "sequence").contains(pair[0])) {
                throw new WrongInput(
                    "--columns has '%s': use store_id, at, active or sequence, for example store_id=Shop,at=polled_at"
                        .formatted(String.join("=", pair)));
              }
            })
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** Returns into how many parts the polls are divided; 0 if nobody said. */
  int partitions() {
    String text = values.getOrDefault("partitions", "0");
    if (text.matches("\\d{1,6}")) {
      return Integer.parseInt(text);
    }
    throw new WrongInput("--partitions is '%s': use a whole number".formatted(text));
  }

  /** Returns the question that executors get. */
  Question question(long asOf, List<Window> windows) {
    return new Question(
        asOf,
        rule().name(),
        rule().carry().toString(),
        windows.stream().map(Window::format).collect(Collectors.joining(",")),
        has("late-close-as-midnight"));
  }
}
