package dev.storewatch.cli;

import dev.storewatch.schedule.ScheduleBody;
import dev.storewatch.schedule.ScheduleView;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code report-schedules}, which enters, lists, runs and deletes schedules. */
@Command(
    name = "report-schedules",
    description = {
      "Enters, lists, runs and deletes schedules of reports, which a server makes and sends once",
      "for each local date, week or month, whatever the clocks do."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CommandLine.HelpCommand.class)
final class ReportSchedulesCommand implements Runnable {
  private static final String NAME = "report-schedules";
  private static final String SCHEDULE = "The name or the id of the schedule.";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** When it is due. */
  static final class When {
    @Option(
        names = "--every",
        required = true,
        paramLabel = "day|week|month",
        description = "How often.")
    private String every = "day";

    @Option(
        names = "--day",
        paramLabel = "NUMBER",
        description = "The day of the week from Monday, 1, on, or of the month (default: 1).")
    private @Nullable Integer day;

    @Option(
        names = "--at",
        required = true,
        paramLabel = "TIME",
        description = "The time of day, for example 06:00.")
    private String at = "";

    @Option(
        names = "--zone",
        required = true,
        paramLabel = "ZONE",
        description = "The zone of its clocks, for example Europe/Berlin.")
    private String zone = "";
  }

  /** What is made. */
  static final class What {
    @Option(names = "--summary", description = "The owner's summary as PDF, not a report.")
    private boolean summary;

    @Option(
        names = "--windows",
        split = ",",
        paramLabel = "WINDOW,...",
        description =
            "The windows (default: last-month of a summary, PT1H,P1D,P7D of a report), for example"
                + " yesterday.")
    private @Nullable List<String> windows;

    @Option(
        names = "--stores",
        split = ",",
        paramLabel = "ID,...",
        description = "Only these stores; of a summary one.")
    private @Nullable List<String> stores;

    @Option(
        names = "--tag",
        paramLabel = "TAG",
        description = "Only stores with this tag; several times for stores with all of them.")
    private @Nullable List<String> tags;

    @Option(
        names = "--group-by",
        split = ",",
        paramLabel = "TAG",
        description = "What the tags of groups begin with, for example region.")
    private @Nullable List<String> groupBy;

    @Option(
        names = "--format",
        paramLabel = "csv|json",
        description = "The form of a report (default: csv).")
    private @Nullable String format;
  }

  /** Where it goes. */
  static final class Where {
    @Option(
        names = "--channel",
        paramLabel = "CHANNEL",
        description = "The name or the id of a channel of the kind email or webhook.")
    private @Nullable String channel;

    @Option(
        names = "--folder",
        paramLabel = "FOLDER",
        description =
            "A folder below the one that the server's setting storewatch.report-schedules.folder"
                + " names.")
    private @Nullable String folder;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say what to do, for example: "
            + CalledAs.name()
            + " report-schedules add \"Monthly summary\" --summary --every month --at 06:00 --zone"
            + " Europe/Berlin --channel owners");
  }

  @Command(
      name = "add",
      description = "Enters a schedule, whose first time is the next one.",
      mixinStandardHelpOptions = true)
  int add(
      @Parameters(paramLabel = "NAME", description = "What to call it.") String name,
      @Mixin When when,
      @Mixin What what,
      @Mixin Where where,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.open(NAME)) {
      String channel =
          where.channel == null ? null : installation.alerts().channel(where.channel).id();
      ScheduleBody body =
          new ScheduleBody(
              name,
              when.every,
              when.day,
              when.at,
              when.zone,
              what.summary ? "summary" : "report",
              what.windows,
              what.stores,
              what.tags,
              what.groupBy,
              what.format,
              channel,
              where.folder);
      out().println("entered " + line(installation.schedules().add(body)));
    }
    return 0;
  }

  @Command(
      name = "list",
      description = "Lists the schedules, each with what came of it last.",
      mixinStandardHelpOptions = true)
  int list(@Mixin DataOption data) throws IOException {
    try (Installation installation = data.openExisting(NAME)) {
      List<ScheduleView> schedules = installation.schedules().schedules();
      if (schedules.isEmpty()) {
        out().println("no schedule of reports");
      }
      schedules.forEach(each -> out().println(line(each)));
    }
    return 0;
  }

  @Command(
      name = "run",
      description = "Has a report of a schedule made and sent now; its next time stays.",
      mixinStandardHelpOptions = true)
  int send(
      @Parameters(paramLabel = "SCHEDULE", description = SCHEDULE) String schedule,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting(NAME)) {
      ScheduleView found = installation.schedules().schedule(schedule);
      out()
          .println(
              "a server makes it as soon as one runs: "
                  + line(installation.schedules().run(found.id())));
    }
    return 0;
  }

  @Command(
      name = "delete",
      description = "Deletes a schedule; what it has made and sent stays.",
      mixinStandardHelpOptions = true)
  int delete(
      @Parameters(paramLabel = "SCHEDULE", description = SCHEDULE) String schedule,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting(NAME)) {
      ScheduleView found = installation.schedules().schedule(schedule);
      installation.schedules().delete(found.id());
      out().println("deleted " + found.name());
    }
    return 0;
  }

  private static String line(ScheduleView schedule) {
    String day = schedule.day() == null ? "" : " %d".formatted(schedule.day());
    String where =
        schedule.channel() == null
            ? "folder " + schedule.folder()
            : "channel " + schedule.channel();
    return "%s  %s: %s as %s, every %s%s at %s %s, to %s; next %s%s"
        .formatted(
            schedule.id(),
            schedule.name(),
            schedule.what(),
            schedule.format(),
            schedule.every(),
            day,
            schedule.at(),
            schedule.zone(),
            where,
            schedule.next(),
            last(schedule.last()));
  }

  private static String last(ScheduleView.@Nullable Last last) {
    if (last == null) {
      return "";
    }
    String state = last.deliveryState() == null ? "" : " (%s)".formatted(last.deliveryState());
    return "; last %s%s %s: %s".formatted(last.outcome(), state, last.at(), last.detail());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
