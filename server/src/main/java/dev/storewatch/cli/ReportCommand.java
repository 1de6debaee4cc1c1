package dev.storewatch.cli;

import dev.storewatch.input.WrongInput;
import dev.storewatch.quality.Notice;
import dev.storewatch.report.ReportSpec;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.store.StoreDetails;
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
      names = "--detail",
      paramLabel = "standard|full",
      description =
          "standard: a row for each store; full: a row for each store and window, every figure.")
  private @Nullable Detail detail;

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
    ReportOptions request = request();
    try (Installation installation = data.openExisting("report")) {
      List<Notice> notices =
          output == null
              ? writeToStandardOutput(installation, request, Objects.requireNonNull(program).out())
              : writeToFile(installation, request, output);
      NoticeLines.print(notices, data.arguments(), spec.commandLine().getErr());
      PrintWriter err = spec.commandLine().getErr();
      installation.zoneNotices().forEach(notice -> err.println("note: " + notice));
    }
    return 0;
  }

  private ReportOptions request() throws IOException {
    List<Window> asked = windows == null ? Window.STANDARD : Window.parseAll(windows);
    Detail chosen = detail;
    if (chosen == null) {
      chosen = asked.equals(Window.STANDARD) ? Detail.STANDARD : Detail.FULL;
    }
    return new ReportOptions(
        rule.asOf(),
        rule.rule(),
        ReportSpec.checkWindows(asked),
        stores == null ? null : storeIds(stores),
        rule.lateClose(),
        chosen,
        format,
        StoreDetails.checkTags(tags));
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
