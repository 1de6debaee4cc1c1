package dev.storewatch.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LifetimesTest {
  @Test
  void areDurationsFromAMinuteToTenYears() {
    assertThat(Lifetimes.parse(" P90D\n")).isEqualTo(Duration.ofDays(90));
    assertThat(Lifetimes.parse("PT1M")).isEqualTo(Duration.ofMinutes(1));
    assertThat(Lifetimes.parse("P3660D")).isEqualTo(Duration.ofDays(3_660));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT59.999999999S", "PT0S", "-P1D", "P3660DT0.000000001S"})
  void areNeitherShorterNorLonger(String text) {
    assertThatThrownBy(() -> Lifetimes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a key is good for a minute to 3660 days, not %s: use for example P90D", text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "90d", "P1Y", "P99999999999999999999D"})
  void areWrittenAsDurations(String text) {
    assertThatThrownBy(() -> Lifetimes.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' is not a lifetime: use an ISO 8601 duration, for example P90D", text);
  }
}
