package dev.storewatch.hours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.storewatch.interval.Span;
import dev.storewatch.interval.SpanSet;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the random questions cannot say in words: which day and which rule an hour belongs to. */
class DatedHoursTest {
  private static final Zone CHICAGO = Zone.of("America/Chicago");
  private static final LocalDate JULY_FIRST = LocalDate.of(2026, 7, 1);
  private static final LocalDate CHRISTMAS = LocalDate.of(2026, 12, 25);
  private static final WeeklyHours NIGHTS = everyDay("18:00", "02:00");
  private static final WeeklyHours LUNCH = everyDay("11:00", "15:00");

  private static WeeklyHours everyDay(String opens, String closes) {
    return WeeklyHours.of(
        Arrays.stream(DayOfWeek.values()).map(day -> interval(day, opens, closes)).toList());
  }

  private static OpeningInterval interval(DayOfWeek day, String opens, String closes) {
    return OpeningInterval.of(day, LocalTime.parse(opens), LocalTime.parse(closes));
  }

  private static SpecialDay special(LocalDate date, OpeningInterval... intervals) {
    return SpecialDay.of(
        date, Arrays.asList(intervals), LateClose.AS_GIVEN, "a holiday", SpecialDay.Of.ALL);
  }

  private static Span span(String from, String to) {
    return Span.between(Instant.parse(from), Instant.parse(to));
  }

  private static SpanSet open(DatedHours hours, String from, String to) {
    return new Schedule(hours, CHICAGO, Closures.NONE).open(new Clocks(span(from, to)));
  }

  @Test
  void endTheNightBeforeNewHoursAsItWasPlanned() {
    DatedHours hours = DatedHours.of(Map.of(LocalDate.MIN, NIGHTS, JULY_FIRST, LUNCH), List.of());

    assertThat(open(hours, "2026-06-30T12:00:00Z", "2026-07-02T12:00:00Z"))
        .isEqualTo(
            SpanSet.of(
                span("2026-06-30T23:00:00Z", "2026-07-01T07:00:00Z"),
                span("2026-07-01T16:00:00Z", "2026-07-01T20:00:00Z")));
    assertThat(hours.on(JULY_FIRST.minusDays(1)).since()).isEqualTo(LocalDate.MIN);
    assertThat(hours.on(JULY_FIRST).since()).isEqualTo(JULY_FIRST);
    assertThat(hours.weekly(JULY_FIRST)).isEqualTo(LUNCH);
  }

  @Test
  void closeASpecialDayButNotTheNightBefore() {
    DatedHours hours = DatedHours.of(Map.of(LocalDate.MIN, NIGHTS), List.of(special(CHRISTMAS)));

    assertThat(open(hours, "2026-12-24T18:00:00Z", "2026-12-27T12:00:00Z"))
        .isEqualTo(
            SpanSet.of(
                span("2026-12-25T00:00:00Z", "2026-12-25T08:00:00Z"),
                span("2026-12-27T00:00:00Z", "2026-12-27T08:00:00Z")));
    assertThat(hours.on(CHRISTMAS).special()).isEqualTo(special(CHRISTMAS));
    assertThat(hours.on(CHRISTMAS.plusDays(1)).special()).isNull();
  }

  @Test
  void haveASpecialDayWhereNewHoursBegin() {
    DatedHours hours =
        DatedHours.of(
            Map.of(LocalDate.MIN, NIGHTS, CHRISTMAS, LUNCH),
            List.of(special(CHRISTMAS, interval(DayOfWeek.MONDAY, "22:00", "12:00"))));

    assertThat(open(hours, "2026-12-25T12:00:00Z", "2026-12-26T22:00:00Z"))
        .isEqualTo(
            SpanSet.of(
                // the special night and the lunch of the day after share an hour
                span("2026-12-26T04:00:00Z", "2026-12-26T21:00:00Z")));
  }

  @Test
  void takeAWholeDayOutOfAStoreThatNeverCloses() {
    DatedHours hours = DatedHours.of(Map.of(), List.of(special(CHRISTMAS)));

    assertThat(open(hours, "2026-12-25T00:00:00Z", "2026-12-27T00:00:00Z"))
        .isEqualTo(
            SpanSet.of(
                span("2026-12-25T00:00:00Z", "2026-12-25T06:00:00Z"),
                span("2026-12-26T06:00:00Z", "2026-12-27T00:00:00Z")));
    assertThat(hours.isAlways()).isFalse();
    assertThat(DatedHours.of(WeeklyHours.always()).isAlways()).isTrue();
  }

  @Test
  void areAlwaysBeforeTheFirstOfWhichADateIsKnown() {
    DatedHours hours = DatedHours.of(Map.of(JULY_FIRST, LUNCH), List.of());

    assertThat(open(hours, "2026-06-30T00:00:00Z", "2026-07-02T00:00:00Z"))
        .isEqualTo(
            SpanSet.of(
                span("2026-06-30T00:00:00Z", "2026-07-01T05:00:00Z"),
                span("2026-07-01T16:00:00Z", "2026-07-01T20:00:00Z")));
  }

  @Test
  void areEqualWhenTheySayTheSame() {
    DatedHours hours = DatedHours.of(Map.of(LocalDate.MIN, NIGHTS), List.of(special(CHRISTMAS)));

    assertThat(hours)
        .isEqualTo(DatedHours.of(Map.of(LocalDate.MIN, NIGHTS), List.of(special(CHRISTMAS))))
        .hasSameHashCodeAs(
            DatedHours.of(Map.of(LocalDate.MIN, NIGHTS), List.of(special(CHRISTMAS))))
        .isNotEqualTo(DatedHours.of(NIGHTS))
        .isNotEqualTo(DatedHours.of(Map.of(JULY_FIRST, NIGHTS), List.of(special(CHRISTMAS))));
  }

  @Test
  void refuseTwoSpecialDaysOfOneDate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DatedHours.of(Map.of(), List.of(special(CHRISTMAS), special(CHRISTMAS))))
        .withMessage("two special days have one date");
  }
}
