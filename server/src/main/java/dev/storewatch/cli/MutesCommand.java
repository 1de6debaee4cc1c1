package dev.storewatch.cli;

import dev.storewatch.incident.MuteBody;
import dev.storewatch.incident.MuteView;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code alerts mutes}, which holds back what begins at some stores. */
@Command(
    name = "mutes",
    description = {
      "Holds back what begins at some stores, until an end.",
      "What still lasts then is told then; the end of what was told before is told as ever."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CommandLine.HelpCommand.class)
final class MutesCommand implements Runnable {
  private static final String ALERTS = "alerts";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** When a mute ends. */
  static final class End {
    @Option(names = "--until", paramLabel = "INSTANT", description = "When it ends.")
    private @Nullable String until;

    @Option(names = "--for", paramLabel = "DURATION", description = "Or how long it lasts.")
    private @Nullable String lasting;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say what to do, for example: %s alerts mutes add --tag west --for PT2H --reason 'new router'"
            .formatted(CalledAs.name()));
  }

  @Command(name = "add", description = "Enters a mute.", mixinStandardHelpOptions = true)
  int add(
      @ArgGroup(multiplicity = "1") ClosuresCommand.Stores stores,
      @ArgGroup(multiplicity = "1") End end,
      @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
          String reason,
      @Mixin DataOption data)
      throws IOException {
    MuteBody body =
        new MuteBody(stores.store(), stores.tag(), stores.all(), end.until, end.lasting, reason);
    try (Installation installation = data.open(ALERTS)) {
      out().println("entered " + line(installation.incidents().addMute(body)));
    }
    return 0;
  }

  private static String line(MuteView mute) {
    String stores =
        mute.storeId() != null
            ? "store " + mute.storeId()
            : mute.tag() != null ? "stores with " + mute.tag() : "all stores";
    return "%s  %s until %s: %s".formatted(mute.id(), stores, mute.until(), mute.reason());
  }

  @Command(
      name = "list",
      description = "Lists the mutes that have not ended.",
      mixinStandardHelpOptions = true)
  int list(@Mixin DataOption data) throws IOException {
    try (Installation installation = data.openExisting(ALERTS)) {
      List<MuteView> mutes = installation.incidents().mutes();
      if (mutes.isEmpty()) {
        out().println("no mute");
      }
      mutes.forEach(mute -> out().println(line(mute)));
    }
    return 0;
  }

  @Command(name = "end", description = "Ends a mute now.", mixinStandardHelpOptions = true)
  int end(
      @Parameters(paramLabel = "ID", description = "The id that list shows.") String id,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting(ALERTS)) {
      out().println("ended " + line(installation.incidents().endMute(id)));
    }
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
