package dev.storewatch.cli;

import dev.storewatch.input.WrongInput;
import dev.storewatch.outage.OutageRows;
import dev.storewatch.outage.OutageRows.Format;
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
import picocli.CommandLine.ParentCommand;

/** The command {@code outages}, which lists when stores were down, and are. */
@Command(
    name = "outages",
    description = {
      "Lists outages, the latest first: down time without any up or unknown open time in it.",
      "Closing time does not end an outage. What ended it is `recovery`, when the store was up",
      "again, or `silence`, when nothing is known of the time after it.",
      "As ics it is a calendar (iCalendar): the latest 5,000 at most, and without --from those of"
          + " the last 90 days."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = OutageSummaryCommand.class)
final class OutagesCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--state",
      paramLabel = "any|ongoing|ended",
      description = "Whether they go on (default: any).")
  private @Nullable String state;

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
      description = "Only those that lasted beyond this instant.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "INSTANT",
      description = "Only those that began before this instant.")
  private @Nullable String to;

  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      description = "The most that are listed (default: 50 in a table, all as CSV).")
  private @Nullable Long limit;

  @Option(
      names = "--format",
      paramLabel = "table|csv|ics",
      defaultValue = "table",
      description = "The format (default: ${DEFAULT-VALUE}).")
  private Form form = Form.TABLE;

  /** What is written. */
  private enum Form {
    TABLE,
    CSV,
    ICS
  }

  @ParentCommand private @Nullable Storewatch program;

  Storewatch program() {
    return Objects.requireNonNull(program);
  }

  @Override
  public Integer call() throws IOException {
    long most = most();
    program()
        .print(
            out -> {
              try (Installation installation = data.openExisting("outages")) {
                switch (form) {
                  case TABLE -> write(installation, Format.TABLE, most, out);
                  case CSV -> write(installation, Format.CSV, most, out);
                  case ICS -> installation.outageCalendar(state, store, tags, from, to, out);
                }
              }
            });
    return 0;
  }

  private long most() {
    if (limit == null) {
      return form == Form.TABLE ? 50 : Long.MAX_VALUE;
    }
    if (form == Form.ICS) {
      throw new WrongInput(
          "--limit is for tables and CSV: for a shorter calendar give --from, for example"
              + " --from 2026-03-01T00:00:00Z");
    }
    if (limit < 1) {
      throw new WrongInput("--limit is %d: use a whole number from 1 on".formatted(limit));
    }
    return limit;
  }

  private void write(Installation installation, Format format, long most, PrintWriter out)
      throws IOException {
    OutageRows.header(format, out);
    long[] written = {0};
    installation.outages(
        state,
        store,
        tags,
        from,
        to,
        outage -> {
          OutageRows.row(format, outage, out);
          return ++written[0] < most;
        });
  }
}
