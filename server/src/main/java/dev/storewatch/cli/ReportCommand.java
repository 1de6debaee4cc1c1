package dev.storewatch.cli;

import dev.storewatch.input.WrongInput;
import dev.storewatch.quality.Notice;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.store.Grouping;
import dev.storewatch.store.StoreDetails;
import dev.storewatch.window.Asked;
import dev.storewatch.window.Window;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code report}, which writes the report on every store's uptime. */
@Command(
    name = "report",
    description =
        "Writes how long each store was up and down in the last hour (minutes), day and week"
            + " (hours).",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ReportCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private RuleOptions rule = new RuleOptions();
  @Mixin private PeriodOptions periods = new PeriodOptions();

  @Option(
      names = "--stores",
      paramLabel = "FILE|ID,...",
      description = "Only these stores: their ids, or a file with one id in each line.")
  private @Nullable String stores;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description =
          "Only the stores that have this tag; several times for those that have all of them.")
  private List<String> tags = List.of();

  @Option(
      names = "--windows",
      paramLabel = "DURATION,...",
      description =
          "Lengths of the windows (default: PT1H,P1D,P7D; P1M and P1Y are months and years on the"
              + " clocks of each store); others than these have full detail.")
  private @Nullable String windows;

  @Option(
      names = "--group-by",
      split = ",",
      paramLabel = "TAG",
      description =
          "Rows with the sums of all stores and of those with each tag that begins so follow, in"
              + " full detail: region for the tags region:west and region:east.")
  private List<String> groupBy = List.of();

  @Option(
      names = "--totals",
      description = "A row with the sums of all stores follows for each window, in full detail.")
  private boolean totals;

  @Option(
      names = "--summary",
      description =
          "Prints a table instead of the rows: all stores, groups, the ten worst and the ten that"
              + " changed most against the time before (default: of the last week).")
  private boolean summary;

  @Option(
      names = "--detail",
      paramLabel = "standard|full",
      description =
          "standard: a row for each store; full: a row for each store and window, every figure.")
  private @Nullable Detail detail;

  @Option(
      names = "--revision",
      paramLabel = "NUMBER",
      description = "Of the data as it was known at a revision (see `storewatch revisions`).")
  private @Nullable Integer revision;

  @Option(
      names = "--known-at",
      paramLabel = "INSTANT",
      description = "Of the data as it was known at an instant, for example 2026-03-01T06:00:00Z.")
  private @Nullable String knownAt;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The rows of a report that a server made, as they are kept.")
  private @Nullable String id;

  @Option(
      names = "--compare-now",
      description =
          "With --id: the figures of that report that the data of now says otherwise, and why.")
  private boolean comparesNow;

  @Option(
      names = "--format",
      paramLabel = "csv|json",
      defaultValue = "csv",
      description = "The format (default: ${DEFAULT-VALUE}).")
  private Format format = Format.CSV;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Writes to a file, which is replaced only when all is written.")
  private @Nullable Path output;

  @Spec private CommandSpec spec = CommandSpec.create();

  @ParentCommand private @Nullable Storewatch program;

  @Override
  public Integer call() throws IOException {
    if (comparesNow) {
      return compare();
    }
    ReportOptions request = request();
    try (Installation installation = data.openExisting("report")) {
      List<Notice> notices = write(installation, request);
      NoticeLines.print(notices, data.arguments(), spec.commandLine().getErr());
      PrintWriter err = spec.commandLine().getErr();
      installation.zoneNotices().forEach(notice -> err.println("note: " + notice));
    }
    return 0;
  }

  private List<Notice> write(Installation installation, ReportOptions request) throws IOException {
    if (summary) {
      return new Summary(installation, request).print(spec.commandLine().getOut());
    }
    return output == null
        ? writeToStandardOutput(installation, request, Objects.requireNonNull(program).out())
        : writeToFile(installation, request, output);
  }

  private ReportOptions request() throws IOException {
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

  private int compare() throws IOException {
    if (id == null) {
      throw new WrongInput(
          "--compare-now compares a report that is kept: name it, for example --id"
              + " 6f1c2f5e-9f5b-4f6e-8f43-0d6f0a8f4c11");
    }
    try (Installation installation = data.openExisting("report")) {
      ComparisonLines.print(installation.compare(id), spec.commandLine());
    }
    return 0;
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

  private static List<Notice> writeToStandardOutput(
      Installation installation, ReportOptions request, PrintStream out) throws IOException {
    List<Notice> notices = installation.report(request, out);
    out.flush();
    if (out.checkError()) {
      throw new IOException("the report could not be written to the end: the reader is gone");
    }
    return notices;
  }

  /**
   * Writes to a file beside it first, so that a reader never sees half a report, and a failure
   * leaves the last report in place.
   *
   * @return what to know about the data that the report rests on
   */
  static List<Notice> writeToFile(Installation installation, ReportOptions request, Path file)
      throws IOException {
    Path target = file.toAbsolutePath();
    if (!Files.isDirectory(target.resolveSibling(""))) {
      throw new IOException("there is no folder for " + file + ": make it first");
    }
    Path partial = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      List<Notice> notices;
      try (OutputStream out = Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW)) {
        notices = installation.report(request, out);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      return notices;
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
