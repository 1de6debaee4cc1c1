package dev.storewatch.incident;

import java.util.Map;

/** Where the uptime of stores is known that is lower than the rule allows. */
interface LowUptimes {
  /** No uptime is too low. */
  LowUptimes NONE = now -> Map.of();

  /**
   * Returns the uptime in percent of the stores where it is too low, by their keys.
   *
   * @param now the end of the time of which it is, in microseconds since the epoch
   */
  Map<Integer, Double> at(long now);
}
