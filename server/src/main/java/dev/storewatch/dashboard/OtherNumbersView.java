package dev.storewatch.dashboard;

import java.util.List;

/**
 * The uptime of a store as several ways of counting have it.
 *
 * @param id the id of the store
 * @param link the address of its page
 * @param from when the period begins, on the clocks of the store
 * @param to when it ends
 * @param lines a line for each way
 */
public record OtherNumbersView(String id, String link, String from, String to, List<Line> lines) {
  /**
   * What one way of counting comes to.
   *
   * @param name what the way is
   * @param uptime the uptime in percent
   * @param bounds between what it lies; may be empty
   * @param up what counts as up
   * @param down what counts as down
   * @param how how it is counted
   */
  public record Line(
      String name, String uptime, String bounds, String up, String down, String how) {}
}
