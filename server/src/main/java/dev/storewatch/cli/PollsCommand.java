package dev.storewatch.cli;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollPeriod;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code polls}, which takes out polls that should not be there. */
@Command(
    name = "polls",
    description =
        "Deletes polls that should not be there, such as those of a clock that was wrong.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CommandLine.HelpCommand.class)
final class PollsCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say what to do, for example: "
            + CalledAs.name()
            + " polls delete --store 42 --from 2023-01-24T00:00:00Z --to 2023-01-25T00:00:00Z");
  }

  @Command(
      name = "delete",
      description = {
        "Deletes the polls of a store from an instant to before another.",
        "From then on everything is as if they had never come, but for reports that are there."
      },
      mixinStandardHelpOptions = true)
  int delete(
      @Option(
              names = "--store",
              required = true,
              paramLabel = "ID",
              description = "The id of the store.")
          String store,
      @Option(
              names = "--from",
              required = true,
              paramLabel = "INSTANT",
              description = "The first instant, for example 2023-01-24T00:00:00Z.")
          String from,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "INSTANT",
              description = "The first instant after it, for example 2023-01-25T00:00:00Z.")
          String to,
      @Mixin DataOption data)
      throws IOException {
    Span period = PollPeriod.parse(from, to);
    try (Installation installation = data.openExisting("polls")) {
      spec.commandLine()
          .getOut()
          .println(said(installation.deletePolls(store, period), store, period));
    }
    return 0;
  }

  private static String said(long deleted, String store, Span period) {
    return "%s of store %s from %s to before %s"
        .formatted(
            switch ((int) Math.min(deleted, 2)) {
              case 0 -> "nothing deleted: there is no poll";
              case 1 -> "deleted 1 poll";
              default -> "deleted %d polls".formatted(deleted);
            },
            store,
            Micros.toInstant(period.start()),
            Micros.toInstant(period.end()));
  }
}
