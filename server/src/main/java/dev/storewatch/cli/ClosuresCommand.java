package dev.storewatch.cli;

import dev.storewatch.calendar.ClosureBody;
import dev.storewatch.calendar.ClosureChange;
import dev.storewatch.calendar.ClosureView;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.PollPeriod;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code closures}, which enters, lists, ends and deletes planned closures. */
@Command(
    name = "closures",
    description =
        "Enters, lists, ends and deletes planned closures: open time inside is neither up nor"
            + " down.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CommandLine.HelpCommand.class)
final class ClosuresCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Of which stores a closure is. */
  static final class Stores {
    @Option(names = "--store", paramLabel = "ID", description = "The id of a store.")
    private @Nullable String store;

    @Option(names = "--tag", paramLabel = "TAG", description = "All stores with a tag.")
    private @Nullable String tag;

    @Option(names = "--all", description = "All stores.")
    private boolean all;

    @Nullable String store() {
      return store;
    }

    @Nullable String tag() {
      return tag;
    }

    @Nullable Boolean all() {
      return all ? true : null;
    }
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(),
        "Say what to do, for example: "
            + CalledAs.name()
            + " closures add --all --from 2026-07-04 --to 2026-07-04 --reason 'Independence Day'");
  }

  @Command(
      name = "add",
      description = {
        "Enters a planned closure, before or after the fact.",
        "Times without an offset are those of the clocks of each store; a date alone is its"
            + " midnight, and as an end the midnight after it."
      },
      mixinStandardHelpOptions = true)
  int add(
      @ArgGroup(multiplicity = "1") Stores stores,
      @Option(
              names = "--from",
              required = true,
              paramLabel = "TIME",
              description = "2026-07-04, 2026-07-04T09:00 or 2026-07-04T14:00:00Z.")
          String from,
      @Option(names = "--to", required = true, paramLabel = "TIME", description = "Likewise.")
          String to,
      @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why.")
          String reason,
      @Option(
              names = "--repeat",
              paramLabel = "weekly|yearly",
              description = "How often it comes again (default: it comes once).")
          @Nullable String repeat,
      @Option(
              names = "--until",
              paramLabel = "DATE",
              description = "The last date on which it may start (default: for ever).")
          @Nullable String until,
      @Mixin DataOption data)
      throws IOException {
    ClosureBody body =
        new ClosureBody(stores.store, stores.tag, stores.all(), from, to, repeat, until, reason);
    try (Installation installation = data.open("closures")) {
      out().println("entered " + words(installation.addClosure(body)));
    }
    return 0;
  }

  @Command(
      name = "list",
      description = "Lists planned closures in the order in which they were entered.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(
              names = "--from",
              paramLabel = "INSTANT",
              description = "Only those with a part after it; with --to.")
          @Nullable String from,
      @Option(
              names = "--to",
              paramLabel = "INSTANT",
              description = "Only those with a part before it; with --from.")
          @Nullable String to,
      @Option(
              names = "--store",
              paramLabel = "ID",
              description = "Only those that are of this store, by its tags too.")
          @Nullable String store,
      @Option(names = "--tag", paramLabel = "TAG", description = "Only those of this tag.")
          @Nullable String tag,
      @Mixin DataOption data)
      throws IOException {
    Span period = from == null && to == null ? null : PollPeriod.parse(from, to);
    try (Installation installation = data.openExisting("closures")) {
      List<ClosureView> closures = installation.closures(period, store, tag);
      if (closures.isEmpty()) {
        out().println("no planned closure");
      }
      closures.forEach(closure -> out().println(words(closure)));
    }
    return 0;
  }

  @Command(
      name = "end",
      description = {
        "Ends a planned closure early.",
        "One that repeats does not start again after a date, today if --to is not given."
      },
      mixinStandardHelpOptions = true)
  int end(
      @Parameters(paramLabel = "ID", description = "The id that list shows.") String id,
      @Option(
              names = "--to",
              paramLabel = "TIME",
              description = "When it ends; of one that repeats, the last date (default: now).")
          @Nullable String to,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting("closures")) {
      ClosureView closure = installation.closure(id);
      ClosureChange change =
          closure.repeat().equals("once")
              ? new ClosureChange(null, to == null ? "now" : to, null, null, null)
              : new ClosureChange(null, null, null, to == null ? "now" : to, null);
      out().println("ended: " + words(installation.changeClosure(id, change)));
    }
    return 0;
  }

  @Command(
      name = "delete",
      description = "Deletes a planned closure, as if it had never been entered.",
      mixinStandardHelpOptions = true)
  int delete(
      @Parameters(paramLabel = "ID", description = "The id that list shows.") String id,
      @Mixin DataOption data)
      throws IOException {
    try (Installation installation = data.openExisting("closures")) {
      installation.deleteClosure(id);
      out().println("deleted " + id);
    }
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private static String words(ClosureView closure) {
    String repeats =
        closure.repeat().equals("once")
            ? ""
            : " %s%s"
                .formatted(
                    closure.repeat(), closure.until() == null ? "" : ", until " + closure.until());
    return "%s  %s  %s to %s%s%s: %s"
        .formatted(
            closure.id(),
            of(closure),
            closure.from(),
            closure.to(),
            closure.local() ? " on the clocks of each store" : "",
            repeats,
            closure.reason());
  }

  private static String of(ClosureView closure) {
    if (closure.store() != null) {
      return "store " + closure.store();
    }
    return closure.tag() == null ? "all stores" : "tag " + closure.tag();
  }
}
