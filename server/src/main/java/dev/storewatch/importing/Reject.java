package dev.storewatch.importing;

/**
 * A row that was wrong.
 *
 * @param line the line of the file, counted from 1; of what is no file, its number there
 * @param reason what is wrong, and what would be right
 * @param text the line
 */
public record Reject(long line, String reason, String text) {
  /** Before all lines: those of a file are counted from 1, but offsets of Kafka from 0. */
  public static final long BEFORE_ALL = -1;
}
