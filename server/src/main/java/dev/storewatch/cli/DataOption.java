package dev.storewatch.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names the data folder. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:STOREWATCH_DATA:-data}",
      description = "The data folder (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("data");

  Path folder() {
    return folder;
  }
}
