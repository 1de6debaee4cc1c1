package dev.storewatch.cli;

import dev.storewatch.input.WrongInput;
import dev.storewatch.quality.Notice;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/** What the command {@code report} does, however its arguments were read. */
final class ReportTask {
  private final ReportArguments arguments;
  private final PrintStream bytes;
  private final PrintWriter out;
  private final PrintWriter err;

  /**
   * A report that is wanted.
   *
   * @param bytes where rows go: a report is not text to be encoded again
   * @param out where tables for people go
   * @param err where messages go
   */
  ReportTask(ReportArguments arguments, PrintStream bytes, PrintWriter out, PrintWriter err) {
    this.arguments = arguments;
    this.bytes = bytes;
    this.out = out;
    this.err = err;
  }

  /** Returns the exit code. */
  int run() throws IOException {
    arguments.check();
    if (arguments.comparesNow) {
      return compare();
    }
    ReportOptions request = arguments.request();
    if (!arguments.files.isEmpty()) {
      return ofFiles(request);
    }
    try (Installation installation = arguments.data.openExisting("report")) {
      List<Notice> notices = write(installation, request);
      NoticeLines.print(notices, arguments.data.arguments(), err);
      installation.zoneNotices().forEach(notice -> err.println("note: " + notice));
    }
    return 0;
  }

  private int ofFiles(ReportOptions request) throws IOException {
    DataOption.useZoneRules(arguments.data.zoneRules());
    try (LocalFiles files =
        LocalFiles.read(arguments.files, arguments.reading.options(), arguments.rejects)) {
      files.tell(err);
      NoticeLines.print(write(files, request), err);
      files.zoneNotices().forEach(notice -> err.println("note: " + notice));
      return files.exitCode();
    }
  }

  private List<Notice> write(ReportMaker maker, ReportOptions request) throws IOException {
    if (arguments.summary) {
      return new Summary(maker, request).print(out);
    }
    return arguments.output == null
        ? writeToStandardOutput(maker, request)
        : writeToFile(maker, request, arguments.output);
  }

  private int compare() throws IOException {
    if (arguments.id == null) {
      throw new WrongInput(
          "--compare-now compares a report that is kept: name it, for example --id"
              + " 6f1c2f5e-9f5b-4f6e-8f43-0d6f0a8f4c11");
    }
    try (Installation installation = arguments.data.openExisting("report")) {
      ComparisonLines.print(installation.compare(arguments.id), out, err);
    }
    return 0;
  }

  private List<Notice> writeToStandardOutput(ReportMaker maker, ReportOptions request)
      throws IOException {
    List<Notice> notices = maker.report(request, bytes);
    bytes.flush();
    if (bytes.checkError()) {
      throw new IOException("the report could not be written to the end: the reader is gone");
    }
    return notices;
  }

  /**
   * Writes to a file beside it first, so that a reader never sees half a report, and a failure
   * leaves the last report in place.
   *
   * @return what to know about the data that the report rests on
   */
  static List<Notice> writeToFile(ReportMaker maker, ReportOptions request, Path file)
      throws IOException {
    Path target = file.toAbsolutePath();
    if (!Files.isDirectory(target.resolveSibling(""))) {
      throw new IOException("there is no folder for " + file + ": make it first");
    }
    Path partial = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      List<Notice> notices;
      try (OutputStream out = Files.newOutputStream(partial, StandardOpenOption.CREATE_NEW)) {
        notices = maker.report(request, out);
      }
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      return notices;
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
