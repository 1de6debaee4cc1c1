package dev.storewatch.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.storewatch.hours.Closures;
import dev.storewatch.hours.DatedHours;
import dev.storewatch.hours.LateClose;
import dev.storewatch.hours.OpeningInterval;
import dev.storewatch.hours.Schedule;
import dev.storewatch.hours.SpecialDay;
import dev.storewatch.hours.WeeklyHours;
import dev.storewatch.hours.Zone;
import dev.storewatch.interval.Micros;
import dev.storewatch.interval.Span;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatesTest {
  private static final long LATE = Micros.of(Instant.parse("2027-01-01T00:00:00Z"));

  private static List<OpeningInterval> daily(String opens, String closes) {
    return Stream.of(DayOfWeek.values())
        .map(day -> OpeningInterval.of(day, LocalTime.parse(opens), LocalTime.parse(closes)))
        .toList();
  }

  private static Schedule schedule(String opens, String closes, String zone) {
    return new Schedule(WeeklyHours.of(daily(opens, closes)), Zone.of(zone));
  }

  private static Span span(String start, String end) {
    return Span.between(Instant.parse(start), Instant.parse(end));
  }

  @ParameterizedTest
  @CsvSource({
    // closed at night: from midnight to midnight
    "2026-03-04, 09:00, 17:00, America/Chicago, 2026-03-04T06:00:00Z, 2026-03-05T06:00:00Z",
    "2026-03-04, 00:00, 00:00, America/Chicago, 2026-03-04T06:00:00Z, 2026-03-05T06:00:00Z",
    // a night that ends at 2, and days that begin at 10
    "2026-03-04, 18:00, 02:00, America/Chicago, 2026-03-04T08:00:00Z, 2026-03-05T08:00:00Z",
    "2026-03-04, 10:00, 10:00, Asia/Tokyo, 2026-03-04T01:00:00Z, 2026-03-05T01:00:00Z",
    // a night that overlaps with the next one keeps what both have
    "2026-03-04, 09:00, 08:59, UTC, 2026-03-04T08:59:00Z, 2026-03-05T08:59:00Z",
    // the clocks skip 2 to 3, in which the night ends
    "2026-03-07, 18:00, 02:30, America/Chicago, 2026-03-07T08:30:00Z, 2026-03-08T08:00:00Z",
    "2026-03-08, 18:00, 02:30, America/Chicago, 2026-03-08T08:00:00Z, 2026-03-09T07:30:00Z",
    // the clocks show 1 to 2 twice, and the night ends for good at the second half past one
    "2026-10-31, 18:00, 01:30, America/Chicago, 2026-10-31T06:30:00Z, 2026-11-01T07:30:00Z",
    "2026-11-01, 18:00, 01:30, America/Chicago, 2026-11-01T07:30:00Z, 2026-11-02T07:30:00Z",
    // 24 hours a day: 23 and 25 where the clocks change, one of them at midnight
    "2026-03-08, 00:00, 00:00, America/Chicago, 2026-03-08T06:00:00Z, 2026-03-09T05:00:00Z",
    "2026-11-01, 00:00, 00:00, America/Chicago, 2026-11-01T05:00:00Z, 2026-11-02T06:00:00Z",
    "2023-11-05, 00:00, 00:00, America/Havana, 2023-11-05T04:00:00Z, 2023-11-06T05:00:00Z",
    // the day that Samoa skipped
    "2011-12-30, 09:00, 17:00, Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-30T10:00:00Z",
  })
  void ofOneDayBeginAndEndWithTheNights(
      String date, String opens, String closes, String zone, String start, String end) {
    assertThat(Window.parse(date).whole(LATE, schedule(opens, closes, zone)))
        .isEqualTo(span(start, end));
  }

  @Test
  void knowSpecialDaysAndHoursFromADateOn() {
    LocalDate christmas = LocalDate.parse("2026-12-25");
    DatedHours hours =
        DatedHours.of(
            Map.of(
                LocalDate.MIN,
                WeeklyHours.of(daily("18:00", "02:00")),
                LocalDate.parse("2026-12-28"),
                WeeklyHours.of(daily("20:00", "04:00"))),
            List.of(
                SpecialDay.of(christmas, List.of(), LateClose.AS_GIVEN, null, SpecialDay.Of.ALL)));
    Schedule store = new Schedule(hours, Zone.of("UTC"), Closures.NONE);

    assertThat(new Dates(christmas, christmas).whole(LATE, store))
        .isEqualTo(span("2026-12-25T02:00:00Z", "2026-12-26T00:00:00Z"));
    assertThat(Window.parse("2026-12-26").whole(LATE, store))
        .isEqualTo(span("2026-12-26T00:00:00Z", "2026-12-27T02:00:00Z"));
    assertThat(Window.parse("2026-12-28").whole(LATE, store))
        .isEqualTo(span("2026-12-28T02:00:00Z", "2026-12-29T04:00:00Z"));
    assertThat(Window.parse("2026-W52").whole(LATE, store))
        .isEqualTo(span("2026-12-21T02:00:00Z", "2026-12-28T02:00:00Z"));
  }

  @Test
  void countUntilAsOfWhenTheyAreNotOver() {
    Schedule store = schedule("18:00", "02:00", "UTC");
    long asOf = Micros.of(Instant.parse("2026-03-05T01:00:00Z"));
    Window day = Window.parse("2026-03-04");

    assertThat(day.span(asOf, store))
        .isEqualTo(span("2026-03-04T02:00:00Z", "2026-03-05T01:00:00Z"));
    assertThat(day.isOver(asOf, store)).isFalse();
    assertThat(day.isOver(asOf + Micros.HOUR, store)).isTrue();
    assertThat(Window.parse("2026-03-05").span(asOf, store)).isEqualTo(new Span(asOf, asOf));
  }

  @Test
  void areRefusedIfTheyHaveBegunNowhere() {
    long asOf = Micros.of(Instant.parse("2026-03-04T10:00:00Z"));

    Window.parse("2026-03-05").requireKnown(asOf); // it begins now on Kiritimati
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Window.parse("2026-03-05").requireKnown(asOf - 1))
        .withMessageStartingWith("the period 2026-03-05 begins after the as-of instant");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Window.parse("2026-03-01T00:00Z/2026-03-04T10:00:00.000001Z").requireKnown(asOf))
        .withMessageStartingWith("to is 2026-03-04T10:00:00.000001Z, after the as-of instant");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-04, 2026-03-04, 2026-03-03",
    "2026-03-04/2026-03-04, 2026-03-04, 2026-03-03",
    "2026-W10, 2026-W10, 2026-W09",
    "2026-w01, 2026-W01, 2025-W52",
    "2026-03-02/2026-03-08, 2026-W10, 2026-W09",
    "2026-03, 2026-03, 2026-02",
    "2026-01, 2026-01, 2025-12",
    "2026-03-01/2026-03-31, 2026-03, 2026-02",
    "2026-02-01/2026-03-31, 2026-02-01/2026-03-31, 2025-12-04/2026-01-31",
    " 2026-03-01 / 2026-03-15 , 2026-03-01/2026-03-15, 2026-02-14/2026-02-28",
    "2026-03-01T00:00Z/2026-03-02T12:00:00+01:00, 2026-03-01T00:00:00Z/2026-03-02T11:00:00Z,"
        + " 2026-02-27T13:00:00Z/2026-03-01T00:00:00Z",
    "PT1H, PT1H, PT1H-before",
    "P1M, P1M, P1M-before",
    "2026-03-before, 2026-02, 2026-01",
  })
  void areNamedInOneWayAndKnowTheTimeBefore(String text, String name, String before) {
    Window window = Window.parse(text);
    assertThat(window.format()).isEqualTo(name);
    assertThat(Window.parse(name)).isEqualTo(window);
    assertThat(window.before().format()).isEqualTo(before);
    assertThat(Window.parse(before)).isEqualTo(window.before());
  }

  @Test
  void haveTheSameLengthBeforeThem() {
    Schedule store = schedule("09:00", "17:00", "America/Chicago");
    long asOf = Micros.of(Instant.parse("2026-03-31T17:00:00Z"));

    assertThat(Window.parse("P1D-before").whole(asOf, store))
        .isEqualTo(span("2026-03-29T17:00:00Z", "2026-03-30T17:00:00Z"));
    assertThat(Window.parse("P1M-before").whole(asOf, store))
        .isEqualTo(span("2026-01-28T18:00:00Z", "2026-02-28T18:00:00Z"));
    assertThat(Window.parse("P1M-before").isLocal()).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Window.parse("P1M-before").before())
        .withMessageContaining("P7D-before");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-02-29|not in the calendar",
        "2026-13|not in the calendar",
        "2025-W53|not in the calendar",
        "2026-03-02/2026-03-01|not in order",
        "2026-03-01/2026-02-30|not in the calendar",
        "2016-03-01/2026-03-31|3683 days",
        "1899-12-31|1900 to 9998",
        "9999-01|1900 to 9998",
        "2026-03-01/2026-03-02T00:00Z|only one is a date alone",
        "2026-03-01T00:00Z/2026-03-01T00:00Z|not after from",
        "2006-03-01T00:00Z/2026-03-01T00:00Z|longer than P3660D",
        "2026-03-01/|to is ''",
        "yesterday|name dates",
        "2026|2026-W10",
        "-before|not an ISO 8601 duration",
      })
  void areNothingElse(String text, String said) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Window.parse(text))
        .withMessageContaining(said);
  }

  @ParameterizedTest
  @CsvSource({
    "today, 2026-03-04",
    "Yesterday, 2026-03-03",
    "yesterday-before, 2026-03-02",
    "this-week, 2026-W10",
    "last-week, 2026-W09",
    "last-week-before, 2026-W08",
    "this-month, 2026-03",
    "last-month, 2026-02",
    "today-before, 2026-03-03",
    "2026-01, 2026-01",
  })
  void areKnownByTheDate(String text, String name) {
    Asked asked = Asked.parse(text);
    assertThat(asked.at(LocalDate.parse("2026-03-04")).format()).isEqualTo(name);
    assertThat(Asked.parse(asked.format())).isEqualTo(asked);
  }
}
