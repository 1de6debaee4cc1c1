package dev.storewatch.schedule;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was made for a schedule.
 *
 * @param file what it is called as a file, without the end of the name
 * @param end the end of the name: csv, json or pdf
 * @param content the file
 * @param words what a message says of it
 * @param stores how many stores it is about
 * @param from when the time of a summary begins; null for a report
 * @param to when it ends
 * @param report the id of the report; null for a summary
 */
record Made(
    String file,
    String end,
    Content content,
    Words words,
    int stores,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String report) {
  /** What a message says: one line, and a sentence. */
  record Words(String title, String note) {}

  /** The bytes of a file. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Content(byte[] bytes) {}

  /** Returns the name of the file. */
  String name() {
    return file + "." + end;
  }

  /** Returns the media type. */
  String type() {
    return switch (end) {
      case "pdf" -> "application/pdf";
      case "json" -> "application/json";
      default -> "text/csv; charset=utf-8";
    };
  }
}
