package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Measures stores whose time is counted in plain microseconds from 0, as-of being 10,000,000. */
class UptimeEngineTest {
  private static final long AS_OF = 10_000_000;
  private static final Span ALL = new Span(0, AS_OF);
  private static final Duration LONG = Duration.ofHours(24);
  private static final SpanSet OPEN = SpanSet.of(new Span(0, AS_OF + 1));
  private static final SpanSet NONE = SpanSet.empty();

  @Test
  void refusesToMeasureNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new UptimeEngine(Rule.standard(), AS_OF, List.of()));
  }

  @Test
  void refusesAWindowOfTheFuture() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine(Rule.standard(), new Span(0, AS_OF + 1)))
        .withMessageContaining("ends after the as-of instant");
  }

  @Test
  void needsToKnowTheCarryLimitBeforeTheFirstWindowAndAfterTheLastUpToAsOfItself() {
    Rule rule = new Rule.Nearest(Duration.ofSeconds(3));
    assertThat(engine(rule, new Span(9, 10), new Span(5, 6)).horizon())
        .isEqualTo(new Span(5 - 3_000_000, 10 + 3_000_000 + 1));
    assertThat(engine(rule, new Span(5, 6), new Span(9, AS_OF)).horizon())
        .isEqualTo(new Span(5 - 3_000_000, AS_OF + 1));
  }

  @Test
  void countsAPollAtTheEndOfAWindowAndNotAtItsStart() {
    UptimeEngine engine = engine(Rule.standard(), new Span(100, 200), new Span(200, 300));
    assertThat(engine.measure(OPEN, NONE, polls(up(100), up(200), up(201), up(300))))
        .extracting(WindowTotals::polls)
        .containsExactly(1L, 2L);
  }

  @Test
  void countsAPollAtAsOfAndNoneAfter() {
    assertThat(only(Rule.standard(), OPEN, NONE, up(AS_OF), down(AS_OF + 1)))
        .isEqualTo(new WindowTotals(AS_OF, AS_OF, 0, 0, 0, 0, 0, 1));
  }

  @Test
  void doesNotCountAPollAtAsOfOfAStoreThatClosesThen() {
    SpanSet open = SpanSet.of(ALL);
    assertThat(only(Rule.standard(), open, NONE, up(AS_OF)))
        .isEqualTo(new WindowTotals(AS_OF, 0, 0, AS_OF, 0, 0, 0, 0));
  }

  @Test
  void doesNotListenToAPollInsideAPlannedClosure() {
    SpanSet closure = SpanSet.of(new Span(4_000_000, 6_000_000));
    assertThat(only(Rule.standard(), OPEN, closure, up(1_000_000), down(5_000_000)))
        .isEqualTo(new WindowTotals(AS_OF, 8_000_000, 0, 0, 2_000_000, 0, 0, 1));
  }

  @Test
  void excludesOnlyTheOpenTimeOfAClosure() {
    SpanSet open = SpanSet.of(new Span(2_000_000, 3_000_000), new Span(5_000_000, 9_000_000));
    SpanSet closures =
        SpanSet.of(
            new Span(-5, 2_500_000), new Span(3_000_000, 6_000_000), new Span(AS_OF, AS_OF * 2));
    assertThat(only(Rule.standard(), open, closures))
        .isEqualTo(new WindowTotals(5_000_000, 0, 0, 3_500_000, 1_500_000, 0, 0, 0));
  }

  @Test
  void forgetsTheClosuresOfTheStoreBefore() {
    UptimeEngine engine = engine(Rule.standard(), ALL);
    engine.measure(OPEN, OPEN, polls());
    assertThat(engine.measure(OPEN, NONE, polls(up(0))))
        .containsExactly(new WindowTotals(AS_OF, AS_OF, 0, 0, 0, 0, 0, 0));
  }

  @Test
  void givesTheHalfMicrosecondOfAnOddGapToTheLaterPoll() {
    UptimeEngine engine = engine(Rule.standard(), new Span(100, 103));
    assertThat(engine.measure(OPEN, NONE, polls(up(100), down(103))))
        .containsExactly(new WindowTotals(3, 1, 2, 0, 0, 0, 0, 1));
  }

  @Test
  void letsAPollSpeakFromTheCarryLimitBeforeToTheCarryLimitAfter() {
    Rule rule = new Rule.Nearest(Duration.ofSeconds(2));
    UptimeEngine engine =
        engine(
            rule,
            new Span(2_999_999, 3_000_000),
            new Span(3_000_000, 3_000_001),
            new Span(6_999_999, 7_000_000),
            new Span(7_000_000, 7_000_001));
    assertThat(engine.measure(OPEN, NONE, polls(up(5_000_000))))
        .extracting(WindowTotals::up)
        .containsExactly(0L, 1L, 1L, 0L);
  }

  @Test
  void looksOnlyBackUnderPrevious() {
    Rule rule = new Rule.Previous(Duration.ofSeconds(2));
    assertThat(only(rule, OPEN, NONE, down(1_000_000), up(4_000_000)))
        .isEqualTo(new WindowTotals(AS_OF, 2_000_000, 2_000_000, 6_000_000, 0, 0, 0, 2));
  }

  @Test
  void isSureWhereBothSidesAgreeWithinTheCarryLimit() {
    Rule rule = new Rule.Nearest(Duration.ofSeconds(3));
    // Between 1 and 5 both polls are in reach from 2 to 4; from 5 to 7 all is; then they disagree.
    assertThat(only(rule, OPEN, NONE, up(1_000_000), up(5_000_000), up(7_000_000), down(9_000_000)))
        .isEqualTo(new WindowTotals(AS_OF, 8_000_000, 2_000_000, 0, 0, 4_000_000, 0, 4));
  }

  @Test
  void bordersTheTrueUptime() {
    WindowTotals totals =
        only(
            Rule.standard(),
            OPEN,
            NONE,
            up(1_000_000),
            up(2_000_000),
            down(4_000_000),
            down(9_000_000));
    assertThat(totals.upAtLeast()).isEqualTo(1_000_000);
    assertThat(totals.upAtMost()).isEqualTo(5_000_000);
    assertThat(totals.up()).isEqualTo(3_000_000);
  }

  @Test
  void splitsByTheShareOfActivePollsUnderRatio() {
    Rule rule = new Rule.Ratio(LONG);
    assertThat(only(rule, OPEN, NONE, up(0), up(5), down(6), down(7)))
        .isEqualTo(new WindowTotals(AS_OF, 3_333_333, 6_666_667, 0, 0, 5, 1, 3));
  }

  @Test
  void knowsNothingUnderRatioWithoutAPollInTheWindow() {
    Rule rule = new Rule.Ratio(LONG);
    assertThat(only(rule, OPEN, NONE, up(0)))
        .isEqualTo(new WindowTotals(AS_OF, 0, 0, AS_OF, 0, 0, 0, 0));
  }

  @Test
  void splitsWhatIsNotExcludedUnderRatio() {
    Rule rule = new Rule.Ratio(LONG);
    SpanSet closure = SpanSet.of(new Span(0, 4_000_000));
    assertThat(only(rule, OPEN, closure, up(1), up(4_000_000), down(9_000_000)))
        .isEqualTo(new WindowTotals(AS_OF, 3_000_000, 3_000_000, 0, 4_000_000, 0, 0, 2));
  }

  @Test
  void writesWhereItIsTold() {
    UptimeEngine engine = engine(Rule.standard(), new Span(0, 4), new Span(4, 10));
    long[] fleet = {PackedPoll.of(0, false), PackedPoll.of(5, true), PackedPoll.of(0, false)};
    long[] totals = new long[2 + 2 * WindowTotals.FIELDS];
    engine.measure(OPEN, NONE, fleet, 1, 2, totals, 2);
    assertThat(totals).startsWith(0, 0);
    assertThat(WindowTotals.read(totals, 2)).isEqualTo(new WindowTotals(4, 4, 0, 0, 0, 0, 0, 0));
    assertThat(WindowTotals.read(totals, 2 + WindowTotals.FIELDS))
        .isEqualTo(new WindowTotals(6, 6, 0, 0, 0, 0, 0, 1));
  }

  @Test
  void givesAnEmptyWindowNothing() {
    UptimeEngine engine = engine(Rule.standard(), new Span(5, 5));
    assertThat(engine.windows()).isEqualTo(1);
    assertThat(engine.measure(OPEN, NONE, polls(up(5)))).containsExactly(WindowTotals.ZERO);
  }

  @Test
  void reachesAsFarAsTheMicrosecond() {
    Rule rule = new Rule.Previous(Duration.ofSeconds(1).plus(1, ChronoUnit.MICROS));
    assertThat(only(rule, OPEN, NONE, up(0)).up()).isEqualTo(1_000_001);
  }

  private static UptimeEngine engine(Rule rule, Span... windows) {
    return new UptimeEngine(rule, AS_OF, List.of(windows));
  }

  private static WindowTotals only(Rule rule, SpanSet open, SpanSet closures, long... polls) {
    return engine(rule, ALL).measure(open, closures, polls(polls)).getFirst();
  }

  private static PollSeries polls(long... polls) {
    return PollSeries.ofPacked(polls);
  }

  private static long up(long at) {
    return PackedPoll.of(at, true);
  }

  private static long down(long at) {
    return PackedPoll.of(at, false);
  }
}
