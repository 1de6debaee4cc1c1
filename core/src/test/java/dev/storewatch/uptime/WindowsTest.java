package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Duration;
import java.time.Instant;
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
  void refuseALengthThatIsNotPositiveOrTooLong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Windows.endingAt(0, Duration.ZERO))
        .withMessageContaining("P0D");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Windows.endingAt(0, Duration.ofDays(1_000_000_000)))
        .withMessageContaining("at most P3660D");
    assertThat(Windows.endingAt(0, Windows.LONGEST).length()).isEqualTo(3_660 * Micros.DAY);
  }

  @Test
  void areReadFromIsoDurations() {
    assertThat(Windows.parseAll("PT1H, P1D,P7D")).isEqualTo(Windows.STANDARD);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Windows.parseAll("PT1H,"))
        .withMessage("the window '' is not an ISO 8601 duration: use for example PT1H or P7D");
  }

  @Test
  void areNamedByTheirIsoDuration() {
    assertThat(Windows.STANDARD).extracting(Windows::format).containsExactly("PT1H", "P1D", "P7D");
    assertThat(Windows.format(Duration.ofHours(36))).isEqualTo("PT36H");
    assertThat(Windows.format(Duration.ofMinutes(90))).isEqualTo("PT1H30M");
  }
}
