package dev.storewatch.cli;

import dev.storewatch.input.WrongInput;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.store.Grouping;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.window.Asked;
import dev.storewatch.window.Window;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments of the command {@code report}. */
final class ReportArguments {
  @Mixin final DataOption data = new DataOption();
  @Mixin final RuleOptions rule = new RuleOptions();
  @Mixin final PeriodOptions periods = new PeriodOptions();
  @Mixin final ReadingOptions reading = new ReadingOptions();

  @Option(
      names = "--files",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Of these files alone, which are read as by import, without any data folder; rows that"
              + " are wrong are counted and shown, and the exit code is 3.")
  List<Path> files = List.of();

  @Option(
      names = "--rejects",
      paramLabel = "FILE",
      description = "With --files: writes all rows that are wrong to a file, as CSV.")
  @Nullable Path rejects;

  @Option(
      names = "--stores",
      paramLabel = "FILE|ID,...",
      description = "Only these stores: their ids, or a file with one id in each line.")
  @Nullable String stores;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description =
          "Only the stores that have this tag; several times for those that have all of them.")
  List<String> tags = List.of();

  @Option(
      names = "--windows",
      paramLabel = "DURATION,...",
      description =
          "Lengths of the windows (default: PT1H,P1D,P7D; P1M and P1Y are months and years on the"
              + " clocks of each store); others than these have full detail.")
  @Nullable String windows;

  @Option(
      names = "--group-by",
      split = ",",
      paramLabel = "TAG",
      description =
          "Rows with the sums of all stores and of those with each tag that begins so follow, in"
              + " full detail: region for the tags region:west and region:east.")
  List<String> groupBy = List.of();

  @Option(
      names = "--totals",
      description = "A row with the sums of all stores follows for each window, in full detail.")
  boolean totals;

  @Option(
      names = "--summary",
      description =
          "Prints a table instead of the rows: all stores, groups, the ten worst and the ten that"
              + " changed most against the time before (default: of the last week).")
  boolean summary;

  @Option(
      names = "--detail",
      paramLabel = "standard|full",
      description =
          "standard: a row for each store; full: a row for each store and window, every figure.")
  @Nullable Detail detail;

  @Option(
      names = "--revision",
      paramLabel = "NUMBER",
      description = "Of the data as it was known at a revision (see `storewatch revisions`).")
  @Nullable Integer revision;

  @Option(
      names = "--known-at",
      paramLabel = "INSTANT",
      description = "Of the data as it was known at an instant, for example 2026-03-01T06:00:00Z.")
  @Nullable String knownAt;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The rows of a report that a server made, as they are kept.")
  @Nullable String id;

  @Option(
      names = "--compare-now",
      description =
          "With --id: the figures of that report that the data of now says otherwise, and why.")
  boolean comparesNow;

  @Option(
      names = "--format",
      paramLabel = "csv|json",
      defaultValue = "csv",
      description = "The format (default: ${DEFAULT-VALUE}).")
  Format format = Format.CSV;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes to a file, which is replaced only when all is written.")
  @Nullable Path output;

  /**
   * Checks what does not go together.
   *
   * @throws WrongInput if something does not
   */
  void check() {
    if (files.isEmpty()) {
      if (rejects != null || reading.isSaid()) {
        throw new WrongInput(
            "--rejects and the options that say how files are read are for --files: name the files,"
                + " or leave them out");
      }
    } else if (revision != null || knownAt != null || id != null || comparesNow) {
      throw new WrongInput(
          "files have no revisions and keep no reports: leave out --files, or --revision,"
              + " --known-at, --id and --compare-now");
    }
  }

  /** Returns what is asked for. */
  ReportOptions request() throws IOException {
    Grouping grouping = Grouping.of(totals, groupBy);
    List<? extends Asked> asked = windows();
    boolean isStandard = asked.equals(Window.STANDARD) && !grouping.isWanted();
    if (grouping.isWanted() && detail == Detail.STANDARD) {
      throw new WrongInput(
          "totals are rows of the full detail: leave out --detail standard, or --group-by and"
              + " --totals");
    }
    if (summary && (output != null || detail != null)) {
      throw new WrongInput(
          "--summary is a table for people: leave out -o and --detail, or --summary for the rows");
    }
    return new ReportOptions(
        rule.asOf(),
        rule.rule(),
        ReportSpec.checkWindows(asked),
        stores == null ? null : storeIds(stores),
        rule.lateClose(),
        detail != null ? detail : isStandard ? Detail.STANDARD : Detail.FULL,
        format,
        StoreDetails.checkTags(tags),
        revision,
        knownAt,
        id,
        grouping);
  }

  private List<? extends Asked> windows() {
    List<Asked> asked = new ArrayList<>();
    if (windows != null) {
      asked.addAll(Asked.parseAll(windows));
    }
    asked.addAll(periods.periods());
    if (!asked.isEmpty()) {
      return asked;
    }
    return summary ? List.of(Window.parse("P7D")) : Window.STANDARD;
  }

  private static List<String> storeIds(String text) throws IOException {
    Path file = Path.of(text);
    List<String> lines =
        Files.isRegularFile(file) ? linesOf(file) : Arrays.asList(text.split(",", -1));
    List<String> ids =
        lines.stream().map(String::strip).filter(id -> !id.isEmpty()).distinct().toList();
    if (ids.isEmpty()) {
      throw new WrongInput(
          "--stores names no store: give ids separated by commas, or a file with one id in each"
              + " line");
    }
    return ids;
  }

  private static List<String> linesOf(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8: save it as UTF-8, one id in each line", e);
    }
  }
}
