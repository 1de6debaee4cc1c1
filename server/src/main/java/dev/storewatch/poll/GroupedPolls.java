package dev.storewatch.poll;

import dev.storewatch.interval.Span;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The polls of a period of some stores, those of one store together and in order.
 *
 * <p>The database gives them in whatever order is cheapest for it. Most lie in the order of stores
 * and of time, and stay as they come. A counting sort brings the others together, which takes less
 * time than sorting in the database. The memory is used again for the next range of stores.
 */
public final class GroupedPolls {
  private long[] polls = new long[0];
  private int[] ends = new int[0];
  private int firstKey;

  /** While polls are read: how many came in the order of stores. */
  private int size;

  /** While polls are read: of how many stores the end is known. */
  private int ended;

  /** While polls are read: the one before, if it is of the same store. */
  private long previous;

  /** While polls are read: whether those of each store came in the order of time. */
  private boolean inOrder;

  /** The polls from the first one on that came after one of a later store. */
  private final PollRows scattered = new PollRows(0);

  /** Memory for all polls together, where some are scattered. */
  private long[] spare = new long[0];

  /** Where each store's polls begin, if not where those of the store before it end. */
  private int @Nullable [] starts;

  /**
   * Reads the polls of a period of the stores with keys from {@code firstKey} to {@code lastKey}.
   */
  public void load(PollScan source, Span period, int firstKey, int lastKey) {
    if (source.show(period, firstKey, lastKey, this)) {
      return;
    }
    begin(firstKey, lastKey);
    source.scan(period, firstKey, lastKey, this::append);
    int stores = lastKey - firstKey + 1;
    endBefore(stores);
    if (scattered.size() > 0) {
      bringTogether(scattered, stores);
    }
    if (!inOrder) {
      for (int key = firstKey; key <= lastKey; key++) {
        Arrays.sort(polls, from(key), to(key));
      }
    }
  }

  private void begin(int firstKey, int lastKey) {
    this.firstKey = firstKey;
    int stores = lastKey - firstKey + 1;
    if (starts != null) {
      // The arrays are somebody else's.
      starts = null;
      polls = new long[0];
      ends = new int[0];
    }
    if (ends.length < stores) {
      ends = new int[stores];
    }
    scattered.clear();
    size = 0;
    ended = 0;
    previous = Long.MIN_VALUE;
    inOrder = true;
  }

  private void append(int store, long poll) {
    int index = store - firstKey;
    if (index < ended || scattered.size() > 0) {
      scattered.add(store, poll);
      inOrder = false;
      return;
    }
    if (index > ended) {
      endBefore(index);
      previous = Long.MIN_VALUE;
    }
    if (size == polls.length) {
      polls = Arrays.copyOf(polls, Math.max(1024, size + (size >> 1)));
    }
    if (poll < previous) {
      inOrder = false;
    }
    previous = poll;
    polls[size++] = poll;
  }

  private void endBefore(int index) {
    Arrays.fill(ends, ended, index, size);
    ended = index;
  }

  /** Puts the polls of each store after those of it that came in the order of stores. */
  private void bringTogether(PollRows rows, int stores) {
    int count = size + rows.size();
    long[] all = size == 0 ? polls : spare;
    if (all.length < count) {
      all = new long[count];
    }
    // The entry of a store is first the number of its polls, then the place of the next of them,
    // and at last the end of its polls.
    int[] next = new int[stores];
    for (int i = 0; i < rows.size(); i++) {
      next[rows.store(i) - firstKey]++;
    }
    int from = 0;
    int to = 0;
    for (int i = 0; i < stores; i++) {
      int before = ends[i] - from;
      System.arraycopy(polls, from, all, to, before);
      from = ends[i];
      int after = next[i];
      next[i] = to + before;
      to += before + after;
    }
    for (int i = 0; i < rows.size(); i++) {
      all[next[rows.store(i) - firstKey]++] = rows.poll(i);
    }
    System.arraycopy(next, 0, ends, 0, stores);
    if (size > 0) {
      spare = polls;
    }
    polls = all;
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
    begin(firstKey, lastKey);
    int stores = lastKey - firstKey + 1;
    endBefore(stores);
    bringTogether(rows, stores);
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
