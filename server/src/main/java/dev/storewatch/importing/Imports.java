package dev.storewatch.importing;

import dev.storewatch.system.Database;
import java.time.Clock;
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

  /** Keeps a run that waits until it is started. */
  void queue(ImportRun run);

  /**
   * Keeps a run that has just begun. One that waited or broke off begins anew, without the wrong
   * rows that were found the last time.
   *
   * @throws RuntimeException if there is one with this id that has ended
   */
  void start(ImportRun run);

  /** Keeps how a run ended: within the transaction that writes its rows when it is complete. */
  void end(ImportRun run);

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

  /** Returns the runs that have not ended, the oldest first. */
  List<ImportRun> unfinished();

  /** Returns the wrong rows of a run after a line, in the order of the file. */
  List<Reject> rejects(String importId, long afterLine, int limit);

  /** Returns how many wrong rows of a run are kept. */
  long countRejects(String importId);

  /**
   * Says of every run that was begun and not ended that it failed: the process that did it is gone.
   *
   * @param resumable tells by its id whether a run can still be done, because its file is there
   */
  void failInterrupted(Predicate<String> resumable);
}
