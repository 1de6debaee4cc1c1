package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {
  @Test
  void areElapsedHoursEvenWhenTheClocksChange() {
    long asOf = Micros.of(Instant.parse("2026-03-08T12:00:00Z"));
    assertThat(Windows.endingAt(asOf, Windows.STANDARD))
        .containsExactly(
            new Span(asOf - Micros.HOUR, asOf),
            new Span(asOf - 24 * Micros.HOUR, asOf),
            new Span(asOf - 168 * Micros.HOUR, asOf));
  }

  @Test
  void refuseALengthThatIsNotPositive() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Windows.endingAt(0, List.of(Duration.ZERO)))
        .withMessageContaining("PT0S");
  }

  @Test
  void areNamedByTheirIsoDuration() {
    assertThat(Windows.STANDARD).extracting(Windows::format).containsExactly("PT1H", "P1D", "P7D");
    assertThat(Windows.format(Duration.ofHours(36))).isEqualTo("PT36H");
    assertThat(Windows.format(Duration.ofMinutes(90))).isEqualTo("PT1H30M");
  }
}
