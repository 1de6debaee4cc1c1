package dev.storewatch.uptime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "P1W|P7D",
        "p2w|P14D",
        "P1W1DT1H|PT193H",
        "P1.5D|PT36H",
        "PT1.5H|PT1H30M",
        "PT1,5H|PT1H30M",
        "PT0.25M|PT15S",
        "P0.5W|PT84H",
        "PT1H0.5M|PT1H30S",
        "PT0.000001S|PT0.000001S",
      })
  void areReadInWeeksAndWithAFractionOfTheLastPart(String text, String same) {
    assertThat(Windows.format(Windows.parse(text))).isEqualTo(same);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P",
        "PT",
        "P1",
        "1W",
        "PT1.5H30M",
        "P1.5W1D",
        "PT.5H",
        "P1WT",
        "PT1H1W",
        "P-1W",
        "PT1.H",
        "P999999999999W",
        "P1W 1D",
      })
  void areNothingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Windows.parse(text))
        .withMessageStartingWith("the window '" + text + "' is not an ISO 8601 duration: use for");
  }

  @ParameterizedTest
  @ValueSource(strings = {"P1M", "P1Y", "P1Y6M", "P1M2DT1H"})
  void areNotOfTheCalendar(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Windows.parse(text))
        .withMessage(
            "the window '%s' has months or years, which are of no one length: use for example P30D"
                    .formatted(text)
                + " or P365D");
  }

  @Test
  void areNamedByTheirIsoDuration() {
    assertThat(Windows.STANDARD).extracting(Windows::format).containsExactly("PT1H", "P1D", "P7D");
    assertThat(Windows.format(Duration.ofHours(36))).isEqualTo("PT36H");
    assertThat(Windows.format(Duration.ofMinutes(90))).isEqualTo("PT1H30M");
  }
}
