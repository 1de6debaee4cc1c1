package dev.storewatch.importing;

import dev.storewatch.file.FileKind;
import dev.storewatch.file.OptionWords;
import dev.storewatch.file.ReadOptions;
import dev.storewatch.journal.FileSet;
import dev.storewatch.poll.RowCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
 * @param options how its file is read where it does not say so itself
 * @param set the files that it is brought together with; null for a file by itself
 * @param notes what whoever brought it should know, as sentences without a full stop; none before
 *     it is complete
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
    ReadOptions options,
    @Nullable FileSet set,
    List<String> notes) {
  /** How far an import is. */
  public enum State {
    /** Received, and waiting for those before it; it survives a restart. */
    QUEUED,
    /** Being read or written; nothing of it can be seen yet. */
    RUNNING,
    /** All its good rows are in the database. */
    COMPLETE,
    /** Nothing of it is in the database. */
    FAILED,
    /** It was complete, and all that it changed was taken back. */
    UNDONE
  }

  /** What the names of files from the watched folder begin with. */
  public static final String INBOX = "inbox/";

  /** What the names of files from addresses that are pulled begin with. */
  public static final String PULLED = "source/";

  /** Copies the notes. */
  public ImportRun {
    notes = List.copyOf(notes);
  }

  /** Returns a run that has just come in. */
  static ImportRun of(ImportOrder order, FileKind kind, State state, Instant now) {
    return new ImportRun(
        order.id(),
        order.source(),
        kind,
        state,
        RowCounts.NONE,
        now,
        null,
        null,
        order.options(),
        order.set(),
        List.of());
  }

  /** Returns what was asked for, when it comes out of the queue. */
  ImportOrder order() {
    return new ImportOrder(id, source, options.in(words()), set);
  }

  /**
   * Returns how the file came, if nobody brought it: {@code inbox}, or {@code source/NAME} of an
   * address that is pulled; null for others.
   */
  @Nullable String cameBy() {
    if (source.startsWith(INBOX)) {
      return INBOX.substring(0, INBOX.length() - 1);
    }
    return source.startsWith(PULLED) ? source : null;
  }

  /** Returns where it is said how the file is read, which is not kept with the options. */
  private OptionWords words() {
    if (source.startsWith(INBOX)) {
      return OptionWords.INBOX;
    }
    return source.startsWith(PULLED) ? OptionWords.SOURCE : OptionWords.COMMAND;
  }

  /** Returns this run when all its good rows are in the database. */
  ImportRun complete(RowCounts rows, Instant now, List<String> told) {
    return new ImportRun(
        id, source, kind, State.COMPLETE, rows, received, now, null, options, set, told);
  }

  /** Returns this run when it has failed. */
  ImportRun failed(String reason, Instant now) {
    return new ImportRun(
        id,
        source,
        kind,
        State.FAILED,
        RowCounts.NONE,
        received,
        now,
        reason,
        options,
        set,
        List.of());
  }

  /** Returns this run when all that it changed was taken back. */
  ImportRun undone(String note) {
    List<String> told = new ArrayList<>(notes);
    told.add(note);
    return new ImportRun(
        id, source, kind, State.UNDONE, counts, received, ended, null, options, set, told);
  }

  /** Returns how long it took, the time in the queue included; zero while it runs. */
  public Duration took() {
    return ended == null ? Duration.ZERO : Duration.between(received, ended);
  }
}
