package dev.storewatch.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code alerts}, which sets where alerts go, and shows what became of them. */
@Command(
    name = "alerts",
    description = "Says where alerts go, and shows what became of them.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ChannelsCommand.class,
      RoutesCommand.class,
      MutesCommand.class,
      DeliveriesCommand.class,
      CommandLine.HelpCommand.class
    })
final class AlertsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** What is sent again. */
  static final class What {
    @Parameters(paramLabel = "ID", description = "The id of a message.")
    private @Nullable String id;

    @Option(
        names = "--channel",
        paramLabel = "CHANNEL",
        description = "All dead messages of a channel, by its name or id.")
    private @Nullable String channel;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say what to do, for example: %s alerts channels list".formatted(CalledAs.name()));
  }

  @Command(
      name = "resend",
      description = "Sends messages again that are dead, or were accepted and did not come.",
      mixinStandardHelpOptions = true)
  int resend(@ArgGroup(multiplicity = "1") What what, @Mixin DataOption data) throws IOException {
    try (Installation installation = data.openExisting("alerts")) {
      AlertDesk alerts = installation.alerts();
      if (what.id != null) {
        out("queued again: " + DeliveriesCommand.line(alerts.resend(what.id)));
      } else if (what.channel != null) {
        int count = alerts.resendAll(alerts.channel(what.channel).id());
        out(count == 1 ? "1 message is queued again" : count + " messages are queued again");
      }
    }
    return 0;
  }

  private void out(String line) {
    spec.commandLine().getOut().println(line);
  }
}
