package dev.storewatch.cli;

import dev.storewatch.incident.RouteBody;
import dev.storewatch.incident.RouteView;
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

/** The command {@code alerts routes}, which says what channels are told of. */
@Command(
    name = "routes",
    description = {
      "Says what channels are told of.",
      "A channel without a route is told of everything; one with routes of nothing else."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CommandLine.HelpCommand.class)
final class RoutesCommand implements Runnable {
  private static final String ALERTS = "alerts";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Hours in which nothing begins to be told. */
  static final class QuietHours {
    @Option(
        names = "--quiet-from",
        paramLabel = "TIME",
        description = "When the quiet hours of each day begin, for example 22:00.")
    private @Nullable String from;

    @Option(names = "--quiet-to", paramLabel = "TIME", description = "When they end.")
    private @Nullable String to;

    @Option(names = "--quiet-zone", paramLabel = "ZONE", description = "The zone of their clocks.")
    private @Nullable String zone;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say what to do, for example: %s alerts routes add --channel ops-chat --tag west"
            .formatted(CalledAs.name()));
  }

  @Command(
      name = "add",
      description = "Enters what a channel is told of.",
      mixinStandardHelpOptions = true)
  int add(
      @Option(
              names = "--channel",
              required = true,
              paramLabel = "CHANNEL",
              description = "The name or the id of the channel.")
          String channel,
      @Option(
              names = "--tag",
              paramLabel = "TAG",
              description = "Only stores with this tag; several for stores with all of them.")
          @Nullable List<String> tags,
      @Option(
              names = "--trouble",
              paramLabel = "WORD",
              description =
                  "Only this: down, not_opened, dark, flapping, low_uptime or monitor; may be"
                      + " given several times.")
          @Nullable List<String> troubles,
      @Option(
              names = "--after",
              paramLabel = "DURATION",
              description = "Only what has lasted as long, and nobody has acknowledged.")
          @Nullable String after,
      @Mixin QuietHours quiet,
      @Option(names = "--no-digest", description = "Do not tell at opening what still lasts.")
          boolean noDigest,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.open(ALERTS)) {
      String id = installation.alerts().channel(channel).id();
      RouteBody body =
          new RouteBody(
              id, tags, troubles, after, quiet.from, quiet.to, quiet.zone, noDigest ? false : null);
      out().println("entered " + line(installation.incidents().addRoute(body)));
    }
    return 0;
  }

  private static String line(RouteView route) {
    String tags = route.tags().isEmpty() ? "all stores" : String.join(" and ", route.tags());
    String what = route.troubles().isEmpty() ? "all" : String.join(", ", route.troubles());
    String quiet =
        route.quietFrom() == null
            ? ""
            : ", quiet from %s to %s %s"
                .formatted(route.quietFrom(), route.quietTo(), route.quietZone());
    return "%s  channel %s: %s of %s, after %s%s%s"
        .formatted(
            route.id(),
            route.channel(),
            what,
            tags,
            route.after(),
            quiet,
            route.digest() ? "" : ", no digest");
  }

  @Command(
      name = "list",
      description = "Lists what channels are told of, in the order in which it was entered.",
      mixinStandardHelpOptions = true)
  int list(@Mixin DataOption data) throws IOException {
    try (Installation installation = data.openExisting(ALERTS)) {
      List<RouteView> routes = installation.incidents().routes();
      if (routes.isEmpty()) {
        out().println("no route: each channel is told of everything");
      }
      routes.forEach(route -> out().println(line(route)));
    }
    return 0;
  }

  @Command(name = "delete", description = "Deletes a route.", mixinStandardHelpOptions = true)
  int delete(
      @Parameters(paramLabel = "ID", description = "The id that list shows.") String id,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting(ALERTS)) {
      installation.incidents().deleteRoute(id);
      out().println("deleted " + id);
    }
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
