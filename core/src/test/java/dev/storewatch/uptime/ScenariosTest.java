package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Span;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the rules, as the scenarios state them, against everything that computes them. */
class ScenariosTest {
  /** What a difference may be: a hundred-thousandth of a second. */
  private static final long TOLERANCE = 10;

  @Test
  void hasAScenarioForEachRule() {
    assertThat(Scenario.all()).hasSizeGreaterThanOrEqualTo(19).doesNotHaveDuplicates();
  }

  @TestFactory
  Stream<DynamicTest> theEngineKeepsTheRule() {
    return eachScenario(
        s -> assertExpected(s, s.question().measure().stream().map(Times::of).toList()));
  }

  @TestFactory
  Stream<DynamicTest> theTimelineKeepsTheRule() {
    return eachScenario(
        s ->
            assertExpected(
                s,
                s.question().windows().stream()
                    .map(window -> Times.of(s.question().timeline(window)))
                    .toList()));
  }

  @TestFactory
  Stream<DynamicTest> theOracleKeepsTheRule() {
    return eachScenario(
        s -> {
          Oracle oracle = new Oracle(s.question());
          List<Span> windows = s.question().windows();
          assertExpected(s, windows.stream().map(oracle::totals).map(Times::of).toList());
        });
  }

  private static Stream<DynamicTest> eachScenario(Consumer<Scenario> check) {
    return Scenario.all()
        .map(scenario -> DynamicTest.dynamicTest(scenario.name(), () -> check.accept(scenario)));
  }

  private static void assertExpected(Scenario scenario, List<Times> actual) {
    assertThat(actual).hasSameSizeAs(scenario.expected());
    for (int i = 0; i < actual.size(); i++) {
      Scenario.Expected expected = scenario.expected().get(i);
      assertThat(actual.get(i))
          .as("window %s", scenario.question().windows().get(i))
          .matches(times -> Math.abs(times.up() - expected.up()) <= TOLERANCE, "up " + expected)
          .matches(
              times -> Math.abs(times.down() - expected.down()) <= TOLERANCE, "down " + expected)
          .matches(
              times -> Math.abs(times.unknown() - expected.unknown()) <= TOLERANCE,
              "unknown " + expected)
          .matches(
              times -> Math.abs(times.excluded() - expected.excluded()) <= TOLERANCE,
              "excluded " + expected);
    }
  }

  /** What was computed for a window, in microseconds. */
  private record Times(long up, long down, long unknown, long excluded) {
    static Times of(WindowTotals totals) {
      return new Times(totals.up(), totals.down(), totals.unknown(), totals.excluded());
    }

    static Times of(Timeline timeline) {
      return new Times(
          sum(timeline, Segment.State.UP),
          sum(timeline, Segment.State.DOWN),
          sum(timeline, Segment.State.UNKNOWN),
          sum(timeline, Segment.State.EXCLUDED));
    }

    private static long sum(Timeline timeline, Segment.State state) {
      return timeline.segments().stream()
          .filter(segment -> segment.state() == state)
          .mapToLong(segment -> segment.span().length())
          .sum();
    }
  }
}
