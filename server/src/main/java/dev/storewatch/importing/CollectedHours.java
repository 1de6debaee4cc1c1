package dev.storewatch.importing;

import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.PollRows;
import dev.storewatch.poll.PollTransaction;
import dev.storewatch.poll.RowCounts;
import dev.storewatch.poll.StoreKeys;
import dev.storewatch.store.Registry;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The business hours of a file, which replace all hours that its stores had.
 *
 * <p>A row is repeated when the store had the same interval, or the file names it twice; otherwise
 * it is replaced when the store had any hours, and added when it had none.
 */
final class CollectedHours implements CollectedRows {
  /**
   * How many rows come in before repeated ones are thrown out again, so that a file that repeats
   * itself does not fill the memory: a week's minutes allow few distinct rows.
   */
  private static final int ROUND = 1 << 20;

  /**
   * Pairs of a store and a packed interval, in the list and the sort that polls use: both are a
   * number for a store.
   */
  private PollRows rows = new PollRows(1024);

  private int nextRound = ROUND;
  private int largestStore = -1;
  private long thrownOut;

  @Override
  public void hours(int store, int day, int opens, int closes) {
    if (rows.size() == nextRound) {
      rows = distinct();
      nextRound = rows.size() + ROUND;
    }
    rows.add(store, Registry.PackedHours.pack(day, opens, closes));
    largestStore = Math.max(largestStore, store);
  }

  private PollRows distinct() {
    GroupedPolls byStore = grouped();
    PollRows distinct = new PollRows(rows.size());
    for (int store = 0; store <= largestStore; store++) {
      for (long interval : intervals(byStore, store)) {
        distinct.add(store, interval);
      }
    }
    thrownOut += rows.size() - distinct.size();
    return distinct;
  }

  private GroupedPolls grouped() {
    GroupedPolls byStore = new GroupedPolls();
    byStore.group(rows, 0, largestStore);
    return byStore;
  }

  private static long[] intervals(GroupedPolls byStore, int store) {
    return Arrays.stream(byStore.array(), byStore.from(store), byStore.to(store))
        .sorted()
        .distinct()
        .toArray();
  }

  @Override
  public void write(PollTransaction in, Registry before, StoreKeys keys, RowCounts.Tally tally) {
    if (largestStore < 0) {
      return;
    }
    GroupedPolls byStore = grouped();
    PollRows changed = new PollRows(0);
    tally.repeated(thrownOut);
    for (int store = 0; store <= largestStore; store++) {
      long[] intervals = intervals(byStore, store);
      tally.repeated(byStore.to(store) - byStore.from(store) - intervals.length);
      if (intervals.length > 0 && differs(before, keys.key(store), intervals, tally)) {
        for (long interval : intervals) {
          changed.add(keys.key(store), interval);
        }
      }
    }
    if (changed.size() > 0) {
      in.stores()
          .replaceHours(
              IntStream.range(0, changed.size()).map(changed::store).toArray(),
              IntStream.range(0, changed.size()).mapToLong(changed::poll).toArray());
    }
  }

  /** Counts a store's intervals, and returns whether they differ from what it had. */
  private static boolean differs(
      Registry registry, int key, long[] intervals, RowCounts.Tally tally) {
    long[] had = key <= registry.size() ? registry.packedHours(key) : new long[0];
    long same =
        Arrays.stream(intervals)
            .filter(interval -> Arrays.binarySearch(had, interval) >= 0)
            .count();
    tally.repeated(same);
    if (had.length == 0) {
      tally.added(intervals.length);
    } else {
      tally.replaced(intervals.length - same);
    }
    return !Arrays.equals(had, intervals);
  }
}
