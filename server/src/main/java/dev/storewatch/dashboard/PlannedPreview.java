package dev.storewatch.dashboard;

import java.util.List;

/**
 * What a planned closure or a special day would change.
 *
 * @param stores how many stores it is of
 * @param days the days whose open time it changes, of all of these stores together
 */
public record PlannedPreview(int stores, List<Day> days) {
  /**
   * A day.
   *
   * @param date the date on the clocks of each store
   * @param before the open time as it is
   * @param after the open time as it would be
   */
  public record Day(String date, String before, String after) {}
}
