package dev.storewatch.cli;

import dev.storewatch.calendar.StoreCalendar;
import dev.storewatch.entry.CalendarTimes;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code hours}, which shows when a store should be online on each date. */
@Command(
    name = "hours",
    description = "Shows when a store should be online on each date, and what that rests on.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CommandLine.HelpCommand.class)
final class HoursCommand implements Runnable {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say what to do, for example: "
            + CalledAs.name()
            + " hours show 42 --from 2026-11-23 --to 2026-11-29");
  }

  @Command(
      name = "show",
      description = {
        "Shows the real days of a store on its own clocks: weekly hours, special days, planned"
            + " closures and days on which the clocks change.",
        "Fourteen days from today, if no dates are given."
      },
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "STORE", description = "The id of the store.") String store,
      @Option(names = "--from", paramLabel = "DATE", description = "The first date.")
          @Nullable String from,
      @Option(names = "--to", paramLabel = "DATE", description = "The last date.")
          @Nullable String to,
      @Mixin DataOption data)
      throws IOException {
    LocalDate first = from == null ? null : CalendarTimes.date("--from", from);
    LocalDate last = to == null ? null : CalendarTimes.date("--to", to);
    try (Installation installation = data.openExisting("hours")) {
      print(installation.calendar(store, first, last));
    }
    return 0;
  }

  private void print(StoreCalendar calendar) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Store    " + calendar.storeId());
    out.println("Zone     " + calendar.zone());
    out.println();
    out.printf(Locale.ROOT, "%-14s  %-35s  %9s  %s%n", "Date", "Open", "h:mm:ss", "Rests on");
    for (StoreCalendar.Day day : calendar.days()) {
      out.printf(
          Locale.ROOT,
          "%-3s %-10s  %-35s  %9s  %s%n",
          day.date().getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
          day.date(),
          open(day),
          length(Math.round(day.openTime())),
          restsOn(day));
    }
  }

  private static String open(StoreCalendar.Day day) {
    return day.open().isEmpty()
        ? "closed"
        : day.open().stream()
            .map(open -> time(open.from()) + "-" + end(day, open.to()))
            .collect(Collectors.joining(", "));
  }

  private static String end(StoreCalendar.Day day, OffsetDateTime end) {
    return end.toLocalDate().isAfter(day.date()) ? "24:00" : time(end);
  }

  private static String time(OffsetDateTime time) {
    boolean isWhole = time.getSecond() == 0 && time.getNano() == 0;
    return (isWhole ? TIME : SECONDS).format(time);
  }

  private static String length(long seconds) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60);
  }

  private static String restsOn(StoreCalendar.Day day) {
    List<String> parts = new ArrayList<>();
    if (day.restsOn().equals("special_day")) {
      parts.add("special day" + (day.label() == null ? "" : " " + day.label()));
    } else {
      parts.add("weekly" + (day.weeklyFrom() == null ? "" : " from " + day.weeklyFrom()));
    }
    day.closures().forEach(reason -> parts.add("closure " + reason));
    if (day.clocksChange() != 0) {
      parts.add(
          "the clocks go %s by %s"
              .formatted(
                  day.clocksChange() > 0 ? "forward" : "back",
                  length(Math.abs(day.clocksChange()))));
    }
    return String.join("; ", parts);
  }
}
