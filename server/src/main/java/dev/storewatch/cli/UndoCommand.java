package dev.storewatch.cli;

import dev.storewatch.importing.ImportRun;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code imports undo}, which takes back an import. */
@Command(
    name = "undo",
    description = {
      "Takes back an import: the polls that it added go, those that it replaced and the hours and"
          + " zones that it set become what they were.",
      "It must be at most 30 days old, and nothing later may rest on it. Reports stay as they are."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class UndoCommand implements Callable<Integer> {
  @Parameters(paramLabel = "IMPORT", description = "The id of the import.")
  private String importId = "";

  @Mixin private DataOption data = new DataOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (Installation installation = data.openExisting("imports undo")) {
      ImportRun run = installation.undo(importId);
      out.println("%s: %s".formatted(run.source(), run.notes().getLast()));
    }
    return 0;
  }
}
