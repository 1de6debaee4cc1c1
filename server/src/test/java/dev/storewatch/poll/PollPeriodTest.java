package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storewatch.input.WrongInput;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PollPeriodTest {
  @Test
  void isReadFromTwoInstantsWithTheirOffsets() {
    assertThat(PollPeriod.parse(" 2026-02-02T12:00:00.000001Z", "2026-02-02T07:00:00-06:00"))
        .isEqualTo(
            new Span(
                Micros.of(Instant.parse("2026-02-02T12:00:00.000001Z")),
                Micros.of(Instant.parse("2026-02-02T13:00:00Z"))));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, 2026-02-02T13:00:00Z, both from and to",
        "2026-02-02T13:00:00Z, none, both from and to",
        "2026-02-02, 2026-02-03T00:00:00Z, from is '2026-02-02'",
        "2026-02-02T00:00:00Z, later, to is 'later'",
        "1899-12-31T00:00:00Z, 2026-02-03T00:00:00Z, of the years 1900 to 9999",
        "2026-02-02T13:00:00Z, 2026-02-02T13:00:00Z, not after from",
        "2026-02-02T13:00:00Z, 2026-02-02T12:00:00Z, not after from",
      })
  void saysWhatWouldBeRight(@Nullable String from, @Nullable String to, String said) {
    assertThatThrownBy(() -> PollPeriod.parse(from, to))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining(said)
        .hasMessageContaining(
            "use for example from=2023-01-24T00:00:00Z and to=2023-01-25T00:00:00Z");
  }
}
