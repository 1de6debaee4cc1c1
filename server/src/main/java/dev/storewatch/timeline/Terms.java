package dev.storewatch.timeline;

import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Micros;
import dev.storewatch.poll.AsOf;
import dev.storewatch.poll.Polls;
import dev.storewatch.store.LocalDates;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.store.Stores;
import dev.storewatch.uptime.Rule;
import dev.storewatch.window.Window;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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
     * Returns the date by which yesterday and the like are known at an instant: the earliest at
     * some stores.
     *
     * @param scope the stores that the caller may see
     * @param tags the tags that the stores have, all of them
     */
    LocalDate today(Scope scope, List<String> tags, long at) {
      Registry registry = stores.registry();
      IntStream keys =
          Arrays.stream(registry.keysById())
              .filter(key -> scope.includes(registry, key))
              .filter(key -> registry.tags(key).containsAll(tags));
      return LocalDates.earliest(registry, keys, at);
    }

    /** Returns the date at a store at an instant, if there is one of that id in the scope. */
    LocalDate today(Scope scope, String storeId, long at) {
      Registry registry = stores.registry();
      return LocalDates.earliest(registry, scope.key(registry, storeId).stream(), at);
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
   * Returns the period between two ends, instants or dates; null when neither is given.
   *
   * @throws IllegalArgumentException if only one is given, they are not of one kind or not in
   *     order, the period is not known at the as-of instant, or it is too long
   */
  @Nullable Window period(@Nullable String from, @Nullable String to) {
    if (from == null && to == null) {
      return null;
    }
    Window period = Window.between(from, to);
    period.requireKnown(asOf);
    return period;
  }
}
