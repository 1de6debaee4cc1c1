package dev.storewatch.history;

import dev.storewatch.hours.LateClose;
import dev.storewatch.input.WrongInput;
import dev.storewatch.poll.AsOf;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.Rule;
import org.jspecify.annotations.Nullable;

/**
 * The terms by which figures are asked for, as texts.
 *
 * @param asOf {@code latest}, {@code now} or an instant
 * @param rule {@code nearest} or {@code previous}
 * @param carry the carry limit as an ISO 8601 duration
 * @param lateClose whether 23:59 is read as midnight; null as the server is set
 */
public record AskedTerms(String asOf, String rule, String carry, @Nullable Boolean lateClose) {
  /** Those of nobody who says anything. */
  public static final AskedTerms USUAL = new AskedTerms("latest", "nearest", "PT24H", null);

  /**
   * Returns the terms.
   *
   * @param scope the stores that the caller may see: the newest poll is one of theirs
   * @throws WrongInput if one of them is invalid
   */
  History.Terms read(
      Scope scope, Polls polls, Stores stores, LateClose lateCloseOfServer, long now) {
    Rule read = Rule.of(rule, Rule.parseCarry(carry));
    if (read instanceof Rule.Ratio) {
      throw new WrongInput(
          "the rule ratio has no history: its days do not add up to weeks; use nearest or"
              + " previous");
    }
    return new History.Terms(
        AsOf.parse(asOf).resolve(polls, stores, scope, now).orElse(now),
        read,
        lateClose == null ? lateCloseOfServer : LateClose.asMidnight(lateClose));
  }
}
