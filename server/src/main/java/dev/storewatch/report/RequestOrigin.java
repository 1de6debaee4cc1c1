package dev.storewatch.report;

import org.jspecify.annotations.Nullable;

/**
 * Who requested a report, when, and what makes a repeated request count once.
 *
 * @param at when, in microseconds since the epoch
 * @param by the name of the caller; null if it was not recorded
 * @param once what makes the request count once, however often it is sent; null if each one counts
 */
public record RequestOrigin(long at, @Nullable String by, @Nullable Once once) {
  /**
   * What tells that a request is one that was sent before: then no second report is made.
   *
   * @param key the key that the caller chose for it
   * @param request a fingerprint of what is requested: the same key with another one is an error
   */
  public record Once(String key, String request) {}
}
