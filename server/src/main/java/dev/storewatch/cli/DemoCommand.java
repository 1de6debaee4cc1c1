package dev.storewatch.cli;

import dev.storewatch.demo.Fleet;
import dev.storewatch.demo.FleetFiles;
import dev.storewatch.demo.PlayedDay;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.hours.LateClose;
import dev.storewatch.report.RowWriters.Detail;
import dev.storewatch.report.RowWriters.Format;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.springframework.util.FileSystemUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code demo}, which shows the main job on a made-up fleet. */
@Command(
    name = "demo",
    description =
        "Makes up a fleet of 2,000 stores, imports it, reports on it, shows the worst stores, and"
            + " serves.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class DemoCommand implements Callable<Integer> {
  private static final Fleet FLEET = new Fleet(2_000, 9, 1);

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      defaultValue = "demo",
      description = "Where the demo's files and data go (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("demo");

  @Option(names = "--no-serve", description = "Ends when the report is written.")
  private boolean noServe;

  @Option(
      names = "--rehearsal",
      hidden = true,
      description = "Starts the server on any free port, and stops it at once.")
  private boolean rehearsal;

  @Option(
      names = "--live",
      description =
          "Plays the last day of the fleet in two minutes into a running server, and prints what a"
              + " receiver of alerts gets.")
  private boolean live;

  @Option(
      names = "--live-seconds",
      hidden = true,
      defaultValue = "120",
      description = "How long the day takes.")
  private int liveSeconds = 120;

  @Mixin private ServeOptions serving = new ServeOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    DataOption.useZoneRules(null);
    FleetFiles files = FLEET.writeTo(folder.resolve("input"));
    out.printf(
        Locale.ROOT,
        "Made up %,d stores with %,d polls in %s%n%n",
        FLEET.stores(),
        files.statusRows(),
        folder.resolve("input"));
    if (live) {
      return playLive(files, out);
    }
    Path data = folder.resolve("data");
    Path report = folder.resolve("report.csv");
    try (Installation installation = Installation.open(data, "demo")) {
      ImportTask.importAll(
          installation,
          DataOption.arguments(data),
          List.of(files.businessHours(), files.timezones(), files.storeStatus()),
          List.of(FileKind.HOURS, FileKind.ZONES, FileKind.POLLS),
          ReadOptions.NONE,
          out,
          spec.commandLine().getErr());
      var _ = ReportTask.writeToFile(installation, request(Detail.STANDARD, Format.CSV), report);
      out.println();
      WorstStores.of(installation, request(Detail.FULL, Format.JSON)).print(out);
    }
    sayWhatNext(out, data, report);
    if (rehearsal) {
      serving.rehearse(data);
    }
    return noServe || rehearsal ? 0 : serving.serveFolder(data, out);
  }

  /** In a folder of its own, which is new: the day can be played once. */
  private int playLive(FleetFiles files, PrintWriter out) throws IOException {
    Path data = folder.resolve("live");
    FileSystemUtils.deleteRecursively(data);
    PlayedDay day = PlayedDay.of(files, folder.resolve("input"));
    try (Installation installation = Installation.open(data, "demo")) {
      ImportTask.importAll(
          installation,
          DataOption.arguments(data),
          List.of(files.businessHours(), files.timezones(), day.before()),
          List.of(FileKind.HOURS, FileKind.ZONES, FileKind.POLLS),
          ReadOptions.NONE,
          out,
          spec.commandLine().getErr());
    }
    return serving.play(data, day, Duration.ofSeconds(liveSeconds), noServe, out);
  }

  private static ReportOptions request(Detail detail, Format format) {
    return new ReportOptions(
        "latest", Rule.standard(), Window.STANDARD, null, LateClose.AS_GIVEN, detail, format);
  }

  private void sayWhatNext(PrintWriter out, Path data, Path report) {
    out.printf(
        """

        The report on all stores: %3$s

        Try next:
          %1$s explain --data %2$s STORE        every segment and poll behind one store's numbers
          %1$s report --data %2$s --detail full  what is unknown, and the bounds of each estimate
          %1$s import FILE...                  your own data
          %1$s help
        """,
        CalledAs.name(), data, report);
    out.flush();
  }
}
