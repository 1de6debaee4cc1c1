package dev.storewatch.hours;

import static java.time.DayOfWeek.FRIDAY;
import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;
import static java.time.DayOfWeek.TUESDAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeeklyHoursTest {
  private static final Span YEAR =
      Span.between(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));

  @Test
  void opensEveryWeek() {
    assertThat(
            open("America/Phoenix", "2026-01-01", "2026-01-15", interval(MONDAY, "09:00", "17:00")))
        .isEqualTo(
            SpanSet.of(
                span("2026-01-05T16:00:00Z", "2026-01-06T00:00:00Z"),
                span("2026-01-12T16:00:00Z", "2026-01-13T00:00:00Z")));
  }

  @Test
  void isCutAtTheEdgesOfThePeriod() {
    assertThat(
            open("America/Phoenix", "2026-01-06", "2026-01-07", interval(MONDAY, "09:00", "21:00")))
        .isEqualTo(SpanSet.of(span("2026-01-06T00:00:00Z", "2026-01-06T04:00:00Z")));
  }

  @Test
  void goesOnFromSundayNightToMonday() {
    assertThat(
            open("Asia/Kathmandu", "2026-01-04", "2026-01-06", interval(SUNDAY, "22:00", "02:00")))
        .isEqualTo(SpanSet.of(span("2026-01-04T16:15:00Z", "2026-01-04T20:15:00Z")));
  }

  @Test
  void lastsShorterOnTheDayTheClocksGoForward() {
    OpeningInterval night = interval(SUNDAY, "01:00", "04:00");
    assertThat(open("America/Chicago", "2026-03-08", "2026-03-09", night))
        .isEqualTo(SpanSet.of(span("2026-03-08T07:00:00Z", "2026-03-08T09:00:00Z")));
  }

  @Test
  void isClosedThatDayWhenItsWholeTimeIsSkipped() {
    OpeningInterval skipped = interval(SUNDAY, "02:00", "03:00");
    assertThat(open("America/Chicago", "2026-03-08", "2026-03-09", skipped).isEmpty()).isTrue();
  }

  @Test
  void lastsLongerOnTheDayTheClocksGoBack() {
    OpeningInterval night = interval(SUNDAY, "00:00", "03:00");
    assertThat(open("America/Chicago", "2026-11-01", "2026-11-02", night))
        .isEqualTo(SpanSet.of(span("2026-11-01T05:00:00Z", "2026-11-01T09:00:00Z")));
  }

  @Test
  void opensTwiceWhenTheClocksShowItsTimeTwice() {
    OpeningInterval twice = interval(SUNDAY, "01:00", "01:30");
    assertThat(open("America/Chicago", "2026-11-01", "2026-11-02", twice))
        .isEqualTo(
            SpanSet.of(
                span("2026-11-01T06:00:00Z", "2026-11-01T06:30:00Z"),
                span("2026-11-01T07:00:00Z", "2026-11-01T07:30:00Z")));
  }

  @Test
  void closesForASpellWhenTheClocksGoBackBehindItsOpening() {
    // In Havana 01:00 becomes 00:00, so the wall clock shows half past midnight twice.
    OpeningInterval late = interval(SUNDAY, "00:30", "02:00");
    assertThat(open("America/Havana", "2025-11-02", "2025-11-03", late))
        .isEqualTo(
            SpanSet.of(
                span("2025-11-02T04:30:00Z", "2025-11-02T05:00:00Z"),
                span("2025-11-02T05:30:00Z", "2025-11-02T07:00:00Z")));
  }

  @Test
  void hasNoHoursOnADayThatNeverWas() {
    List<OpeningInterval> night =
        List.of(interval(THURSDAY, "23:00", "01:00"), interval(FRIDAY, "23:00", "01:00"));
    SpanSet open =
        WeeklyHours.of(night)
            .open(
                ZoneOffsets.of(
                    Zone.of("Pacific/Apia"), span("2011-12-30T00:00:00Z", "2011-12-31T00:00:00Z")));
    assertThat(open).isEqualTo(SpanSet.of(span("2011-12-30T09:00:00Z", "2011-12-30T11:00:00Z")));
  }

  @Test
  void countsAnOverlapOnce() {
    assertThat(
            WeeklyHours.of(
                List.of(interval(MONDAY, "11:00", "15:00"), interval(MONDAY, "13:00", "18:00"))))
        .isEqualTo(WeeklyHours.of(List.of(interval(MONDAY, "11:00", "18:00"))));
  }

  @Test
  void joinsMidnightToMidnight() {
    WeeklyHours twoDays =
        WeeklyHours.of(
            List.of(interval(MONDAY, "12:00", "00:00"), interval(TUESDAY, "00:00", "12:00")));
    WeeklyHours night = WeeklyHours.of(List.of(interval(MONDAY, "12:00", "12:00")));
    ZoneOffsets year = ZoneOffsets.of(Zone.of("America/Chicago"), YEAR);
    assertThat(twoDays.open(year)).isEqualTo(night.open(year));
    assertThat(twoDays.on(TUESDAY).isEmpty()).isFalse();
    assertThat(night.on(TUESDAY).isEmpty()).isTrue();
    // A special Tuesday replaces the one and not the other.
    assertThat(twoDays).isNotEqualTo(night);
  }

  @Test
  void areTheSameHoweverTheIntervalsOfADayAreCut() {
    WeeklyHours cut =
        WeeklyHours.of(
            List.of(interval(MONDAY, "12:00", "20:00"), interval(MONDAY, "18:00", "02:00")));
    assertThat(cut)
        .isEqualTo(WeeklyHours.of(List.of(interval(MONDAY, "12:00", "02:00"))))
        .hasSameHashCodeAs(WeeklyHours.of(List.of(interval(MONDAY, "12:00", "02:00"))));
  }

  @Test
  void neverClosesWhenEveryDayIsWhole() {
    List<OpeningInterval> whole =
        Arrays.stream(DayOfWeek.values()).map(day -> interval(day, "10:00", "10:00")).toList();
    assertThat(WeeklyHours.of(whole).isAlways()).isTrue();
    assertThat(WeeklyHours.of(whole.subList(0, 6)).isAlways()).isFalse();
    assertThat(WeeklyHours.always().isAlways()).isTrue();
  }

  @Test
  void neverOpensWithoutAnInterval() {
    assertThat(WeeklyHours.of(List.of())).isNotEqualTo(WeeklyHours.always());
    assertThat(open("America/Chicago", "2026-01-01", "2026-02-01").isEmpty()).isTrue();
  }

  @Test
  void countsWeeksBackFromTheEpochToo() {
    assertThat(
            open(
                "America/Phoenix",
                "1969-12-27",
                "1969-12-29",
                interval(SATURDAY, "09:00", "10:00")))
        .isEqualTo(SpanSet.of(span("1969-12-27T16:00:00Z", "1969-12-27T17:00:00Z")));
  }

  @Test
  void aStoreOfWhichNothingIsKnownIsAlwaysOpen() {
    Span week = span("2026-03-04T00:00:00Z", "2026-03-11T00:00:00Z");
    assertThat(Schedule.unknown().open(new Clocks(week))).isEqualTo(SpanSet.of(week));
  }

  private static SpanSet open(String zone, String from, String to, OpeningInterval... intervals) {
    Span period = span(from + "T00:00:00Z", to + "T00:00:00Z");
    return WeeklyHours.of(List.of(intervals)).open(ZoneOffsets.of(Zone.of(zone), period));
  }

  private static OpeningInterval interval(DayOfWeek day, String opens, String closes) {
    return OpeningInterval.of(day, LocalTime.parse(opens), LocalTime.parse(closes));
  }

  private static Span span(String from, String to) {
    return Span.between(Instant.parse(from), Instant.parse(to));
  }
}
