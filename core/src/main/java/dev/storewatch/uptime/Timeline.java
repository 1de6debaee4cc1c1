package dev.storewatch.uptime;

import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * One store's time in a period: the segments behind its totals, and its outages.
 *
 * @param period the period
 * @param segments what the store was, in order and without a gap from the period's start to its end
 * @param outages the outages that have down time in the period, in order
 */
public record Timeline(Span period, List<Segment> segments, List<Outage> outages) {
  /** Copies the lists. */
  public Timeline {
    segments = List.copyOf(segments);
    outages = List.copyOf(outages);
  }

  /**
   * Returns the timeline of one store.
   *
   * @param rule {@code nearest} or {@code previous}; {@code ratio} knows no status of an instant
   * @param asOf the instant after which nothing is known yet, in microseconds since the epoch
   * @param period the period, not ending after {@code asOf}
   * @param open the store's open spans within {@link #horizon}, planned closures included
   * @param closures planned closures of the store; a poll made inside one does not count
   * @param polls the store's polls within {@link #horizon}
   * @throws IllegalArgumentException if the rule is {@code ratio} or the period ends after {@code
   *     asOf}
   */
  public static Timeline of(
      Rule rule, long asOf, Span period, SpanSet open, SpanSet closures, PollSeries polls) {
    if (rule instanceof Rule.Ratio) {
      throw new WrongInput(
          "the rule ratio has no timeline: it splits a window without saying when; use nearest or"
              + " previous");
    }
    if (period.end() > asOf) {
      throw new IllegalArgumentException("the period " + period + " ends after the as-of instant");
    }
    SpanSet available = open.minus(closures);
    Collector collector = new Collector(period, open, available);
    long[] packed = polls.toPacked();
    new PollWalk(rule, asOf).over(available, packed, 0, packed.length, collector);
    List<Segment> segments = collector.finish();
    return new Timeline(period, segments, outages(segments, collector.inHours()));
  }

  /** Returns the period of which open spans and polls must be given; no other poll matters. */
  public static Span horizon(Rule rule, long asOf, Span period) {
    // A poll made at the as-of instant counts, so the end lies one microsecond after it.
    return new Span(Math.subtractExact(period.start(), rule.carryMicros()), asOf + 1);
  }

  private static List<Outage> outages(List<Segment> segments, long[] polls) {
    List<Outage> found = new ArrayList<>();
    List<Segment> down = new ArrayList<>();
    boolean openBefore = false;
    for (Segment segment : segments) {
      switch (segment.state()) {
        case DOWN -> down.add(segment);
        case UP, UNKNOWN -> {
          if (!down.isEmpty()) {
            found.add(outage(down, !openBefore, false, polls));
            down.clear();
          }
          openBefore = true;
        }
        case EXCLUDED, CLOSED -> {}
      }
    }
    if (!down.isEmpty()) {
      found.add(outage(down, !openBefore, true, polls));
    }
    return found;
  }

  private static Outage outage(
      List<Segment> down, boolean clippedStart, boolean clippedEnd, long[] polls) {
    Span span = new Span(down.getFirst().span().start(), down.getLast().span().end());
    long firstDown = down.getFirst().poll().orElseThrow();
    long lastDown = down.getLast().poll().orElseThrow();
    return new Outage(
        span,
        down.stream().mapToLong(segment -> segment.span().length()).sum(),
        clippedStart,
        clippedEnd,
        activeBeside(polls, firstDown, -1),
        firstDown,
        lastDown,
        activeBeside(polls, lastDown, 1));
  }

  /**
   * Returns the in-hours poll one step before or after the inactive poll at an instant, if that
   * neighbour is active.
   */
  private static OptionalLong activeBeside(long[] polls, long at, int step) {
    int beside = Arrays.binarySearch(polls, PackedPoll.of(at, false)) + step;
    return beside >= 0 && beside < polls.length && PackedPoll.isActive(polls[beside])
        ? OptionalLong.of(PackedPoll.at(polls[beside]))
        : OptionalLong.empty();
  }

  /** A receiver that makes the segments of the period from those of a walk. */
  private static final class Collector implements PollWalk.Segments {
    private final Span period;
    private final SpanSet open;
    private final SpanSet available;
    private final List<Segment> segments = new ArrayList<>();
    private long[] inHours = new long[16];
    private int polls;
    private long reached;

    Collector(Span period, SpanSet open, SpanSet available) {
      this.period = period;
      this.open = open.intersection(period);
      this.available = available.intersection(period);
      this.reached = period.start();
    }

    @Override
    public void poll(long poll) {
      if (polls == inHours.length) {
        inHours = Arrays.copyOf(inHours, 2 * polls);
      }
      inHours[polls++] = poll;
    }

    @Override
    public void segment(long end, int status, long poll) {
      long until = Math.min(end, period.end());
      if (until > reached) {
        addOpenParts(new Span(reached, until), status, poll);
        reached = until;
      }
    }

    private void addOpenParts(Span piece, int status, long poll) {
      for (Span part : available.intersection(piece).spans()) {
        add(segment(part, status, poll));
      }
    }

    /** Adds a segment, or lengthens the last one: a walk also cuts at polls that change nothing. */
    private void add(Segment segment) {
      if (!segments.isEmpty() && segments.getLast().continuesIn(segment)) {
        segments.add(segments.removeLast().upTo(segment.span().end()));
      } else {
        segments.add(segment);
      }
    }

    private static Segment segment(Span span, int status, long poll) {
      OptionalLong speaker = OptionalLong.of(PackedPoll.at(poll));
      return switch (status) {
        case PollWalk.UP -> new Segment(span, Segment.State.UP, false, speaker);
        case PollWalk.SURELY_UP -> new Segment(span, Segment.State.UP, true, speaker);
        case PollWalk.DOWN -> new Segment(span, Segment.State.DOWN, false, speaker);
        case PollWalk.SURELY_DOWN -> new Segment(span, Segment.State.DOWN, true, speaker);
        default -> new Segment(span, Segment.State.UNKNOWN, false, OptionalLong.empty());
      };
    }

    long[] inHours() {
      return Arrays.copyOf(inHours, polls);
    }

    /** Returns the segments, with the time that is not available put between them. */
    List<Segment> finish() {
      addTimeWithoutStatus(open.minus(available), Segment.State.EXCLUDED);
      addTimeWithoutStatus(SpanSet.of(period).minus(open), Segment.State.CLOSED);
      segments.sort(Comparator.comparingLong(segment -> segment.span().start()));
      return segments;
    }

    private void addTimeWithoutStatus(SpanSet time, Segment.State state) {
      time.spans()
          .forEach(span -> segments.add(new Segment(span, state, false, OptionalLong.empty())));
    }
  }
}
