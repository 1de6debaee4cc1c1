package dev.storewatch.demo;

import dev.storewatch.interval.Micros;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The last day of a fleet's polls, to be played poll by poll, and the days before it as a file. A
 * day is small enough for memory.
 *
 * @param before the file of the polls before the day, with all rows that cannot be read
 * @param polls the polls of the day in the order of their instants
 */
public record PlayedDay(Path before, List<Poll> polls) {
  /** When the day begins, in microseconds since the epoch. */
  public static final long START = Micros.of(Fleet.END.minus(Duration.ofDays(1)));

  /** When it ends. */
  public static final long END = Micros.of(Fleet.END);

  /**
   * A poll.
   *
   * @param store the id of the store
   * @param active whether it was online
   * @param at when, in microseconds since the epoch
   */
  public record Poll(String store, boolean active, long at) {}

  /** Copies the list. */
  public PlayedDay {
    polls = List.copyOf(polls);
  }

  /**
   * Divides the polls of a fleet.
   *
   * @param folder where the file of the days before is written
   */
  public static PlayedDay of(FleetFiles files, Path folder) throws IOException {
    Path before = folder.resolve("store_status_before.csv");
    List<Poll> day = new ArrayList<>();
    // Rows that are in no encoding are copied byte by byte.
    try (BufferedReader in =
            Files.newBufferedReader(files.storeStatus(), StandardCharsets.ISO_8859_1);
        BufferedWriter out = Files.newBufferedWriter(before, StandardCharsets.ISO_8859_1)) {
      for (String row = in.readLine(); row != null; row = in.readLine()) {
        OptionalLong at = instant(row);
        if (at.isPresent() && at.getAsLong() > START && isPoll(row)) {
          day.add(poll(row, at.getAsLong()));
        } else {
          out.write(row);
          out.write('\n');
        }
      }
    }
    day.sort(Comparator.comparingLong(Poll::at));
    return new PlayedDay(before, day);
  }

  private static OptionalLong instant(String row) {
    String text = row.substring(row.lastIndexOf(',') + 1);
    try {
      Instant instant = Instant.parse(text.replace(" UTC", "Z").replace(' ', 'T'));
      return OptionalLong.of(Micros.of(instant));
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static boolean isPoll(String row) {
    String status = status(row);
    return (status.equals("active") || status.equals("inactive")) && !row.startsWith(",");
  }

  private static String status(String row) {
    int end = row.lastIndexOf(',');
    return row.substring(row.lastIndexOf(',', end - 1) + 1, end);
  }

  private static Poll poll(String row, long at) {
    String status = status(row);
    String id = row.substring(0, row.lastIndexOf("," + status));
    boolean isQuoted = id.startsWith("\"") && id.endsWith("\"");
    String store = isQuoted ? id.substring(1, id.length() - 1).replace("\"\"", "\"") : id;
    byte[] bytes = store.getBytes(StandardCharsets.ISO_8859_1);
    return new Poll(new String(bytes, StandardCharsets.UTF_8), status.equals("active"), at);
  }
}
