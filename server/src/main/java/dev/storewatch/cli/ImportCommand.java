package dev.storewatch.cli;

import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Importer;
import dev.storewatch.importing.Reject;
import dev.storewatch.input.WrongInput;
import dev.storewatch.journal.FileSet;
import dev.storewatch.lake.LakeImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * The command {@code import}, which imports files of polls, business hours, time zones and tags.
 */
@Command(
    name = "import",
    description = {
      "Imports CSV files, and polls in JSON, one on each line; plain, .gz or .zip. The header of a"
          + " CSV file tells what it holds, columns in any order:",
      "  store_id,status,timestamp_utc                     polls",
      "  store_id,day,start_time_local,end_time_local      business hours (0 = Monday)",
      "  store_id,timezone_str                             time zones",
      "  store_id,tag                                      tags, a row for each",
      "  store_id,name,tags                                names and tags (west;big)",
      "  store_id,date,start_time_local,end_time_local     special days",
      "  store_id,from_local,to_local,reason               planned closures",
      "Each file goes in whole; rows that are wrong are counted, kept and shown, and the exit code"
          + " is 3.",
      "A folder that `export --format parquet` wrote is imported by its name alone."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class ImportCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The files, or one such folder.")
  private List<Path> files = List.of();

  @Mixin private DataOption data = new DataOption();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @ParentCommand private @Nullable Storewatch program;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    ReadOptions options = reading.options();
    if (files.size() == 1 && LakeImport.isLake(files.getFirst())) {
      return importLake(files.getFirst(), options);
    }
    List<FileKind> kinds = new ArrayList<>();
    for (Path file : files) {
      kinds.add(check(file, options));
    }
    try (Installation installation = data.open("import")) {
      PrintWriter out = spec.commandLine().getOut();
      PrintWriter err = spec.commandLine().getErr();
      out.println("into " + data.words());
      int code = importAll(installation, data.arguments(), files, kinds, options, out, err);
      if (installation instanceof LocalInstallation && !data.isDatabase()) {
        Storewatch program = Objects.requireNonNull(this.program);
        OtherServers.notes(program.processes().commands()).forEach(err::println);
      }
      return code;
    }
  }

  /** Imports what {@code export} wrote. */
  private int importLake(Path lake, ReadOptions options) throws IOException {
    if (!options.equals(ReadOptions.NONE)) {
      throw new WrongInput(
          "%s was written by export, and says by itself how it is read: leave the options of reading out"
              .formatted(lake));
    }
    try (Installation installation = data.open("import")) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("into " + data.words());
      List<ImportRun> runs = new ArrayList<>();
      installation.importLake(
          lake,
          run -> {
            runs.add(run);
            out.println(ImportLines.summary(run));
            run.notes().forEach(note -> out.println("  note: " + note));
          });
      for (ImportRun run : runs) {
        showRejects(installation, data.arguments(), run, out);
      }
      return end(installation, data.arguments(), runs, spec.commandLine().getErr());
    }
  }

  private static FileKind check(Path file, ReadOptions options) throws IOException {
    if (LakeImport.isLake(file)) {
      throw new WrongInput(
          "%s was written by export: import it by itself, without other files".formatted(file));
    }
    if (Files.isDirectory(file)) {
      throw new IOException(
          file
              + " is a folder: name the files in it, or a folder that `export --format parquet`"
              + " wrote, which has a manifest.json");
    }
    return Importer.check(Files.newInputStream(file), file.toString(), options);
  }

  /**
   * Imports files one after the other and prints what became of each; those of one kind add up.
   *
   * @param kinds what each file holds
   * @return the exit code
   */
  static int importAll(
      Installation installation,
      String dataArguments,
      List<Path> files,
      List<FileKind> kinds,
      ReadOptions options,
      PrintWriter out,
      PrintWriter err)
      throws IOException {
    List<ImportRun> runs = new ArrayList<>();
    String set = UUID.randomUUID().toString();
    for (int i = 0; i < files.size(); i++) {
      boolean more = isMoreToCome(kinds, i);
      ImportRun run = importOne(installation, files.get(i), options, new FileSet(set, more), err);
      out.println(ImportLines.summary(run));
      run.notes().forEach(note -> out.println("  note: " + note));
      runs.add(run);
      showRejects(installation, dataArguments, run, out);
    }
    return end(installation, dataArguments, runs, err);
  }

  /** Tells what to know after all files, because hours often come after polls. */
  private static int end(
      Installation installation, String dataArguments, List<ImportRun> runs, PrintWriter err)
      throws IOException {
    NoticeLines.print(installation.notices(), dataArguments, err);
    return runs.stream().anyMatch(run -> run.counts().rejected() > 0) ? ImportLines.REJECTED : 0;
  }

  /** Returns whether a later file adds up with one. */
  private static boolean isMoreToCome(List<FileKind> kinds, int file) {
    FileKind kind = kinds.get(file).inSet();
    return kinds.subList(file + 1, kinds.size()).stream().anyMatch(later -> later.inSet() == kind);
  }

  private static ImportRun importOne(
      Installation installation, Path file, ReadOptions options, FileSet set, PrintWriter err)
      throws IOException {
    String name = String.valueOf(file.getFileName());
    try (ImportDisplay display = new ImportDisplay(name, Files.size(file), isOnTerminal(), err)) {
      return installation.importFile(file, options, set, display);
    }
  }

  @SuppressWarnings(
      "SystemConsoleNull") // it is null when input or output is redirected, as of Java 25 again
  static boolean isOnTerminal() {
    return System.console() != null;
  }

  private static void showRejects(
      Installation installation, String dataArguments, ImportRun run, PrintWriter out)
      throws IOException {
    for (Reject reject : installation.rejects(run.id(), 0, ImportLines.REJECTS_SHOWN)) {
      out.println("  " + ImportLines.line(reject));
    }
    if (run.counts().rejected() > ImportLines.REJECTS_SHOWN) {
      out.println(
          "  see all of them with: %s imports %s%s"
              .formatted(CalledAs.name(), run.id(), dataArguments));
    }
  }
}
