package dev.storewatch.demo;

import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * A made-up chain of stores that is polled about once an hour.
 *
 * <p>The same three numbers give the same files, byte for byte, on every machine. The files have
 * what real exports have: stores without hours or without a zone, split and overnight hours, gaps
 * in the polling, repeated and corrected polls, and some rows that cannot be read. Every store is
 * polled at least once.
 *
 * @param stores how many stores, 1 to 1,000,000
 * @param days how many days of polls, 1 to 366; the last ends at {@link #END}
 * @param seed chooses one of the possible fleets
 */
public record Fleet(int stores, int days, long seed) {
  /**
   * The newest poll of every fleet: two days after the clocks go forward in the USA, so that the
   * week before holds a day of 23 hours.
   */
  public static final Instant END = Instant.parse("2026-03-10T18:00:00Z");

  private static final int MOST_STORES = 1_000_000;
  private static final int MOST_DAYS = 366;

  /**
   * Checks the numbers.
   *
   * @throws WrongInput if there are too few or too many stores or days
   */
  public Fleet {
    check("stores", stores, MOST_STORES);
    check("days", days, MOST_DAYS);
  }

  private static void check(String what, int number, int most) {
    if (number < 1 || number > most) {
      throw new WrongInput(
          "a fleet has 1 to "
              + most
              + " "
              + what
              + ", not "
              + number
              + "; for example 2000 stores and 8 days");
    }
  }

  /**
   * Writes the files of the fleet into a directory, which is made if it is missing; files of the
   * same names are replaced.
   *
   * <p>Memory stays the same however large the fleet is.
   *
   * @throws IOException if a file cannot be written
   */
  public FleetFiles writeTo(Path directory) throws IOException {
    Path storeStatus = Files.createDirectories(directory).resolve("store_status.csv");
    Path businessHours = directory.resolve("business_hours.csv");
    Path timezones = directory.resolve("timezones.csv");
    try (OutputStream status = open(storeStatus);
        OutputStream hours = open(businessHours);
        OutputStream zones = open(timezones)) {
      long statusRows = new Export(this, status, hours, zones).write();
      return new FleetFiles(storeStatus, businessHours, timezones, statusRows);
    }
  }

  private static OutputStream open(Path file) throws IOException {
    return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
  }

  /** Returns the time in which the polls lie, the one at {@link #END} aside. */
  Span period() {
    return Span.between(END.minus(Duration.ofDays(days)), END);
  }

  /** Returns the newest poll in microseconds since the epoch. */
  static long end() {
    return Micros.of(END);
  }
}
