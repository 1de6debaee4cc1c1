package dev.storewatch.cli;

import dev.storewatch.csv.CsvFields;
import dev.storewatch.direct.FilesReport;
import dev.storewatch.file.FileKind;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.importing.ImportRun;
import dev.storewatch.importing.Importer;
import dev.storewatch.importing.Reject;
import dev.storewatch.lake.LakeImport;
import dev.storewatch.quality.Notice;
import dev.storewatch.store.ZoneSettings;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Files that a report is made of, without a data folder. */
final class LocalFiles implements ReportMaker, AutoCloseable {
  private final FilesReport read;
  private final List<List<Reject>> shown;

  private LocalFiles(FilesReport read, List<List<Reject>> shown) {
    this.read = read;
    this.shown = shown;
  }

  /**
   * Reads files.
   *
   * @param rejects gets all rows that are wrong; null if nobody wants them
   * @throws IOException if a file is none that import would read, or cannot be read to its end
   */
  static LocalFiles read(List<Path> files, ReadOptions options, @Nullable Path rejects)
      throws IOException {
    return read(FilesReport.Plan.usual(), files, options, rejects);
  }

  /** Reads files as a plan says. */
  static LocalFiles read(
      FilesReport.Plan plan, List<Path> files, ReadOptions options, @Nullable Path rejects)
      throws IOException {
    List<FileKind> kinds = new ArrayList<>();
    for (Path file : files) {
      kinds.add(check(file, options));
    }
    List<List<Reject>> shown = files.stream().<List<Reject>>map(file -> new ArrayList<>()).toList();
    try (RejectFile all = rejects == null ? null : new RejectFile(rejects)) {
      FilesReport read =
          FilesReport.read(
              plan,
              Clock.systemUTC(),
              files,
              kinds,
              options,
              (file, reject) -> {
                if (shown.get(file).size() < ImportLines.REJECTS_SHOWN) {
                  shown.get(file).add(reject);
                }
                if (all != null) {
                  all.write(files.get(file), reject);
                }
              });
      if (all != null) {
        all.finish();
      }
      return new LocalFiles(read, shown);
    }
  }

  private static FileKind check(Path file, ReadOptions options) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(
          LakeImport.isLake(file)
              ? file + " was written by export: import it, and report on the data folder"
              : file + " is a folder: name the files in it");
    }
    return Importer.check(Files.newInputStream(file), file.toString(), options);
  }

  /** A file of rows that are wrong, which is there once all are written. */
  private static final class RejectFile implements AutoCloseable {
    private final Path target;
    private final Path partial;
    private final BufferedWriter out;

    RejectFile(Path target) throws IOException {
      this.target = target.toAbsolutePath();
      if (!Files.isDirectory(this.target.resolveSibling(""))) {
        throw new IOException("there is no folder for " + target + ": make it first");
      }
      this.partial =
          this.target.resolveSibling(this.target.getFileName() + "." + UUID.randomUUID() + ".part");
      this.out = Files.newBufferedWriter(partial, StandardOpenOption.CREATE_NEW);
      out.write("file,line,reason,text\n");
    }

    void write(Path file, Reject reject) throws IOException {
      out.write(
          "%s,%d,%s,%s\n"
              .formatted(
                  CsvFields.of(String.valueOf(file.getFileName())),
                  reject.line(),
                  CsvFields.of(reject.reason()),
                  CsvFields.of(reject.text())));
    }

    void finish() throws IOException {
      out.close();
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
      try (out) {
        Files.deleteIfExists(partial);
      }
    }
  }

  /** Tells what became of each file, as import does. */
  void tell(PrintWriter out) {
    for (int file = 0; file < shown.size(); file++) {
      ImportRun run = read.runs().get(file);
      out.println(ImportLines.summary(run));
      run.notes().forEach(note -> out.println("  note: " + note));
      shown.get(file).forEach(reject -> out.println("  " + ImportLines.line(reject)));
      if (run.counts().rejected() > ImportLines.REJECTS_SHOWN) {
        out.println("  see all of them with: --rejects FILE");
      }
    }
  }

  /** Returns the exit code that an import of the files would have. */
  int exitCode() {
    return read.runs().stream().anyMatch(run -> run.counts().rejected() > 0)
        ? ImportLines.REJECTED
        : 0;
  }

  @Override
  public List<Notice> report(ReportOptions request, OutputStream out) {
    return new ReportWriting(read.fleetReport(), read.stores(), read.polls(), read.clock())
        .write(request, null, out);
  }

  /** Returns what is to be said of the rules of time zones. */
  List<String> zoneNotices() {
    return ZoneSettings.notices();
  }

  @Override
  public void close() throws IOException {
    read.close();
  }
}
