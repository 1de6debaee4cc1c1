package dev.storewatch.instant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  private final Timestamps timestamps = new Timestamps();

  @ParameterizedTest
  @CsvSource({
    "2023-01-25 18:13:22.47922 UTC,         2023-01-25T18:13:22.479220Z",
    "2023-01-25 18:13:22.4 UTC,             2023-01-25T18:13:22.400000Z",
    "2023-01-25 18:13:22 UTC,               2023-01-25T18:13:22Z",
    "2023-01-25T18:13:22.479220Z,           2023-01-25T18:13:22.479220Z",
    "2023-01-25T18:13:22.000001Z,           2023-01-25T18:13:22.000001Z",
    "2023-01-25T18:13:22.4792209Z,          2023-01-25T18:13:22.479220Z",
    "2023-01-25T18:13:22.479220999Z,        2023-01-25T18:13:22.479220Z",
    "2023-01-25T18:13:22+05:30,             2023-01-25T12:43:22Z",
    "2023-01-25T18:13:22.5+0530,            2023-01-25T12:43:22.500000Z",
    "2023-01-25 18:13:22.47922+00,          2023-01-25T18:13:22.479220Z",
    "2023-01-25 18:13:22-08:00,             2023-01-26T02:13:22Z",
    "2023-01-25 18:13:22 -08:00,            2023-01-26T02:13:22Z",
    "2023-01-25 18:13:22,                   2023-01-25T18:13:22Z",
    "2023-01-25T18:13Z,                     2023-01-25T18:13:00Z",
    "2023-01-25 18:13 UTC,                  2023-01-25T18:13:00Z",
    "2023-01-25 18:13,                      2023-01-25T18:13:00Z",
    "2023-01-25T18:13+01,                   2023-01-25T17:13:00Z",
    "2024-02-29T23:59:59.999999Z,           2024-02-29T23:59:59.999999Z",
    "2000-02-29T00:00:00Z,                  2000-02-29T00:00:00Z",
    "1970-01-01T00:00:00Z,                  1970-01-01T00:00:00Z",
    "2199-12-31T23:59:59.999999Z,           2199-12-31T23:59:59.999999Z",
    "1969-12-31T23:00:00-01:00,             1970-01-01T00:00:00Z",
    "2200-01-01T00:30:00+01:00,             2199-12-31T23:30:00Z",
    "2023-01-25T18:13:22+18:00,             2023-01-25T00:13:22Z",
  })
  void readsTheUsualShapes(String text, Instant instant) {
    assertThat(read(text)).isEqualTo(Micros.of(instant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-01-25 24:00:00 UTC",
        "2023-01-25 23:59:60 UTC",
        "2023-01-25 23:60:00 UTC",
        "2023-02-29 00:00:00 UTC",
        "2023-02-30 00:00:00 UTC",
        "2100-02-29 00:00:00 UTC",
        "2023-04-31 00:00:00 UTC",
        "2023-00-01 00:00:00 UTC",
        "2023-13-01 00:00:00 UTC",
        "2023-01-00 00:00:00 UTC",
        "2023-01-32 00:00:00 UTC",
        "2023-1-25 18:13:22 UTC",
        "2023-01-25 8:13:22 UTC",
        "2023-01-25",
        "2023-01-25 18",
        "2023-01-25 18:13:22. UTC",
        "2023-01-25 18:13:22.1234567890 UTC",
        "2023-01-25 18:13.5 UTC",
        "2023-01-25 18:13:22 utc",
        "2023-01-25 18:13:22  UTC",
        "2023-01-25  18:13:22 UTC",
        "2023-01-25 18:13:22 CET",
        "2023-01-25 18:13:22+18:01",
        "2023-01-25 18:13:22+19",
        "2023-01-25 18:13:22+05:60",
        "2023-01-25 18:13:22+5",
        "2023-01-25 18:13:22+053",
        "2023-01-25 18:13:22+05:",
        "2023-01-25 18:13:22Zx",
        "2023/01/25 18:13:22 UTC",
        "1674670402",
        "",
      })
  void refusesWhatIsNoInstant(String text) {
    assertThat(read(text)).isEqualTo(Timestamps.IMPOSSIBLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1969-12-31 23:59:59.999999 UTC",
        "2200-01-01 00:00:00 UTC",
        "0001-01-01 00:00:00 UTC",
        "9999-12-31 23:59:59 UTC",
        "1970-01-01T00:30:00+01:00",
        "2199-12-31T23:30:00-01:00",
      })
  void tellsOtherYearsFromImpossibleTimes(String text) {
    assertThat(read(text)).isEqualTo(Timestamps.OTHER_YEARS);
  }

  @Test
  void knowsEveryDayFrom1970To2199() {
    for (LocalDate day = LocalDate.EPOCH; day.getYear() < 2200; day = day.plusDays(1)) {
      assertThat(read(day + " 00:00:00 UTC")).isEqualTo(day.toEpochDay() * 86_400_000_000L);
    }
  }

  private long read(String text) {
    byte[] bytes = Arrays.copyOf((text + "\n").getBytes(StandardCharsets.UTF_8), 100);
    long at = timestamps.read(bytes, 0);
    return at == Timestamps.IMPOSSIBLE || timestamps.end() == text.length()
        ? at
        : Timestamps.IMPOSSIBLE;
  }
}
