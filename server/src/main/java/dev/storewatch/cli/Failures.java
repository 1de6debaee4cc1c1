package dev.storewatch.cli;

import dev.storewatch.StorewatchServer;
import dev.storewatch.access.AccessBook;
import dev.storewatch.access.AccessGate;
import dev.storewatch.alert.ChannelBook;
import dev.storewatch.alert.SecretKeys;
import dev.storewatch.calendar.UnknownEntry;
import dev.storewatch.copy.Copying;
import dev.storewatch.database.DamagedDatabase;
import dev.storewatch.database.DataFolder;
import dev.storewatch.database.DatabaseUnavailable;
import dev.storewatch.database.UnfinishedCopy;
import dev.storewatch.importing.ImportUndo;
import dev.storewatch.importing.UnknownImport;
import dev.storewatch.incident.UnknownItem;
import dev.storewatch.input.WrongInput;
import dev.storewatch.lake.BadLake;
import dev.storewatch.report.FleetReport;
import dev.storewatch.schedule.UnknownSchedule;
import dev.storewatch.source.NameTaken;
import dev.storewatch.source.UnknownProbe;
import dev.storewatch.source.UnknownSource;
import dev.storewatch.store.UnknownStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * What a command prints when it fails: one line if the user can correct it, also the stack trace if
 * only a programmer can.
 */
final class Failures {
  private Failures() {}

  static int explain(Exception failure, CommandLine command, ParseResult parsed) {
    return explain(failure, command.getErr());
  }

  /** Prints what failed, and returns the exit code. */
  static int explain(Exception failure, PrintWriter err) {
    err.println("storewatch: " + sentence(failure) + root(failure));
    if (!isExpected(failure)) {
      failure.printStackTrace(err);
    }
    return isUsage(failure) ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
  }

  /**
   * Returns what began it all, when that is not what the sentence says: libraries put one failure
   * into another, and what helps stands at the end of a long trace.
   */
  private static String root(Exception failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String said = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return isExpected(failure) || failure.getCause() == null || sentence(failure).contains(said)
        ? ""
        : ": " + root.getClass().getSimpleName() + ": " + said;
  }

  /**
   * Returns whether the command line itself is wrong. A store that does not exist is not: whether
   * one does depends on the data, so scripts see the exit code that every other command has for it.
   */
  private static boolean isUsage(Exception failure) {
    return failure instanceof WrongInput && !(failure instanceof FleetReport.UnknownStores);
  }

  private static String sentence(Exception failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "there is no file " + missing.getFile();
      case AccessDeniedException denied -> "no permission to use " + denied.getFile();
      default -> failure.getMessage() == null ? failure.toString() : failure.getMessage();
    };
  }

  private static boolean isExpected(Exception failure) {
    return failure instanceof IOException
        || failure instanceof UncheckedIOException
        || failure instanceof WrongInput
        || failure instanceof DataFolder.InUse
        || failure instanceof DatabaseUnavailable
        || failure instanceof UnfinishedCopy
        || failure instanceof DamagedDatabase
        || failure instanceof Copying.Failed
        || failure instanceof BadLake
        || failure instanceof StorewatchServer.PortInUse
        || failure instanceof AccessGate.Unguarded
        || failure instanceof AccessBook.Unknown
        || failure instanceof AccessBook.Taken
        || failure instanceof ChannelBook.Unknown
        || failure instanceof ChannelBook.Taken
        || failure instanceof SecretKeys.Missing
        || failure instanceof AlertDesk.Unknown
        || failure instanceof Installation.NoData
        || failure instanceof UnknownStore
        || failure instanceof UnknownImport
        || failure instanceof UnknownEntry
        || failure instanceof UnknownItem
        || failure instanceof UnknownSource
        || failure instanceof UnknownSchedule
        || failure instanceof NameTaken
        || failure instanceof UnknownProbe
        || failure instanceof ImportUndo.Impossible
        || failure instanceof RemoteInstallation.Refused;
  }
}
