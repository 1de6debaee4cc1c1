package dev.storewatch.cli;

import dev.storewatch.quality.FaultWriters;
import dev.storewatch.quality.FaultWriters.Format;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The command {@code quality}, which lists what is refused, missing or assumed of each store. */
@Command(
    name = "quality",
    description = {
      "Lists what is refused, missing or assumed of each store, a row for each store and fault:",
      "  flagged-hours, flagged-zone   rows were refused and are not mended yet",
      "  assumed-hours, assumed-zone   not known: open all the time, America/Chicago",
      "  polled-only, never-polled     in one kind of file alone"
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = ExpectedPollsCommand.class)
final class QualityCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--format",
      paramLabel = "table|csv|json",
      defaultValue = "table",
      description = "The format (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TABLE;

  @ParentCommand private @Nullable Storewatch program;

  Storewatch program() {
    return Objects.requireNonNull(program);
  }

  @Override
  public Integer call() throws IOException {
    program()
        .print(
            out -> {
              try (Installation installation = data.openExisting("quality")) {
                FaultWriters.<IOException>write(format, installation::quality, out);
              }
            });
    return 0;
  }
}
