package dev.storewatch.cli;

import dev.storewatch.input.WrongInput;
import dev.storewatch.window.Asked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code summary}, which writes the owner's summary as PDF. */
@Command(
    name = "summary",
    description = {
      "Writes the owner's summary, one page of PDF on a store, on the stores with some tags, or on",
      "all stores: uptime with bounds, outages, the worst hours, how it was measured and what is",
      "uncertain."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class SummaryCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private PeriodOptions periods = new PeriodOptions();

  @Parameters(arity = "0..1", paramLabel = "STORE", description = "The id of a store.")
  private @Nullable String store;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "The stores with this tag; several times for those that have all of them.")
  private List<String> tags = List.of();

  @Option(names = "--all", description = "All stores.")
  private boolean all;

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      defaultValue = "latest",
      description =
          "The instant after which nothing is known: latest (the newest poll until now), now, or"
              + " for example 2026-04-01T06:00:00Z (default: ${DEFAULT-VALUE}).")
  private String asOf = "latest";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      required = true,
      description = "The file, which is replaced only when all is written.")
  private Path output = Path.of("summary.pdf");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    String period = period();
    int named = (store == null ? 0 : 1) + (tags.isEmpty() ? 0 : 1) + (all ? 1 : 0);
    if (named != 1) {
      throw new WrongInput(
          "a summary is about one store, some tags or all stores: name a store, or give --tag or"
              + " --all");
    }
    try (Installation installation = data.openExisting("summary")) {
      write(installation.summary(store, tags, period, asOf));
    }
    spec.commandLine().getErr().println("wrote " + output);
    return 0;
  }

  private @Nullable String period() {
    List<Asked> asked = periods.periods();
    if (asked.size() > 1) {
      throw new WrongInput("a summary is about one period: leave out all but one");
    }
    return asked.isEmpty() ? null : asked.getFirst().format();
  }

  private void write(byte[] page) throws IOException {
    Path target = output.toAbsolutePath();
    if (!Files.isDirectory(target.resolveSibling(""))) {
      throw new IOException("there is no folder for " + output + ": make it first");
    }
    Path partial = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      Files.write(partial, page, StandardOpenOption.CREATE_NEW);
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
