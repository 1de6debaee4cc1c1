package dev.storewatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PausesTest {
  private static final Pauses SHORTEST = new Pauses(() -> 0);
  private static final Pauses LONGEST = new Pauses(() -> 1);

  @Test
  void areBetweenHalfAndAllOfWhatDoublesEachTime() {
    assertThat(SHORTEST.after(1, null)).isEqualTo(Duration.ofMillis(2_500));
    assertThat(LONGEST.after(1, null)).isEqualTo(Duration.ofSeconds(5));
    assertThat(LONGEST.after(2, null)).isEqualTo(Duration.ofSeconds(10));
    assertThat(SHORTEST.after(4, null)).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void areNeverLongerThanTenMinutes() {
    for (int attempts : new int[] {8, 11, 50, Integer.MAX_VALUE}) {
      assertThat(LONGEST.after(attempts, null)).isEqualTo(Duration.ofMinutes(10));
    }
  }

  @Test
  void areNeverShorterThanTheReceiverAsks() {
    assertThat(SHORTEST.after(1, Duration.ofMinutes(30))).isEqualTo(Duration.ofMinutes(30));
    assertThat(LONGEST.after(1, Duration.ofMinutes(30)))
        .isBetween(Duration.ofMinutes(30), Duration.ofMinutes(31));
    assertThat(LONGEST.after(9, Duration.ofSeconds(1))).isEqualTo(Duration.ofMinutes(10));
  }

  /** A receiver that asks for years is asked after a day. */
  @Test
  void areNeverMuchLongerThanADay() {
    assertThat(LONGEST.after(1, Duration.ofDays(3_650)))
        .isBetween(Duration.ofDays(1), Duration.ofDays(1).plusMinutes(1));
  }
}
