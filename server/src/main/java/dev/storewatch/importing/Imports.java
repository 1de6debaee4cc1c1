package dev.storewatch.importing;

import dev.storewatch.database.Database;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The record of what each import did. */
public interface Imports {
  /** Returns the imports of a database; the clock tells when interrupted runs were found. */
  static Imports open(Database database, Clock clock) {
    return new SqlImports(database, clock);
  }

  /**
   * Keeps a run that waits until it is started.
   *
   * @param bytes the bytes of its file as it was sent
   */
  void queue(ImportRun run, long bytes);

  /**
   * Claims the run that has waited longest, if there is any and no process works on another one
   * that waited: sets it running, for this process. So each is written after those that came before
   * it.
   */
  Optional<ImportRun> claim();

  /**
   * Keeps the progress of a run that this process has claimed.
   *
   * @return whether the run is still this process's to do
   */
  boolean keepProgress(String id, Progress progress);

  /** Returns the progress of a run that has not ended, as it was last kept. */
  Optional<Progress> progress(String id);

  /** Puts back into the queue the runs that this process has claimed and not ended, except some. */
  void releaseAllBut(Collection<String> ids);

  /**
   * Keeps a run that has just begun. One that waited or broke off begins anew, without the wrong
   * rows that were found the last time.
   *
   * @throws RuntimeException if there is one with this id that has ended
   */
  void start(ImportRun run);

  /**
   * Keeps how a run ended; if it is complete, within the transaction that writes its rows.
   *
   * @return whether it had not ended until now, and no other process has taken it over
   */
  boolean end(ImportRun run);

  /**
   * Keeps that what a run changed was taken back, within the transaction that does so.
   *
   * @return whether it was complete until now
   */
  boolean undo(ImportRun run);

  /** Keeps rows that were wrong. */
  void reject(String importId, List<Reject> rejects);

  /**
   * Keeps the header of a file, within the transaction that writes its rows.
   *
   * @param header the lines above the rows that were wrong
   */
  void keepHeader(String importId, String header);

  /**
   * Returns the header of the file of a run, without the end of its last line; empty if no row was
   * wrong, or it has none, as a file of JSON, or its rows stood below several.
   */
  Optional<String> header(String importId);

  /** Returns a run. */
  Optional<ImportRun> find(String id);

  /**
   * Returns the newest runs, the newest first.
   *
   * @param afterId the run whose followers are returned; null for the first ones
   */
  List<ImportRun> newest(int limit, @Nullable String afterId);

  /** Returns how many runs wait, of all processes. */
  int countQueued();

  /** Returns the runs that have not ended, the oldest first. */
  List<ImportRun> unfinished();

  /** Returns the wrong rows of a run after a line, in the order of the file. */
  List<Reject> rejects(String importId, long afterLine, int limit);

  /** Returns how many wrong rows of a run are kept. */
  long countRejects(String importId);

  /**
   * Puts back into the queue every run whose process is gone and whose file still exists; those
   * without a file are kept as failed.
   *
   * @param resumable tells by the id of a run whether its file exists
   * @return how many were put back
   */
  int recover(Predicate<String> resumable);

  /**
   * How far an import is.
   *
   * @param bytes the bytes of the file as it was sent
   * @param bytesRead how many of them have been read
   * @param rowsRead the rows read, rejected ones included
   */
  record Progress(long bytes, long bytesRead, long rowsRead) {}
}
