package dev.storewatch.cli;

import dev.storewatch.outage.OutageRows.Format;
import dev.storewatch.outage.OutageSummaryQuery;
import dev.storewatch.outage.OutageSummaryRows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The command {@code outages summary}, which adds up the outages of stores in a period. */
@Command(
    name = "summary",
    description = {
      "Adds up the outages of stores in a period: how many, the open time that they cost, the",
      "longest, and the mean open time to recover and from a recovery to the next outage.",
      "An outage that reaches over an edge of the period counts with the open time inside."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class OutageSummaryCommand implements Callable<Integer> {
  private static final String STORES = "store";

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--store", paramLabel = "ID", description = "Only those of this store.")
  private @Nullable String store;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Only those of stores with this tag; several for stores that have all.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "INSTANT",
      description =
          "When the period begins; with --to (default: seven days before the newest poll).")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "INSTANT", description = "When it ends; with --from.")
  private @Nullable String to;

  @Option(
      names = "--by",
      paramLabel = "store|TAG",
      defaultValue = STORES,
      description =
          "What a row is about: a store, or the stores with one tag, of those that begin with TAG,"
              + " for example region for region:west (default: ${DEFAULT-VALUE}).")
  private String by = STORES;

  @Option(
      names = "--format",
      paramLabel = "table|csv",
      defaultValue = "table",
      description = "The format (default: ${DEFAULT-VALUE}).")
  private Format format = Format.TABLE;

  @ParentCommand private @Nullable OutagesCommand parent;

  @Override
  public Integer call() throws IOException {
    boolean isGrouped = !by.equals(STORES);
    OutageSummaryQuery.Asked asked =
        new OutageSummaryQuery.Asked(from, to, store, tags, isGrouped ? List.of(by) : List.of());
    Objects.requireNonNull(parent)
        .program()
        .print(
            out -> {
              try (Installation installation = data.openExisting("outages")) {
                installation.outageSums(asked, new OutageSummaryRows(format, isGrouped, out));
              }
            });
    return 0;
  }
}
