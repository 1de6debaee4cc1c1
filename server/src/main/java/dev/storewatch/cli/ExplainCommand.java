package dev.storewatch.cli;

import dev.storewatch.input.WrongInput;
import dev.storewatch.window.Asked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
      description = "How far back from the as-of instant (default: P7D).")
  private @Nullable String window;

  @Mixin private DataOption data = new DataOption();
  @Mixin private RuleOptions rule = new RuleOptions();
  @Mixin private PeriodOptions periods = new PeriodOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    ExplainRequest request =
        new ExplainRequest(storeId, rule.asOf(), rule.rule(), window(), rule.lateClose());
    try (Installation installation = data.openExisting("explain")) {
      spec.commandLine().getOut().print(installation.explain(request));
      spec.commandLine().getOut().flush();
    }
    return 0;
  }

  private Asked window() {
    List<Asked> asked = new ArrayList<>(periods.periods());
    if (window != null || asked.isEmpty()) {
      asked.add(Asked.parse(window == null ? "P7D" : window));
    }
    if (asked.size() > 1) {
      throw new WrongInput(
          "an explanation is of one period: use one of --window, --day, --week, --month, or --from"
              + " with --to");
    }
    return asked.getFirst();
  }
}
