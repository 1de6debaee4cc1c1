package dev.storewatch.cli;

import dev.storewatch.quality.CoverageWriter.By;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The command {@code quality polls}, which compares the polls that came with those expected. */
@Command(
    name = "polls",
    description = {
      "Compares the polls that came with those that were expected, as CSV: one in each slot"
          + " throughout which a store is open.",
      "Findings are never-polled, not-polled, polled-only-while-closed, gaps and contradictory."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ExpectedPollsCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description = "When the period begins; with --to (default: a day before the newest poll).")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "INSTANT", description = "When it ends; with --from.")
  private @Nullable String to;

  @Option(
      names = "--every",
      paramLabel = "DURATION",
      defaultValue = "PT1H",
      description = "How often a store is polled (default: ${DEFAULT-VALUE}).")
  private String every = "PT1H";

  @Option(
      names = "--by",
      paramLabel = "store|slot",
      defaultValue = "store",
      description = "What a row is about (default: ${DEFAULT-VALUE}).")
  private By by = By.STORE;

  @ParentCommand private @Nullable QualityCommand parent;

  @Override
  public Integer call() throws IOException {
    Objects.requireNonNull(parent)
        .program()
        .print(
            out -> {
              try (Installation installation = data.openExisting("quality")) {
                installation.expectedPolls(from, to, every, by, out);
              }
            });
    return 0;
  }
}
