package dev.storewatch.uptime;

import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The outages of one store that a change of its polls or its hours may have touched. Outages that
 * began earlier are as they were before the change.
 *
 * @param since the instant at or after which all of these outages began, in microseconds since the
 *     epoch; empty if the first of them may have begun before the period that was looked at
 * @param isComplete whether a longer period would tell nothing else: not if since is empty, if
 *     nothing is known of the time right before the change, or if the last active poll before the
 *     first of these outages lies before the horizon
 * @param outages the outages that began since then, in order; none if nothing is known of the time
 *     right before the change
 */
public record OutagesSince(OptionalLong since, boolean isComplete, List<Found> outages) {
  private static final OutagesSince NOTHING_KNOWN =
      new OutagesSince(OptionalLong.empty(), false, List.of());

  /** Copies the list. */
  public OutagesSince {
    outages = List.copyOf(outages);
  }

  /**
   * An outage, and what ended it.
   *
   * @param outage the outage
   * @param endedBy the state of the next open time, {@link Segment.State#UP} or {@link
   *     Segment.State#UNKNOWN}; null while the outage goes on, as far as is known at as-of
   */
  public record Found(Outage outage, Segment.@Nullable State endedBy) {}

  /**
   * Finds the outages in a period that a change may have touched.
   *
   * @param rule {@code nearest} or {@code previous}
   * @param asOf the instant after which nothing is known yet, in microseconds since the epoch
   * @param from where the period begins that is looked at, which ends at as-of
   * @param changed the earliest instant at which a poll was added, replaced or deleted, or from
   *     which on the open time or the closures are others
   * @param open the store's open spans within {@link Timeline#horizon} of the period, planned
   *     closures included
   * @param closures planned closures of the store
   * @param polls the store's polls within the horizon
   * @param hasEarlierPolls whether the store has polls before the horizon
   */
  public static OutagesSince of(
      Rule rule,
      long asOf,
      long from,
      long changed,
      SpanSet open,
      SpanSet closures,
      PollSeries polls,
      boolean hasEarlierPolls) {
    long[] inHours = inHours(open.minus(closures), polls);
    long before = lastBefore(changed, inHours);
    if (before == Long.MIN_VALUE && hasEarlierPolls) {
      return NOTHING_KNOWN;
    }
    Timeline timeline =
        Timeline.of(rule, asOf, new Span(Math.min(from, asOf), asOf), open, closures, polls);
    // The last poll before the change decides about all time before itself; the first poll of a
    // store reaches back by the carry limit.
    long untouched = before == Long.MIN_VALUE ? changed - rule.carryMicros() : before;
    OptionalLong since = endOfLast(timeline, untouched);
    if (since.isEmpty() && !hasEarlierPolls && speaksFrom(polls, rule) >= from) {
      since = OptionalLong.of(timeline.period().start());
    }
    List<Found> outages = since(timeline, since.orElse(Long.MIN_VALUE));
    boolean knowsLastUp = outages.isEmpty() || outages.getFirst().outage().firstDown() > inHours[0];
    return new OutagesSince(since, since.isPresent() && (knowsLastUp || !hasEarlierPolls), outages);
  }

  private static long[] inHours(SpanSet available, PollSeries polls) {
    return Arrays.stream(polls.toPacked())
        .map(PackedPoll::at)
        .filter(available::contains)
        .toArray();
  }

  /** Returns the earliest instant for which a poll may speak. */
  private static long speaksFrom(PollSeries polls, Rule rule) {
    long[] packed = polls.toPacked();
    return packed.length == 0 ? Long.MAX_VALUE : PackedPoll.at(packed[0]) - rule.carryMicros();
  }

  private static long lastBefore(long changed, long[] inHours) {
    return Arrays.stream(inHours).filter(at -> at < changed).reduce(Long.MIN_VALUE, Math::max);
  }

  /** Returns the end of the last up or unknown time before an instant, or the instant inside it. */
  private static OptionalLong endOfLast(Timeline timeline, long instant) {
    return timeline.segments().stream()
        .filter(segment -> segment.span().start() < instant && endsOutages(segment))
        .mapToLong(segment -> Math.min(segment.span().end(), instant))
        .max();
  }

  private static List<Found> since(Timeline timeline, long first) {
    return timeline.outages().stream()
        .filter(outage -> outage.span().start() >= first)
        .map(outage -> new Found(outage, endedBy(timeline, outage)))
        .toList();
  }

  private static boolean endsOutages(Segment segment) {
    return segment.state() == Segment.State.UP || segment.state() == Segment.State.UNKNOWN;
  }

  private static Segment.@Nullable State endedBy(Timeline timeline, Outage outage) {
    return timeline.segments().stream()
        .filter(segment -> segment.span().start() >= outage.span().end() && endsOutages(segment))
        .map(Segment::state)
        .findFirst()
        .orElse(null);
  }
}
