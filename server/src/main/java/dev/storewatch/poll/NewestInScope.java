package dev.storewatch.poll;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import dev.storewatch.uptime.PackedPoll;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalLong;

/**
 * The newest poll of the stores of a scope. It is searched back from an instant, over periods that
 * double in length from one of the fleet's polls to the one before: stores that are polled at the
 * same time as the others cost one look at an hour, and a gap of years costs nothing.
 */
final class NewestInScope {
  private static final long FIRST_LOOK = Micros.of(Duration.ofHours(1));

  private final PollScan polls;
  private final BitSet stores = new BitSet();

  /** The earliest poll of these stores: there is nothing to find before it. */
  private final long earliest;

  private long newest = Long.MIN_VALUE;

  NewestInScope(PollScan polls, Registry registry, Scope scope) {
    this.polls = polls;
    Arrays.stream(registry.keysById())
        .filter(key -> scope.includes(registry, key) && registry.firstPoll(key).isPresent())
        .forEach(stores::set);
    this.earliest =
        stores.stream()
            .mapToLong(key -> registry.firstPoll(key).orElseThrow())
            .min()
            .orElse(Long.MAX_VALUE);
  }

  /**
   * Returns its instant in microseconds since the epoch, if there is any.
   *
   * @param notAfter the last instant that it may have
   */
  OptionalLong find(long notAfter) {
    long last = notAfter;
    for (long length = FIRST_LOOK; last >= earliest; length *= 2) {
      OptionalLong ofFleet = polls.newest(last);
      if (ofFleet.isEmpty()) {
        return OptionalLong.empty();
      }
      Span period = new Span(ofFleet.getAsLong() + 1 - length, ofFleet.getAsLong() + 1);
      look(period);
      if (newest > Long.MIN_VALUE) {
        return OptionalLong.of(newest);
      }
      last = period.start() - 1;
    }
    return OptionalLong.empty();
  }

  private void look(Span period) {
    polls.scan(
        period,
        stores.nextSetBit(0),
        stores.length() - 1,
        (store, poll) -> {
          if (stores.get(store)) {
            newest = Math.max(newest, PackedPoll.at(poll));
          }
        });
  }
}
