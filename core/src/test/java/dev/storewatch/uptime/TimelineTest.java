package dev.storewatch.uptime;

import static dev.storewatch.uptime.Segment.State.CLOSED;
import static dev.storewatch.uptime.Segment.State.DOWN;
import static dev.storewatch.uptime.Segment.State.EXCLUDED;
import static dev.storewatch.uptime.Segment.State.UNKNOWN;
import static dev.storewatch.uptime.Segment.State.UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Explains stores whose time is counted in seconds from 0, as-of being 100. */
class TimelineTest {
  private static final SpanSet ALWAYS = SpanSet.of(span(-1_000, 101));

  @Test
  void saysWhichPollSpeaks() {
    assertThat(timeline(nearest(30), span(0, 100), ALWAYS, up(10), down(50)).segments())
        .containsExactly(
            segment(0, 30, UP, 10), segment(30, 80, DOWN, 50), silent(80, 100, UNKNOWN));
  }

  @Test
  void putsClosedAndExcludedTimeBetween() {
    SpanSet open = SpanSet.of(span(10, 40), span(60, 90));
    SpanSet closures = SpanSet.of(span(30, 70));
    Timeline timeline =
        Timeline.of(nearest(200), seconds(100), span(0, 100), open, closures, polls(up(20)));
    assertThat(timeline.segments())
        .containsExactly(
            silent(0, 10, CLOSED),
            segment(10, 30, UP, 20),
            silent(30, 40, EXCLUDED),
            silent(40, 60, CLOSED),
            silent(60, 70, EXCLUDED),
            segment(70, 90, UP, 20),
            silent(90, 100, CLOSED));
  }

  @Test
  void doesNotBreakASegmentAtThePollThatSpeaks() {
    assertThat(timeline(nearest(90), span(20, 60), ALWAYS, up(10), up(30), up(70)).segments())
        .containsExactly(sure(20, 50, UP, 30), sure(50, 60, UP, 70));
  }

  @Test
  void breaksASegmentWhereItsStateIsNoLongerCertain() {
    assertThat(timeline(nearest(30), span(0, 70), ALWAYS, down(10), down(50)).segments())
        .containsExactly(
            segment(0, 20, DOWN, 10),
            sure(20, 30, DOWN, 10),
            sure(30, 40, DOWN, 50),
            segment(40, 70, DOWN, 50));
  }

  @Test
  void looksOnlyBackUnderPrevious() {
    Rule rule = new Rule.Previous(Duration.ofSeconds(30));
    assertThat(timeline(rule, span(0, 100), ALWAYS, up(10), down(50)).segments())
        .containsExactly(
            silent(0, 10, UNKNOWN),
            segment(10, 40, UP, 10),
            silent(40, 50, UNKNOWN),
            segment(50, 80, DOWN, 50),
            silent(80, 100, UNKNOWN));
  }

  @Test
  void hearsPollsOnBothSidesOfThePeriod() {
    assertThat(timeline(nearest(60), span(40, 60), ALWAYS, up(20), down(70), up(101)).segments())
        .containsExactly(segment(40, 45, UP, 20), segment(45, 60, DOWN, 70));
  }

  @Test
  void isClosedThroughoutWithoutHours() {
    assertThat(timeline(nearest(30), span(0, 100), SpanSet.empty(), up(10)).segments())
        .containsExactly(silent(0, 100, CLOSED));
  }

  @Test
  void hasNoSegmentInNoTime() {
    assertThat(timeline(nearest(30), span(5, 5), ALWAYS, down(10)))
        .isEqualTo(new Timeline(span(5, 5), List.of(), List.of()));
  }

  @Test
  void refusesTheRuleThatKnowsNoStatus() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> timeline(new Rule.Ratio(Duration.ofSeconds(30)), span(0, 100), ALWAYS))
        .withMessageContaining("use nearest or previous");
  }

  @Test
  void refusesAPeriodOfTheFuture() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> timeline(nearest(30), span(0, 101), ALWAYS))
        .withMessageContaining("ends after the as-of instant");
  }

  @Test
  void needsToKnowTheCarryLimitBeforeThePeriodAndAllUpToAsOf() {
    assertThat(Timeline.horizon(nearest(30), seconds(100), span(40, 60)))
        .isEqualTo(new Span(seconds(10), seconds(100) + 1));
  }

  private static Timeline timeline(Rule rule, Span period, SpanSet open, long... polls) {
    return Timeline.of(rule, seconds(100), period, open, SpanSet.empty(), polls(polls));
  }

  private static Rule nearest(long carrySeconds) {
    return new Rule.Nearest(Duration.ofSeconds(carrySeconds));
  }

  private static Segment segment(long from, long to, Segment.State state, long poll) {
    return new Segment(span(from, to), state, false, OptionalLong.of(seconds(poll)));
  }

  private static Segment sure(long from, long to, Segment.State state, long poll) {
    return new Segment(span(from, to), state, true, OptionalLong.of(seconds(poll)));
  }

  private static Segment silent(long from, long to, Segment.State state) {
    return new Segment(span(from, to), state, false, OptionalLong.empty());
  }

  private static PollSeries polls(long... polls) {
    return PollSeries.ofPacked(polls);
  }

  private static long up(long at) {
    return PackedPoll.of(seconds(at), true);
  }

  private static long down(long at) {
    return PackedPoll.of(seconds(at), false);
  }

  private static Span span(long from, long to) {
    return new Span(seconds(from), seconds(to));
  }

  private static long seconds(long seconds) {
    return seconds * 1_000_000;
  }
}
