package dev.storewatch.cli;

import dev.storewatch.database.DatabaseSettings;
import dev.storewatch.importing.FilesAhead;
import dev.storewatch.input.WrongInput;
import dev.storewatch.store.ZoneSettings;
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
  private Path folder = usualFolder();

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
  private @Nullable String url = System.getenv("STOREWATCH_DATABASE_URL");

  @Option(
      names = "--zone-rules",
      paramLabel = "bundled|system|DIR",
      description = {
        "The rules of time zones: bundled are those of the program, system those of the machine"
            + " (/usr/share/zoneinfo); or a folder of TZif files",
        "(default: STOREWATCH_ZONERULES of the environment, else bundled)."
      })
  private @Nullable String zoneRules;

  /** Returns the rules of time zones that the option names; null if it is not given. */
  @Nullable String zoneRules() {
    return zoneRules;
  }

  /** Has this process use the rules of time zones that an option or the environment names. */
  static void useZoneRules(@Nullable String option) {
    String rules = option == null ? System.getenv(ZoneSettings.IN_ENVIRONMENT) : option;
    if (rules != null) {
      ZoneSettings.use(rules);
    }
  }

  private static Path usualFolder() {
    return Path.of(Objects.requireNonNullElse(System.getenv("STOREWATCH_DATA"), "data"));
  }

  Path folder() {
    return folder;
  }

  void folder(Path named) {
    folder = named;
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
    return open(command, FilesAhead.none());
  }

  /**
   * Opens the data, and makes it if it does not exist.
   *
   * @param files what will be imported, which is read meanwhile; closed by the caller
   */
  Installation open(String command, FilesAhead files) {
    useZoneRules(zoneRules);
    return url == null
        ? byItsRules(Installation.open(folder, command, files))
        : LocalInstallation.open(database(), command, files);
  }

  /** Refuses to work through a server, which has rules of its own, when some were asked for. */
  private Installation byItsRules(Installation installation) {
    if (zoneRules != null && installation instanceof RemoteInstallation) {
      installation.close();
      throw new WrongInput(
          "a server holds the folder, and its rules of time zones hold: leave --zone-rules out, or start the server with %s: %s"
              .formatted(ZoneSettings.NAME, zoneRules));
    }
    return installation;
  }

  /**
   * Opens the data, which must exist.
   *
   * @throws Installation.NoData if it does not
   */
  Installation openExisting(String command) {
    if (url != null) {
      return open(command);
    }
    useZoneRules(zoneRules);
    return byItsRules(Installation.openExisting(folder, command));
  }

  /** Returns whether the data is in a database of PostgreSQL, not in the folder. */
  boolean isDatabase() {
    return url != null;
  }

  /** Returns in words where the data is, without the address of a database, which may be secret. */
  String words() {
    return url == null
        ? "the data folder " + folder.toAbsolutePath().normalize()
        : "the PostgreSQL database";
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
    if (folder.equals(usualFolder())) {
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
