package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Finds outages in two days counted in hours from 0, as-of being 48; open from 9 to 17 mostly. */
class OutageTest {
  private static final SpanSet DAYS = SpanSet.of(span(9, 17), span(33, 41));
  private static final Span BOTH = span(0, 48);

  @Test
  void liesBetweenThePollsAroundIt() {
    assertThat(outages(BOTH, DAYS, up(10), down(12), down(13), up(15)))
        .containsExactly(
            new Outage(
                span(11, 14), hours(3), false, false, maybe(10), hours(12), hours(13), maybe(15)));
  }

  @Test
  void lastsOverAClosingTime() {
    List<Outage> outages = outages(BOTH, DAYS, up(10), down(16), down(34), up(36));
    assertThat(outages)
        .containsExactly(
            new Outage(
                span(13, 35), hours(6), false, false, maybe(10), hours(16), hours(34), maybe(36)));
    assertThat(outages.getFirst().elapsedMicros()).isEqualTo(hours(22));
  }

  @Test
  void lastsOverAPlannedClosure() {
    SpanSet closure = SpanSet.of(span(11, 15));
    Timeline timeline =
        Timeline.of(
            Rule.standard(), hours(48), BOTH, DAYS, closure, polls(down(10), up(13), down(16)));
    // The active poll speaks for excluded time alone, which is neither up nor down.
    assertThat(timeline.outages())
        .containsExactly(
            new Outage(
                span(9, 40), hours(2 + 2 + 7), true, false, none(), hours(10), hours(16), none()));
  }

  @Test
  void isTwoWhenTheStoreIsUpInBetween() {
    assertThat(outages(BOTH, DAYS, down(10), up(12), down(14)))
        .extracting(Outage::span)
        .containsExactly(span(9, 11), span(13, 38));
  }

  @Test
  void isEndedByUnknownTime() {
    assertThat(outages(new Rule.Previous(Duration.ofHours(1)), BOTH, DAYS, down(10), down(13)))
        .containsExactly(
            new Outage(span(10, 11), hours(1), false, false, none(), hours(10), hours(10), none()),
            new Outage(span(13, 14), hours(1), false, false, none(), hours(13), hours(13), none()));
  }

  @Test
  void knowsTheNextActivePollBehindUnknownTime() {
    assertThat(outages(new Rule.Previous(Duration.ofHours(1)), BOTH, DAYS, down(10), up(13)))
        .containsExactly(
            new Outage(
                span(10, 11), hours(1), false, false, none(), hours(10), hours(10), maybe(13)));
  }

  @Test
  void isClippedWhereThePeriodBeginsInsideIt() {
    assertThat(outages(span(12, 48), DAYS, up(9), down(10), down(13), up(15)))
        .containsExactly(
            new Outage(
                span(12, 14), hours(2), true, false, none(), hours(13), hours(13), maybe(15)));
  }

  @Test
  void mayHaveBegunEarlierWhenThePeriodBeginsClosed() {
    assertThat(outages(span(30, 48), DAYS, up(16), down(34), up(36)))
        .containsExactly(
            new Outage(
                span(33, 35), hours(2), true, false, maybe(16), hours(34), hours(34), maybe(36)));
  }

  @Test
  void isClippedWhereThePeriodEndsInsideIt() {
    assertThat(outages(span(0, 14), DAYS, up(10), down(12), up(20), up(36)))
        .containsExactly(
            new Outage(
                span(11, 14), hours(3), false, true, maybe(10), hours(12), hours(12), maybe(36)));
  }

  @Test
  void mayGoOnWhenTheStoreIsStillDownOrClosed() {
    assertThat(outages(BOTH, DAYS, up(34), down(40)))
        .containsExactly(
            new Outage(
                span(37, 41), hours(4), false, true, maybe(34), hours(40), hours(40), none()));
  }

  @Test
  void coversAWholePeriodWithoutKnowingMore() {
    assertThat(outages(BOTH, DAYS, down(10), down(34)))
        .containsExactly(
            new Outage(span(9, 41), hours(16), true, true, none(), hours(10), hours(34), none()));
  }

  @Test
  void isNotFoundInTimeThatIsOnlyUnknownOrUp() {
    assertThat(outages(BOTH, DAYS)).isEmpty();
    assertThat(outages(BOTH, DAYS, up(10))).isEmpty();
    assertThat(outages(BOTH, DAYS, down(8))).isEmpty();
  }

  private static List<Outage> outages(Span period, SpanSet open, long... polls) {
    return outages(Rule.standard(), period, open, polls);
  }

  private static List<Outage> outages(Rule rule, Span period, SpanSet open, long... polls) {
    return Timeline.of(rule, hours(48), period, open, SpanSet.empty(), polls(polls)).outages();
  }

  private static PollSeries polls(long... polls) {
    return PollSeries.ofPacked(polls);
  }

  private static long up(long at) {
    return PackedPoll.of(hours(at), true);
  }

  private static long down(long at) {
    return PackedPoll.of(hours(at), false);
  }

  private static OptionalLong maybe(long at) {
    return OptionalLong.of(hours(at));
  }

  private static OptionalLong none() {
    return OptionalLong.empty();
  }

  private static Span span(long from, long to) {
    return new Span(hours(from), hours(to));
  }

  private static long hours(long hours) {
    return hours * Micros.HOUR;
  }
}
