package dev.storewatch.cli;

import java.nio.file.Path;
import java.util.Objects;
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

  /**
   * Returns the arguments by which another command finds a data folder: none for the default one.
   */
  static String arguments(Path folder) {
    String usual = Objects.requireNonNullElse(System.getenv("STOREWATCH_DATA"), "data");
    if (folder.equals(Path.of(usual))) {
      return "";
    }
    String name = folder.toString();
    return " --data " + (name.matches("[\\w./+@%:,=-]+") ? name : quoted(name));
  }

  /** Returns a text as one word of a shell. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
