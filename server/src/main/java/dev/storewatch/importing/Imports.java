package dev.storewatch.importing;

import dev.storewatch.database.Database;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where it is kept what each import did. */
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
   * Takes the run that has waited longest, if there is any and no process does one of those that
   * waited: sets it running, for this process. So each is written after those that came before it.
   */
  Optional<ImportRun> claim();

  /**
   * Keeps how far a run is that this process does.
   *
   * @return whether it is still this process that is to do it
   */
  boolean keepProgress(String id, Progress progress);

  /** Returns how far a run is that has not ended, as far as that was kept. */
  Optional<Progress> progress(String id);

  /**
   * Puts the runs that this process has claimed and not ended back into the queue, but for some.
   */
  void releaseAllBut(Collection<String> ids);

  /**
   * Keeps a run that has just begun. One that waited or broke off begins anew, without the wrong
   * rows that were found the last time.
   *
   * @throws RuntimeException if there is one with this id that has ended
   */
  void start(ImportRun run);

  /**
   * Keeps how a run ended: within the transaction that writes its rows when it is complete.
   *
   * @return whether it had not ended until now, and no other process has taken it over
   */
  boolean end(ImportRun run);

  /** Keeps rows that were wrong. */
  void reject(String importId, List<Reject> rejects);

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
   * Puts every run whose process does not work any more back into the queue if its file is there;
   * of others it is kept that they failed.
   *
   * @param resumable tells by its id whether the file of a run is there
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
