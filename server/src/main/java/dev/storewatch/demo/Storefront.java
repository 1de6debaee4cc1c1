package dev.storewatch.demo;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.SpanSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One store as the chain has it on record.
 *
 * @param id its id
 * @param zone its zone, null if none is on record
 * @param hours its opening hours in no order, empty if none are on record
 */
record Storefront(String id, @Nullable Zone zone, List<OpeningInterval> hours) {
  private static final List<String> STREETS =
      List.of("Main St", "Oak Ave", "2nd St", "Airport, Gate B", "Café Row", "\"The Dock\"");

  /** Draws the store with a number, counted from 1; the number makes a name unique. */
  static Storefront draw(Dice dice, int number) {
    String id = number % 100 == 42 ? name(dice, number) : digits(dice);
    return new Storefront(id, Zones.draw(dice), Hours.draw(dice));
  }

  private static String name(Dice dice, int number) {
    String digits = Integer.toString(number);
    return "store-"
        + "0".repeat(Math.max(0, 3 - digits.length()))
        + digits
        + " "
        + dice.pick(STREETS);
  }

  /** Returns 16 to 19 digits, so many that no two stores of a fleet draw the same. */
  private static String digits(Dice dice) {
    return Long.toString(dice.between(1_000_000_000_000_000L, Long.MAX_VALUE));
  }

  /** Returns when the store is open, all the time if no hours are on record. */
  SpanSet open(Clocks clocks) {
    WeeklyHours week = hours.isEmpty() ? WeeklyHours.always() : WeeklyHours.of(hours);
    Zone known = zone == null ? Schedule.defaultZone() : zone;
    return new Schedule(week, known).open(clocks);
  }
}
