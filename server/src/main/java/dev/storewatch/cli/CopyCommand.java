package dev.storewatch.cli;

import dev.storewatch.copy.CopyResult;
import dev.storewatch.copy.Copying;
import dev.storewatch.copy.Place;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.DatabaseSettings;
import dev.storewatch.input.WrongInput;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code copy}, which copies a whole installation to another place. */
@Command(
    name = "copy",
    description = {
      "Copies a whole installation from a data folder to a PostgreSQL database, back, or between"
          + " two of a kind, and compares both. No server may use either meanwhile.",
      "The target must be empty. A copy that was broken off goes on when the same command runs"
          + " again; until it is complete, nothing else works with the target."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CopyCommand implements Callable<Integer> {
  private static final String WHERE =
      "a data folder, or a PostgreSQL database, for example"
          + " jdbc:postgresql://db.example.com/storewatch";

  @Option(
      names = "--from",
      required = true,
      paramLabel = "DIR|URL",
      description = "Where the installation is: " + WHERE + ".")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR|URL",
      description = {
        "Where it is to be: " + WHERE + ".",
        "Name and password of a database are those of the address, else"
            + " STOREWATCH_DATABASE_USERNAME and STOREWATCH_DATABASE_PASSWORD of the environment."
      })
  private String to = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (isSame()) {
      throw new WrongInput(
          "--from and --to are the same: name an empty folder or database with --to");
    }
    if (!isDatabase(from) && !Files.isDirectory(Path.of(from))) {
      throw new Installation.NoData(Path.of(from));
    }
    try (Place source = open(from, Place::toCopyFrom);
        Place target = open(to, Place::toCopyTo);
        CopyDisplay display =
            new CopyDisplay(ImportTask.isOnTerminal(), spec.commandLine().getErr())) {
      show(new Copying(source, target, display).run(), spec.commandLine().getOut());
    }
    return 0;
  }

  private boolean isSame() {
    if (isDatabase(from) || isDatabase(to)) {
      return from.equals(to);
    }
    return path(from).equals(path(to));
  }

  private static Path path(String folder) {
    return Path.of(folder).toAbsolutePath().normalize();
  }

  private static boolean isDatabase(String place) {
    return place.startsWith("jdbc:");
  }

  private static Place open(String place, BiFunction<DataFolder, DatabaseSettings, Place> opening) {
    DatabaseSettings settings =
        isDatabase(place) ? DataOption.database(place) : DatabaseSettings.inDataFolder();
    DataFolder folder =
        isDatabase(place) ? DataFolder.temporary("copy") : DataFolder.take(Path.of(place), "copy");
    try {
      return opening.apply(folder, settings);
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  private static void show(CopyResult result, PrintWriter out) {
    int width = result.tables().stream().mapToInt(line -> line.name().length()).max().orElse(0);
    String name = "%-" + Math.max(width, "table".length()) + "s";
    out.printf(Locale.ROOT, name + "%14s  %s%n", "table", "rows", "checksum");
    for (CopyResult.Line line : result.tables()) {
      out.printf(Locale.ROOT, name + "%,14d  %016x%n", line.name(), line.rows(), line.checksum());
    }
    double copying = result.copying().toNanos() / 1e9;
    out.printf(
        Locale.ROOT,
        "%,d rows copied%s in %.1f s (%,.0f rows/s), both sides compared in %.1f s: they are the"
            + " same%n",
        result.rows(),
        result.resumed() ? ", the others were there," : "",
        copying,
        result.rows() / copying,
        result.comparing().toNanos() / 1e9);
  }
}
