package dev.storewatch.report;

import dev.storewatch.csv.RowWriter;
import dev.storewatch.database.Database;
import dev.storewatch.database.DuckDbDatabase;
import dev.storewatch.database.PostgresDatabase;
import dev.storewatch.revision.StoreSet;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where reports and their rows are kept. All instants are microseconds since the epoch. */
public interface Reports {
  /** Returns the reports of a database. */
  static Reports open(Database database, Stores stores) {
    // A switch over types has Java make a class at run time, for which a short command would wait.
    return database instanceof DuckDbDatabase duckDb
        ? new DuckDbReports(duckDb, stores)
        : new PostgresReports((PostgresDatabase) database, stores);
  }

  /**
   * Keeps a new report, queued, with a random id.
   *
   * @param spec what it is about
   * @param asOf its as-of instant, the one of {@code spec}; empty if there was no poll
   * @param origin who requested it, and when
   */
  Report add(ReportSpec spec, OptionalLong asOf, RequestOrigin origin);

  /** Returns the report of an id, if there is one. */
  Optional<Report> find(String id);

  /** Returns the report of a serial number, if there is one. */
  Optional<Report> find(int number);

  /** Returns the report of an id, if there is one that a caller with this scope may see. */
  default Optional<Report> find(String id, Scope scope) {
    return find(id).filter(report -> scope.encloses(report.spec().scope()));
  }

  /** Returns the report of a number, if there is one that a caller with this scope may see. */
  default Optional<Report> find(int number, Scope scope) {
    return find(number).filter(report -> scope.encloses(report.spec().scope()));
  }

  /**
   * Returns the newest report that a caller requested with a key, if there is any.
   *
   * @param since the earliest instant at which it may have been requested
   */
  Optional<Report> findRequested(String by, String key, long since);

  /**
   * Returns reports, the newest first.
   *
   * @param limit the most to return
   * @param before only reports with a lower number
   * @param state only reports in the state of this word; null for all
   * @param scope only reports that a caller with this scope may see
   */
  List<Report> list(int limit, int before, @Nullable String state, Scope scope);

  /** Returns the number of queued reports. */
  int countQueued();

  /**
   * Claims the queued report that has waited longest, if there is any: sets it running, for this
   * process.
   */
  Optional<Report> claim(long at);

  /**
   * Sets a queued report running, for this process.
   *
   * @return whether it was queued until now
   */
  boolean start(int number, long at);

  /**
   * Keeps the rows of a report that this process has claimed and computed, with what was found in
   * their data and the release of its rules of time zones, and sets it complete, all or nothing.
   *
   * @param checksum SHA-256 of the report's full-detail CSV, in hexadecimal
   * @return whether it was running, for this process, until now
   */
  boolean complete(int number, long at, ReportTable rows, String checksum);

  /**
   * Sets a report that this process has claimed failed.
   *
   * @return whether it was running, for this process, until now
   */
  boolean fail(int number, long at, String reason);

  /**
   * Keeps the progress of a report that this process has claimed.
   *
   * @return whether the report is still this process's to compute
   */
  boolean keepProgress(int number, Progress progress);

  /** Returns the progress of a running report, as it was last kept. */
  Optional<Progress> progress(int number);

  /**
   * Returns for the number of each report that exists a text that changes when the report makes
   * progress.
   */
  Map<Integer, String> marks(Set<Integer> numbers);

  /**
   * Puts back into the queue every running report whose process is gone.
   *
   * @return how many there were
   */
  int requeueAbandoned();

  /** Puts back into the queue the running reports of this process, except some. */
  void releaseAllBut(Collection<Integer> numbers);

  /**
   * Returns for the number of each complete report how many of its stores are in a scope now. A
   * deleted store is only in the scope of everything.
   */
  Map<Integer, Integer> countRows(List<Report> reports, Scope scope);

  /** Returns how many complete reports are about any of some stores, as they are now. */
  int countAbout(StoreSet stores);

  /** Returns the stores that a complete report has rows of. */
  StoreSet stores(Report report);

  /**
   * Passes the rows of a complete report to a writer, a few thousand at a time. The writer may be
   * slow, because no connection is held while it writes.
   *
   * @param scope only the rows of stores that are in it now
   * @throws RowsGone if the report was deleted while it was read
   */
  void writeRows(Report report, Scope scope, RowWriter writer);

  /**
   * Deletes a report with its rows.
   *
   * @return whether it existed until now
   */
  boolean delete(int number);

  /**
   * Deletes every complete or failed report that ended before an instant.
   *
   * @return how many there were
   */
  int deleteEndedBefore(long instant);

  /**
   * How far a running report is.
   *
   * @param done stores computed
   * @param total stores to compute
   */
  record Progress(int done, int total) {}

  /** The rows of a report do not exist any more. */
  final class RowsGone extends RuntimeException {
    private static final long serialVersionUID = 1;

    RowsGone(Report report) {
      super(
          "report %s was deleted while its rows were read: ask for a new report"
              .formatted(report.id()));
    }
  }
}
