package dev.storewatch.cli;

import dev.storewatch.demo.Fleet;
import dev.storewatch.demo.FleetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code generate}, which writes the files of a made-up fleet. */
@Command(
    name = "generate",
    description =
        "Writes the three files of a made-up fleet, to try things on; the same bytes for the same"
            + " seed.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class GenerateCommand implements Callable<Integer> {
  @Option(
      names = "--stores",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Stores in the fleet (default: ${DEFAULT-VALUE}).")
  private int stores;

  @Option(
      names = "--days",
      paramLabel = "D",
      defaultValue = "9",
      description = "Days of polls (default: ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Another seed gives another fleet (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Parameters(paramLabel = "DIR", description = "The folder to write to.")
  private Path folder = Path.of(".");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    FleetFiles files = new Fleet(stores, days, seed).writeTo(folder);
    spec.commandLine()
        .getOut()
        .printf(
            Locale.ROOT,
            "wrote %s (%,d rows), %s and %s%n",
            files.storeStatus(),
            files.statusRows(),
            files.businessHours(),
            files.timezones());
    return 0;
  }
}
