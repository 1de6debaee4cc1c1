package dev.storewatch.cli;

import dev.storewatch.history.AskedTerms;
import dev.storewatch.history.GroupHistoryView;
import dev.storewatch.history.HistoryLines;
import dev.storewatch.history.HistoryView;
import dev.storewatch.history.StoreGroups;
import dev.storewatch.history.StoreHistories;
import dev.storewatch.input.WrongInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** The command {@code history}, which tells the days, weeks or months of one or several stores. */
@Command(
    name = "history",
    description = {
      "Tells how long a store was up and down on each day, or in each week or month, up to the",
      "newest poll; without a store, all stores together, or those with some tags. Periods are of"
          + " business days on the clocks of the store, and add up exactly.",
      "A star marks a period that is not over. As CSV it has the columns of a detailed report."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class HistoryCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "STORE",
      description = "The id of the store (default: all stores together).")
  private @Nullable String store;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Without a store: only those with this tag; several for stores that have all.")
  private List<String> tags = new ArrayList<>();

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
                if (store == null) {
                  print(installation, out);
                } else {
                  print(installation, store, out);
                }
              }
            });
    return 0;
  }

  private void print(Installation installation, String of, PrintWriter out) throws IOException {
    requireNoTags(tags);
    HistoryView history =
        installation.history(new StoreHistories.Asked(of, from, to, by, AskedTerms.USUAL));
    switch (form) {
      case TABLE -> HistoryLines.table(history, out);
      case CSV -> HistoryLines.csv(history, out);
    }
  }

  /** Says that a store and tags together are a mistake: the store alone is told of. */
  static void requireNoTags(List<String> tags) {
    if (!tags.isEmpty()) {
      throw new WrongInput("use a store, or --tag for all stores that have it, but not both");
    }
  }

  private void print(Installation installation, PrintWriter out) throws IOException {
    GroupHistoryView history =
        installation.history(new StoreGroups.HistoryAsked(tags, from, to, by, AskedTerms.USUAL));
    switch (form) {
      case TABLE -> HistoryLines.table(history, out);
      case CSV -> HistoryLines.csv(history, out);
    }
  }
}
