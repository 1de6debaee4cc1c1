package dev.storewatch.cli;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The command {@code report}, which writes the report on every store's uptime. */
@Command(
    name = "report",
    description =
        "Writes how long each store was up and down in the last hour (minutes), day and week"
            + " (hours).",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ReportCommand implements Callable<Integer> {
  @Mixin private ReportArguments arguments = new ReportArguments();

  @Spec private CommandSpec spec = CommandSpec.create();

  @ParentCommand private @Nullable Storewatch program;

  @Override
  public Integer call() throws IOException {
    return new ReportTask(
            arguments,
            Objects.requireNonNull(program).out(),
            spec.commandLine().getOut(),
            spec.commandLine().getErr())
        .run();
  }
}
