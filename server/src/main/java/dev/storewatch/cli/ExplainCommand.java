package dev.storewatch.cli;

import dev.storewatch.window.Window;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code explain}, which explains the numbers of one store. */
@Command(
    name = "explain",
    description =
        "Prints all that stands behind one store's numbers: hours, zone, segments, polls, outages,"
            + " sums.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ExplainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "STORE", description = "The id of the store.")
  private String storeId = "";

  @Option(
      names = "--window",
      paramLabel = "DURATION",
      defaultValue = "P7D",
      description = "How far back from the as-of instant (default: ${DEFAULT-VALUE}).")
  private String window = "P7D";

  @Mixin private DataOption data = new DataOption();
  @Mixin private RuleOptions rule = new RuleOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    ExplainRequest request =
        new ExplainRequest(
            storeId, rule.asOf(), rule.rule(), Window.parse(window), rule.lateClose());
    try (Installation installation = data.openExisting("explain")) {
      spec.commandLine().getOut().print(installation.explain(request));
      spec.commandLine().getOut().flush();
    }
    return 0;
  }
}
