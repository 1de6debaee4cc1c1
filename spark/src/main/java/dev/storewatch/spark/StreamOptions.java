package dev.storewatch.spark;

import dev.storewatch.input.WrongInput;
import dev.storewatch.uptime.Rule;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of the stream, checked. */
final class StreamOptions extends Arguments {
  /** What the stream is for, and its options. */
  static final String USAGE =
      """
      Brings polls from Kafka into a lake, each record exactly once, until it is stopped.

      spark-submit --class dev.storewatch.spark.PollStream \\
          --packages org.apache.spark:spark-sql-kafka-0-10_2.13:4.2.0 storewatch-spark.jar \\
          --bootstrap HOST:PORT,... --topic TOPIC --lake DIR --checkpoint DIR [option ...]

        --bootstrap HOST:PORT,...  brokers that are asked first
        --topic TOPIC         its records are polls: JSON or CSV, one or many in a record
        --format FORMAT       what values are: auto (the default), json or csv
        --kafka-config FILE   more settings of Kafka's client, a file of properties, such as security.protocol
        --lake DIR            the lake: an empty folder at first. `storewatch import` and UptimeJob read it
        --stores DIR          the lake of an installation, whose hours, zones, tags, special days and closures
                              are taken over with each batch; without it all stores are always open
        --checkpoint DIR      how far the stream is. It belongs to this lake, and both are kept together
        --every DURATION      how often a batch is made (default: PT5M)
        --most-records NUMBER  the most records of a batch (default: 5000000)
        --most-files NUMBER   the most files of a date that stay apart: when there are more, the next
                              batch puts them together (default: 24)
        --once                read what is there, and end

      After each batch, for the stores that it touched:
        --figures DIR         a folder for their figures and outages as Parquet, by the number of the batch
        --rule RULE           nearest (the default) or previous
        --carry DURATION      how far from its own instant a poll speaks (default: PT24H)
        --late-close-as-midnight  read a closing time of 23:59 or later as midnight
      """;

  private static final Set<String> FLAGS = Set.of("once", "late-close-as-midnight", "help");
  private static final Set<String> NAMES =
      Set.of(
          "bootstrap",
          "topic",
          "format",
          "kafka-config",
          "lake",
          "stores",
          "checkpoint",
          "every",
          "most-records",
          "most-files",
          "figures",
          "rule",
          "carry",
          "master");

  private StreamOptions(String... arguments) {
    super(FLAGS, NAMES, arguments);
  }

  /**
   * Reads and checks the arguments.
   *
   * @throws WrongInput if one is unknown, missing or invalid
   */
  static StreamOptions of(String... arguments) {
    StreamOptions options = new StreamOptions(arguments);
    if (!options.isHelp()) {
      options.check();
    }
    return options;
  }

  private void check() {
    for (String name : Set.of("bootstrap", "topic", "lake", "checkpoint")) {
      required(name);
    }
    format();
    every();
    mostRecords();
    mostFiles();
    if (rule() instanceof Rule.Ratio) {
      throw new WrongInput("--rule is 'ratio', which knows no outages: use nearest or previous");
    }
  }

  RecordReader.Format format() {
    String format = values.getOrDefault("format", "auto");
    return switch (format) {
      case "auto", "json", "csv" -> RecordReader.Format.valueOf(format.toUpperCase(Locale.ROOT));
      default -> throw new WrongInput("--format is '%s': use auto, json or csv".formatted(format));
    };
  }

  /** Returns how often a batch is made. */
  Duration every() {
    String text = values.getOrDefault("every", "PT5M");
    try {
      Duration every = Duration.parse(text);
      if (!every.isNegative()) {
        return every;
      }
    } catch (DateTimeParseException e) {
      throw wrongEvery(text, e);
    }
    throw wrongEvery(text, null);
  }

  private static WrongInput wrongEvery(String text, @Nullable Exception cause) {
    return new WrongInput(
        "--every is '%s': use a duration, for example PT5M".formatted(text), cause);
  }

  /** Returns the most records of a batch, so that a batch of a long backlog ends some time. */
  long mostRecords() {
    String text = values.getOrDefault("most-records", "5000000");
    if (text.matches("[1-9]\\d{0,9}")) {
      return Long.parseLong(text);
    }
    throw new WrongInput("--most-records is '%s': use a whole number from 1".formatted(text));
  }

  /** Returns the most files of a date that stay apart. */
  int mostFiles() {
    String text = values.getOrDefault("most-files", "24");
    if (text.matches("[1-9]\\d{0,4}")) {
      return Integer.parseInt(text);
    }
    throw new WrongInput("--most-files is '%s': use a whole number from 1".formatted(text));
  }

  /** Returns the question that executors get. */
  Question question(long asOf) {
    return new Question(
        asOf,
        rule().name(),
        rule().carry().toString(),
        "PT1H,P1D,P7D",
        has("late-close-as-midnight"));
  }
}
