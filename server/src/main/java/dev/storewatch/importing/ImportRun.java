package dev.storewatch.importing;

import dev.storewatch.file.FileKind;
import dev.storewatch.poll.RowCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One import of one file.
 *
 * @param id a random id
 * @param source the name of the file
 * @param kind what it holds; null while its header has not been read
 * @param state how far it is
 * @param counts what became of its rows; none before it is complete
 * @param received when it came in
 * @param ended when it was complete or had failed; null before
 * @param error why it failed; null unless it did
 * @param notes what is to be said beside the counts, a sentence each
 */
public record ImportRun(
    String id,
    String source,
    @Nullable FileKind kind,
    State state,
    RowCounts counts,
    Instant received,
    @Nullable Instant ended,
    @Nullable String error,
    List<String> notes) {
  /** Copies the notes. */
  public ImportRun {
    notes = List.copyOf(notes);
  }

  /** An import of which nothing is to be said beside the counts. */
  public ImportRun(
      String id,
      String source,
      @Nullable FileKind kind,
      State state,
      RowCounts counts,
      Instant received,
      @Nullable Instant ended,
      @Nullable String error) {
    this(id, source, kind, state, counts, received, ended, error, List.of());
  }

  /** Returns the import with what is to be said beside its counts. */
  public ImportRun withNotes(List<String> others) {
    return new ImportRun(id, source, kind, state, counts, received, ended, error, others);
  }

  /** How far an import is. */
  public enum State {
    /** Received, and waiting for those before it; it survives a restart. */
    QUEUED,
    /** Being read or written; nothing of it can be seen yet. */
    RUNNING,
    /** All its good rows are in the database. */
    COMPLETE,
    /** Nothing of it is in the database. */
    FAILED
  }

  /** Returns a run that has just come in. */
  static ImportRun of(String id, String source, FileKind kind, State state, Instant now) {
    return new ImportRun(id, source, kind, state, RowCounts.NONE, now, null, null);
  }

  /** Returns how long it took, the time in the queue included; zero while it runs. */
  public Duration took() {
    return ended == null ? Duration.ZERO : Duration.between(received, ended);
  }
}
