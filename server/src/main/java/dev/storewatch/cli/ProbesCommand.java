package dev.storewatch.cli;

import dev.storewatch.source.ProbeBody;
import dev.storewatch.source.ProbeView;
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

/** The command {@code probes}, which says at which addresses the prober asks stores. */
@Command(
    name = "probes",
    description = "Says at which addresses the prober asks stores whether they are online.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CommandLine.HelpCommand.class)
final class ProbesCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say what to do, for example: "
            + CalledAs.name()
            + " probes set 42 https://example.com/stores/42");
  }

  @Command(
      name = "set",
      description = "Has a store asked at an address from now on.",
      mixinStandardHelpOptions = true)
  int set(
      @Parameters(paramLabel = "STORE", description = "The id of the store.") String store,
      @Parameters(paramLabel = "URL", description = "What is asked for.") String url,
      @Option(
              names = "--status",
              paramLabel = "STATUSES",
              description = "The statuses by which it is online (default: 200-399).")
          @Nullable String status,
      @Option(
              names = "--text",
              paramLabel = "TEXT",
              description = "What the answer has to say somewhere.")
          @Nullable String text,
      @Option(
              names = "--timeout",
              paramLabel = "DURATION",
              description = "How long an answer may take (default: PT10S).")
          @Nullable String timeout,
      @Option(names = "--always", description = "Ask outside its business hours too.")
          boolean always,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting("probes")) {
      ProbeBody body = new ProbeBody(url, status, text, timeout, always);
      out().println("is asked: " + words(installation.putProbe(store, body)));
    }
    return 0;
  }

  @Command(
      name = "list",
      description = "Lists the stores that are asked, and how that ended the last time.",
      mixinStandardHelpOptions = true)
  int list(@Mixin DataOption data) throws IOException {
    try (Installation installation = data.openExisting("probes")) {
      List<ProbeView> probes = installation.probes();
      if (probes.isEmpty()) {
        out().println("no store is asked");
      }
      probes.forEach(probe -> out().println(words(probe)));
    }
    return 0;
  }

  @Command(
      name = "delete",
      description = "Has a store asked no more. Its polls stay.",
      mixinStandardHelpOptions = true)
  int delete(
      @Parameters(paramLabel = "STORE", description = "The id of the store.") String store,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting("probes")) {
      installation.deleteProbe(store);
      out().println("is asked no more: " + store);
    }
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static String words(ProbeView probe) {
    String outcome =
        probe.outcome() == null
            ? "not asked yet"
            : "%s since %s%s"
                .formatted(
                    probe.outcome(),
                    probe.since(),
                    probe.detail() == null ? "" : " (%s)".formatted(probe.detail()));
    return "%s  %s  by %s%s%s: %s"
        .formatted(
            probe.storeId(),
            probe.url(),
            probe.status(),
            probe.text() == null ? "" : " with '%s'".formatted(probe.text()),
            probe.always() ? ", always" : ", in business hours",
            outcome);
  }
}
