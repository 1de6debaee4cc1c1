package dev.storewatch.report;

import org.jspecify.annotations.Nullable;

/**
 * How a report came to be asked for.
 *
 * @param at when, in microseconds since the epoch
 * @param by the name of whoever asked; null if that was not written down
 * @param once what makes the request count once, however often it is sent; null if each counts
 */
public record Asking(long at, @Nullable String by, @Nullable Once once) {
  /**
   * A request that may be sent again without asking for another report.
   *
   * @param key the key that the caller chose for it
   * @param order what tells its order from others
   */
  public record Once(String key, String order) {}
}
