package dev.storewatch.cli;

import dev.storewatch.history.AskedTerms;
import dev.storewatch.history.HoursOfWeek;
import dev.storewatch.history.HoursOfWeekLines;
import dev.storewatch.history.HoursOfWeekView;
import java.io.IOException;
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

/** The command {@code hours-of-week}, which tells when in the week stores are down. */
@Command(
    name = "hours-of-week",
    description = {
      "Tells how long a store was up and down in each hour of the week, on its clocks; without a",
      "store, all stores together, or those with some tags, each on its own clocks."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class HoursOfWeekCommand implements Callable<Integer> {
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
      description = "The first date; with --to (default: the four weeks up to yesterday).")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DATE", description = "The last date; with --from.")
  private @Nullable String to;

  @Option(
      names = "--format",
      paramLabel = "table|csv",
      defaultValue = "table",
      description =
          "The format; the table has the hours that are open at all (default: ${DEFAULT-VALUE}).")
  private HistoryCommand.Form form = HistoryCommand.Form.TABLE;

  @ParentCommand private @Nullable Storewatch program;

  @Override
  public Integer call() throws IOException {
    if (store != null) {
      HistoryCommand.requireNoTags(tags);
    }
    Objects.requireNonNull(program)
        .print(
            out -> {
              try (Installation installation = data.openExisting("hours-of-week")) {
                HoursOfWeekView week =
                    installation.hoursOfWeek(
                        new HoursOfWeek.Asked(store, tags, from, to, AskedTerms.USUAL));
                switch (form) {
                  case TABLE -> HoursOfWeekLines.table(week, out);
                  case CSV -> HoursOfWeekLines.csv(week, out);
                }
              }
            });
    return 0;
  }
}
