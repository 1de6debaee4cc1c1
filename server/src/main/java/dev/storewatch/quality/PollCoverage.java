package dev.storewatch.quality;

import dev.storewatch.hours.Clocks;
import dev.storewatch.hours.LateClose;
import dev.storewatch.interval.Span;
import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.PollScan;
import dev.storewatch.store.Registry;
import dev.storewatch.store.Scope;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The polls of stores against those that were expected. Stores are read a range at a time, so
 * memory is bounded however many there are, and a slow reader holds nothing of the database.
 */
public final class PollCoverage {
  private final Registry registry;
  private final PollScan polls;
  private final Scope scope;
  private final LateClose lateClose;

  /** The polls of the stores of a scope, by the stores and hours of one moment. */
  public PollCoverage(Registry registry, PollScan polls, Scope scope, LateClose lateClose) {
    this.registry = registry;
    this.polls = polls;
    this.scope = scope;
    this.lateClose = lateClose;
  }

  /** Whoever receives stores, one after the other. */
  interface Receiver {
    /**
     * Called with each store.
     *
     * @param slots its slots, which change with the next one
     */
    void take(Coverage store, CoveredStore slots);
  }

  /** Gives all stores of the scope to a receiver, in the order in which they were added. */
  void all(CoverageRequest request, Receiver receiver) {
    int last = registry.size();
    CoveredStore slots = new CoveredStore(request);
    GroupedPolls grouped = new GroupedPolls();
    Clocks clocks = new Clocks(request.period());
    int length = rangeLength(request.period(), last);
    for (int first = 1; first <= last; first += length) {
      int end = Math.min(last, first + length - 1);
      grouped.load(polls, request.period(), first, end);
      for (int key = first; key <= end; key++) {
        if (!registry.isDeleted(key) && scope.includes(registry, key)) {
          receiver.take(read(key, clocks, slots, grouped), slots);
        }
      }
    }
  }

  private int rangeLength(Span period, int stores) {
    long ranges = polls.countRoughly(period) / polls.scanSize() + 1;
    return (int) Math.max(1, stores / ranges);
  }

  /** Returns what was found of some stores. */
  List<Coverage> of(IntStream keys, CoverageRequest request) {
    CoveredStore slots = new CoveredStore(request);
    GroupedPolls grouped = new GroupedPolls();
    Clocks clocks = new Clocks(request.period());
    return keys.mapToObj(
            key -> {
              grouped.load(polls, request.period(), key, key);
              return read(key, clocks, slots, grouped);
            })
        .toList();
  }

  /** Returns the sums over all stores of the scope. */
  public CoverageTotals totals(CoverageRequest request) {
    CoverageTotals[] sum = {CoverageTotals.NONE};
    all(request, (store, _) -> sum[0] = sum[0].and(store));
    return sum[0];
  }

  private Coverage read(int key, Clocks clocks, CoveredStore slots, GroupedPolls grouped) {
    slots.read(
        registry.schedule(key, lateClose).inHours(clocks),
        grouped.array(),
        grouped.from(key),
        grouped.to(key));
    return slots.coverage(registry.id(key), registry.firstPoll(key).isPresent());
  }
}
