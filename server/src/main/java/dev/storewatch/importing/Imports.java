package dev.storewatch.importing;

import java.util.List;
import java.util.Optional;

/** Where it is kept what each import did. */
public interface Imports {
  /** Keeps a run that has just begun. */
  void start(ImportRun run);

  /** Keeps how a run ended: within the transaction that writes its rows when it is complete. */
  void end(ImportRun run);

  /** Keeps rows that were wrong. */
  void reject(String importId, List<Reject> rejects);

  /** Returns a run. */
  Optional<ImportRun> find(String id);

  /** Returns the newest runs, the newest first. */
  List<ImportRun> newest(int limit);

  /** Returns the wrong rows of a run after a line, in the order of the file. */
  List<Reject> rejects(String importId, long afterLine, int limit);

  /**
   * Says of every run that was begun and not ended that it failed: the process that did it is gone.
   */
  void failInterrupted();
}
