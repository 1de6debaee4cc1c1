package dev.storewatch.cli;

import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Reject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code imports}, which shows what imports did. */
@Command(
    name = "imports",
    description = "Shows the latest imports, or the rows that one of them rejected.",
    mixinStandardHelpOptions = true,
    subcommands = UndoCommand.class,
    versionProvider = Version.class)
final class ImportsCommand implements Callable<Integer> {
  private static final int SHOWN = 20;
  private static final int PAGE = 1_000;

  @Parameters(arity = "0..1", paramLabel = "IMPORT", description = "The id of an import.")
  private @Nullable String importId;

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Installation installation = data.openExisting("imports")) {
      if (importId == null) {
        installation.imports(SHOWN).forEach(run -> out.println(line(run)));
      } else {
        showRejects(installation, importId, out);
      }
    }
    return 0;
  }

  private static String line(ImportRun run) {
    return "%s  %s  %-8s  %s%s"
        .formatted(
            run.id(),
            run.received(),
            run.state().name().toLowerCase(Locale.ROOT),
            ImportLines.summary(run),
            run.error() == null ? "" : ": " + run.error());
  }

  private static void showRejects(Installation installation, String importId, PrintWriter out)
      throws IOException {
    long after = Reject.BEFORE_ALL;
    List<Reject> page;
    do {
      page = installation.rejects(importId, after, PAGE);
      page.forEach(reject -> out.println(ImportLines.line(reject)));
      after = page.isEmpty() ? after : page.getLast().line();
    } while (page.size() == PAGE);
  }
}
