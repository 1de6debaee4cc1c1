package dev.storewatch.importing;

import dev.storewatch.poll.GroupedPolls;
import dev.storewatch.poll.PollRows;
import java.util.Arrays;

/**
 * Rows of a file, each a number that belongs to a store, of which those that come again count once.
 */
final class DistinctRows {
  /**
   * How many rows come in before repeated ones are thrown out again, so that a file that repeats
   * itself does not fill the memory: a week's minutes allow few distinct rows.
   */
  private static final int ROUND = 1 << 20;

  /** In the list and the sort that polls use: both are a number for a store. */
  private PollRows rows = new PollRows(1024);

  private int nextRound = ROUND;
  private int largestStore = -1;
  private long repeated;

  void add(int store, long number) {
    if (rows.size() == nextRound) {
      rows = distinct();
      nextRound = rows.size() + ROUND;
    }
    rows.add(store, number);
    largestStore = Math.max(largestStore, store);
  }

  private PollRows distinct() {
    Groups groups = group();
    PollRows distinct = new PollRows(rows.size());
    for (int store = 0; store <= largestStore; store++) {
      for (long number : groups.of(store)) {
        distinct.add(store, number);
      }
    }
    return distinct;
  }

  /** Gives stores other numbers. */
  void renumber(Renumbering numbers) {
    PollRows renumbered = new PollRows(rows.size());
    int largest = -1;
    for (int i = 0; i < rows.size(); i++) {
      int store = numbers.of(rows.store(i));
      renumbered.add(store, rows.poll(i));
      largest = Math.max(largest, store);
    }
    rows = renumbered;
    largestStore = largest;
  }

  /** Returns the largest store; -1 if there is no row. */
  int largestStore() {
    return largestStore;
  }

  /** Returns how many rows were found to repeat others so far. */
  long repeated() {
    return repeated;
  }

  /** Returns the rows of each store. */
  Groups group() {
    return new Groups();
  }

  /** The rows by their store. */
  final class Groups {
    private final GroupedPolls byStore = new GroupedPolls();

    private Groups() {
      byStore.group(rows, 0, Math.max(0, largestStore));
    }

    /** Returns those of a store in order, each once, and counts those that repeat others. */
    long[] of(int store) {
      if (store > largestStore) {
        return new long[0];
      }
      long[] sorted = Arrays.copyOfRange(byStore.array(), byStore.from(store), byStore.to(store));
      Arrays.sort(sorted);
      int size = 0;
      for (long row : sorted) {
        if (size == 0 || sorted[size - 1] != row) {
          sorted[size++] = row;
        }
      }
      long[] distinct = size == sorted.length ? sorted : Arrays.copyOf(sorted, size);
      repeated += byStore.to(store) - byStore.from(store) - distinct.length;
      return distinct;
    }
  }
}
