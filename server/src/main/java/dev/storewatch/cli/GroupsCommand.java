package dev.storewatch.cli;

import dev.storewatch.history.AskedTerms;
import dev.storewatch.history.GroupLines;
import dev.storewatch.history.GroupsView;
import dev.storewatch.history.StoreGroups;
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

/** The command {@code groups}, which adds up the times of groups of stores. */
@Command(
    name = "groups",
    description = {
      "Adds up the times of stores by their tags, and compares them with the period before.",
      "The rank is from 1 for the greatest share of down time on; where little is known, the share",
      "is taken as low as it may well be. After the groups come the stores in this order."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class GroupsCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--by",
      paramLabel = "TAG",
      description =
          "What the tags of the groups begin with, for example region for region:west; may be"
              + " repeated (default: each tag is a group).")
  private List<String> by = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Only stores with this tag; several for stores that have all.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "DATE",
      description = "The first date; with --to (default: the seven days up to yesterday).")
  private @Nullable String from;

  @Option(names = "--to", paramLabel = "DATE", description = "The last date; with --from.")
  private @Nullable String to;

  @Option(
      names = "--window",
      paramLabel = "PERIOD",
      description =
          "A period instead of dates: yesterday, last-week, last-month, 2026-W10 or 2026-03.")
  private @Nullable String window;

  @Option(
      names = "--lowest",
      paramLabel = "NUMBER",
      defaultValue = "10",
      description = "How many stores are listed after the groups (default: ${DEFAULT-VALUE}).")
  private int lowest = 10;

  @Option(
      names = "--format",
      paramLabel = "table|csv",
      defaultValue = "table",
      description = "The format; CSV has the groups alone (default: ${DEFAULT-VALUE}).")
  private HistoryCommand.Form form = HistoryCommand.Form.TABLE;

  @ParentCommand private @Nullable Storewatch program;

  @Override
  public Integer call() throws IOException {
    Objects.requireNonNull(program)
        .print(
            out -> {
              try (Installation installation = data.openExisting("groups")) {
                GroupsView groups =
                    installation.groups(
                        new StoreGroups.Asked(
                            from, to, window, tags, by, lowest, AskedTerms.USUAL));
                switch (form) {
                  case TABLE -> GroupLines.table(groups, out);
                  case CSV -> GroupLines.csv(groups, out);
                }
              }
            });
    return 0;
  }
}
