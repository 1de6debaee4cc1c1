package dev.storewatch.cli;

import dev.storewatch.http.Paging;
import dev.storewatch.incident.IncidentView;
import dev.storewatch.input.WrongInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code incidents}, which lists what is wrong at stores, as people are told of it. */
@Command(
    name = "incidents",
    description = {
      "Lists what is wrong at stores, or was, as people are told of it, the latest first:",
      "  down, not_opened, dark, flapping, low_uptime   at one store, or at a group",
      "  monitor                                        polls of most stores are wrong or missing"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = CommandLine.HelpCommand.class)
final class IncidentsCommand implements Callable<Integer> {
  private static final String INCIDENTS = "incidents";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--state",
      paramLabel = "open|ended",
      description = "Only those that last, or are over.")
  private @Nullable String state;

  @Option(names = "--store", paramLabel = "ID", description = "Only those of this store.")
  private @Nullable String store;

  @Option(names = "--trouble", paramLabel = "WORD", description = "Only those with this wrong.")
  private @Nullable String trouble;

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      defaultValue = "50",
      description = "The most that are listed (default: ${DEFAULT-VALUE}).")
  private int limit = 50;

  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException {
    if (limit < 1 || limit > Paging.MOST) {
      throw new WrongInput(
          "--limit is %d: use a whole number from 1 to %d".formatted(limit, Paging.MOST));
    }
    try (Installation installation = data.openExisting(INCIDENTS)) {
      List<IncidentView> found = installation.incidents().incidents(state, store, trouble, limit);
      if (found.isEmpty()) {
        out().println("no incident");
      }
      found.forEach(each -> out().println(line(each)));
    }
    return 0;
  }

  private static String line(IncidentView incident) {
    String where = incident.storeId() == null ? incident.group() : incident.storeId();
    String stores = incident.stores() == 1 ? "" : " (%d stores)".formatted(incident.stores());
    String end =
        incident.to() == null
            ? "lasts"
            : "until %s, ended by %s".formatted(incident.to(), incident.endedBy());
    return "%-19s  %-10s  %s%s  since %s, %s"
        .formatted(incident.id(), incident.trouble(), where, stores, incident.from(), end);
  }

  @Command(
      name = "show",
      description = "Shows an incident, and which channels heard of it.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "ID", description = "The id that the list shows.") String id,
      @Mixin DataOption where)
      throws IOException {
    try (Installation installation = where.openExisting(INCIDENTS)) {
      print(installation.incidents().incident(id));
    }
    return 0;
  }

  private void print(IncidentView incident) {
    out().println(line(incident));
    IncidentView.Acknowledged known = incident.acknowledged();
    if (known != null) {
      out()
          .println(
              "  acknowledged at %s by %s%s"
                  .formatted(
                      known.at(),
                      known.by() == null ? "somebody" : known.by(),
                      known.note() == null ? "" : ": " + known.note()));
    }
    if (incident.memberOf() != null) {
      out().println("  told with the incident " + incident.memberOf());
    }
    List<IncidentView.Heard> told = incident.told() == null ? List.of() : incident.told();
    told.forEach(
        heard ->
            out()
                .println(
                    "  told to %s at %s%s"
                        .formatted(
                            heard.channel(),
                            heard.at(),
                            heard.endAt() == null ? "" : ", its end at " + heard.endAt())));
  }

  @Command(
      name = "acknowledge",
      description = {
        "Says that you know of an incident: it is begun to be told to nobody else.",
        "Its end is told as ever."
      },
      mixinStandardHelpOptions = true)
  int acknowledge(
      @Parameters(paramLabel = "ID", description = "The id that the list shows.") String id,
      @Option(names = "--note", paramLabel = "TEXT", description = "What you say of it.")
          @Nullable String note,
      @Mixin DataOption where)
      throws IOException {
    try (Installation installation = where.openExisting(INCIDENTS)) {
      print(installation.incidents().acknowledge(id, note));
    }
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
