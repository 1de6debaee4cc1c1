package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Micros;
import org.junit.jupiter.api.Test;

class FiguresTest {
  /** A hundredth of a minute. */
  private static final long TICK = 600_000;

  @Test
  void roundsMinutesHalfUp() {
    assertThat(Figures.hundredthsOfMinutes(60 * Micros.SECOND)).isEqualTo(100);
    assertThat(Figures.hundredthsOfMinutes(TICK / 2 - 1)).isZero();
    assertThat(Figures.hundredthsOfMinutes(TICK / 2)).isEqualTo(1);
    assertThat(Figures.hundredthsOfMinutes(TICK * 3 / 2)).isEqualTo(2);
  }

  @Test
  void roundsHoursHalfUp() {
    assertThat(Figures.hundredthsOfHours(Micros.HOUR)).isEqualTo(100);
    assertThat(Figures.hundredthsOfHours(18 * Micros.SECOND - 1)).isZero();
    assertThat(Figures.hundredthsOfHours(18 * Micros.SECOND)).isEqualTo(1);
  }

  @Test
  void hasNoPercentWhenNothingIsKnown() {
    assertThat(Figures.hundredthsOfPercent(0, 0)).isEmpty();
  }

  @Test
  void isAHundredPercentOnlyWithoutAnyDownTime() {
    assertThat(Figures.hundredthsOfPercent(Micros.DAY, 0)).hasValue(10_000);
    assertThat(Figures.hundredthsOfPercent(Micros.DAY, 1)).hasValue(9_999);
    assertThat(Figures.hundredthsOfPercent(0, 1)).hasValue(0);
  }

  @Test
  void roundsPercentDown() {
    assertThat(Figures.hundredthsOfPercent(2, 1)).hasValue(6_666);
    assertThat(Figures.hundredthsOfPercent(9_999, 1)).hasValue(9_999);
  }

  @Test
  void dividesTheTimeOfAFleetAsExactly() {
    long known = 10_000 * (Long.MAX_VALUE / 20_000) + 9_999;
    long half = known / 2;
    assertThat(Figures.hundredthsOfPercent(half, known - half)).hasValue(4_999);
    assertThat(Figures.hundredthsOfPercent(half + 1, known - half - 1)).hasValue(5_000);
    assertThat(Figures.hundredthsOfPercent(known, 0)).hasValue(10_000);
    assertThat(Figures.hundredthsOfPercent(known - 1, 1)).hasValue(9_999);
  }
}
