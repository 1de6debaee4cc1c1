package dev.storewatch.cli;

import dev.storewatch.database.DatabaseSettings;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the data is: in a folder, or in a database of PostgreSQL. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:STOREWATCH_DATA:-data}",
      description = "The data folder (default: ${DEFAULT-VALUE}).")
  private Path folder = Path.of("data");

  @Option(
      names = "--database",
      paramLabel = "URL",
      defaultValue = "${env:STOREWATCH_DATABASE_URL}",
      description = {
        "A PostgreSQL database that holds the data instead of the folder, for example",
        "  jdbc:postgresql://db.example.com/storewatch",
        "(default: STOREWATCH_DATABASE_URL of the environment; name and password are those of its"
            + " STOREWATCH_DATABASE_USERNAME and STOREWATCH_DATABASE_PASSWORD)."
      })
  private @Nullable String url;

  Path folder() {
    return folder;
  }

  /** Returns the settings of the database. */
  DatabaseSettings database() {
    return database(url);
  }

  /**
   * Returns the settings of a database, or of the one in the data folder if there is no address.
   */
  static DatabaseSettings database(@Nullable String url) {
    return DatabaseSettings.of(
        url,
        System.getenv("STOREWATCH_DATABASE_USERNAME"),
        System.getenv("STOREWATCH_DATABASE_PASSWORD"));
  }

  /** Opens the data, and makes it if it does not exist. */
  Installation open(String command) {
    return url == null
        ? Installation.open(folder, command)
        : LocalInstallation.open(database(), command);
  }

  /**
   * Opens the data, which must exist.
   *
   * @throws Installation.NoData if it does not
   */
  Installation openExisting(String command) {
    return url == null ? Installation.openExisting(folder, command) : open(command);
  }

  /** Returns the arguments by which another command finds the data. */
  String arguments() {
    return url == null || url.equals(System.getenv("STOREWATCH_DATABASE_URL"))
        ? arguments(folder)
        : " --database URL"; // which may hold a password
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
