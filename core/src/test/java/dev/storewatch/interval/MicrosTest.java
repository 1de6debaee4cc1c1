package dev.storewatch.interval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MicrosTest {
  @Test
  void countsFromTheEpoch() {
    assertThat(Micros.of(Instant.parse("1970-01-01T00:00:01.000002Z"))).isEqualTo(1_000_002);
    assertThat(Micros.of(Instant.parse("1969-12-31T23:59:59.999999Z"))).isEqualTo(-1);
  }

  @Test
  void cutsOffAFractionOfAMicrosecond() {
    assertThat(Micros.of(Instant.parse("1970-01-01T00:00:00.000001999Z"))).isEqualTo(1);
    assertThat(Micros.of(Instant.parse("1969-12-31T23:59:59.999999999Z"))).isEqualTo(-1);
    assertThat(Micros.of(Duration.ofNanos(1_999))).isEqualTo(1);
  }

  @Test
  void returnsTheInstantItCameFrom() {
    Instant instant = Instant.parse("2023-01-25T18:13:22.479220Z");
    assertThat(Micros.toInstant(Micros.of(instant))).isEqualTo(instant);
  }

  @Test
  void refusesWhatALongCannotHold() {
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Micros.of(Instant.MAX));
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Micros.of(Duration.ofSeconds(Long.MAX_VALUE)));
  }
}
