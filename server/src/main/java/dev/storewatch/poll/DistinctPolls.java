package dev.storewatch.poll;

import dev.storewatch.uptime.PackedPoll;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What makes polls that came in the order of a file distinct: of several of one store and instant,
 * the last holds. For one thread; its memory is used again for the next store.
 */
public final class DistinctPolls {
  private long[] inFileOrder = new long[256];

  /**
   * Sorts a store's polls, which lie in {@code [from, to)} in the order of the file, leaves one of
   * each instant, and returns where they end. What repeats a row before it is counted, and what
   * replaces one.
   *
   * @param changed at the place of each poll that is left, toggled for each row that said the other
   *     status than the row of its instant before it; null if nobody wants to know
   */
  public int of(
      long[] array, int from, int to, RowCounts.Tally tally, boolean @Nullable [] changed) {
    if (isAscending(array, from, to)) {
      return to;
    }
    if (inFileOrder.length < to - from) {
      inFileOrder = new long[to - from];
    }
    System.arraycopy(array, from, inFileOrder, 0, to - from);
    Arrays.sort(array, from, to);
    int end = from;
    boolean contradiction = false;
    for (int i = from; i < to; i++) {
      if (end > from && PackedPoll.at(array[end - 1]) == PackedPoll.at(array[i])) {
        contradiction |= array[end - 1] != array[i];
      } else {
        array[end++] = array[i];
      }
    }
    if (contradiction) {
      replay(array, from, end, to - from, tally, changed);
    } else {
      tally.repeated(to - end);
    }
    return end;
  }

  /**
   * Does the same for polls of several files, and counts what repeats or replaces a row before it
   * with the file that it is from.
   *
   * @param files the file of each poll, at its place
   * @param tallies one for each file
   */
  public int of(long[] array, int[] files, int from, int to, RowCounts.Tally[] tallies) {
    if (isAscending(array, from, to)) {
      return to;
    }
    if (inFileOrder.length < to - from) {
      inFileOrder = new long[to - from];
    }
    System.arraycopy(array, from, inFileOrder, 0, to - from);
    Arrays.sort(array, from, to);
    int end = from;
    for (int i = from; i < to; i++) {
      if (end == from || PackedPoll.at(array[end - 1]) != PackedPoll.at(array[i])) {
        array[end++] = array[i];
      }
    }
    boolean[] seen = new boolean[end - from];
    for (int i = 0; i < to - from; i++) {
      int found = find(array, from, end, PackedPoll.at(inFileOrder[i]));
      if (!seen[found - from]) {
        seen[found - from] = true;
      } else if (array[found] == inFileOrder[i]) {
        tallies[files[from + i]].repeated(1);
      } else {
        tallies[files[from + i]].replaced(1);
      }
      array[found] = inFileOrder[i];
    }
    return end;
  }

  private static boolean isAscending(long[] array, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      if (PackedPoll.at(array[i - 1]) >= PackedPoll.at(array[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Goes over a store's polls in the order of the file, because the file contradicts itself about
   * an instant, and its last row holds.
   */
  private void replay(
      long[] array,
      int from,
      int end,
      int rows,
      RowCounts.Tally tally,
      boolean @Nullable [] changed) {
    boolean[] seen = new boolean[end - from];
    for (int i = 0; i < rows; i++) {
      int found = find(array, from, end, PackedPoll.at(inFileOrder[i]));
      if (!seen[found - from]) {
        seen[found - from] = true;
        array[found] = inFileOrder[i];
      } else if (array[found] == inFileOrder[i]) {
        tally.repeated(1);
      } else {
        tally.replaced(1);
        array[found] = inFileOrder[i];
        if (changed != null) {
          changed[found] ^= true;
        }
      }
    }
  }

  /** Returns the place of the poll of an instant among distinct ones in order; -1 without one. */
  public static int find(long[] array, int from, int end, long at) {
    int found = Arrays.binarySearch(array, from, end, PackedPoll.of(at, false));
    // The active poll of an instant sorts right after the place of an inactive one.
    int place = found >= 0 ? found : -found - 1;
    return place < end && PackedPoll.at(array[place]) == at ? place : -1;
  }
}
