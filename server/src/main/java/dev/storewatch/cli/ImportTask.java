package dev.storewatch.cli;

import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.importing.FilesAhead;
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
import java.util.UUID;

/** What the command {@code import} does, however its arguments were read. */
final class ImportTask {
  private final ImportArguments arguments;
  private final OtherServers.Finder processes;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * An import that is wanted.
   *
   * @param processes what finds the other processes of this machine
   * @param out where summaries go
   * @param err where messages go
   */
  ImportTask(
      ImportArguments arguments, OtherServers.Finder processes, PrintWriter out, PrintWriter err) {
    this.arguments = arguments;
    this.processes = processes;
    this.out = out;
    this.err = err;
  }

  /** Returns the exit code. */
  int run() throws IOException {
    ReadOptions options = arguments.reading.options();
    List<Path> files = arguments.files;
    if (files.size() == 1 && LakeImport.isLake(files.getFirst())) {
      return importLake(files.getFirst(), options);
    }
    List<FileKind> kinds = new ArrayList<>();
    for (Path file : files) {
      kinds.add(check(file, options));
    }
    try (FilesAhead ahead = FilesAhead.of(files, kinds, options);
        Installation installation = arguments.data.open("import", ahead)) {
      out.println("into " + arguments.data.words());
      int code =
          importAll(installation, arguments.data.arguments(), files, kinds, options, out, err);
      if (installation instanceof LocalInstallation && !arguments.data.isDatabase()) {
        OtherServers.notes(processes.commands()).forEach(err::println);
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
    try (Installation installation = arguments.data.open("import")) {
      out.println("into " + arguments.data.words());
      List<ImportRun> runs = new ArrayList<>();
      installation.importLake(
          lake,
          run -> {
            runs.add(run);
            out.println(ImportLines.summary(run));
            run.notes().forEach(note -> out.println("  note: " + note));
          });
      for (ImportRun run : runs) {
        showRejects(installation, arguments.data.arguments(), run, out);
      }
      return end(installation, arguments.data.arguments(), runs, err);
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
