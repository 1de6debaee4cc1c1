package dev.storewatch.bench;

import dev.storewatch.importing.FileKind;
import dev.storewatch.importing.Importer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the main job on any three files: {@code ./storewatch bench DIR}. */
@Command(
    name = "storewatch bench",
    description =
        "Measures import and report on the three files in a folder, beside a floor and a query of"
            + " DuckDB alone.",
    mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "A folder with a file of polls, of business hours and of zones.")
  private @Nullable Path folder;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "7",
      description =
          "Counted runs of each measurement, of which the median is printed (default:"
              + " ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Where databases are made and deleted again (default: the temporary folder).")
  private @Nullable Path work;

  /** Measures, and ends the process with 0 when every check held. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    System.exit(new CommandLine(new Bench()).setOut(out).execute(arguments));
  }

  @Command(
      name = "load",
      description =
          "Measures a server under load on a made-up fleet, with its own health end point beside"
              + " it.",
      mixinStandardHelpOptions = true)
  int load(
      @Option(
              names = "--runs",
              paramLabel = "N",
              defaultValue = "5",
              description =
                  "Counted starts, of which the median is printed (default: ${DEFAULT-VALUE}).")
          int starts,
      @Option(
              names = "--work",
              paramLabel = "DIR",
              description = "Where data is made and deleted again (default: the temporary folder).")
          @Nullable Path folderForData)
      throws Exception {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    Path parent =
        folderForData == null ? Path.of(System.getProperty("java.io.tmpdir")) : folderForData;
    Load.run(System.getProperty("storewatch.launcher", "./storewatch"), parent, starts, out);
    return 0;
  }

  @Override
  public Integer call() throws Exception {
    if (folder == null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Name a folder with the three files, for example: storewatch bench DIR");
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    Path parent = work == null ? Path.of(System.getProperty("java.io.tmpdir")) : work;
    Path scratch = Files.createTempDirectory(parent, "storewatch-bench");
    try {
      new MainJob(inputs(folder), scratch, runs, out).measure();
      return 0;
    } finally {
      Scratch.delete(scratch);
    }
  }

  /** Returns the file of each kind, told by its header. */
  private static Inputs inputs(Path folder) throws IOException {
    Map<FileKind, Path> inputs = new EnumMap<>(FileKind.class);
    for (Path file : files(folder)) {
      FileKind kind = Importer.check(Files.newInputStream(file), file.toString());
      Path other = inputs.put(kind, file);
      if (other != null) {
        throw new IllegalArgumentException(
            "%s and %s are of one kind: leave one file of each kind in the folder"
                .formatted(other, file));
      }
    }
    Path polls = inputs.get(FileKind.POLLS);
    Path hours = inputs.get(FileKind.HOURS);
    Path zones = inputs.get(FileKind.ZONES);
    if (polls == null || hours == null || zones == null) {
      throw new IllegalArgumentException(
          "%s has %s: three files are needed, one of polls, one of business hours, one of zones"
              .formatted(folder, inputs.values()));
    }
    return new Inputs(polls, hours, zones);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".csv") || file.toString().endsWith(".csv.gz"))
          .sorted()
          .toList();
    }
  }
}
