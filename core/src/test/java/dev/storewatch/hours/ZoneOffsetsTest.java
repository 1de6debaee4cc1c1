package dev.storewatch.hours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ZoneOffsetsTest {
  @Test
  void isOnePieceWhereClocksDoNotChange() {
    assertThat(pieces("America/Phoenix", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
        .containsExactly("2026-01-01T00:00:00Z -7.0");
  }

  @Test
  void isCutWhereTheClocksChange() {
    assertThat(pieces("America/Chicago", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"))
        .containsExactly(
            "2026-01-01T00:00:00Z -6.0", "2026-03-08T08:00:00Z -5.0", "2026-11-01T07:00:00Z -6.0");
  }

  @Test
  void hasTheNewOffsetFromTheChangeOn() {
    assertThat(pieces("America/Chicago", "2026-03-08T08:00:00Z", "2026-03-08T09:00:00Z"))
        .containsExactly("2026-03-08T08:00:00Z -5.0");
    assertThat(pieces("America/Chicago", "2026-03-08T07:59:59.999999Z", "2026-03-08T08:00:00Z"))
        .containsExactly("2026-03-08T07:59:59.999999Z -6.0");
  }

  @Test
  void knowsChangesOfHalfAnHourAndOfADay() {
    assertThat(pieces("Australia/Lord_Howe", "2026-04-04T00:00:00Z", "2026-04-05T00:00:00Z"))
        .containsExactly("2026-04-04T00:00:00Z 11.0", "2026-04-04T15:00:00Z 10.5");
    assertThat(pieces("Pacific/Apia", "2011-12-30T00:00:00Z", "2011-12-31T00:00:00Z"))
        .containsExactly("2011-12-30T00:00:00Z -10.0", "2011-12-30T10:00:00Z 14.0");
  }

  private static List<String> pieces(String zone, String from, String to) {
    Span period = Span.between(Instant.parse(from), Instant.parse(to));
    ZoneOffsets offsets = ZoneOffsets.of(Zone.of(zone), period);
    assertThat(offsets.end(offsets.size() - 1)).isEqualTo(period.end());
    return IntStream.range(0, offsets.size())
        .mapToObj(
            i ->
                Micros.toInstant(offsets.start(i)) + " " + (double) offsets.offset(i) / Micros.HOUR)
        .toList();
  }
}
