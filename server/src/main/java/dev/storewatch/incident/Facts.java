package dev.storewatch.incident;

import dev.storewatch.outage.KeptOutage;
import dev.storewatch.store.Registry;
import java.util.Map;

/**
 * What is known of all stores at an instant, on which findings rest.
 *
 * @param registry the stores
 * @param now the instant, in microseconds since the epoch
 * @param hours which of them are open
 * @param polls when they were polled last
 * @param ongoing the outages that go on, by the keys of their stores
 * @param begun how many outages began at stores within the time of the rule on flapping, where
 *     there were several
 * @param lowUptimes the uptime in percent of stores where it is lower than the rule allows
 */
record Facts(
    Registry registry,
    long now,
    OpenNow hours,
    LastPolls polls,
    Map<Integer, KeptOutage> ongoing,
    Map<Integer, Integer> begun,
    Map<Integer, Double> lowUptimes) {
  /** Returns whether something may begin to be told of a store by its hours. */
  boolean mayTell(int key, long closingSoon) {
    return hours.isOpen(key) && hours.untilClosing(key) > closingSoon;
  }
}
