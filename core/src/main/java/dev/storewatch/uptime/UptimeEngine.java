package dev.storewatch.uptime;

import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A measurement of how long stores were up, down and unknown in a list of windows.
 *
 * <p>One walk over a store's polls keeps running sums and notes them at every edge of a window; a
 * window's totals are the difference between its two ends. So any number of windows costs one walk,
 * and windows that divide a period sum to it to the microsecond. The cost is one step for each
 * poll, each open span and each edge; nothing is allocated for a poll.
 *
 * <p>An engine is reused for many stores, by one thread at a time.
 */
public final class UptimeEngine {
  private static final int NOTED = 8;
  private static final int ALL_POLLS = 5;
  private static final int ACTIVE_POLLS = 6;
  private static final int EXCLUDED = 7;

  private final boolean byRatio;
  private final PollWalk walk;
  private final Span horizon;

  /** The edges of all windows, in order and distinct. */
  private final long[] edges;

  /** For each window, the index of its two edges. */
  private final int[] windowEdges;

  /** For each edge, the sums up to it: open time by status, polls, active polls, excluded time. */
  private final long[] noted;

  private final Sums sums = new Sums();

  /**
   * An engine that measures windows under a rule.
   *
   * @param rule how a status follows from the polls
   * @param asOf the instant after which nothing is known yet, in microseconds since the epoch
   * @param windows the windows to measure, in the order of the results; at least one, none ending
   *     after {@code asOf}
   * @throws IllegalArgumentException if there is no window or one ends after {@code asOf}
   */
  public UptimeEngine(Rule rule, long asOf, List<Span> windows) {
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("there is no window to measure");
    }
    windows.forEach(window -> checkEnd(window, asOf));
    this.byRatio = rule instanceof Rule.Ratio;
    this.walk = new PollWalk(rule, asOf);
    this.edges =
        windows.stream()
            .flatMapToLong(window -> LongStream.of(window.start(), window.end()))
            .sorted()
            .distinct()
            .toArray();
    this.windowEdges =
        windows.stream()
            .flatMapToLong(window -> LongStream.of(window.start(), window.end()))
            .mapToInt(edge -> Arrays.binarySearch(edges, edge))
            .toArray();
    this.noted = new long[edges.length * NOTED];
    // No poll speaks farther than the carry limit. The last instant belongs to the horizon: a poll
    // made at that instant counts if the store is open then.
    long last = Math.min(asOf, Math.addExact(edges[edges.length - 1], rule.carryMicros()));
    this.horizon = new Span(Math.subtractExact(edges[0], rule.carryMicros()), last + 1);
  }

  private static void checkEnd(Span window, long asOf) {
    if (window.end() > asOf) {
      throw new IllegalArgumentException("the window " + window + " ends after the as-of instant");
    }
  }

  /** Returns the number of windows. */
  public int windows() {
    return windowEdges.length / 2;
  }

  /**
   * Returns the period of which the engine must be given the open spans and the polls; no other
   * poll matters.
   */
  public Span horizon() {
    return horizon;
  }

  /** Returns the totals of one store for each window, in the order of the windows. */
  public List<WindowTotals> measure(SpanSet open, SpanSet closures, PollSeries polls) {
    long[] packed = new long[windows() * WindowTotals.FIELDS];
    measure(open, closures, polls.toPacked(), 0, polls.size(), packed, 0);
    List<WindowTotals> totals = new ArrayList<>(windows());
    for (int i = 0; i < packed.length; i += WindowTotals.FIELDS) {
      totals.add(WindowTotals.read(packed, i));
    }
    return totals;
  }

  /**
   * Writes the totals of one store for each window, in the order of the windows, into an array.
   *
   * @param open the store's open spans within the horizon, planned closures included
   * @param closures planned closures of the store; open time inside is excluded, and a poll made
   *     inside does not count
   * @param polls packed polls, of which {@code [from, to)} are the store's, sorted and distinct
   * @param from the first of the store's polls
   * @param to the first after the store's polls
   * @param totals the array for the results, {@link WindowTotals#FIELDS} numbers for each window
   * @param offset where in {@code totals} the first is put
   */
  public void measure(
      SpanSet open, SpanSet closures, long[] polls, int from, int to, long[] totals, int offset) {
    SpanSet available = open.minus(closures);
    sums.restart(available);
    walk.over(available, polls, from, to, sums);
    finish(open, closures, totals, offset);
  }

  /**
   * Begins the measurement of one store whose polls are given one after the other. It has to be
   * finished before the next store is measured.
   *
   * @param open the store's open spans within the horizon, planned closures included
   * @param closures planned closures of the store
   */
  public OneStore begin(SpanSet open, SpanSet closures) {
    return new OneStore(open, closures);
  }

  /** The measurement of one store, of whose polls none is kept. */
  public final class OneStore {
    private final SpanSet open;
    private final SpanSet closures;
    private final PollWalk.Steps steps;

    private OneStore(SpanSet open, SpanSet closures) {
      this.open = open;
      this.closures = closures;
      SpanSet available = open.minus(closures);
      sums.restart(available);
      this.steps = walk.new Steps(available, sums);
    }

    /** Takes the next poll of the horizon, packed, which is later than the one before. */
    public void take(long poll) {
      steps.take(poll);
    }

    /**
     * Writes the totals of the store for each window, as {@link UptimeEngine#measure(SpanSet,
     * SpanSet, long[], int, int, long[], int)} does.
     */
    public void finish(long[] totals, int offset) {
      steps.finish();
      UptimeEngine.this.finish(open, closures, totals, offset);
    }
  }

  private void finish(SpanSet open, SpanSet closures, long[] totals, int offset) {
    sums.finish();
    noteExcluded(closures.isEmpty() ? closures : open.intersection(closures));
    for (int window = 0; window < windows(); window++) {
      writeTotals(window, totals, offset + window * WindowTotals.FIELDS);
    }
  }

  private void noteExcluded(SpanSet excluded) {
    int span = 0;
    long passed = 0;
    for (int edge = 0; edge < edges.length; edge++) {
      while (span < excluded.size() && excluded.end(span) <= edges[edge]) {
        passed += excluded.end(span) - excluded.start(span);
        span++;
      }
      long inside = span < excluded.size() ? Math.max(0, edges[edge] - excluded.start(span)) : 0;
      noted[edge * NOTED + EXCLUDED] = passed + inside;
    }
  }

  private void writeTotals(int window, long[] totals, int offset) {
    int start = windowEdges[2 * window] * NOTED;
    int end = windowEdges[2 * window + 1] * NOTED;
    long surelyUp = noted[end + PollWalk.SURELY_UP] - noted[start + PollWalk.SURELY_UP];
    long surelyDown = noted[end + PollWalk.SURELY_DOWN] - noted[start + PollWalk.SURELY_DOWN];
    long up = noted[end + PollWalk.UP] - noted[start + PollWalk.UP] + surelyUp;
    long down = noted[end + PollWalk.DOWN] - noted[start + PollWalk.DOWN] + surelyDown;
    long unknown = noted[end + PollWalk.UNKNOWN] - noted[start + PollWalk.UNKNOWN];
    long excluded = noted[end + EXCLUDED] - noted[start + EXCLUDED];
    long polls = noted[end + ALL_POLLS] - noted[start + ALL_POLLS];
    long known = up + down + unknown;
    if (byRatio) {
      long active = noted[end + ACTIVE_POLLS] - noted[start + ACTIVE_POLLS];
      up = share(known, active, polls);
      down = polls == 0 ? 0 : known - up;
      unknown = known - up - down;
    }
    totals[offset] = known + excluded;
    totals[offset + 1] = up;
    totals[offset + 2] = down;
    totals[offset + 3] = unknown;
    totals[offset + 4] = excluded;
    totals[offset + 5] = surelyUp;
    totals[offset + 6] = surelyDown;
    totals[offset + 7] = polls;
  }

  /**
   * Returns {@code time * part / whole}, rounded down, without overflow for up to three thousand
   * million polls.
   */
  private static long share(long time, long part, long whole) {
    return whole == 0 ? 0 : time / whole * part + time % whole * part / whole;
  }

  /** The running sums of open time by status and of polls, which are noted at each edge. */
  private final class Sums implements PollWalk.Segments {
    private final long[] byStatus = new long[PollWalk.STATUSES];
    private SpanSet available = SpanSet.empty();

    /** The first span that does not end at or before the place reached. */
    private int span;

    /** Open time of the spans before that. */
    private long passed;

    /** Open time up to the place reached, for all statuses together. */
    private long summed;

    private int nextEdge;
    private int nextPollEdge;
    private long polls;
    private long activePolls;

    /**
     * The status of the segment that is not summed yet: neighbours of one status are summed as one.
     */
    private int heldStatus;

    private long heldEnd;

    void restart(SpanSet spans) {
      Arrays.fill(byStatus, 0);
      available = spans;
      span = 0;
      passed = 0;
      summed = 0;
      nextEdge = 0;
      nextPollEdge = 0;
      polls = 0;
      activePolls = 0;
      heldStatus = PollWalk.UNKNOWN;
      heldEnd = horizon.start();
    }

    @Override
    public void poll(long poll) {
      long at = PackedPoll.at(poll);
      // A poll at an edge belongs to the window that ends there, so that edge is noted after it.
      while (nextPollEdge < edges.length && edges[nextPollEdge] < at) {
        notePolls();
      }
      polls++;
      activePolls += PackedPoll.activeBit(poll);
    }

    @Override
    public void segment(long end, int status, long poll) {
      if (status != heldStatus) {
        sumHeld();
        heldStatus = status;
      }
      heldEnd = end;
    }

    private void sumHeld() {
      while (nextEdge < edges.length && edges[nextEdge] <= heldEnd) {
        sumTo(edges[nextEdge]);
        System.arraycopy(byStatus, 0, noted, nextEdge * NOTED, PollWalk.STATUSES);
        nextEdge++;
      }
      sumTo(heldEnd);
    }

    private void sumTo(long instant) {
      long sum = availableBefore(instant);
      byStatus[heldStatus] += sum - summed;
      summed = sum;
    }

    private long availableBefore(long instant) {
      while (span < available.size() && available.end(span) <= instant) {
        passed += available.end(span) - available.start(span);
        span++;
      }
      return span < available.size()
          ? passed + Math.max(0, instant - available.start(span))
          : passed;
    }

    private void notePolls() {
      noted[nextPollEdge * NOTED + ALL_POLLS] = polls;
      noted[nextPollEdge * NOTED + ACTIVE_POLLS] = activePolls;
      nextPollEdge++;
    }

    void finish() {
      sumHeld();
      while (nextPollEdge < edges.length) {
        notePolls();
      }
    }
  }
}
