package dev.storewatch.cli;

import dev.storewatch.http.Paging;
import dev.storewatch.report.RevisionView;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code revisions}, which shows what was changed of the data of figures. */
@Command(
    name = "revisions",
    description =
        "Shows the latest changes of what figures rest on: polls, hours, special days, closures,"
            + " zones, tags.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class RevisionsCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      defaultValue = "20",
      description = "How many revisions are shown (default: ${DEFAULT-VALUE}).")
  private int limit = 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    int most = Paging.checked(limit);
    try (Installation installation = data.openExisting("revisions")) {
      installation.revisions(most).forEach(each -> out.println(line(each)));
    }
    return 0;
  }

  private static String line(RevisionView each) {
    Integer stores = each.stores();
    String of =
        stores == null
            ? "all stores"
            : stores == 1 && !each.examples().isEmpty()
                ? "store " + each.examples().getFirst()
                : String.format(Locale.ROOT, "%,d stores", stores);
    return String.format(
        Locale.ROOT,
        "%d  %s  %-12s  %,d of %s, time from %s to %s%s%s",
        each.revision(),
        each.madeAt(),
        each.kind(),
        each.changes(),
        of,
        each.from() == null ? "the beginning" : each.from(),
        each.to() == null ? "for ever" : each.to(),
        each.madeBy() == null ? "" : ", by " + each.madeBy(),
        each.cause() == null ? "" : ", " + each.cause());
  }
}
