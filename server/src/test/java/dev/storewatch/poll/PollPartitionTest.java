package dev.storewatch.poll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Micros;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PollPartitionTest {
  private static long micros(String instant) {
    return Micros.of(Instant.parse(instant));
  }

  @ParameterizedTest
  @CsvSource({
    "2023-01-31T23:59:59.999999Z, poll_2023_01, 2023-01-01T00:00:00Z, 2023-02-01T00:00:00Z",
    "2023-02-01T00:00:00Z, poll_2023_02, 2023-02-01T00:00:00Z, 2023-03-01T00:00:00Z",
    "2024-02-29T12:00:00Z, poll_2024_02, 2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
    "2023-12-31T23:59:59Z, poll_2023_12, 2023-12-01T00:00:00Z, 2024-01-01T00:00:00Z",
    "2015-01-01T00:00:00Z, poll_2015_01, 2015-01-01T00:00:00Z, 2015-02-01T00:00:00Z",
    "2059-12-31T23:59:59.999999Z, poll_2059_12, 2059-12-01T00:00:00Z, 2060-01-01T00:00:00Z",
  })
  void isAMonth(String instant, String name, String start, String end) {
    assertIs(instant, name, start, end);
  }

  @ParameterizedTest
  @CsvSource({
    "2014-12-31T23:59:59.999999Z, poll_2014, 2014-01-01T00:00:00Z, 2015-01-01T00:00:00Z",
    "1970-01-01T00:00:00Z, poll_1970, 1970-01-01T00:00:00Z, 1971-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999999Z, poll_1969, 1969-01-01T00:00:00Z, 1970-01-01T00:00:00Z",
    "2060-01-01T00:00:00Z, poll_2060, 2060-01-01T00:00:00Z, 2061-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z, poll_9999, 9999-01-01T00:00:00Z, +10000-01-01T00:00:00Z",
  })
  void isAYearWhereHardlyAnybodyPolls(String instant, String name, String start, String end) {
    assertIs(instant, name, start, end);
  }

  private static void assertIs(String instant, String name, String start, String end) {
    PollPartition partition = PollPartition.of(micros(instant));

    assertThat(partition.name()).isEqualTo(name);
    assertThat(partition.time().start()).isEqualTo(micros(start));
    assertThat(partition.time().end()).isEqualTo(micros(end));
    assertThat(partition.holds(micros(instant))).isTrue();
  }

  @Test
  void holdsItsFirstInstantAndNotItsEnd() {
    PollPartition january = PollPartition.of(micros("2023-01-15T00:00:00Z"));

    assertThat(january.holds(january.time().start())).isTrue();
    assertThat(january.holds(january.time().start() - 1)).isFalse();
    assertThat(january.holds(january.time().end() - 1)).isTrue();
    assertThat(january.holds(january.time().end())).isFalse();
  }
}
