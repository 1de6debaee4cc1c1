package dev.storewatch.quality;

import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.SpanSet;
import dev.storewatch.uptime.PackedPoll;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The slots of a period of one store: how long it is open in each, and how many polls came. One
 * object serves one store after the other.
 */
final class CoveredStore {
  static final String NEVER_POLLED = "never-polled";
  static final String NOT_POLLED = "not-polled";
  static final String ONLY_WHILE_CLOSED = "polled-only-while-closed";
  static final String GAPS = "gaps";
  static final String CONTRADICTORY = "contradictory";

  /** Two polls contradict each other that are less than this part of a slot apart. */
  private static final int TENTH = 10;

  private final CoverageRequest request;
  private final long slot;
  private final long[] open;
  private final int[] polls;
  private int closedPolls;
  private int contradictions;

  CoveredStore(CoverageRequest request) {
    this.request = request;
    this.slot = request.slot();
    this.open = new long[request.slots()];
    this.polls = new int[request.slots()];
  }

  /**
   * Reads a store.
   *
   * @param hours when it is open
   * @param packed its polls of the period in order, from an index to before another
   */
  void read(SpanSet hours, long[] packed, int from, int to) {
    Arrays.fill(open, 0);
    Arrays.fill(polls, 0);
    closedPolls = 0;
    contradictions = 0;
    for (int i = 0; i < hours.size(); i++) {
      addOpen(
          Math.max(hours.start(i), request.period().start()),
          Math.min(hours.end(i), request.period().end()));
    }
    for (int i = from; i < to; i++) {
      addPoll(hours, packed, i, i > from);
    }
  }

  private void addOpen(long start, long end) {
    for (long at = start; at < end; ) {
      int index = index(at);
      long next = Math.min(end, request.period().start() + (index + 1) * slot);
      open[index] += next - at;
      at = next;
    }
  }

  private void addPoll(SpanSet hours, long[] packed, int i, boolean hasBefore) {
    long at = PackedPoll.at(packed[i]);
    polls[index(at)]++;
    if (!hours.contains(at)) {
      closedPolls++;
    }
    if (hasBefore
        && at - PackedPoll.at(packed[i - 1]) < slot / TENTH
        && PackedPoll.isActive(packed[i]) != PackedPoll.isActive(packed[i - 1])) {
      contradictions++;
    }
  }

  private int index(long at) {
    return (int) ((at - request.period().start()) / slot);
  }

  int slots() {
    return open.length;
  }

  /** Returns when a slot begins. */
  long start(int index) {
    return request.period().start() + index * slot;
  }

  long open(int index) {
    return open[index];
  }

  int polls(int index) {
    return polls[index];
  }

  /** Returns whether a poll is expected in a slot: it is open throughout. */
  boolean isExpected(int index) {
    return open[index] == slot;
  }

  /**
   * Returns what was found.
   *
   * @param everPolled whether the store was polled at any time
   */
  Coverage coverage(String id, boolean everPolled) {
    BitSet missing = new BitSet(open.length);
    int expected = 0;
    int all = 0;
    int gaps = 0;
    int run = 0;
    int longest = 0;
    int longestEnd = -1;
    for (int i = 0; i < open.length; i++) {
      all += polls[i];
      if (isExpected(i)) {
        expected++;
        missing.set(i, polls[i] == 0);
        run = polls[i] == 0 ? run + 1 : 0;
        gaps += run == 1 ? 1 : 0;
        if (run > longest) {
          longest = run;
          longestEnd = i;
        }
      }
    }
    int without = missing.cardinality();
    return new Coverage(
        id,
        expected,
        expected - without,
        without,
        all,
        closedPolls,
        gaps,
        Durations.format(request.every().multipliedBy(longest)),
        longest == 0 ? null : Micros.toInstant(start(first(missing, longest, longestEnd))),
        contradictions,
        findings(everPolled, expected, all, gaps));
  }

  /** Returns the slot in which the longest gap begins, which is so many missing slots before. */
  private static int first(BitSet missing, int length, int end) {
    int first = end;
    for (int i = 1; i < length; i++) {
      first = missing.previousSetBit(first - 1);
    }
    return first;
  }

  private List<String> findings(boolean everPolled, int expected, int all, int gaps) {
    List<String> found = new ArrayList<>();
    if (!everPolled) {
      found.add(NEVER_POLLED);
    } else if (all == 0 && expected > 0) {
      found.add(NOT_POLLED);
    } else if (all > 0 && closedPolls == all && expected > 0) {
      found.add(ONLY_WHILE_CLOSED);
    }
    if (gaps > 0) {
      found.add(GAPS);
    }
    if (contradictions > 0) {
      found.add(CONTRADICTORY);
    }
    return found;
  }
}
