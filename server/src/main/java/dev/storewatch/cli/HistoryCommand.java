package dev.storewatch.cli;

import dev.storewatch.history.AskedTerms;
import dev.storewatch.history.HistoryLines;
import dev.storewatch.history.HistoryView;
import dev.storewatch.history.StoreHistories;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code history}, which tells the days, weeks or months of a store. */
@Command(
    name = "history",
    description = {
      "Tells how long a store was up and down on each day, or in each week or month, up to the",
      "newest poll. Periods are of business days on the clocks of the store, and add up exactly.",
      "A star marks a period that is not over. As CSV it has the columns of a detailed report."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class HistoryCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(paramLabel = "STORE", description = "The id of the store.")
  private String store = "";

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "The first date (default: 90 days, 26 weeks or 12 months back).")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DATE", description = "The last date (default: today).")
  private @Nullable String to;

  @Option(
      names = "--by",
      paramLabel = "day|week|month",
      defaultValue = "day",
      description = "What a period is (default: ${DEFAULT-VALUE}).")
  private String by = "day";

  @Option(
      names = "--format",
      paramLabel = "table|csv",
      defaultValue = "table",
      description = "The format (default: ${DEFAULT-VALUE}).")
  private Form form = Form.TABLE;

  /** What is written. */
  enum Form {
    TABLE,
    CSV
  }

  @ParentCommand private @Nullable Storewatch program;

  @Override
  public Integer call() throws IOException {
    Objects.requireNonNull(program)
        .print(
            out -> {
              try (Installation installation = data.openExisting("history")) {
                HistoryView history =
                    installation.history(
                        new StoreHistories.Asked(store, from, to, by, AskedTerms.USUAL));
                switch (form) {
                  case TABLE -> HistoryLines.table(history, out);
                  case CSV -> HistoryLines.csv(history, out);
                }
              }
            });
    return 0;
  }
}
