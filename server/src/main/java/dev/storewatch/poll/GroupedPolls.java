package dev.storewatch.poll;

import dev.storewatch.interval.Span;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The polls of a period of some stores, those of one store together and in order.
 *
 * <p>The database gives them in whatever order is cheapest for it, and a counting sort brings them
 * together, which takes less time than sorting in the database. The memory is used again for the
 * next range of stores.
 */
public final class GroupedPolls {
  private final PollRows scanned = new PollRows(0);
  private long[] polls = new long[0];
  private int[] ends = new int[0];
  private int firstKey;

  /** Where each store's polls begin, if not where those of the store before it end. */
  private int @Nullable [] starts;

  /**
   * Reads the polls of a period of the stores with keys from {@code firstKey} to {@code lastKey}.
   */
  public void load(PollScan source, Span period, int firstKey, int lastKey) {
    if (source.show(period, firstKey, lastKey, this)) {
      return;
    }
    scanned.clear();
    source.scan(period, firstKey, lastKey, scanned::add);
    group(scanned, firstKey, lastKey);
    for (int key = firstKey; key <= lastKey; key++) {
      Arrays.sort(polls, from(key), to(key));
    }
  }

  /**
   * Takes polls that are together and in order already.
   *
   * @param array holds them, and perhaps others; not copied
   * @param from where the polls of each store begin, the first at 0; not copied
   * @param to where they end
   */
  public void take(int first, long[] array, int[] from, int[] to) {
    firstKey = first;
    polls = array;
    starts = from;
    ends = to;
  }

  /**
   * Brings the polls of each store together, each store's in the order in which they were given.
   */
  public void group(PollRows rows, int firstKey, int lastKey) {
    this.firstKey = firstKey;
    if (starts != null) {
      // The arrays are somebody else's.
      starts = null;
      polls = new long[0];
      ends = new int[0];
    }
    int stores = lastKey - firstKey + 1;
    if (polls.length < rows.size()) {
      polls = new long[rows.size()];
    }
    // The entry of a store is first the number of its polls, then the place of its next poll, and
    // at last the end of its polls.
    ends = ends.length < stores + 1 ? new int[stores + 1] : ends;
    Arrays.fill(ends, 0, stores + 1, 0);
    for (int i = 0; i < rows.size(); i++) {
      ends[rows.store(i) - firstKey + 1]++;
    }
    for (int i = 1; i <= stores; i++) {
      ends[i] += ends[i - 1];
    }
    for (int i = 0; i < rows.size(); i++) {
      polls[ends[rows.store(i) - firstKey]++] = rows.poll(i);
    }
  }

  /**
   * Returns the array that holds the polls, packed as {@link dev.storewatch.uptime.PackedPoll}
   * says; not a copy.
   */
  public long[] array() {
    return polls;
  }

  /** Returns where a store's polls begin. */
  public int from(int key) {
    if (starts != null) {
      return starts[key - firstKey];
    }
    return key == firstKey ? 0 : ends[key - firstKey - 1];
  }

  /** Returns where a store's polls end. */
  public int to(int key) {
    return ends[key - firstKey];
  }
}
