package dev.storewatch.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
import dev.storewatch.instant.Durations;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {
  private static final Schedule CHICAGO = Schedule.unknown();

  @Test
  void areElapsedHoursEvenWhenTheClocksChange() {
    long asOf = Micros.of(Instant.parse("2026-03-08T12:00:00Z"));
    assertThat(Window.spans(asOf, Window.STANDARD, CHICAGO))
        .containsExactly(
            new Span(asOf - Micros.HOUR, asOf),
            new Span(asOf - 24 * Micros.HOUR, asOf),
            new Span(asOf - 168 * Micros.HOUR, asOf));
  }

  @Test
  void refuseALengthThatIsNotPositiveOrTooLong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Window.of(Duration.ZERO))
        .withMessageContaining("P0D");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Window.of(Duration.ofDays(1_000_000_000)))
        .withMessageContaining("at most P3660D");
    assertThat(Window.of(Window.LONGEST).whole(0, CHICAGO).length()).isEqualTo(3_660 * Micros.DAY);
    for (String length : List.of("P0M", "P0Y", "P11Y", "P122M", "P999999999Y")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Window.parse(length))
          .withMessageStartingWith("a window lasts P")
          .withMessageContaining("at most P3660D");
    }
  }

  @Test
  void areReadFromIsoDurations() {
    assertThat(Window.parseAll("PT1H, P1D,P7D")).isEqualTo(Window.STANDARD);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Window.parseAll("PT1H,"))
        .withMessage(
            "the window '' is not an ISO 8601 duration: use for example PT1H, P7D or P1M, or for a"
                + " period 2026-03-04, 2026-W10 or 2026-03");
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
    assertThat(Window.parse(text).format()).isEqualTo(same);
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
        .isThrownBy(() -> Window.parse(text))
        .withMessageStartingWith("the window '" + text + "' is not an ISO 8601 duration: use for");
  }

  @ParameterizedTest
  @ValueSource(strings = {"P1MT1H", "P1M2DT1H", "P99999999999M", "P1Y1M999999999999D"})
  void areOfTheCalendarOrElapsedTimeButNotBoth(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Window.parse(text))
        .withMessageStartingWith("the window '" + text + "' has months or years beside parts of a");
  }

  /** What the clocks of the zone show at the start of a window that ends at an instant. */
  @ParameterizedTest
  @CsvSource({
    // the same time of day, whatever the clocks did in between
    "P1M, America/Chicago, 2026-03-20T15:30:00Z, 2026-02-20T10:30-06:00",
    "P1Y, America/Chicago, 2026-03-20T15:30:00Z, 2025-03-20T10:30-05:00",
    "p1y6m, Asia/Kolkata, 2026-03-20T15:30:00.000001Z, 2024-09-20T21:00:00.000001+05:30",
    "P1M1W1D, UTC, 2026-03-20T15:30:00Z, 2026-02-12T15:30Z",
    // the last day of a month that has no such day
    "P1M, UTC, 2026-03-31T12:00:00Z, 2026-02-28T12:00Z",
    "P1M, UTC, 2024-03-31T12:00:00Z, 2024-02-29T12:00Z",
    "P1Y, UTC, 2024-02-29T12:00:00Z, 2023-02-28T12:00Z",
    // the date is that of the store, not of UTC
    "P1M, Asia/Tokyo, 2026-03-31T20:00:00Z, 2026-03-01T05:00+09:00",
    "P1M, Pacific/Honolulu, 2026-03-01T05:00:00Z, 2026-01-28T19:00-10:00",
    // a time that the clocks skip, and one that they show twice
    "P1M, America/Chicago, 2026-04-08T07:30:00Z, 2026-03-08T03:00-05:00",
    "P1M, America/Chicago, 2026-12-01T07:30:00Z, 2026-11-01T01:30-05:00",
    // a day that the calendar skips
    "P1M, Pacific/Apia, 2012-01-30T08:00:00Z, 2011-12-31T00:00+14:00",
  })
  void ofTheCalendarBeginAtTheSameTimeOnTheClocksOfTheStore(
      String window, String zone, Instant asOf, OffsetDateTime start) {
    Zone clocks = Zone.of(zone);
    Span span =
        Window.parse(window).whole(Micros.of(asOf), new Schedule(WeeklyHours.always(), clocks));
    assertThat(clocks.wallClock(Micros.toInstant(span.start()))).isEqualTo(start);
    assertThat(span.end()).isEqualTo(Micros.of(asOf));
  }

  @Test
  void ofTheCalendarAreTheSameHoweverTheyAreWritten() {
    assertThat(Window.parse("P12M")).isEqualTo(Window.parse("P1Y"));
    assertThat(Window.parse("p18m").format()).isEqualTo("P1Y6M");
    assertThat(Window.parse("P1M1W").format()).isEqualTo("P1M7D");
    assertThat(Window.parse("P1M")).isNotEqualTo(Window.parse("P30D"));
    assertThat(Window.parse("P1M").isLocal()).isTrue();
    assertThat(Window.parse("P1W").isLocal()).isFalse();
  }

  @Test
  void areNamedByTheirIsoDuration() {
    assertThat(Window.STANDARD).extracting(Window::format).containsExactly("PT1H", "P1D", "P7D");
    assertThat(Durations.format(Duration.ofHours(36))).isEqualTo("PT36H");
    assertThat(Durations.format(Duration.ofMinutes(90))).isEqualTo("PT1H30M");
  }
}
