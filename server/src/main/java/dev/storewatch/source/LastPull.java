package dev.storewatch.source;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the pulls of a source.
 *
 * @param next when it is pulled next
 * @param etag what the other machine calls the file that was imported last; null if it does not say
 * @param modified when that file was changed, in the words of the other machine; null likewise
 * @param hash what the file has that was imported last; null before the first
 * @param imports how many files were imported
 * @param failures how many pulls have failed since the last that did not
 * @param at when it was pulled last; null before the first time
 * @param outcome how that ended; null before the first time
 * @param detail why it failed; null unless it did
 * @param importId the last import; null before the first
 */
record LastPull(
    Instant next,
    @Nullable String etag,
    @Nullable String modified,
    @Nullable String hash,
    long imports,
    int failures,
    @Nullable Instant at,
    @Nullable Outcome outcome,
    @Nullable String detail,
    @Nullable String importId) {
  private static final int LONGEST = 1_000;

  /** How a pull may end. */
  enum Outcome {
    /** There was a new file, which waits to be imported or is. */
    IMPORTED,
    /** The file is the one that was imported last. */
    UNCHANGED,
    /** There was no file that can be imported. */
    FAILED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns what is known before the first pull. */
  static LastPull none(Instant next) {
    return new LastPull(next, null, null, null, 0, 0, null, null, null, null);
  }

  /** Returns what is known after a new file was taken. */
  LastPull imported(
      String file, @Nullable String tag, @Nullable String changed, String id, Instant now) {
    return new LastPull(now, tag, changed, file, imports + 1, 0, now, Outcome.IMPORTED, null, id);
  }

  /** Returns what is known after the file was the same as before. */
  LastPull unchanged(@Nullable String tag, @Nullable String changed, Instant now) {
    return new LastPull(
        now, tag, changed, hash, imports, 0, now, Outcome.UNCHANGED, null, importId);
  }

  /** Returns what is known after a pull that failed. */
  LastPull failed(String why, Instant now) {
    String told = why.length() > LONGEST ? why.substring(0, LONGEST) + "..." : why;
    return new LastPull(
        now, etag, modified, hash, imports, failures + 1, now, Outcome.FAILED, told, importId);
  }

  /** Returns the same with another time for the next pull. */
  LastPull nextAt(Instant time) {
    return new LastPull(
        time, etag, modified, hash, imports, failures, at, outcome, detail, importId);
  }

  /** Returns what is known when the address has become another one. */
  LastPull elsewhere(Instant time) {
    return new LastPull(time, null, null, null, imports, 0, at, outcome, detail, importId);
  }
}
