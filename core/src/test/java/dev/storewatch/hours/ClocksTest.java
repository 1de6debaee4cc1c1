package dev.storewatch.hours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClocksTest {
  /** The day on which the clocks of Chicago go forward, by the clocks of UTC. */
  private static final Span DAY =
      Span.between(Instant.parse("2026-03-08T00:00:00Z"), Instant.parse("2026-03-09T00:00:00Z"));

  private static final WeeklyHours SUNDAY =
      WeeklyHours.of(
          List.of(OpeningInterval.of(DayOfWeek.SUNDAY, LocalTime.of(1, 0), LocalTime.of(4, 0))));

  @Test
  void computeWhatAZoneNeedsOnce() {
    Clocks clocks = new Clocks(DAY);

    assertThat(clocks.of(Zone.of("America/Chicago")))
        .isSameAs(clocks.of(Zone.of("America/Chicago")));
    assertThat(clocks.period()).isEqualTo(DAY);
  }

  @Test
  void tellWhenStoresOfSeveralZonesAreOpen() {
    Clocks clocks = new Clocks(DAY);

    assertThat(open("America/Chicago", clocks))
        .isEqualTo(span("2026-03-08T07:00:00Z", "2026-03-08T09:00:00Z"));
    assertThat(open("Asia/Kolkata", clocks))
        .as("it opened the evening before, by UTC")
        .isEqualTo(SpanSet.empty());
    assertThat(open("UTC", clocks)).isEqualTo(span("2026-03-08T01:00:00Z", "2026-03-08T04:00:00Z"));
  }

  private static SpanSet open(String zone, Clocks clocks) {
    return new Schedule(SUNDAY, Zone.of(zone)).open(clocks);
  }

  private static SpanSet span(String from, String to) {
    return SpanSet.of(new Span(Micros.of(Instant.parse(from)), Micros.of(Instant.parse(to))));
  }

  @Test
  void readALateCloseAsItIsOrAsMidnight() {
    List<OpeningInterval> late =
        List.of(OpeningInterval.of(DayOfWeek.SUNDAY, LocalTime.of(20, 0), LocalTime.of(23, 59)));
    Clocks clocks = new Clocks(DAY);

    assertThat(new Schedule(WeeklyHours.of(late, LateClose.AS_GIVEN), Zone.of("UTC")).open(clocks))
        .isEqualTo(span("2026-03-08T20:00:00Z", "2026-03-08T23:59:00Z"));
    assertThat(
            new Schedule(WeeklyHours.of(late, LateClose.AS_MIDNIGHT), Zone.of("UTC")).open(clocks))
        .isEqualTo(span("2026-03-08T20:00:00Z", "2026-03-09T00:00:00Z"));
  }
}
