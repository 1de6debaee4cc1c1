package dev.storewatch.importing;

/**
 * A row that was wrong.
 *
 * @param line the line of the file, counted from 1
 * @param reason what is wrong, and what would be right
 * @param text the line
 */
public record Reject(long line, String reason, String text) {}
