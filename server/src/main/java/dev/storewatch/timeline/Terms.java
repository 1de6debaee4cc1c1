package dev.storewatch.timeline;

import dev.storewatch.hours.LateClose;
import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.AsOf;
import dev.storewatch.poll.PollPeriod;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a request by which the time of a store is judged.
 *
 * @param asOf the instant after which nothing is known yet, in microseconds since the epoch
 * @param rule how a status follows from the polls
 * @param lateClose how a closing time of 23:59 or later is read
 */
record Terms(long asOf, Rule rule, LateClose lateClose) {
  /** A reader of the terms of requests. */
  static final class Reader {
    private final Polls polls;
    private final Stores stores;
    private final Clock clock;
    private final LateClose lateCloseOfServer;

    Reader(Polls polls, Stores stores, Clock clock, LateClose lateCloseOfServer) {
      this.polls = polls;
      this.stores = stores;
      this.clock = clock;
      this.lateCloseOfServer = lateCloseOfServer;
    }

    /**
     * Returns the terms of a request.
     *
     * @param scope the stores that the caller may see: the newest poll is one of theirs
     * @throws IllegalArgumentException if one of them is invalid
     */
    Terms read(Scope scope, String asOf, String rule, String carry, @Nullable Boolean lateClose) {
      long now = Micros.of(clock.instant());
      return new Terms(
          AsOf.parse(asOf).resolve(polls, stores, scope, now).orElse(now),
          Rule.of(rule, Rule.parseCarry(carry)),
          lateClose == null ? lateCloseOfServer : LateClose.asMidnight(lateClose));
    }
  }

  /**
   * Returns the period from one instant to another; null when neither is given.
   *
   * @throws IllegalArgumentException if only one is given, one is not an instant, they are not in
   *     order, the period ends after the as-of instant, or it is too long
   */
  @Nullable Span period(@Nullable String from, @Nullable String to) {
    if (from == null && to == null) {
      return null;
    }
    Span period = PollPeriod.parse(from, to);
    if (period.end() > asOf) {
      throw new WrongInput(
          "to is %s, after the as-of instant %s: use an earlier one, or a later as_of, for example as_of=now"
              .formatted(to, Micros.toInstant(asOf)));
    }
    if (period.length() > Micros.of(Window.LONGEST)) {
      throw new WrongInput(
          "the period is longer than %s: use a later from".formatted(Window.LONGEST));
    }
    return period;
  }
}
